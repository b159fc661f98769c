using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class ExternalRulesTests
{
    [Fact]
    public void What_is_external_is_provided_somewhere() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { best: Rose @provides(fields: "color") other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") { id: ID! color: String @external }
            """,
        bad:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
            }
            """,
        problems:
            """
            b.graphqls:4:17 EXTERNAL_UNUSED Rose.color is @external, but no @provides of b provides it and no @key has it.
              hint: Remove the field from b, or provide it where you can give it.
            """);

    [Fact]
    public void What_is_external_is_not_taken_over() => Rule.Check(
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
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { best: Rose @provides(fields: "color") other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external @override(from: "a")
            }
            """,
        problems:
            """
            b.graphqls:4:17 EXTERNAL_OVERRIDE_COLLISION Rose.color is @external and has @override: it cannot belong to another source and be taken over from it.
              also b.graphqls:4:27
              hint: Remove @override: b gives the field only where a @provides or a key names it, and for that it stays @external.
            """);

    [Fact]
    public void What_is_external_provides_nothing() => Rule.Check(
        good:
            """
            # source a
            type Query { bed: Bed }
            type Bed { rose: Rose @shareable }
            type Rose { color: String @shareable }
            # source b
            type Query { best: Bed @shareable }
            type Bed { rose: Rose @shareable }
            type Rose { color: String @shareable }
            """,
        bad:
            """
            # source a
            type Query { bed: Bed }
            type Bed { rose: Rose }
            type Rose { color: String }
            # source b
            type Query { best: Bed @provides(fields: "rose { color }") @internal }
            type Bed {
              rose: Rose @external @provides(fields: "color")
            }
            type Rose { color: String @external }
            """,
        problems:
            """
            b.graphqls:3:14 EXTERNAL_PROVIDES_COLLISION Bed.rose is @external and has @provides: what another source resolves cannot provide anything here.
              also b.graphqls:3:24
              hint: Remove @provides.
            """);

    [Fact]
    public void What_is_external_requires_nothing() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") { id: ID! tint(color: String @require(field: "color")): String }
            """,
        bad:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { best: Rose @provides(fields: "tint") @internal other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              tint(color: String @require(field: "color")): String @external
            }
            """,
        problems:
            """
            b.graphqls:4:56 EXTERNAL_REQUIRE_COLLISION Rose.tint is @external and has an argument with @require: another source resolves it, so it requires nothing here.
              also b.graphqls:4:22
              hint: Remove the argument.

            b.graphqls:1:25 PROVIDES_FIELDS_HAS_ARGUMENTS @provides on Query.best names Rose.tint, which has arguments; nobody knows yet what a query will give.
              also b.graphqls:4:3
              hint: Provide only fields without arguments.
            """);

    [Fact]
    public void No_field_of_an_interface_is_external() => Rule.Check(
        good:
            """
            # source a
            type Query { plant: Plant }
            interface Plant { id: ID! }
            type Rose implements Plant { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { plant: Plant }
            interface Plant {
              id: ID! @external
            }
            type Rose implements Plant { id: ID! }
            """,
        problems:
            """
            a.graphqls:3:11 EXTERNAL_ON_INTERFACE Plant.id is @external, and Plant is an interface: only the objects that implement it resolve fields.
              hint: Move @external to the field of each object that implements Plant.
            """);
}
