using GraphGateway.Subgraphs.Payments.Data;
using GraphGateway.Subgraphs.Server;
using GraphGateway.Subgraphs.Server.Common;
using GraphGateway.Subgraphs.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace GraphGateway.Subgraphs.Payments;

/// <summary><c>Mutation.pay</c>. No bank stands behind this shop: a payment that is accepted is captured at once.</summary>
[GraphQLType("Mutation")]
public static class Pay
{
    // Beyond any order, and far from where hundredths would leave the range of the column.
    private const decimal AmountMax = 1_000_000m;

    /// <summary>
    /// 1. Checks the input. 2. Answers an earlier attempt's payment when the idempotency key has one. 3. Pays. When another attempt with the
    /// same key came in between, the unique index refuses this one, and it answers as in 2.
    /// </summary>
    public static async Task<PayPayload?> PayAsync(PayInput input, IDbContextFactory<PaymentsDb> contexts, TimeProvider clock, CancellationToken cancellation)
    {
        // 1.
        var errors = Check(input);
        if (!errors.IsEmpty)
        {
            return new PayPayload(null, errors.All);
        }

        var now = clock.GetUtcNow();
        var payment = ToRow(input, now);
        // 2. Before the card is looked at: a repeated attempt gets its first answer, whatever happened to the card since.
        if (await FindEarlierAsync(payment, contexts, cancellation) is { } earlier)
        {
            return earlier;
        }

        if (input.Method.Card is { } card && (card.ExpiryYear, card.ExpiryMonth).CompareTo((now.Year, now.Month)) < 0)
        {
            return new PayPayload(null, [new CardExpiredError(card.ExpiryMonth, card.ExpiryYear)]);
        }

        // 3.
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellation);
            db.Add(payment);
            await db.SaveChangesAsync(cancellation);
            return new PayPayload(payment, []);
        }
        catch (DbUpdateException e) when (ServiceDatabase.IsUniqueViolation(e))
        {
            return await FindEarlierAsync(payment, contexts, cancellation) ?? throw new InvalidOperationException("The payment that was in the way is gone.", e);
        }
    }

    private static async Task<PayPayload?> FindEarlierAsync(PaymentRow payment, IDbContextFactory<PaymentsDb> contexts, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var earlier = await db.Payments.SingleOrDefaultAsync(row => row.IdempotencyKey == payment.IdempotencyKey, cancellation);
        return earlier is null ? null
            : IsSameInput(earlier, payment) ? new PayPayload(earlier, [])
            : new PayPayload(null, [new IdempotencyConflictError(earlier)]);
    }

    private static bool IsSameInput(PaymentRow one, PaymentRow other) =>
        (one.OrderId, one.PayerId, one.Amount) == (other.OrderId, other.PayerId, other.Amount)
        && PaymentMethod.Of(one).Equals(PaymentMethod.Of(other));

    private static InputErrors Check(PayInput input)
    {
        var errors = new InputErrors();
        errors.CheckText(input.IdempotencyKey, "idempotencyKey", 100);
        errors.Check(Ids.Parse(input.OrderId) is not null, "orderId", "This cannot be the id of an order.");
        errors.Check(Ids.Parse(input.PayerId) is not null, "payerId", "This cannot be the id of a user.");
        var amount = input.Amount.Amount;
        errors.Check(amount is > 0m and <= AmountMax && decimal.Round(amount, 2) == amount, "amount.amount", "Give more than zero, with at most two decimal places.");
        errors.Check(input.Amount.Currency is Currency.Eur, "amount.currency", "The shop takes EUR.");
        if (input.Method.Card is { } card)
        {
            errors.Check(card.LastDigits.Length == 4 && card.LastDigits.All(char.IsAsciiDigit), "method.card.lastDigits", "Give four digits.");
            errors.Check(card.ExpiryMonth is >= 1 and <= 12, "method.card.expiryMonth", "Give 1 to 12.");
            errors.Check(card.ExpiryYear is >= 2000 and <= 9999, "method.card.expiryYear", "Give a year with four digits.");
        }

        if (input.Method.BankTransfer is { } transfer)
        {
            errors.CheckText(transfer.BankName, "method.bankTransfer.bankName", 100);
            errors.Check(transfer.IbanSuffix.Length == 4 && transfer.IbanSuffix.All(char.IsAsciiLetterOrDigit), "method.bankTransfer.ibanSuffix", "Give four letters or digits.");
        }

        return errors;
    }

    private static PaymentRow ToRow(PayInput input, DateTimeOffset now) => new()
    {
        IdempotencyKey = input.IdempotencyKey,
        OrderId = Ids.Parse(input.OrderId)!.Value,
        PayerId = Ids.Parse(input.PayerId)!.Value,
        Status = PaymentStatus.Captured,
        Amount = input.Amount.Amount,
        // Milliseconds, which both databases keep: what is answered now is what is read later.
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
        Method = input.Method.Card is not null ? MethodKind.Card : input.Method.BankTransfer is not null ? MethodKind.BankTransfer : MethodKind.Wallet,
        CardBrand = input.Method.Card?.Brand,
        LastDigits = input.Method.Card?.LastDigits,
        ExpiryMonth = input.Method.Card?.ExpiryMonth,
        ExpiryYear = input.Method.Card?.ExpiryYear,
        BankName = input.Method.BankTransfer?.BankName,
        IbanSuffix = input.Method.BankTransfer?.IbanSuffix,
        WalletProvider = input.Method.Wallet?.Provider,
    };
}
