using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.Planning;

namespace GraphGateway.Gateway;

/// <summary>
/// Has each new plan verified before it is used, where <see cref="GatewayOptions.VerifyPlans"/> is on. One that is wrong is a fault of the
/// planner: the operation is refused before any source is asked, and the log says what is wrong with its plan.
/// </summary>
/// <param name="options">The settings.</param>
/// <param name="logger">Gets the problems, for they name sources.</param>
/// <param name="verify">The problems of a plan made for some labels; <see cref="PlanVerifier.Verify"/>, but in tests.</param>
internal sealed class PlanVerification(
    GatewayOptions options, ILogger<PlanVerification> logger, Func<QueryPlan, ImmutableHashSet<string>?, ImmutableArray<string>> verify)
{
    // The first ones say what is wrong; what follows from them can be long.
    private const int ProblemsMax = 5;

    /// <summary>True where plans are verified.</summary>
    public bool IsOn => options.VerifyPlans;

    /// <summary>What to refuse the operation with; null when the plan is right, or is not looked at.</summary>
    public GraphQLError? Refuse(QueryPlan plan, ActiveLabels active)
    {
        if (!IsOn || verify(plan, active.Labels) is not { IsEmpty: false } problems)
        {
            return null;
        }

        logger.LogError(
            "The plan of an operation is wrong, and the operation is refused; please report it: {Problems}\n{Plan}", TextOf(problems), PlanPrinter.Print(plan));
        return new GraphQLError
        {
            Message = "The plan for this operation did not pass its verification, so no source was asked. This is a fault of the gateway; its log has the details.",
            Code = ErrorCode.PlanNotVerified,
        };
    }

    /// <summary>Whether a plan that was read from disk can be used, as far as it is looked at; one that is wrong is told, and the operation is planned anew.</summary>
    public bool Accepts(QueryPlan plan, ActiveLabels active)
    {
        if (!IsOn || verify(plan, active.Labels) is not { IsEmpty: false } problems)
        {
            return true;
        }

        logger.LogError("A plan that was kept on disk is wrong: {Problems}", TextOf(problems));
        return false;
    }

    private static string TextOf(ImmutableArray<string> problems) =>
        string.Join("; ", problems.Take(ProblemsMax)) + (problems.Length > ProblemsMax ? $" and {problems.Length - ProblemsMax} more" : "");
}
