using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Arguments from a context (Apollo's <c>@fromContext</c>) are not fetched yet: what needs one is null with an error, and the rest is there.</summary>
public sealed class ContextTests
{
    private const string Garden = """
        --- gardens
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext"])
        type Query { garden: Garden }
        type Garden @key(fields: "id") @context(name: "garden") { id: ID! soil: String best: Rose }
        type Rose @key(fields: "id") { id: ID! name: String height(soil: String @fromContext(field: "$garden { soil }")): Int }
        """;

    [Fact]
    public void A_field_with_an_argument_from_a_context_is_refused_where_it_stands()
    {
        var plan = PlanTest.Plan(Garden, "{ garden { best { name height } } }");

        Assert.Equal(
            ["No source can give Rose.height at Rose.height: gardens takes its argument \"soil\" from the context \"garden\" (@fromContext), which this version does not do."],
            plan.Unservable.Select(field => field.Detail));
    }

    [Fact]
    public void Clients_do_not_see_the_argument() =>
        Assert.Empty(PlanTest.Plan(Garden, "{ garden { soil } }").Supergraph.PublicSchema.FindType("Rose") is TypeSystem.ObjectType rose
            ? rose.FindField("height")!.Arguments
            : throw new InvalidOperationException("There is no Rose."));
}
