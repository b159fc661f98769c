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
}
