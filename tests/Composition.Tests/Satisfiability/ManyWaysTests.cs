using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>
/// Why a field cannot be served is told in bounded words, found once for all fields of a type, and ends with its token: a type may have as many keys as its source has lines. Bytes are
/// those of all threads: these run alone.
/// </summary>
[Collection(nameof(CompositionGrowthTests))]
public sealed class ManyWaysTests
{
    /// <summary>Sources of a size, by the name of their shape; twice the size is twice the text.</summary>
    private static readonly Dictionary<string, (SourceDialect Dialect, Func<int, string> Sources)> Shapes = new()
    {
        ["many fields of a type with many keys"] = (SourceDialect.Composite, size => Keys(size, fields: size)),
        ["many fields of a type with one key of many fields"] = (SourceDialect.Apollo, size => $$"""
            # source a
            type Query { a: T }
            type T @key(fields: "{{Each(size, i => $"k{i}")}}") { {{Each(size, i => $"k{i}: ID! g{i}: Int")}} }
            # source b
            type Query { b: T }
            type T { x: Int }
            """),
        ["a requirement of an interface in itself"] = (SourceDialect.Apollo, size => Nested(size, depth: 3, "x")),
        ["a requirement of what nobody has, of an interface in itself"] = (SourceDialect.Apollo, size => Nested(size, depth: 3, "y")),
    };

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Twice_the_text_takes_twice_the_bytes(string shape)
    {
        Compose(shape, 10);
        var (small, large) = (Compose(shape, 100), Compose(shape, 200));
        Assert.True(large < 2.5 * small, $"{small} bytes at 100, {large} at 200");
    }

    // As long as nobody looked at what was looked at already, these were 100 to the power of 8.
    [Fact]
    public void Objects_that_have_each_other_do_not_multiply_with_each_field_of_a_requirement()
    {
        var result = Rule.Compose(Nested(100, depth: 8, "x"), SourceDialect.Apollo);
        Assert.True(result.IsSuccess, string.Join('\n', result.Problems));
        var problem = Assert.Single(Rule.Compose(Nested(100, depth: 8, "y"), SourceDialect.Apollo).Problems, problem => problem.Message.Contains("at T.g: ", StringComparison.Ordinal));
        Assert.StartsWith(
            "No source can answer { t { g } }, at T.g: a requires \"i { i { i { i { i { i { i { i { y } } } } } } } }\", and c has O0.y, O1.y, O2.y, ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_ways_into_a_source_are_told_and_ten_lookups_by_one_key()
    {
        Assert.Equal(
            "No source can answer { b { g0 } }, at T.g0: a has it, but entering it by the lookup l0 needs \"k0\", which only a itself has"
                + string.Concat(Enumerable.Range(1, 9).Select(i => $"; or by the lookup l{i} needs \"k{i}\", which only a itself has"))
                + "; b does not have it. The query stands in b.",
            Message(Keys(10, fields: 1)));
        Assert.Equal(
            "No source can answer { b { g0 } }, at T.g0: a has it, but entering it by the lookup l0 needs \"k0\", which only a itself has"
                + string.Concat(Enumerable.Range(1, 8).Select(i => $"; or by the lookup l{i} needs \"k{i}\", which only a itself has"))
                + "; or needs one of 2 other keys; b does not have it. The query stands in b.",
            Message(Keys(11, fields: 1)));
        Assert.Equal(
            "No source can answer { b { g } }, at T.g: a has it, but entering it by the lookup l0 or l1 or l2 or l3 or l4 or l5 or l6 or l7 or l8 or l9 needs \"k\", which only a itself has; "
                + "b does not have it. The query stands in b.",
            Message(Lookups(10)));
        Assert.Equal(
            "No source can answer { b { g } }, at T.g: a has it, but entering it by the lookup l0 or l1 or l2 or l3 or l4 or l5 or l6 or l7 or l8 or one of 2 others needs \"k\", which only a itself has; "
                + "b does not have it. The query stands in b.",
            Message(Lookups(11)));
    }

    // Nothing of a finding asks a token but this: composing it takes long where its sources are large.
    [Fact]
    public void It_ends_with_its_token_in_the_middle_of_a_field()
    {
        var supergraph = Rule.Compose(Keys(100, fields: 1), SourceDialect.Composite, new ComposerOptions { CheckSatisfiability = false }).Supergraph!;
        using var over = new CancellationTokenSource();
        var (index, reachability) = (new GraphIndex(supergraph), new Reachability(new GraphIndex(supergraph), over.Token));
        var (query, b) = (index.Type("Query"), index.Type("Query").Field("b"));
        var point = Assert.Single(reachability.Below(b.Returned!, reachability.Serve(query, reachability.Close(reachability.Root("Query")), b, PathFacts.None), PathFacts.None));
        var (closed, key) = (reachability.Close(point), point.Type.Keys[0].Selection);
        var at = new Position(point.Type, closed, PathFacts.None);
        var explanation = new Explanation(supergraph, reachability, null, over.Token);
        Assert.StartsWith("a has it, but entering it by the lookup l0 ", explanation.WhyNot(at, point.Stands, point.Type.Field("g0")).Text, StringComparison.Ordinal);
        over.Cancel();
        Assert.Throws<OperationCanceledException>(() => explanation.WhyNot(at, point.Stands, point.Type.Field("g0")));
        Assert.Throws<OperationCanceledException>(() => new WaysInto(over.Token).Of(point.Type, 0));
        Assert.Throws<OperationCanceledException>(() => new MissingFields(supergraph, new Reachability(index), over.Token).In(key, at));
        Assert.Throws<OperationCanceledException>(() => reachability.CanSelect(point.Type, closed, key, PathFacts.None));
    }

    private static long Compose(string shape, int size)
    {
        var (dialect, text) = Shapes[shape];
        var sources = Rule.Sources(text(size), new SourceSettings { Dialect = dialect });
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var result = Composer.Compose(sources);
        var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.True(result.Supergraph is not null || result.Problems.Any(problem => problem.Code is ProblemCode.UnsatisfiableQueryPath or ProblemCode.SatisfiabilityError), Rule.Text(result));
        return bytes;
    }

    private static string Message(string sources) => Assert.Single(Rule.Compose(sources, SourceDialect.Composite).Problems, problem => problem.Message.Contains("at T.g", StringComparison.Ordinal)).Message;

    private static string Keys(int keys, int fields) => $$"""
        # source a
        type Query { {{Each(keys, i => $"l{i}(k{i}: ID!): T @lookup")}} }
        type T { {{Each(keys, i => $"k{i}: ID!")}} {{Each(fields, i => $"g{i}: Int")}} }
        # source b
        type Query { b: T }
        type T { x: Int }
        """;

    private static string Lookups(int count) => $$"""
        # source a
        type Query { {{Each(count, i => $"l{i}(k: ID!): T @lookup")}} }
        type T { k: ID! g: Int }
        # source b
        type Query { b: T }
        type T { x: Int }
        """;

    // Each object has all of them; g requires x, which b has, or y, which c has, where no query gets to.
    private static string Nested(int objects, int depth, string leaf) => $$"""
        # source a
        {{Linked("@key", "@external", "@requires")}}
        type Query { t: T }
        interface I { i: I {{leaf}}: Int }
        {{Each(objects, i => $"type O{i} implements I {{ i: I @external {leaf}: Int @external }}")}}
        type T @key(fields: "id") { id: ID! i: I @external g: Int @requires(fields: "{{string.Concat(Enumerable.Repeat("i { ", depth))}}{{leaf}}{{string.Concat(Enumerable.Repeat(" }", depth))}}") }
        # source b
        {{Linked("@key")}}
        type Query { b: Int }
        interface I { i: I }
        {{Each(objects, i => $"type O{i} implements I {{ i: I {(leaf == "y" ? "" : "x: Int")} }}")}}
        type T @key(fields: "id") { id: ID! i: I }
        {{(leaf == "y" ? $"# source c\n{Linked("@key")}\ntype Query {{ c: Int }}\n{Each(objects, i => $"type O{i} {{ y: Int }}")}" : "")}}
        """;

    private static string Linked(params string[] names) =>
        $"extend schema @link(url: \"https://specs.apollo.dev/federation/v2.3\", import: [{string.Join(", ", names.Select(name => $"\"{name}\""))}])";

    private static string Each(int count, Func<int, string> text) => string.Join(' ', Enumerable.Range(0, count).Select(text));
}
