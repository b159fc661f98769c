using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem;

namespace GraphGateway.Differential;

/// <summary>
/// What an answer comes to beside what was estimated: never more, and just as much where lists are as long as they may be, nothing is null and no object
/// could have been of another type.
/// </summary>
internal sealed class CostTrial(World world, Federation federation, ClientRequest request)
{
    /// <summary>True where the two had to be equal.</summary>
    public bool IsExact { get; private set; }

    /// <summary>True where the answers' texts were counted, too.</summary>
    public bool IsCountedTwice { get; private set; }

    /// <summary>How much of the estimate the answer came to, from 0 to 1.</summary>
    public double Share { get; private set; }

    public async Task<Outcome> RunAsync()
    {
        var (plan, operation, variables, problem) = federation.Plan(request);
        if (plan is null)
        {
            return new Outcome(Outcome.Invalid, problem!, null);
        }

        var estimate = OperationCost.Of(plan.Operation, federation.Costs).Estimate(variables!);
        var order = new AnswerOrder((int)Hashing.Of(request.Query));
        var whole = await federation.ExecuteAsync(plan, operation!, variables!, Faults.None, order);
        if (IsMore(whole.Cost, estimate))
        {
            return new Outcome("the actual cost is above the estimate", Text(estimate, whole), plan);
        }

        IsExact = world.Lengths.IsExact && whole.ErrorPaths.IsEmpty && !HasNull(whole) && IsSettled(plan.Operation.SelectionSet);
        Share = estimate.Sum == 0 ? 1 : whole.Cost.Sum / estimate.Sum;
        if (IsExact && whole.Cost != estimate)
        {
            return new Outcome("the actual cost is not the estimate", Text(estimate, whole), plan);
        }

        var reusing = await federation.ExecuteAsync(plan, operation!, variables!, Faults.None, order, reuses: true);
        if (reusing.Cost != whole.Cost)
        {
            return new Outcome("the actual cost differs with entities taken over", Text(whole.Cost, reusing), plan);
        }

        var faulty = await federation.ExecuteAsync(plan, operation!, variables!, new Faults(Hashing.Of(request.Query)) { FieldPercent = 20, RequestPercent = 20 }, order);
        return IsMore(faulty.Cost, whole.Cost)
            ? new Outcome("the actual cost is more with faults", Text(whole.Cost, faulty), plan)
            : CompareWithPlain(plan, new PlainCost(federation.Costs, variables!), whole, reusing, faulty) ?? new Outcome("", "", plan);
    }

    private Outcome? CompareWithPlain(QueryPlan plan, PlainCost plain, params ReadOnlySpan<ClientAnswer> answers)
    {
        var selection = plan.Operation.SelectionSet;
        if (!PlainCost.Applies(selection))
        {
            return null;
        }

        IsCountedTwice = true;
        foreach (var answer in answers)
        {
            if (plain.Of(selection, answer.Data) is var expected && expected != answer.Cost)
            {
                return new Outcome("the actual cost is not what its text comes to", Text(expected, answer), plan);
            }
        }

        return null;
    }

    private static bool IsMore(CostFigures cost, CostFigures than) => cost.FieldThousandths > than.FieldThousandths || cost.TypeThousandths > than.TypeThousandths;

    private static bool HasNull(ClientAnswer answer) => answer.Data.Contains(":null", StringComparison.Ordinal) || answer.Data.Contains("[null", StringComparison.Ordinal) || answer.Data.Contains(",null", StringComparison.Ordinal);

    // No object could be of another type, and no list's length depends on what is looked for.
    private static bool IsSettled(NormalizedSelectionSet selection) => selection.Type is ObjectType
        && selection.Fields.All(field => field.Definition.Name != "nodes" && (field.SelectionSet is null || field.Definition.DeclaringType is null || IsSettled(field.SelectionSet)));

    private static string Text(CostFigures expected, ClientAnswer answer) =>
        $"expected: field {expected.FieldCost}, type {expected.TypeCost}\nactual:   field {answer.Cost.FieldCost}, type {answer.Cost.TypeCost}\n{answer.Text}";
}
