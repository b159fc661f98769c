using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>
/// What the objects of an <c>@interfaceObject</c> are one source says of all of them: lookups of the interface, in the dialect of Composite Schemas, may each find
/// some of them only.
/// </summary>
public sealed class TypeTellersTests
{
    private const string Shelf =
        """
        # source a
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])
        type Query { media: [Media] }
        type Media @interfaceObject @key(fields: "id") { id: ID! title: String }

        """;

    private const string InParts =
        Shelf
        + """
        # source b
        type Query { bMedia(id: ID!): Media @lookup }
        interface Media { id: ID! }
        type T1 implements Media @key(fields: "id") { id: ID! one: Int }
        type T2 implements Media @key(fields: "id") { id: ID! two: Int }
        # source c
        type Query { cMedia(id: ID!): Media @lookup }
        interface Media { id: ID! }
        type T2 implements Media @key(fields: "id") { id: ID! }
        type T3 implements Media @key(fields: "id") { id: ID! three: Int }

        """;

    // Source d knows all three by another key, of which c tells that of two of them, and e that of any.
    private const string ByAnotherKey =
        InParts
        + """
        # source d
        type Query { dMedia(sku: ID!): Media @lookup @internal }
        interface Media { sku: ID! }
        type T1 implements Media @key(fields: "sku") { sku: ID! @shareable }
        type T2 implements Media @key(fields: "sku") { sku: ID! @shareable }
        type T3 implements Media @key(fields: "sku") { sku: ID! @shareable }
        # source e
        type Query { t1(id: ID!): T1 @lookup @internal t2(id: ID!): T2 @lookup @internal t3(id: ID!): T3 @lookup @internal m2(id: ID!): Media @lookup @internal }
        interface Media { id: ID! sku: ID! }
        type T1 @key(fields: "id") { id: ID! sku: ID! @shareable }
        type T2 implements Media @key(fields: "id") { id: ID! sku: ID! @shareable }
        type T3 implements Media @key(fields: "id") { id: ID! sku: ID! @shareable }

        """;

    [Fact]
    public void Two_sources_each_of_which_knows_some_of_the_objects() => AssertComposes(
        InParts,
        """
        a.graphqls:2:14 SATISFIABILITY_ERROR No source can answer { media { __typename } }, at Query.media: a knows Media only as an interface object; b does not know T3; c does not know T1. The query stands in a.
          hint: Let a source that knows all objects of Media be entered by a key that is known where the query stands.
        """);

    [Fact]
    public void Two_sources_and_one_that_knows_all() => AssertComposes(
        InParts
        + """
        # source d
        type Query { dMedia(id: ID!): Media @lookup @internal }
        interface Media { id: ID! }
        type T1 implements Media @key(fields: "id") { id: ID! }
        type T2 implements Media @key(fields: "id") { id: ID! }
        type T3 implements Media @key(fields: "id") { id: ID! }
        """,
        "");

    [Fact]
    public void One_that_knows_all_by_a_key_that_is_told_of_some() => AssertComposes(
        ByAnotherKey,
        """
        a.graphqls:2:14 SATISFIABILITY_ERROR No source can answer { media { __typename } }, at Query.media: a knows Media only as an interface object; b does not know T3; c does not know T1; d knows its objects, but entering it by the lookup dMedia needs "sku", which e has, where the query cannot get to; e does not know T1. The query stands in a.
          hint: Let a source that knows all objects of Media be entered by a key that is known where the query stands.
        """);

    [Fact]
    public void One_that_knows_all_by_a_key_that_another_interface_object_tells_of_all() => AssertComposes(
        ByAnotherKey
        + """
        # source f
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject", "@shareable"])
        type Media @interfaceObject @key(fields: "id") { id: ID! sku: ID! @shareable }
        """,
        "");

    private static void AssertComposes(string sources, string problems) => Assert.Equal(problems, Rule.Text(Rule.Compose(sources)));
}
