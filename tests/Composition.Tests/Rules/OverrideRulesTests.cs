using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class OverrideRulesTests
{
    [Fact]
    public void A_field_is_taken_over_from_another_source() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") { id: ID! color: String @override(from: "a") }
            """,
        bad:
            """
            # source a
            type Query { rose: Rose }
            type Rose { color: String @override(from: "a") }
            """,
        problems:
            """
            a.graphqls:2:27 OVERRIDE_FROM_SELF Rose.color has @override(from: "a"), and a is the source that says so.
              hint: Name the source that the field is taken over from, or remove @override.
            """);

    [Fact]
    public void A_misspelled_source_is_told_with_the_one_that_was_meant() => Assert.Equal(
        """
        products.graphqls:2:40 INVALID_FIELD_SHARING Rose.color is resolved by products and stock, and not marked as @shareable in products and stock. stock takes it over from "prodcts", which is no source. Did you mean "products"?
          also stock.graphqls:2:40
          hint: Mark it as @shareable in all of them if they give the same value; otherwise keep it in one, or rename it in the others.
        """,
        Rule.Text(Rule.Compose("""
            # source products
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source stock
            type Query { other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") { id: ID! color: String @override(from: "prodcts") }
            """)));

    [Fact]
    public void No_field_of_an_interface_is_taken_over() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") { id: ID! color: String @override(from: "a") }
            """,
        bad:
            """
            # source a
            type Query { plant: Plant }
            interface Plant { id: ID! @override(from: "b") }
            type Rose implements Plant { id: ID! }
            """,
        problems:
            """
            a.graphqls:2:27 OVERRIDE_ON_INTERFACE Plant.id has @override, and Plant is an interface: only the objects that implement it resolve fields.
              hint: Move @override to the field of each object that implements Plant.
            """);

    [Fact]
    public void One_source_ends_up_owning_a_field() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Int }
            # source b
            type Query { rose: Int @override(from: "a") }
            # source c
            type Query { rose: Int @override(from: "b") }
            """,
        bad:
            """
            # source a
            type Query { rose: Int @override(from: "b") lily: Int }
            # source b
            type Query { rose: Int @override(from: "a") lily: Int @override(from: "a") }
            # source c
            type Query { lily: Int @override(from: "a") }
            """,
        problems:
            """
            a.graphqls:1:24 OVERRIDE_SOURCE_HAS_OVERRIDE Query.rose has several @override (a from b, b from a): they go in a circle, so that nobody owns the field.
              also b.graphqls:1:24
              hint: Keep @override in the source that shall own the field, and remove the field from the others.

            b.graphqls:1:55 OVERRIDE_SOURCE_HAS_OVERRIDE Query.lily has several @override (b from a, c from a): two of them take it from the same source, so that two would own it.
              also c.graphqls:1:24
              hint: Keep @override in the source that shall own the field, and remove the field from the others.

            b.graphqls:1:45 INVALID_FIELD_SHARING Query.lily is resolved by b and c, and not marked as @shareable in b and c.
              also c.graphqls:1:14
              hint: Mark it as @shareable in all of them if they give the same value; otherwise keep it in one, or rename it in the others.
            """);
}
