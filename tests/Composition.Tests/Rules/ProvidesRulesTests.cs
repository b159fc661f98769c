using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class ProvidesRulesTests
{
    [Fact]
    public void What_is_provided_has_no_directives() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { best: Rose @provides(fields: "color") other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
            }
            """,
        bad:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { best: Rose @provides(fields: "color @skip(if: true)") other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
            }
            """,
        problems:
            """
            b.graphqls:1:25 PROVIDES_DIRECTIVE_IN_FIELDS_ARGUMENT "color @skip(if: true)" in @provides on Query.best has a directive; only fields can be provided.
              hint: Remove the directive.
            """);

    [Fact]
    public void What_is_provided_has_no_arguments() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { best: Rose @provides(fields: "color") other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
            }
            """,
        bad:
            """
            # source a
            type Query { rose: Rose }
            type Rose { color(tint: Int = 1): String }
            # source b
            type Query { best: Rose @provides(fields: "color") }
            type Rose {
              color(tint: Int = 1): String @external
            }
            """,
        problems:
            """
            b.graphqls:1:25 PROVIDES_FIELDS_HAS_ARGUMENTS @provides on Query.best names Rose.color, which has arguments; nobody knows yet what a query will give.
              also b.graphqls:3:3
              hint: Provide only fields without arguments.
            """);

    [Fact]
    public void What_is_provided_is_otherwise_not_the_source_s() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { best: Rose @provides(fields: "color") other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
            }
            """,
        bad:
            """
            # source a
            type Query { best: Rose @provides(fields: "color") }
            type Rose {
              color: String
            }
            """,
        problems:
            """
            a.graphqls:1:25 PROVIDES_FIELDS_MISSING_EXTERNAL @provides on Query.best names Rose.color, which is not @external: a gives it everywhere anyway.
              also a.graphqls:3:3
              hint: Remove "color" from @provides, or mark Rose.color as @external if it belongs to another source.
            """);

    [Fact]
    public void What_is_provided_can_be_read() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { best: Rose @provides(fields: "color") other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
            }
            """,
        bad:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { best: Rose @provides(fields: "color {") other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
            }
            """,
        problems:
            """
            b.graphqls:1:25 PROVIDES_INVALID_SYNTAX "color {" in @provides on Query.best is no selection of fields: Syntax Error: Expected Name, found <EOF>.
              hint: Write field names separated by spaces, and close all braces: "name address { city }".
            """);

    [Fact]
    public void What_is_provided_is_there() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { best: Rose @provides(fields: "color") other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
            }
            """,
        bad:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { best: Rose @provides(fields: "color scent") other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
            }
            """,
        problems:
            """
            b.graphqls:1:25 PROVIDES_INVALID_FIELDS @provides on Query.best names the field "scent", which Rose does not have in b.
              hint: Add the field to Rose in b as @external, or name another field.
            """);

    [Fact]
    public void What_is_provided_is_a_string() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { best: Rose @provides(fields: "color") other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
            }
            """,
        bad:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { best: Rose @provides(fields: 123) other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
            }
            """,
        problems:
            """
            b.graphqls:1:25 PROVIDES_INVALID_FIELDS_TYPE "fields" of @provides on Query.best is not a string.
              hint: Write the provided fields as a string, such as "name" or "name address { city }".
            """);

    [Fact]
    public void Only_what_has_fields_provides_some() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { best: Rose @provides(fields: "color") other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
            }
            """,
        bad:
            """
            # source a
            type Query { rose: String @provides(fields: "length") }
            """,
        problems:
            """
            a.graphqls:1:27 PROVIDES_ON_NON_COMPOSITE_FIELD Query.rose has @provides and returns String, which has no fields to provide.
              hint: Remove @provides: it belongs on fields that return objects or interfaces.
            """);

    [Fact]
    public void What_is_provided_is_a_selection_that_the_type_can_have() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup any: Plant @provides(fields: "... on Rose { size } ... on Plant { size }") }
            interface Plant { id: ID! size: Int }
            type Rose implements Plant @key(fields: "... on Rose { id }") { id: ID! size: Int @external }
            # source b
            type Query { roseOf(id: ID!): Rose @lookup }
            type Rose { id: ID! size: Int @shareable }
            """,
        bad:
            """
            # source a
            type Query {
              any: Plant @provides(fields: "size { x } bed beds ... on Fern { id } ... on Zero { id } ... on Rose { n: size } ...F")
            }
            interface Plant { id: ID! size: Int bed: Bed beds: Beds }
            type Rose implements Plant { id: ID! size: Int @external bed: Bed beds: Beds }
            type Fern { id: ID! @external }
            type Bed { row: Int }
            union Beds = Bed | Fern
            """,
        problems:
            """
            a.graphqls:2:14 PROVIDES_INVALID_FIELDS @provides on Query.any selects fields of Plant.size, and Int has none.
              hint: Write "size" without braces.

            a.graphqls:2:14 PROVIDES_INVALID_FIELDS @provides on Query.any names Plant.bed without saying which fields of Bed are provided.
              hint: Name them: "bed { ... }".

            a.graphqls:2:14 PROVIDES_INVALID_FIELDS @provides on Query.any names Plant.beds without saying which fields of Beds are provided.
              hint: Name them: "beds { ... }".

            a.graphqls:2:14 PROVIDES_INVALID_FIELDS @provides on Query.any has the type condition Fern, and Plant can never be one.
              hint: Name a type that the value can have.

            a.graphqls:2:14 PROVIDES_INVALID_FIELDS @provides on Query.any has the type condition Zero, which is no object, interface or union of a.
              hint: Name a type of the source.

            a.graphqls:2:14 PROVIDES_INVALID_FIELDS @provides on Query.any gives Rose.size the alias "n", which is not possible.
              hint: Remove the alias.

            a.graphqls:2:14 PROVIDES_INVALID_FIELDS @provides on Query.any has a fragment spread, and there are no fragments to spread.
              hint: Use an inline fragment: ... on Type { field }.
            """);
}
