using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>
/// What composing takes grows as its sources do, whatever their shape: anybody who may publish one source could have a registry's memory otherwise. Bytes are those of all threads: these
/// run alone.
/// </summary>
[CollectionDefinition(nameof(CompositionGrowthTests), DisableParallelization = true)]
[Collection(nameof(CompositionGrowthTests))]
public sealed class CompositionGrowthTests
{
    private const int Size = 1_000;

    /// <summary>Sources of a size, by the name of their shape; twice the size is twice the text.</summary>
    private static readonly Dictionary<string, Func<int, string>> Shapes = new()
    {
        ["a chain of types"] = size => $"# source a\ntype Query {{ t0: T0 }}\n{Lines(size, i => $"type T{i} {{ id: ID! next: T{(i + 1) % size} }}")}",
        ["a chain of types with lookups"] = size =>
            $"# source a\ntype Query {{ t0: T0 }}\n{Lines(size, i => $"type T{i} {{ id: ID! one(id: ID!): T{i} @lookup next: T{(i + 1) % size} }}")}",
        ["a chain of types with fields that nobody can serve"] = size =>
            $"# source a\ntype Query {{ t0: T0 }}\n{Lines(size, i => $"type T{i} {{ id: ID! next: T{(i + 1) % size} }}")}\n# source b\ntype Query {{ b: Int }}\n{Lines(size, i => $"type T{i} {{ g: Int }}")}",
        ["many fields of a type with many"] = size =>
            $"# source a\ntype Query {{ {Lines(size, i => $"f{i}: T")} }}\ntype T {{ {Lines(size, i => $"f{i}: Int")} }}",
        ["many fields of an interface with many objects"] = size =>
            $"# source a\ninterface I {{ id: ID! }}\ntype Query {{ {Lines(size, i => $"f{i}: I")} }}\n{Lines(size, i => $"type T{i} implements I {{ id: ID! }}")}",
        ["many fields of a union of which two sources know other members"] = size => string.Join('\n', from source in "ab" select
            $"# source {source}\nunion U = C | {string.Join(" | ", Enumerable.Range(0, size).Select(i => $"{source}{i}"))}\ntype C {{ c: Int @shareable }}\n"
            + $"type Query {{ {Lines(size, i => $"f{i}: U @shareable")} }}\n{Lines(size, i => $"type {source}{i} {{ id: ID! }}")}"),
        ["many lookups of a type by one key"] = size => $"# source a\ntype Query {{ {Lines(size, i => $"l{i}(id: ID!): T @lookup")} }}\ntype T {{ id: ID! }}",
        ["a lookup with many arguments"] = size =>
            $"# source a\ntype Query {{ t({Lines(size, i => $"a{i}: ID")}): T @lookup }}\ntype T {{ {Lines(size, i => $"a{i}: ID")} }}",
        ["many lookups of a type by many keys"] = size =>
            $"# source a\ntype Query {{ t: T {Lines(size, i => $"l{i}(k{i}: ID!): T @lookup")} }}\ntype T {{ {Lines(size, i => $"k{i}: ID!")} }}",
        ["many shared mutations, each of whose sources lacks something at the end of a chain of types"] = size => string.Join('\n', from source in "ab" select
            $"# source {source}\ntype Query {{ {source}: Int }}\ntype Mutation {{ {Lines(size, i => $"m{i}: T0 @shareable")} }}\n"
            + $"{Lines(size, i => $"type T{i} {{ next: T{i + 1} @shareable {source}: Int }}")}\ntype T{size} {{ x: Int @shareable }}"),
        ["many shared mutations, one of whose sources lacks something at the end of a chain of types"] = size => string.Join('\n', from source in "ab" select
            $"# source {source}\ntype Query {{ {source}: Int }}\ntype Mutation {{ {Lines(size, i => $"m{i}: T{i} @shareable")} }}\n"
            + $"{Lines(size, i => $"type T{i} {{ next: T{i + 1} @shareable }}")}\ntype T{size} {{ x: Int @shareable {(source == 'b' ? "b: Int" : "")} }}"),
        ["many fields that nobody can serve below one that requires many arguments"] = size =>
            $"# source a\ntype Query {{ t({Lines(size, i => $"a{i}: Int!")}): T }}\ntype T {{ id: ID! }}\n# source b\ntype Query {{ b: Int }}\ntype T {{ {Lines(size, i => $"g{i}: Int")} }}",
    };

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Twice_the_text_takes_twice_the_bytes(string shape)
    {
        Compose(shape, 10);
        var (small, large) = (Compose(shape, Size), Compose(shape, 2 * Size));
        Assert.True(large < 2.5 * small, $"{small} bytes at {Size}, {large} at {2 * Size}");
    }

    // An example of a value would double with each of them.
    [Fact]
    public void Inputs_that_need_two_of_the_next_are_no_powers_of_two()
    {
        var sources = $$"""
            # source a
            type Query { t: T }
            type T { id: ID! }
            # source b
            type Query { b: Int }
            type T { g(in: I0!): Int }
            {{Lines(100, i => $"input I{i} {{ a: I{i + 1}! b: I{i + 1}! }}")}}
            input I100 { a: Int }
            """;
        var problem = Assert.Single(Rule.Compose(sources, SourceDialect.Composite).Problems);
        Assert.StartsWith("No source can answer { t { g(in: {a: {a: {a: ", problem.Message, StringComparison.Ordinal);
    }

    // Of all fields on the way together.
    [Fact]
    public void An_example_has_a_hundred_arguments_at_most()
    {
        var sources = $$"""
            # source a
            type Query { t({{Lines(98, i => $"a{i}: Int!")}}): T }
            type T { u(b0: [Int!]!, b1: Int!): U }
            type U { id: ID! }
            # source b
            type Query { b: Int }
            type U { g: Int }
            """;
        var problem = Assert.Single(Rule.Compose(sources, SourceDialect.Composite).Problems);
        Assert.StartsWith(
            $"No source can answer {{ t({string.Join(", ", Enumerable.Range(0, 97).Select(i => $"a{i}: 1"))}, …) {{ u(b0: [1], b1: 1) {{ g }} }} }}, at U.g: ",
            problem.Message,
            StringComparison.Ordinal);
    }

    // A way can lead to any of their sets.
    [Fact]
    public void Points_have_a_bound()
    {
        var sources = string.Join('\n', Enumerable.Range(0, 20).Select(k =>
            $"# source s{k}\ntype Query {{ t: T @shareable }}\ntype T {{ {Lines(20, i => i == k ? "x: Int @shareable" : $"f{i}: T @shareable")} }}"));
        var problem = Assert.Single(Rule.Compose(sources, SourceDialect.Composite).Problems);
        Assert.Equal(ProblemCode.UnsupportedFeature, problem.Code);
        Assert.Equal("Whether all queries can be answered cannot be found out: they come to T with more than 74000 different sets of sources, labels and contexts.", problem.Message);
    }

    // 4,096 sets of sources with 3,000 fields each.
    [Fact]
    public void Steps_have_a_bound()
    {
        var sources = string.Join('\n', Enumerable.Range(0, 12).Select(k =>
            $"# source s{k}\ntype Query {{ t: T @shareable }}\ntype T {{ {Lines(12, i => i == k ? "x: Int @shareable" : $"f{i}: T @shareable")} {(k > 0 ? "" : Lines(3_000, i => $"g{i}: Int"))} }}"));
        Assert.Contains(Rule.Compose(sources, SourceDialect.Composite).Problems, problem => problem.Code == ProblemCode.UnsupportedFeature);
    }

    // Each of 400 objects lacks each of 400 fields.
    [Fact]
    public void After_a_hundred_thousand_errors_nobody_looks_for_more()
    {
        var link = "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import: [\"@shareable\"])";
        var fields = Lines(400, i => $"f{i}: Int");
        var result = Rule.Compose(
            $"# source a\n{link}\ntype Query {{ i: I }}\ninterface I {{ id: ID! {fields} }}\ntype X implements I {{ id: ID! {fields} }}\n"
            + $"# source b\n{link}\ninterface I {{ id: ID! }}\n{Lines(400, i => $"type T{i} implements I {{ id: ID! }}")}");
        Assert.Equal((ProblemSink.Most, ProblemSink.MostErrors - ProblemSink.Most), (result.Problems.Length, result.MoreProblems));
        Assert.All(result.Problems, problem => Assert.Equal(ProblemCode.InterfaceFieldNoImplem, problem.Code));
    }

    [Fact]
    public void Composing_ends_when_nobody_wants_it_any_more()
    {
        var sources = Rule.Sources(Shapes["a chain of types"](10), new SourceSettings { Dialect = SourceDialect.Composite });
        using var over = new CancellationTokenSource();
        over.Cancel();
        Assert.Throws<OperationCanceledException>(() => Composer.Compose(sources, new ComposerOptions { Cancellation = over.Token }));
        var supergraph = Composer.Compose(sources).Supergraph!;
        Assert.Throws<OperationCanceledException>(() => Satisfiability.Find(supergraph, cancellation: over.Token));
    }

    private static long Compose(string shape, int size)
    {
        var sources = Rule.Sources(Shapes[shape](size), new SourceSettings { Dialect = SourceDialect.Composite });
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var result = Composer.Compose(sources, new ComposerOptions { WritesText = true });
        var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.True(result.Supergraph is not null || !result.Problems.IsEmpty);
        return bytes;
    }

    private static string Lines(int count, Func<int, string> line) => string.Join('\n', Enumerable.Range(0, count).Select(line));
}
