using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class ExternalBaseRulesTests
{
    [Fact]
    public void An_external_field_has_its_owner_s_type() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "id") {
              id: ID!
              color: String
            }
            # source b
            type Query { best: Rose @provides(fields: "color") }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
            }
            """,
        bad:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "id") {
              id: ID!
              color: String
            }
            # source b
            type Query { best: Rose @provides(fields: "color") }
            type Rose @key(fields: "id") {
              id: ID!
              color: Int @external
            }
            """,
        problems:
            """
            b.graphqls:4:3 EXTERNAL_TYPE_MISMATCH Rose.color is @external in b with the type Int, and a resolves it as String.
              also a.graphqls:4:3
              hint: Declare it as String in b.
            """);

    [Fact]
    public void An_external_field_has_an_owner() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "id") {
              id: ID!
              color: String
            }
            # source b
            type Query { best: Rose @provides(fields: "color") }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
            }
            """,
        bad:
            """
            # source b
            type Query { best: Rose @provides(fields: "color") }
            type Rose @key(fields: "id") {
              id: ID!
              color: String @external
            }
            """,
        problems:
            """
            b.graphqls:4:3 EXTERNAL_MISSING_ON_BASE Rose.color is @external in b, and no source resolves it.
              hint: Define the field without @external in the source that it belongs to, or remove it.
            """);

    [Fact]
    public void An_external_field_has_its_owner_s_arguments() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(color: String @is(field: "color")): Rose @lookup }
            type Rose @key(fields: "color") {
              id: ID!
              color(tint: Int = 3): String
            }
            # source b
            type Query { best: Rose }
            type Rose @key(fields: "color") {
              color(tint: Int = 3): String @external
            }
            """,
        bad:
            """
            # source a
            type Query { rose(color: String @is(field: "color")): Rose @lookup }
            type Rose @key(fields: "color") {
              id: ID!
              color(tint: Int = 3): String
            }
            # source b
            type Query { best: Rose }
            type Rose @key(fields: "color") {
              color: String @external
            }
            """,
        problems:
            """
            b.graphqls:3:3 EXTERNAL_ARGUMENT_MISSING The argument "tint" of Rose.color is missing where b declares the field as @external; a has it.
              also a.graphqls:4:9
              hint: Add "tint: Int = 3" to the field in b.
            """);

    [Fact]
    public void An_external_field_has_its_owner_s_argument_types() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(color: String @is(field: "color")): Rose @lookup }
            type Rose @key(fields: "color") {
              id: ID!
              color(tint: Int): String
            }
            # source b
            type Query { best: Rose }
            type Rose @key(fields: "color") {
              color(tint: Int): String @external
            }
            """,
        bad:
            """
            # source a
            type Query { rose(color: String @is(field: "color")): Rose @lookup }
            type Rose @key(fields: "color") {
              id: ID!
              color(tint: Int): String
            }
            # source b
            type Query { best: Rose }
            type Rose @key(fields: "color(tint: 1)") {
              color(tint: Int!): String @external
            }
            """,
        problems:
            """
            b.graphqls:3:9 EXTERNAL_ARGUMENT_TYPE_MISMATCH The argument "tint" of Rose.color is Int! where b declares the field as @external, and Int in a.
              also a.graphqls:4:9
              hint: Declare it as Int in b.
            """);

    [Fact]
    public void An_external_field_has_its_owner_s_argument_defaults() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(color: String @is(field: "color")): Rose @lookup }
            type Rose @key(fields: "color") {
              id: ID!
              color(tint: Int = 1): String
            }
            # source b
            type Query { best: Rose }
            type Rose @key(fields: "color") {
              color(tint: Int = 1): String @external
            }
            """,
        bad:
            """
            # source a
            type Query { rose(color: String @is(field: "color")): Rose @lookup }
            type Rose @key(fields: "color") {
              id: ID!
              color(tint: Int = 1): String
            }
            # source b
            type Query { best: Rose }
            type Rose @key(fields: "color") {
              color(tint: Int): String @external
            }
            """,
        problems:
            """
            b.graphqls:3:9 EXTERNAL_ARGUMENT_DEFAULT_MISMATCH The argument "tint" of Rose.color has no default where b declares the field as @external, and the default 1 in a.
              also a.graphqls:4:9
              hint: Declare it with the default 1 in b.
            """);

    [Fact]
    public void A_federation_1_extension_resolves_its_external_key_fields_itself() => Rule.CheckApollo(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source b
            type Query { best: Rose }
            extend type Rose @key(fields: "id") @key(fields: "tag") {
              id: ID! @external
              tag: String @external
              stars: Int
            }
            """,
        bad:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source b
            type Query { best: Rose }
            extend type Rose @key(fields: "id") {
              id: ID! @external
              tag: String @external
              stars: Int @requires(fields: "tag")
            }
            """,
        problems:
            """
            b.graphqls:4:3 EXTERNAL_MISSING_ON_BASE Rose.tag is @external in b, and no source resolves it.
              hint: Define the field without @external in the source that it belongs to, or remove it.
            """);
}
