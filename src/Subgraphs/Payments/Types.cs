using GraphGateway.Subgraphs.Payments.Data;
using GraphGateway.Subgraphs.Server;
using GraphGateway.Subgraphs.Server.Common;

namespace GraphGateway.Subgraphs.Payments;

/// <summary>An order, of which this service keeps the id alone.</summary>
[GraphQLType("Order")]
public sealed record PaidOrder(int Id);

/// <summary>A user, of whom this service keeps the id alone.</summary>
[GraphQLType("User")]
public sealed record Payer(int Id);

/// <summary>How loyal a user is; the users service says so.</summary>
[GraphQLType("LoyaltyTier")]
public enum LoyaltyTier
{
    Bronze,
    Silver,
    Gold,
    Platinum,
}

/// <summary>The fields that this service adds to <c>Order</c>.</summary>
[GraphQLType("Order")]
public static class Order
{
    /// <summary>The order's payments; those of many orders are one statement.</summary>
    public static async Task<IReadOnlyList<PaymentRow>?> PaymentsAsync([Parent] PaidOrder order, Projection<PaymentRow> columns, PaymentsByOrderLoader payments) =>
        await payments.LoadAsync(new(order.Id, columns));

    /// <summary>What is left to pay of the total, which the orders service says; the sums of many orders are one statement.</summary>
    /// <exception cref="GraphQLException">The total is not in euros.</exception>
    public static async Task<Money?> AmountDueAsync([Parent] PaidOrder order, MoneyInput total, CapturedByOrderLoader captured)
    {
        var paid = await captured.LoadAsync(order.Id);
        return total.Currency is Currency.Eur
            ? Money.Euros(Math.Max(0m, total.Amount - paid))
            : throw new GraphQLException("Payments are in euros: what is left of a total in another currency is not known.");
    }
}

/// <summary>The fields that this service adds to <c>User</c>.</summary>
[GraphQLType("User")]
public static class User
{
    /// <summary>A page of the user's payments; equal pages of many users are one statement.</summary>
    public static async Task<Connection<PaymentRow>?> PaymentsAsync([Parent] Payer user, PageRequest<PaymentRow> page, PaymentsByUserLoader payments) =>
        await payments.LoadAsync(new PaymentsOfUser(user.Id, page));

    /// <summary>How risky it is to let the user pay later; null while the orders service does not say what the user spent.</summary>
    public static async Task<int?> RiskScoreAsync(
        [Parent] Payer user, LoyaltyTier loyaltyTier, DateTimeOffset memberSince, MoneyInput? lifetimeSpend, HistoryByUserLoader histories, TimeProvider clock)
    {
        var history = await histories.LoadAsync(user.Id) ?? new PaymentHistory(0, 0);
        return lifetimeSpend is { Currency: Currency.Eur } spend
            ? RiskScore.Of(loyaltyTier, clock.GetUtcNow() - memberSince, spend.Amount, history)
            : null;
    }
}

/// <summary>The fields of <c>Payment</c> that are more than a column.</summary>
[GraphQLType("Payment")]
public static class Payment
{
    /// <summary>How much was paid.</summary>
    public static Money Amount([Parent, Requires(nameof(PaymentRow.Amount))] PaymentRow payment) => Money.Euros(payment.Amount);

    /// <summary>What was paid for.</summary>
    public static PaidOrder? Order([Parent, Requires(nameof(PaymentRow.OrderId))] PaymentRow payment) => new(payment.OrderId);

    /// <summary>Who paid.</summary>
    public static Payer? Payer([Parent, Requires(nameof(PaymentRow.PayerId))] PaymentRow payment) => new(payment.PayerId);

    /// <summary>How it was paid.</summary>
    public static IPaymentMethod Method(
        [Parent, Requires(
            nameof(PaymentRow.Method), nameof(PaymentRow.CardBrand), nameof(PaymentRow.LastDigits), nameof(PaymentRow.ExpiryMonth),
            nameof(PaymentRow.ExpiryYear), nameof(PaymentRow.BankName), nameof(PaymentRow.IbanSuffix), nameof(PaymentRow.WalletProvider))]
        PaymentRow payment) => PaymentMethod.Of(payment);
}
