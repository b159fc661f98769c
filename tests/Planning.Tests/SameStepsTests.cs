using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>What the verifier takes for a step that asks what another one asks already.</summary>
public sealed class SameStepsTests
{
    private const string Shop =
        """
        --- a apollo
        type Query { products: [Product] }
        type Product @key(fields: "id") { id: ID! name: String }
        --- b apollo
        type Product @key(fields: "id") { id: ID! price: Int }
        """;

    [Theory]
    [InlineData(0, "step 2: asks what another asks already")]
    [InlineData(1, "step 2: asks what another asks already")]
    public void A_step_doubled_for_a_slot_that_nobody_reads_is_one(int id, string problem)
    {
        var plan = PlanTest.Plan(Shop, "{ products { name price } }");
        var step = plan.Steps[id];

        // Of the list: the slot for it is another one, with the same below.
        var at = step.Selection.Fields[0];
        var (of, parent) = (at.Target, at.Target.Parent);
        var slot = parent.Add(new ResultField(parent, parent.Fields.Count, "~again", true, of.Definition, of.AppliesTo, of.Shape) { HiddenArguments = [.. of.Arguments] });
        var doubled = step with { Id = plan.Steps.Length, Request = null, Selection = step.Selection with { Fields = step.Selection.Fields.SetItem(0, at with { Target = slot }) } };
        var mutant = new QueryPlan(plan.Supergraph, plan.Operation, plan.Root, plan.Steps.Add(doubled), plan.Unservable) { OnlyTogether = plan.OnlyTogether, Bounds = plan.Bounds };
        Assert.Contains(problem, PlanVerifier.Verify(mutant));
    }
}
