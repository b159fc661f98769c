using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Each bound of planning, met: whoever reads the plan is told, and what is not found then is null with an error that says why. Graphs that anybody
/// wrote are far from it.
/// </summary>
public sealed class PlanningLimitTests
{
    // Whoever gives the search no fuel gets the greedy plan, and is told.
    [Fact]
    public void A_search_whose_fuel_is_used_up_is_told()
    {
        var supergraph = TestGraph.Compose(
            """
            --- a apollo
            type Query { t: T }
            type T @key(fields: "id") { id: ID! }
            --- b apollo
            type T @key(fields: "id") { id: ID! us: [U!] @shareable }
            type U @key(fields: "id") { id: ID! left: Int }
            --- c apollo
            type T @key(fields: "id") { id: ID! us: [U!] @shareable }
            type U @key(fields: "id") { id: ID! right: Int }
            """);
        var operation = TestOperation.Normalize(supergraph.PublicSchema, "{ t { us { left right } } }");
        var (greedy, best) = (QueryPlanner.Plan(supergraph, operation, new PlannerOptions { AttemptsMax = 0 }), QueryPlanner.Plan(supergraph, operation));

        Assert.Equal((PlanningBounds.Search, 3), (greedy.Bounds, PlanEstimate.Of(greedy).Depth));
        Assert.Equal((PlanningBounds.None, 2), (best.Bounds, PlanEstimate.Of(best).Depth));
        Assert.EndsWith(
            "\nThe search for fewer requests ended when its fuel was used up: the plan is right, and a better one may exist.\n", PlanPrinter.Print(greedy), StringComparison.Ordinal);
        Assert.Contains("\"boundsMet\":\"Search\"", PlanJsonWriter.Write(greedy), StringComparison.Ordinal);
    }

    // What the other types are asked for stands below each of them, at each level again: 291 bytes would be a document of 7 MB, and 371 bytes one of 170 MB.
    [Theory]
    [InlineData(5, PlanningBounds.None)]
    [InlineData(7, PlanningBounds.Documents)]
    [InlineData(9, PlanningBounds.Documents)]
    public void A_document_out_of_all_proportion_is_not_made(int levels, PlanningBounds bounds)
    {
        var plan = PlanTest.Plan(
            "--- a apollo\ntype Query { i: I }\ninterface I @key(fields: \"id\") { id: ID! next: I a: Int }\n"
            + string.Join('\n', Range(5).Select(i => $"type T{i} implements I @key(fields: \"id\") {{ id: ID! next: I @shareable a: Int }}"))
            + "\n--- b apollo\ninterface I { id: ID! }\ntype T0 implements I @key(fields: \"id\") { id: ID! own: Int next: I @shareable }\n"
            + string.Join('\n', Range(4).Select(i => $"type T{i + 1} implements I @key(fields: \"id\") {{ id: ID! }}")),
            $"{{ i {{ {Level(levels)} }} }}");
        Assert.Equal(bounds, plan.Bounds);
        if (bounds == PlanningBounds.None)
        {
            Assert.Empty(plan.Unservable);
            return;
        }

        Assert.Empty(plan.Steps);
        var gap = Assert.Single(plan.Unservable);
        Assert.Equal(
            (UnservableCause.TooManyKinds, "Cannot resolve field \"i\" on type \"Query\" here: the operation selects below too many kinds of objects. Select fewer levels of interfaces, or split the operation."),
            (gap.Cause, gap.Reason));
        Assert.EndsWith("\nRefused: a document of more than 100,000 fields to one source.\n", PlanPrinter.Print(plan), StringComparison.Ordinal);

        static string Level(int level) => level == 0 ? "a" : $"next {{ {Level(level - 1)} }} ... on T0 {{ next {{ more: a }} }}";
    }

    // Requirements of requirements, 260 inside each other.
    [Theory]
    [InlineData("Int", "")]
    [InlineData("O", " { x }")]
    public void Requirements_that_nest_deeper_than_is_followed_are_told(string type, string below)
    {
        const int Length = 260;
        var plan = PlanTest.Plan(
            string.Join('\n', Range(2).Select(source =>
                $"--- s{source} apollo\n{(source == 0 ? "type Query { t: T }\n" : "")}type O {{ x: Int }}\ntype T @key(fields: \"id\") {{ id: ID! "
                + string.Join(' ', Range(Length + 1).Select(i => i % 2 != source ? $"c{i}: {type} @external" : i == 0 ? $"c0: {type}" : $"c{i}: {type} @requires(fields: \"c{i - 1}{below}\")"))
                + " }")),
            $"{{ t {{ c{Length}{below} }} }}");
        CheckGap(
            plan, $"c{Length}", PlanningBounds.Requirements,
            $"No way to T.c{Length} at T.c{Length} was found, and not all were followed: requirements of requirements that nest 250 deep, or need more than 5,000 others at more than 8 deep.");
    }

    // Eight deep there is a field that requires ten others, each of which requires hundreds, each of which requires one: what is looked for so deep down is counted.
    [Theory]
    [InlineData(480, false)]
    [InlineData(520, true)]
    public void Requirements_of_too_many_others_deep_down_are_told(int others, bool isTold)
    {
        const int Length = 8;
        var plan = PlanTest.Plan(
            $"--- s0 apollo\ntype Query {{ t: T }}\n{Chain(0)} h: Int c0: Int @requires(fields: \"{Fields(10, i => $"k{i}")}\") {Fields(10, i => $"k{i}: Int @external")} }}\n"
            + $"--- s1 apollo\n{Chain(1)} c0: Int @external }}\n"
            + string.Join('\n', Range(10).Select(part =>
                $"--- a{part} apollo\n{Head} k{part}: Int @requires(fields: \"{Fields(others, i => $"g{part}x{i}")}\") {Fields(others, i => $"g{part}x{i}: Int @external")} }}\n"
                + $"--- b{part} apollo\n{Head} h: Int @external {Fields(others, i => $"g{part}x{i}: Int @requires(fields: \"h\")")} }}")),
            $"{{ t {{ c{Length} }} }}");
        if (!isTold)
        {
            Assert.Equal((PlanningBounds.None, 0), (plan.Bounds, plan.Unservable.Length));
            return;
        }

        CheckGap(
            plan, $"c{Length}", PlanningBounds.Requirements,
            $"No way to T.c{Length} at T.c{Length} was found, and not all were followed: requirements of requirements that nest 250 deep, or need more than 5,000 others at more than 8 deep.");

        static string Chain(int source) => $"{Head} " + Fields(Length, i => i % 2 != source ? $"c{i + 1}: Int @requires(fields: \"c{i}\")" : $"c{i + 1}: Int @external");
        static string Fields(int count, Func<int, string> text) => string.Join(' ', Range(count).Select(text));
    }

    private const string Head = "type T @key(fields: \"id\") { id: ID!";

    // Objects that each require two others: what both of them require is planned once.
    [Fact]
    public void Objects_that_require_two_others_each_thirty_deep_do_not_multiply()
    {
        const int Length = 30;
        var plan = PlanTest.Plan(
            string.Join('\n', Range(2).Select(source =>
                $"--- s{source} apollo\n{(source == 0 ? "type Query { t: T }\n" : "")}type O {{ x: Int @shareable }}\ntype T @key(fields: \"id\") {{ id: ID! "
                + string.Join(' ', Range(Length + 1).Select(i => i % 2 != source ? $"c{i}: O @external" : i < 2 ? $"c{i}: O" : $"c{i}: O @requires(fields: \"c{i - 1} {{ x }} {(i > 2 ? $"c{i - 3} {{ x }}" : "")}\")"))
                + " }")),
            $"{{ t {{ c{Length} {{ x }} }} }}");
        Assert.Equal((PlanningBounds.None, 0, Length + 1), (plan.Bounds, plan.Unservable.Length, plan.Steps.Length));
    }

    // A part of the key comes more fetches after the other one than are told apart: it counts as that late, and nothing is lost.
    [Fact]
    public void A_key_of_which_a_part_comes_very_late_is_had()
    {
        const int Length = 16;
        var plan = PlanTest.Plan(
            "--- home apollo\ntype Query { t: T }\ntype T @key(fields: \"k0\") { k0: ID! ref: R }\ntype R { x: Int }\n"
            + string.Join('\n', Range(Length).Select(i => $"--- s{i} apollo\ntype T @key(fields: \"k{i}\") {{ k{i}: ID! k{i + 1}: ID! }}"))
            + $"\n--- late apollo\ntype T @key(fields: \"k{Length}\") {{ k{Length}: ID! ref: R }}\ntype R {{ y: Int }}\n"
            + "--- last apollo\ntype T @key(fields: \"ref { x y }\") { ref: R @external end: Int }\ntype R { x: Int y: Int }",
            "{ t { end } }");
        Assert.Equal((PlanningBounds.None, 0, Length + 3), (plan.Bounds, plan.Unservable.Length, plan.Steps.Length));
    }

    // Each field of the object loses one source: below them objects come in as many ways as there are sets of sources.
    [Fact]
    public void Objects_that_come_in_more_ways_than_are_told_apart_are_told()
    {
        const int Sources = 8;
        var supergraph = TestGraph.Compose(
            string.Join('\n', Range(Sources).Select(source =>
                $"--- s{source} apollo\n{(source == 0 ? "type Query { t: T }\n" : "")}type T {string.Join(' ', Range(Sources).Where(i => i != source).Select(i => $"@key(fields: \"f{i} {{ code }}\")"))} {{ id: ID! "
                + string.Join(' ', Range(Sources).Where(i => i != source).Select(i => $"f{i}: T")) + $" code: Int @external x{source}: Int }}"))
            + "\n--- codes apollo\ntype T @key(fields: \"id\") { id: ID! code: Int }");
        var plan = PlanTest.Plan(supergraph, "{ t { x1 f1 { x2 f2 { x3 } } } }");
        Assert.EndsWith("\nNot followed: objects inside keys and requirements that come in more than 500 ways.\n", PlanPrinter.Print(plan), StringComparison.Ordinal);
        Assert.Equal(PlanningBounds.Ways, plan.Bounds);

        // Nothing of it stays with the graph: other plans do not depend on what was planned before.
        Assert.Equal(PlanningBounds.None, PlanTest.Plan(supergraph, "{ t { id } }").Bounds);
        Assert.Equal(PlanPrinter.Print(plan), PlanPrinter.Print(PlanTest.Plan(supergraph, "{ t { x1 f1 { x2 f2 { x3 } } } }")));
    }

    private static void CheckGap(QueryPlan plan, string field, PlanningBounds bounds, string detail)
    {
        var gap = Assert.Single(plan.Unservable);
        Assert.Equal((field, UnservableCause.TooManyWays, bounds), (gap.Field.Definition.Name, gap.Cause, plan.Bounds));
        Assert.Equal($"Cannot resolve field \"{field}\" on type \"T\" here: what it needs leads through more keys and requirements than the gateway follows.", gap.Reason);
        Assert.Equal(detail, gap.Detail);
        Assert.Contains("\nNot followed: ", PlanPrinter.Print(plan), StringComparison.Ordinal);
        Assert.Contains($"\"boundsMet\":\"{bounds}\"", PlanJsonWriter.Write(plan), StringComparison.Ordinal);
    }

    private static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);
}
