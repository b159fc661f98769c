using System.Text;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Graphs and operations that make planners elsewhere explode (interfaces with many implementations, federation#2935; memory, router#8381). What
/// is bounded here is the memory that planning takes, search included: it grows with the work and is the same on every machine.
/// </summary>
public sealed class PlanningBoundTests
{
    private const int BytesMax = 30_000_000;

    [Fact]
    public void Federation_2935_an_interface_with_300_implementations_that_differ_by_source()
    {
        var sources = new StringBuilder("--- a apollo\ntype Query { nodes: [Node] }\ninterface Node { id: ID! }\n");
        sources.AppendJoin('\n', Range(300, i => $"type N{i} implements Node @key(fields: \"id\") {{ id: ID! a{i}: Int }}"));
        sources.Append("\n--- b apollo\ninterface Node { id: ID! name: String }\n");
        sources.AppendJoin('\n', Range(300, i => $"type N{i} implements Node @key(fields: \"id\") {{ id: ID! name: String b{i}: Int }}"));
        Check(sources.ToString(), "{ nodes { id name } }", steps: 2);
        Check(sources.ToString(), $"{{ nodes {{ id name {string.Join(' ', Range(300, i => $"... on N{i} {{ a{i} b{i} }}"))} }} }}", steps: 2);
    }

    // Each of twelve sources could serve each of twelve levels: 12^12 ways, and one of them is a single fetch.
    [Fact]
    public void Router_8381_ways_that_multiply_with_each_level_are_not_all_kept()
    {
        var sources = string.Join('\n', Range(12, i => $$"""
            --- s{{i}} apollo
            type Query { node: Node }
            interface Node { id: ID! next: Node name: String }
            type A implements Node @key(fields: "id") { id: ID! next: Node name: String a{{i}}: Int }
            type B implements Node @key(fields: "id") { id: ID! next: Node name: String b{{i}}: Int }
            """));
        var (one, all) = ("name", "name");
        for (var i = 0; i < 12; i++)
        {
            one = $"name next {{ {one} }}";
            all = $"name ... on A {{ a{i} }} ... on B {{ b{i} }} next {{ {all} }}";
        }

        Check(sources, $"{{ node {{ {one} }} }}", steps: 1, bytesMax: 150_000);
        Check(sources, $"{{ node {{ {all} }} }}", steps: 12, bytesMax: 5_000_000);
    }

    // There each __typename could come from each source that has the type: planning took half a minute. Here it is nothing that a plan decides or looks for.
    [Fact]
    public void Federation_2137_typename_at_each_level_gives_planning_nothing_more_to_do()
    {
        var sources = string.Join('\n', Range(3, i => $$"""
            --- s{{i}} apollo
            type Query { node: Node }
            type Node @key(fields: "id") { id: ID! next: Node name: String own{{i}}: Int }
            """));
        var (without, with) = ("name", "__typename kind: __typename name");
        for (var i = 0; i < 12; i++)
        {
            without = $"own{i % 3} next {{ {without} }}";
            with = $"__typename own{i % 3} kind: __typename next {{ {with} }}";
        }

        var (plain, named) = (Attempt(sources, $"{{ node {{ {without} }} }}"), Attempt(sources, $"{{ node {{ {with} }} }}"));
        Assert.Equal((plain.Choices.Decisions.Count, plain.LookedAt, plain.Steps.Count), (named.Choices.Decisions.Count, named.LookedAt, named.Steps.Count));
        Assert.NotEmpty(named.Choices.Decisions);
        Check(sources, $"{{ node {{ {with} }} }}", steps: 3, bytesMax: 2_000_000);
    }

    // A source that knows one of the kinds, and tells nothing that is asked, parts nothing.
    [Fact]
    public void A_source_that_only_has_the_key_of_some_kinds_changes_nothing()
    {
        const string graph = """
            --- a apollo
            type Query { node: Node }
            interface Node { id: ID! next: Node }
            type A implements Node @key(fields: "id") { id: ID! next: Node }
            type B implements Node @key(fields: "id") { id: ID! next: Node }
            --- b apollo
            interface Node { id: ID! name: String }
            type A implements Node @key(fields: "id") { id: ID! name: String }
            type B implements Node @key(fields: "id") { id: ID! name: String }
            --- c apollo
            type A @key(fields: "id") { id: ID! onlyHere: Int }
            """;
        var selection = "name";
        for (var i = 0; i < 12; i++)
        {
            selection = $"name next {{ {selection} }}";
        }

        Check(graph, $"{{ node {{ {selection} }} }}", steps: 14);
    }

    [Fact]
    public void Three_hundred_kinds_of_which_a_source_knows_half_at_three_levels()
    {
        var sources = "--- a apollo\ntype Query { node: Node }\ninterface Node { id: ID! next: Node }\n"
            + string.Join('\n', Range(300, i => $"type T{i} implements Node @key(fields: \"id\") {{ id: ID! next: Node }}"))
            + "\n--- b apollo\ninterface Node { id: ID! name: String }\n"
            + string.Join('\n', Range(300, i => $"type T{i} implements Node @key(fields: \"id\") {{ id: ID! name: String }}"))
            + "\n--- c apollo\n"
            + string.Join('\n', Range(150, i => $"type T{i} @key(fields: \"id\") {{ id: ID! only{i}: Int }}"));
        Check(sources, "{ node { name next { name next { name next { name } } } } }", steps: 5);
    }

    // As many positions as fragments, in each of which any of the types can be: what is found of the types at one of them holds at all.
    [Fact]
    public void Three_hundred_fragments_with_an_object_of_300_types_below_each()
    {
        var sources = "--- a apollo\ntype Query { items: [Item] }\ninterface Item { id: ID! size: Int }\n"
            + string.Join('\n', Range(300, i => $"type K{i} implements Item @key(fields: \"id\") {{ id: ID! size: Int own{i}: Int }}"))
            + "\n--- b apollo\ninterface Item { id: ID! part: Item }\n"
            + string.Join('\n', Range(300, i => $"type K{i} implements Item @key(fields: \"id\") {{ id: ID! part: Item at{i}: Int }}"))
            + "\n--- c apollo\n"
            + string.Join('\n', Range(300, i => $"type K{i} @key(fields: \"id\") {{ id: ID! size: Int @external price: Int @requires(fields: \"size\") }}"));
        Check(sources, $"{{ items {{ {string.Join(' ', Range(300, i => $"... on K{i} {{ part {{ size }} }}"))} }} }}", steps: 302, bytesMax: 20_000_000);
        Check(sources, $"{{ items {{ {string.Join(' ', Range(300, i => $"... on K{i} {{ own{i} at{i} price part {{ size }} }}"))} }} }}", steps: 303, bytesMax: 25_000_000);
        Check(sources, $"{{ items {{ {string.Join(' ', Range(300, i => $"... on K{i} {{ id part {{ size ... on K{i} {{ price }} }} }}"))} }} }}", steps: 602, bytesMax: 20_000_000);
    }

    [Fact]
    public void Three_hundred_fragments_on_the_types_of_an_interface_object()
    {
        var sources = "--- a apollo\ntype Query { films: [Film] }\ninterface Film @key(fields: \"id\") { id: ID! title: String }\n"
            + string.Join('\n', Range(300, i => $"type F{i} implements Film @key(fields: \"id\") {{ id: ID! title: String own{i}: Int }}"))
            + "\n--- b apollo\ntype Film @interfaceObject @key(fields: \"id\") { id: ID! likes: Int similar: [Film] }"
            + "\n--- c apollo\ntype Film @interfaceObject @key(fields: \"id\") { id: ID! likes: Int @external rank: Int @requires(fields: \"likes\") next: Film }";
        Check(
            sources,
            $"{{ films {{ {string.Join(' ', Range(300, i => $"... on F{i} {{ own{i} similar {{ title }} rank next {{ likes kind: __typename }} }}"))} }} }}",
            steps: 904,
            bytesMax: 26_500_000);
    }

    // Each field is held against all that have its key and may be of other objects, with all that is below both.
    [Fact]
    public void Fragments_on_four_types_in_each_other_with_a_leaf_of_its_own_in_each()
    {
        var sources = "--- a apollo\ntype Query { i: I }\ninterface I { next: I a: Int }\n" + string.Join('\n', Range(4, i => $"type T{i} implements I {{ next: I a: Int }}"));
        var leaf = 0;
        string Below(int levels) => levels == 0 ? $"a{leaf++}: a" : string.Join(' ', Range(4, i => $"... on T{i} {{ next {{ {Below(levels - 1)} }} }}"));
        Check(sources, $"{{ i {{ {Below(4)} }} }}", steps: 1, bytesMax: 2_500_000);
    }

    // Twelve kinds of objects at each level: 12^3 positions. Beyond the bound one source is asked for all of them, be it not the best for each.
    [Fact]
    public void Kinds_of_objects_that_multiply_with_each_level_are_asked_of_one_source_beyond_a_bound()
    {
        var plan = PlanTest.Plan(TwelveKinds("id: ID! next: Node"), "{ node { next { next { next { id } } } } }");
        Assert.Empty(plan.Unservable);
    }

    // Where there is none for all of them, what is beyond the bound is null with an error, and no plan is wrong.
    [Fact]
    public void Kinds_of_objects_that_multiply_with_each_level_and_have_no_source_together_are_refused_beyond_a_bound()
    {
        var sources = TwelveKinds("id: ID!", others: true);
        Assert.Empty(PlanTest.Plan(sources, "{ node { next { next { id } } } }").Unservable);
        var plan = PlanTest.Plan(sources, "{ node { next { next { next { id } } } } }");
        Assert.All(plan.Unservable, field => Assert.Equal(UnservableCause.TooManyKinds, field.Cause));
        Assert.Equal(
            "Cannot resolve field \"next\" on type \"Node\" here: the operation selects below too many kinds of objects. Select fewer levels of interfaces, or split the operation.",
            plan.Unservable.Select(field => field.Reason).Distinct().Single());
    }

    // Below each kind is no other one: positions add up.
    [Fact]
    public void Kinds_of_objects_that_are_not_below_each_other_do_not_multiply() =>
        Check(TwelveKinds("id: ID!"), "{ node { next { next { next { id } } } } }", steps: 13);

    private static string TwelveKinds(string fieldsAtHome, bool others = false) => $"--- home apollo\ntype Query {{ node: Node }}\ninterface Node {{ {fieldsAtHome} }}\n"
        + string.Join('\n', Range(12, i => $"type T{i} implements Node @key(fields: \"id\") {{ {fieldsAtHome} }}")) + "\n"
        + string.Join('\n', Range(12, i => $"--- s{i} apollo\ninterface Node {{ id: ID! next: Node }}\ntype T{i} implements Node @key(fields: \"id\") {{ id: ID! next: Node }} "
            + string.Join(' ', Range(others ? 12 : 0, j => j == i ? "" : $"type T{j} implements Node @key(fields: \"id\") {{ id: ID! next: Node @external }}"))));

    [Fact]
    public void A_hundred_sources_that_share_a_type()
    {
        Check(Hundred, $"{{ t {{ id common {string.Join(' ', Range(100, i => $"f{i}"))} }} }}", steps: 101);
        Check(Hundred, $"{{ t {{ {string.Join(' ', Range(100, i => $"next{i} {{ common f{(i + 7) % 100} }}"))} }} }}", steps: 201);
    }

    [Fact]
    public void Twelve_levels_through_a_hundred_sources()
    {
        var selection = "common";
        for (var i = 0; i < 12; i++)
        {
            selection = $"f{i} common next{i * 8} {{ {selection} }}";
        }

        Check(Hundred, $"{{ t {{ {selection} }} }}", steps: 24);
    }

    [Fact]
    public void A_thousand_fields()
    {
        var sources = $$"""
            --- a apollo
            type Query { t: [T] }
            type T @key(fields: "id") { id: ID! u: T {{string.Join(' ', Range(50, i => $"f{i}: Int"))}} }
            --- b apollo
            type T @key(fields: "id") { id: ID! v: T {{string.Join(' ', Range(50, i => $"g{i}: Int"))}} }
            """;
        var all = string.Join(' ', Range(50, i => $"f{i} g{i}"));
        var selection = all;
        for (var i = 0; i < 9; i++)
        {
            selection = $"{all} {(i % 2 == 0 ? "u" : "v")} {{ {selection} }}";
        }

        Check(sources, $"{{ t {{ {selection} }} }}", steps: 11);
    }

    // Each of a hundred sources has one field of a value without a key, all of them the way to it. Each is asked, and what each of the others has below is
    // no more looked at for each of them again than what is asked there.
    [Theory]
    [InlineData(1, 100, 30_000)]
    [InlineData(10, 100, 300_000)]
    [InlineData(300, 3, 5_000_000)]
    public void A_hundred_sources_that_share_a_value(int aliases, int fields, int looksMax)
    {
        var sources = "--- a apollo\ntype Query { t: T @shareable }\ntype T @key(fields: \"id\") { id: ID! v: V @shareable }\ntype V { x: Int @shareable }\n"
            + string.Join('\n', Range(100, i => $"--- s{i} apollo\n{(i < 8 ? "type Query { t: T @shareable }\n" : "")}"
                + $"type T @key(fields: \"id\") {{ id: ID! v: V @shareable }}\ntype V {{ x: Int @shareable f{i}: Int w: W @shareable }}\ntype W {{ y: Int @shareable h{i}: Int }}"));
        var operation = $"{{ t {{ {string.Join(' ', Range(aliases, alias => $"v{alias}: v {{ {string.Join(' ', Range(fields, i => $"f{(alias * fields + i) % 100}"))} }}"))} }} }}";
        var attempt = Attempt(sources, operation);

        Assert.True(attempt.LookedAt < looksMax, $"An attempt looked at {attempt.LookedAt:N0} fields.");
        Check(sources, operation, steps: 100, bytesMax: 50_000_000);
        Check(sources, operation.Replace("{ f", "{ w { y h99 } f", StringComparison.Ordinal), steps: 100, bytesMax: 100_000_000);
    }

    // Any source can give the object that is further down: what each has of what is asked there is counted once, not once at each level above. And an attempt that leaves to each of
    // them what the others leave to it is given up: it goes through fifteen times as much as the plan, which asks each source once.
    [Fact]
    public void A_thousand_fields_on_ten_levels_of_a_hundred_sources()
    {
        var sources = string.Join('\n', Range(100, i => $"--- s{i} apollo\n{(i < 50 ? "type Query { t: T @shareable }\n" : "")}"
            + $"type T @key(fields: \"id\") {{ id: ID! f{i}: Int near: T @shareable }}"));
        var all = string.Join(' ', Range(100, i => $"f{i}"));
        var operation = $"{{ t {{ {Enumerable.Range(0, 9).Aggregate(all, (below, _) => $"{all} near {{ {below} }}")} }} }}";

        Assert.InRange(Attempt(sources, operation).LookedAt, 1, 20_000);
        Check(sources, operation, steps: 991, bytesMax: 25_000_000);
        operation = $"{{ t {{ {string.Join(' ', Range(10, i => $"near{i}: near {{ {all} }}"))} }} }}";
        Assert.InRange(Attempt(sources, operation).LookedAt, 1, 9_000);
        Check(sources, operation, steps: 991, bytesMax: 30_000_000);
    }

    // What one representation carries for many fields is put together once, and each field adds to it.
    [Fact]
    public void A_thousand_fields_that_require_others()
    {
        const int Count = 1_000;
        Check(
            $$"""
            --- a apollo
            type Query { t: T }
            type T @key(fields: "id") { id: ID! f: Int }
            --- b apollo
            type T @key(fields: "id") { id: ID! f: Int @external {{string.Join(' ', Range(Count, i => $"g{i}: Int @requires(fields: \"f\")"))}} }
            """,
            $"{{ t {{ {string.Join(' ', Range(Count, i => $"g{i}"))} }} }}",
            steps: 2);
        Check(
            $$"""
            --- a apollo
            type Query { t: T }
            type T @key(fields: "id") { id: ID! {{string.Join(' ', Range(Count / 2, i => $"f{i}: Int"))}} }
            --- b apollo
            type T @key(fields: "id") { id: ID! {{string.Join(' ', Range(Count / 2, i => $"f{i}: Int @external g{i}: Int @requires(fields: \"f{i}\")"))}} }
            """,
            $"{{ t {{ {string.Join(' ', Range(Count / 2, i => $"f{i} g{i}"))} }} }}",
            steps: 2);
    }

    // Each write waits for all that was before it, so none of them can go later, and nobody has to try. What it waits for is said once: by those just before.
    [Theory]
    [InlineData(40, 9_000_000)]
    [InlineData(120, 24_000_000)]
    public void Writes_in_turns(int writes, int bytesMax) => Check(
        $$"""
        --- a apollo
        type Query { x: Int }
        type Mutation { {{string.Join(' ', Range(writes / 2, i => $"a{i}: T"))}} }
        type T @key(fields: "id") { id: ID! }
        --- b apollo
        type Mutation { {{string.Join(' ', Range(writes / 2, i => $"b{i}: T"))}} }
        type T @key(fields: "id") { id: ID! f: Int }
        --- c apollo
        type T @key(fields: "id") { id: ID! f: Int @external g: Int @requires(fields: "f") h: Int }
        """,
        $"mutation {{ {string.Join(' ', Range(writes / 2, i => $"a{i} {{ g h }} b{i} {{ h g }}"))} }}",
        steps: writes * 5 / 2,
        bytesMax);

    private static string Hundred { get; } =
        "--- a apollo\ntype Query { t: T }\ntype T @key(fields: \"id\") { id: ID! }\n"
        + string.Join('\n', Range(100, i => $"--- s{i} apollo\ntype T @key(fields: \"id\") {{ id: ID! f{i}: Int common: Int @shareable next{i}: T }}"));

    private static IEnumerable<string> Range(int count, Func<int, string> text) => Enumerable.Range(0, count).Select(text);

    // The greedy one.
    private static PlanAttempt Attempt(string sources, string operation)
    {
        var graph = PlanningGraph.For(TestGraph.Compose(sources), []);
        var attempt = new PlanAttempt(
            graph, new Reachability(graph), TestOperation.Normalize(graph.Supergraph.PublicSchema, operation), new Choices(ChoiceKinds.None, new Dictionary<int, int>()));
        attempt.Run();
        return attempt;
    }

    private static void Check(string sources, string operation, int steps, int bytesMax = BytesMax)
    {
        var supergraph = TestGraph.Compose(sources);
        var normalized = TestOperation.Normalize(supergraph.PublicSchema, operation);
        // The first plan makes what is kept for the graph. Code that has run little takes most, since the runtime has not looked yet what it can keep off the heap:
        // each bound holds for a test that runs alone, too, and so in any order.
        var plan = QueryPlanner.Plan(supergraph, normalized);
        var before = GC.GetAllocatedBytesForCurrentThread();
        QueryPlanner.Plan(supergraph, normalized);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(steps, plan.Steps.Length);
        Assert.Empty(plan.Unservable);
        Assert.True(bytes < bytesMax, $"Planning took {bytes:N0} bytes.");
    }

    [Fact]
    public void Planning_that_nobody_waits_for_any_longer_ends_and_the_token_changes_no_plan()
    {
        var supergraph = TestGraph.Compose("""
            --- a apollo
            type Query { me: User }
            type User @key(fields: "id") { id: ID! }
            --- b apollo
            type User @key(fields: "id") { id: ID! name: String }
            """);
        var operation = TestOperation.Normalize(supergraph.PublicSchema, "{ me { name } }");
        using var source = new CancellationTokenSource();

        Assert.Equal(PlanPrinter.Print(QueryPlanner.Plan(supergraph, operation)), PlanPrinter.Print(QueryPlanner.Plan(supergraph, operation, abandoned: source.Token)));
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => QueryPlanner.Plan(supergraph, operation, abandoned: source.Token));
    }

    [Fact]
    public void Between_its_parts_planning_gives_others_their_turn_and_makes_the_same_plan()
    {
        var supergraph = TestGraph.Compose("""
            --- a apollo
            type Query { me: User }
            type User @key(fields: "id") { id: ID! }
            --- b apollo
            type User @key(fields: "id") { id: ID! name: String }
            """);
        var operation = TestOperation.Normalize(supergraph.PublicSchema, "{ me { name } }");
        var turns = 0;

        var plan = QueryPlanner.Plan(supergraph, operation, betweenParts: () => turns++);

        // The root and the user, and a step to each source.
        Assert.Equal(4, turns);
        Assert.Equal(PlanPrinter.Print(QueryPlanner.Plan(supergraph, operation)), PlanPrinter.Print(plan));
    }
}
