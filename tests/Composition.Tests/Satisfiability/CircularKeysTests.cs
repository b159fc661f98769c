using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Composition.Tests;

/// <summary>Keys and requirements that lead through one another: each question is asked a number of times that grows with their number, where the ways through them are n!.</summary>
public sealed class CircularKeysTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(6, false)]
    [InlineData(40, false)]
    [InlineData(6, true)]
    [InlineData(40, true)]
    public void Keys_that_lead_through_one_another(int types, bool isGrounded)
    {
        var supergraph = Compose(Enumerable.Range(0, 2).Select(source =>
            $"{(source == 0 ? "type Query { t0: T0 } " : "")}"
            + Join(types, type => $"type T{type} {Join(types, other => $"@key(fields: \"l{other} {{ x{source} }}\")")}"
                + (isGrounded && type == types - 1 ? " @key(fields: \"id\")" : "")
                + $" {{ id: ID! @shareable x{source}: Int {Join(types, other => $"l{other}: T{other} @shareable")} }}")));
        Assert.Equal(isGrounded, Satisfiability.Find(supergraph).Findings.IsEmpty);

        var reachability = new Reachability(new GraphIndex(supergraph));
        var below = reachability.Serve(reachability.Root("Query").Type, reachability.Close(reachability.Root("Query")), reachability.Root("Query").Type.Field("t0"), PathFacts.None);
        Assert.Equal(isGrounded, reachability.Close(reachability.Point("T0", below, PathFacts.None)).IsIn(1));
        output.WriteLine($"{reachability.AskedCount}");
        Assert.True(reachability.AskedCount < 20 * types, $"{reachability.AskedCount} times");
    }

    [Fact]
    public void Requirements_that_need_two_others_each()
    {
        const int Fields = 40;
        var supergraph = Compose(Enumerable.Range(0, 3).Select(source =>
        {
            bool HasRequirement(int i) => i >= 2 && i < Fields && i % 3 == source;
            return $"{(source == 0 ? "type Query { t: T } " : "")}type T @key(fields: \"id\") {{ id: ID! @shareable "
                + Join(Fields, i => HasRequirement(i) ? $"c{i}: Int @requires(fields: \"c{i - 1} c{i - 2}\")"
                    : i % 3 == source ? $"c{i}: Int"
                    : HasRequirement(i + 1) || HasRequirement(i + 2) ? $"c{i}: Int @external" : "")
                + " }";
        }));
        Assert.Empty(Satisfiability.Find(supergraph).Findings);
    }

    // Here and there the same sources are entered, so that nothing tells the fields apart but their names: there are n! ways, and none that leads anywhere.
    [Fact]
    public void Requirements_that_lead_through_one_another()
    {
        const int Fields = 24;
        var supergraph = Compose(Enumerable.Range(0, 2).Select(source =>
            $"{(source == 0 ? "type Query { t: T } " : "")}type T @key(fields: \"id\") {{ id: ID! @shareable {Join(Fields, i => i % 2 != source ? $"c{i}: Int @external"
                : $"c{i}: Int @requires(fields: \"{Join(Fields, j => j % 2 != source ? $"c{j}" : "")}\")")} }}"));
        Assert.Equal(Fields, Satisfiability.Find(supergraph).Findings.Length);
    }

    private static string Join(int count, Func<int, string> text) => string.Join(' ', Enumerable.Range(0, count).Select(text));

    private static Supergraph Compose(IEnumerable<string> sources)
    {
        const string Link = "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import: [\"@key\", \"@shareable\", \"@requires\", \"@external\"]) ";
        ImmutableArray<SourceInput> inputs = [.. sources.Select((sdl, i) => new SourceInput { Name = $"s{i}", Documents = [new SourceText(Link + sdl, $"s{i}")] })];
        var result = Composer.Compose(inputs, new ComposerOptions { CheckSatisfiability = false });
        Assert.True(result.IsSuccess, string.Join('\n', result.Problems));
        return result.Supergraph!;
    }
}
