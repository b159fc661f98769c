using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Requirements of requirements, and keys through keys, a hundred one after the other: longer than any graph that somebody wrote, and no reason to refuse.</summary>
public sealed class LongChainTests
{
    private const int Length = 100;

    [Fact]
    public void A_chain_of_a_hundred_requirements_is_planned_and_no_plan_may_say_that_it_cannot_be() =>
        Check(Requirements(Length), $"{{ t {{ c{Length} }} }}", steps: Length + 1);

    [Fact]
    public void A_chain_of_forty_keys_that_lead_through_one_another_is_planned_and_no_plan_may_say_that_it_cannot_be() =>
        Check(Keys(40), "{ t0 { x } }", steps: 42);

    // The first plan has each source give the next one's requirement with its own field, which waits for the one before, and uses up the fuel: a hundred fetches one after the other.
    // What each gives without waiting can be had at once.
    [Fact]
    public void A_hundred_sources_that_require_what_the_one_before_has_are_asked_side_by_side()
    {
        var plan = PlanTest.Plan(
            $"--- a apollo\ntype Query {{ t: T }}\ntype T @key(fields: \"id\") {{ id: ID! }}\n--- s0 apollo\ntype T @key(fields: \"id\") {{ id: ID! f0: Int }}\n"
            + string.Join('\n', Enumerable.Range(1, Length - 1).Select(i =>
                $"--- s{i} apollo\ntype T @key(fields: \"id\") {{ id: ID! f{i}: Int f{i - 1}: Int @external r{i}: Int @requires(fields: \"f{i - 1}\") }}")),
            $"{{ t {{ {string.Join(' ', Enumerable.Range(1, Length - 1).Select(i => $"r{i}"))} }} }}");
        Assert.Equal((3, (2 * Length) - 1), (PlanEstimate.Of(plan).Depth, plan.Steps.Length));
    }

    // What never ends is refused: a requirement that only objects further and further down could meet.
    [Fact]
    public void Requirements_without_end_are_refused()
    {
        var supergraph = TestGraph.Compose("""
            --- a apollo
            type Query { t: T }
            type T @key(fields: "id") { id: ID! up: T f: Int @external g: Int @requires(fields: "up { f }") }
            --- b apollo
            type T @key(fields: "id") { id: ID! up: T g: Int @external f: Int @requires(fields: "up { g }") }
            """);
        var plan = PlanTest.Plan(supergraph, "{ t { f } }");
        Assert.Equal("f", Assert.Single(plan.Unservable).Field.Definition.Name);
    }

    private static void Check(string sources, string operation, int steps)
    {
        var plan = PlanTest.Plan(sources, operation);
        Assert.Empty(plan.Unservable);
        Assert.Equal(steps, plan.Steps.Length);

        var last = plan.Steps[^1];
        var gap = new QueryPlan(plan.Supergraph, plan.Operation, plan.Root, plan.Steps.RemoveAt(last.Id), [new UnservableField(last.Selection.Fields[0].Target, "", "", last.TargetTypes)]);
        Assert.Contains($"{last.Selection.Fields[0].Target} is named as one that cannot be served (NoSource), and it can be", PlanVerifier.Verify(gap));
    }

    private static string Requirements(int length) => string.Join('\n', Enumerable.Range(0, 2).Select(source =>
        $"--- s{source} apollo\n{(source == 0 ? "type Query { t: T }\n" : "")}type T @key(fields: \"id\") {{ id: ID! "
        + string.Join(' ', Enumerable.Range(0, length + 1).Select(i => i % 2 != source ? $"c{i}: Int @external" : i == 0 ? "c0: Int" : $"c{i}: Int @requires(fields: \"c{i - 1}\")"))
        + " }"));

    // Each object is looked up by what is known of the next one when that was looked up.
    private static string Keys(int length) =>
        "--- a apollo\ntype Query { t0: T0 }\n"
        + string.Join('\n', Enumerable.Range(0, length + 1).Select(i => $"type T{i}{(i == length ? " @key(fields: \"id\")" : "")} {{ id: ID! {(i < length ? $"next: T{i + 1}" : "")} }}"))
        + "\n--- b apollo\n"
        + string.Join('\n', Enumerable.Range(0, length + 1).Select(i => i == length
            ? $"type T{i} @key(fields: \"id\") {{ id: ID! x: Int }}"
            : $"type T{i} @key(fields: \"next {{ x }}\") {{ next: T{i + 1} @external x: Int }}"));
}
