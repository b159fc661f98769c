using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>The name that was meant is told with the one that is not there.</summary>
public sealed class MisspelledNamesTests
{
    [Fact]
    public void A_field_of_a_key_or_a_provision() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup best: Rose @provides(fields: "color") }
            type Rose @key(fields: "id") { id: ID! color: String @external }
            # source b
            type Query { other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") @key(fields: "bed { column }") { id: ID! color: String @shareable bed: Bed }
            type Bed { column: Int }
            """,
        bad:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup best: Rose @provides(fields: "color colour") }
            type Rose @key(fields: "id") { id: ID! color: String @external }
            # source b
            type Query { other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") @key(fields: "bed { colum }") { id: ID! color: String @shareable bed: Bed }
            type Bed { column: Int }
            """,
        problems:
            """
            a.graphqls:1:53 PROVIDES_INVALID_FIELDS @provides on Query.best names the field "colour", which Rose does not have in a.
              hint: Did you mean "color"? Otherwise add the field to Rose in a as @external, or name another field.

            b.graphqls:2:30 KEY_INVALID_FIELDS @key on Rose names the field "colum", which Bed does not have in b.
              hint: Did you mean "column"? Otherwise add the field to Bed in b, or name another field.
            """);

    [Fact]
    public void A_field_of_a_requirement() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "id") { id: ID! bed: Bed }
            type Bed { column: Int }
            # source b
            type Query { other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") { id: ID! at(x: Int @require(field: "bed.column")): Int }
            """,
        bad:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "id") { id: ID! bed: Bed }
            type Bed { column: Int }
            # source b
            type Query { other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") { id: ID! at(x: Int @require(field: "bed.colum")): Int }
            """,
        problems:
            """
            b.graphqls:2:50 REQUIRE_INVALID_FIELDS @require(field: "bed.colum") on the argument "x" of Rose.at cannot be fed: Bed has no field "colum" (did you mean "column"?).
              also a.graphqls:3:1
              hint: Name fields of Rose that sources other than b define, and that give Int.
            """);

    [Fact]
    public void A_field_of_a_requirement_of_Apollo_s() => Rule.CheckApollo(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source b
            extend type Rose @key(fields: "id") { id: ID! @external color: String @external tint: String @requires(fields: "color") }
            """,
        bad:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source b
            extend type Rose @key(fields: "id") { id: ID! @external color: String @external tint: String @requires(fields: "colour") }
            """,
        problems:
            """
            b.graphqls:1:94 REQUIRES_INVALID_FIELDS @requires on Rose.tint names the field "colour", which Rose does not have in b.
              hint: Did you mean "color"? Otherwise add the field to Rose in b as @external, or name another field.
            """);
}
