namespace GraphGateway.Subgraphs.Payments;

/// <summary>
/// How risky it is to let a user pay later, from 0 (safe) to 100 (risky): at most 25 for a short membership, 20 for a low tier,
/// 20 for little spending, and 35 for failed payments.
/// </summary>
public static class RiskScore
{
    /// <summary>The score.</summary>
    /// <param name="tier">The user's tier, from the users service.</param>
    /// <param name="membership">For how long the user has been registered.</param>
    /// <param name="spendEuros">What the user spent, from the orders service.</param>
    /// <param name="history">How the user's payments went.</param>
    public static int Of(LoyaltyTier tier, TimeSpan membership, decimal spendEuros, PaymentHistory history) =>
        OfMembership(membership) + OfTier(tier) + OfSpend(spendEuros) + OfHistory(history);

    private static int OfMembership(TimeSpan membership) => membership.TotalDays switch { < 90 => 25, < 365 => 15, < 1_095 => 5, _ => 0 };

    private static int OfTier(LoyaltyTier tier) => tier switch { LoyaltyTier.Bronze => 20, LoyaltyTier.Silver => 12, LoyaltyTier.Gold => 5, _ => 0 };

    private static int OfSpend(decimal euros) => euros switch { < 100m => 20, < 1_000m => 10, < 5_000m => 5, _ => 0 };

    // Every second payment failed, or more: that is as bad as it gets.
    private static int OfHistory(PaymentHistory history) => history.All == 0 ? 0 : Math.Min(35, 70 * history.Failed / history.All);
}
