namespace GraphGateway.Subgraphs.Server.Common;

/// <summary>The currencies that money comes in. The shop's own books are in euros.</summary>
[GraphQLType("Currency")]
public enum Currency
{
    Eur,
    Gbp,
    Usd,
}

/// <summary>An exact amount of money.</summary>
/// <param name="Amount">In the currency's main unit, with at most two decimal places.</param>
/// <param name="Currency">The currency of the amount.</param>
[GraphQLType("Money")]
public sealed record Money(decimal Amount, Currency Currency)
{
    /// <summary>An amount of the shop's own books.</summary>
    public static Money Euros(decimal amount) => new(decimal.Round(amount, 2) + 0.00m, Currency.Eur);
}
