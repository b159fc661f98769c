using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// What can be entered from where, in graphs whose keys lead through one another. The answers are the one solution of their rules: each entry has its
/// key one fetch sooner, and no lookup has its key sooner than that. The plain twin, which follows each way by itself, finds nothing that is better.
/// </summary>
public sealed class ReachabilityTests(ITestOutputHelper output)
{
    private int entered;
    private int nested;
    private int required;
    private int cutShort;
    private int compared;
    private int spent;

    [Fact]
    public void Answers_are_the_solution_of_their_rules_and_no_worse_than_the_plain_twins()
    {
        for (var seed = 1; seed <= 150; seed++)
        {
            Check(PlanningGraph.For(TestGraph.Compose(new KeyGraph(seed).Sources()), []), $"seed {seed}", seed);
        }

        var said = $"{compared} compared, {entered} entered, {nested} of them by nested keys, {required} requirements met; {cutShort} that the twin cuts short, {spent} of which it sees no end";
        output.WriteLine(said);
        Assert.True(entered > 500 && nested > 150 && required > 100 && cutShort * 100 < compared, said);
    }

    [Fact]
    public void Answers_of_random_worlds_are_those_of_the_plain_twin()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var world = new RandomWorld(seed);
            var supergraph = TestGraph.Compose(world.Sources());
            Check(PlanningGraph.For(supergraph, world.Labels(supergraph)), $"world {seed}", seed);
        }

        Assert.Equal(0, cutShort);
        Assert.True(entered > 500 && required > 50, $"{entered} {required}");
    }

    // Whatever was asked before: each order has a graph of its own, since what was found is kept with the graph.
    [Fact]
    public void It_makes_no_difference_what_is_asked_first()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var sources = new KeyGraph(seed).Sources();
            Assert.Equal(Described(sources, inOrder => inOrder), Described(sources, inOrder => [.. inOrder.AsEnumerable().Reverse()]));
        }
    }

    // Each type is entered by the fields of any other: followed one by one there are n! ways, which took 25 s for seven types.
    [Theory]
    [InlineData(7, false)]
    [InlineData(36, false)]
    [InlineData(7, true)]
    [InlineData(36, true)]
    public void Keys_that_lead_through_one_another_are_asked_a_number_of_times_that_grows_with_their_number(int types, bool isGrounded)
    {
        var graph = PlanningGraph.For(TestGraph.Compose(Web(types, isGrounded)), []);
        var reachability = new Reachability(graph);
        for (var type = 0; type < types; type++)
        {
            foreach (var at in graph.Find($"T{type}")!.BySource)
            {
                var closure = reachability.From(at!);
                Assert.Equal(isGrounded, closure.EntryOf(graph.Sources[1 - at!.Source.Ordinal]) is not null);
            }
        }

        output.WriteLine($"{reachability.AskedCount}");
        Assert.True(reachability.AskedCount < 60 * types, $"{reachability.AskedCount} times");
    }

    [Fact]
    public void A_query_over_keys_that_lead_through_one_another_is_planned()
    {
        var plan = PlanTest.Plan(Web(12, isGrounded: true), "{ t0 { x1 l5 { x1 } } }");
        Assert.Empty(plan.Unservable);
    }

    // Fields that require each other in circles: followed one by one there are n! ways.
    [Fact]
    public void Requirements_that_lead_through_one_another_are_asked_a_number_of_times_that_grows_with_their_number()
    {
        const int Fields = 30;
        var sources = string.Join('\n', Enumerable.Range(0, 2).Select(source =>
            $"--- s{source} apollo\n{(source == 0 ? "type Query { t: T }\n" : "")}type T @key(fields: \"id\") {{ id: ID! "
            + string.Join(' ', Enumerable.Range(0, Fields).Select(i => i % 2 != source ? $"c{i}: Int @external"
                : $"c{i}: Int @requires(fields: \"{string.Join(' ', Enumerable.Range(0, Fields).Where(j => j % 2 != source).Select(j => $"c{j}"))}\")"))
            + " }"));
        var graph = PlanningGraph.For(TestGraph.Compose(sources), []);
        var reachability = new Reachability(graph);
        var type = graph.Find("T")!;
        var closure = reachability.From(type.BySource[0]!);

        Assert.Equal(Closure.Never, reachability.DepthOfField(type, type.BySource[1]!.Fields["c1"], [], closure));
        Assert.True(reachability.AskedCount < 10 * Fields, $"{reachability.AskedCount} times");
    }

    private static string Web(int types, bool isGrounded) => string.Join('\n', Enumerable.Range(0, 2).Select(source =>
        $"--- s{source} apollo\n{(source == 0 ? "type Query { t0: T0 }\n" : "")}"
        + string.Join('\n', Enumerable.Range(0, types).Select(type => $"type T{type} "
            + string.Join(' ', Enumerable.Range(0, types).Select(other => $"@key(fields: \"l{other} {{ x{source} }}\")"))
            + (isGrounded && type == types - 1 ? " @key(fields: \"id\")" : "")
            + $" {{ id: ID! x{source}: Int {string.Join(' ', Enumerable.Range(0, types).Select(other => $"l{other}: T{other}"))} }}"))));

    private void Check(PlanningGraph graph, string name, int seed)
    {
        var (reachability, twin, random) = (new Reachability(graph), new PlainReachability(graph, fuel: 20_000), new Random(seed));
        foreach (var type in TypesOf(graph))
        {
            var sources = type.BySource.OfType<TypeAtSource>().ToList();
            foreach (var at in sources)
            {
                Check(type, reachability, reachability.From(at), twin, () => twin.From(at), name);
            }

            for (var i = 0; i < 3 && sources.Count > 1; i++)
            {
                List<Arrival> arrivals = [.. sources.Where(_ => random.Next(2) == 0).Select(at => new Arrival(at, null, random.Next(3)))];
                Check(type, reachability, reachability.From(type, arrivals), twin, () => twin.From(type, arrivals), name);
            }
        }
    }

    private void Check(GraphType type, Reachability reachability, Closure closure, PlainReachability twin, Func<PlainClosure> plain, string name)
    {
        foreach (var at in type.BySource.OfType<TypeAtSource>())
        {
            CheckEntry(type, at, reachability, closure, $"{name}: {at} from {string.Join(", ", closure.Arrivals)}");
            required += at.Fields.Values.Count(field => field.Needs is not null && reachability.DepthOfField(type, field, [], closure) != Closure.Never);
        }

        if (twin.IsSpent)
        {
            spent++;
            return;
        }

        var other = plain();
        foreach (var at in type.BySource.OfType<TypeAtSource>())
        {
            var where = $"{name}: {at} from {string.Join(", ", closure.Arrivals)}";
            Compare(twin, closure.EntryDepthOf(at.Source), other.EntryDepthOf(at.Source), closure.EntryOf(at.Source) == other.EntryOf(at.Source), where);
            foreach (var field in at.Fields.Values)
            {
                Compare(twin, reachability.DepthOfField(type, field, [], closure), twin.DepthOfField(type, field, [], other), true, $"{where}, {field.Name}");
            }
        }
    }

    private void CheckEntry(GraphType type, TypeAtSource at, Reachability reachability, Closure closure, string where)
    {
        var depth = closure.EntryDepthOf(at.Source);
        if (closure.EntryOf(at.Source) is { } entry)
        {
            entered++;
            nested += entry.Key.Selections.Any(item => item is Language.FieldNode { SelectionSet: not null }) ? 1 : 0;
            Assert.True(reachability.DepthOf(type, entry.Key, closure) + 1 == depth, $"{where}: its key is not there at {depth}");
        }

        foreach (var key in at.Lookups.Select(lookup => reachability.DepthOf(type, lookup.Key, closure)).Where(key => key != Closure.Never && closure.Arrivals.Count > 0))
        {
            Assert.True(key + 1 >= depth, $"{where}: could be entered at {key + 1} and not at {depth}");
        }
    }

    private void Compare(PlainReachability twin, int fast, int plain, bool isSame, string where)
    {
        if (twin.IsSpent)
        {
            return;
        }

        compared++;
        cutShort += fast < plain ? 1 : 0;
        Assert.True(fast <= plain, $"{where}: {fast}, and the twin has {plain}");
        Assert.True(isSame || fast < plain, $"{where}: another lookup than the twin's");
    }

    private static List<string> Described(string sources, Func<List<GraphType>, List<GraphType>> order)
    {
        var graph = PlanningGraph.For(TestGraph.Compose(sources), []);
        var reachability = new Reachability(graph);
        return [.. order([.. TypesOf(graph)]).SelectMany(type => type.BySource.OfType<TypeAtSource>()).SelectMany(at => graph.Sources.Select(source =>
            $"{at}: {source.Name} {reachability.From(at).EntryDepthOf(source)} {reachability.From(at).EntryOf(source)?.Key}")).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<GraphType> TypesOf(PlanningGraph graph) =>
        graph.Supergraph.Types.Select(type => graph.Find(type.Name)).OfType<GraphType>().Where(type => type.Type is TypeSystem.ObjectType);
}
