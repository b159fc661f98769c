using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Arguments from a context (Apollo's <c>@fromContext</c>) are not fetched yet: what needs one is null with an error, and the rest is there.</summary>
public sealed class ContextTests
{
    private const string Garden = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source { GARDENS @gateway__source(name: "gardens", dialect: APOLLO) }
        type Query @gateway__type(in: GARDENS) { garden: Garden @gateway__field(in: GARDENS) }
        type Garden @gateway__type(in: GARDENS) @gateway__context(in: GARDENS, name: "garden") {
          soil: String @gateway__field(in: GARDENS)
          best: Rose @gateway__field(in: GARDENS)
        }
        type Rose @gateway__type(in: GARDENS) @gateway__key(in: GARDENS, fields: "id") @gateway__lookup(in: GARDENS, key: "id") {
          id: ID! @gateway__field(in: GARDENS)
          name: String @gateway__field(in: GARDENS)
          height: Int @gateway__field(in: GARDENS, contextArguments: [{name: "soil", type: "String", context: "garden", selection: "soil"}])
        }
        """;

    [Fact]
    public void A_field_with_an_argument_from_a_context_is_refused_where_it_stands()
    {
        var supergraph = SupergraphReader.Read(new SourceText(Garden)).Supergraph!;

        var plan = QueryPlanner.Plan(supergraph, TestOperation.Normalize(supergraph.PublicSchema, "{ garden { best { name height } } }"));

        Assert.Empty(PlanVerifier.Verify(plan));
        Assert.Equal(
            ["No source can give Rose.height at Rose.height: gardens takes its argument \"soil\" from the context \"garden\" (@fromContext), which this version does not do."],
            plan.Unservable.Select(field => field.Detail));
    }

    [Fact]
    public void What_is_known_of_contexts_is_written_and_read_back()
    {
        var supergraph = SupergraphReader.Read(new SourceText(Garden)).Supergraph!;

        var text = SupergraphWriter.Write(supergraph);

        Assert.Contains("@gateway__context(in: GARDENS, name: \"garden\")", text, StringComparison.Ordinal);
        Assert.Equal(text, SupergraphWriter.Write(SupergraphReader.Read(new SourceText(text)).Supergraph!));
        Assert.Empty(((ObjectType)supergraph.PublicSchema.FindType("Rose")!).FindField("height")!.Arguments);
    }
}
