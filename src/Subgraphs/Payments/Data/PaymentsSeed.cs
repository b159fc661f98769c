using System.Collections.Immutable;
using GraphGateway.Subgraphs.Server.Seeding;

namespace GraphGateway.Subgraphs.Payments.Data;

/// <summary>The first data of the payments service: invented, the same on every machine, and matching the orders.</summary>
public static class PaymentsSeed
{
    private static readonly string[] Banks = ["Nordbank", "Banco Atlántico", "Crédit du Rhône", "Alpenbank", "Handelsbank"];

    /// <summary>All payments, about 12,000 for 10,000 orders, by id.</summary>
    public static ImmutableArray<PaymentRow> Payments()
    {
        var random = new SeededRandom(0x5EED_3001);
        var rows = ImmutableArray.CreateBuilder<PaymentRow>();
        foreach (var order in Shop.Orders)
        {
            foreach (var (status, amount, minutes) in Attempts(order, random))
            {
                rows.Add(MakePayment(rows.Count + 1, order, status, amount, order.PlacedAt.AddMinutes(minutes), random));
            }
        }

        return rows.ToImmutable();
    }

    // What happened to an order's money, in the order of time.
    private static IEnumerable<(PaymentStatus Status, decimal Amount, int Minutes)> Attempts(ShopOrder order, SeededRandom random)
    {
        var minutes = random.Next(0, 30);
        if (random.Chance(9))
        {
            yield return (PaymentStatus.Failed, order.Total, minutes);
            minutes += random.Next(1, 20);
        }

        if (order.State is ShopOrderState.Cancelled)
        {
            yield return (PaymentStatus.Refunded, order.Total, minutes);
        }
        else if (order.State is not ShopOrderState.Delivered)
        {
            yield return (random.Chance(50) ? PaymentStatus.Pending : PaymentStatus.Captured, order.Total, minutes);
        }
        else if (order.Total > 100m && random.Chance(20))
        {
            // In two parts; of some orders the second is still missing.
            var part = decimal.Round(order.Total / 2, 2, MidpointRounding.ToZero);
            yield return (PaymentStatus.Captured, part, minutes);
            if (random.Chance(85))
            {
                yield return (PaymentStatus.Captured, order.Total - part, minutes + random.Next(60, 5_000));
            }
        }
        else
        {
            yield return (PaymentStatus.Captured, order.Total, minutes);
        }
    }

    private static PaymentRow MakePayment(int id, ShopOrder order, PaymentStatus status, decimal amount, DateTimeOffset at, SeededRandom random)
    {
        var method = random.Pick<MethodKind>([MethodKind.Card, MethodKind.Card, MethodKind.Card, MethodKind.BankTransfer, MethodKind.Wallet]);
        var (card, bank) = (method is MethodKind.Card, method is MethodKind.BankTransfer);
        return new PaymentRow
        {
            Id = id,
            IdempotencyKey = $"first-data-{id:00000}",
            OrderId = order.Id,
            PayerId = order.CustomerId,
            Status = status,
            Amount = amount,
            CreatedAt = at < Shop.Today ? at : Shop.Today,
            Method = method,
            CardBrand = card ? random.Pick<CardBrand>([CardBrand.Visa, CardBrand.Visa, CardBrand.Mastercard, CardBrand.Amex]) : null,
            LastDigits = card ? $"{random.Next(0, 10_000):0000}" : null,
            ExpiryMonth = card ? random.Next(1, 13) : null,
            ExpiryYear = card ? at.Year + random.Next(1, 5) : null,
            BankName = bank ? random.Pick<string>(Banks) : null,
            IbanSuffix = bank ? $"{random.Next(0, 10_000):0000}" : null,
            WalletProvider = method is MethodKind.Wallet ? random.Pick<WalletProvider>([WalletProvider.ApplePay, WalletProvider.GooglePay, WalletProvider.Paypal]) : null,
        };
    }
}
