using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class RequireRulesTests
{
    [Fact]
    public void The_map_of_require_can_be_read() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              tint(color: String @require(field: "color")): String
            }
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
              tint(color: String @require(field: "{ color ")): String
            }
            """,
        problems:
            """
            b.graphqls:4:22 REQUIRE_INVALID_SYNTAX "{ color " in @require on the argument "color" of Rose.tint is no field selection map: Syntax Error: Expected Name, found <EOF>.
              hint: Write a path ("owner.id"), an object ("{ id, zip: address.zip }") or a list ("parts[id]"), and close all braces.
            """);

    [Fact]
    public void The_map_of_require_is_a_string() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @shareable }
            extend type Query { roseById(id: ID!): Rose @lookup }
            # source b
            type Query { other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              tint(color: String @require(field: "color")): String
            }
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
              tint(color: String @require(field: RED)): String
            }
            """,
        problems:
            """
            b.graphqls:4:22 REQUIRE_INVALID_FIELD_TYPE "field" of @require on the argument "color" of Rose.tint is not a string.
              hint: Write the fields as a string, such as "id" or "{ id: owner.id }".
            """);

    [Fact]
    public void What_is_required_is_of_other_sources_and_fits() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "id") { id: ID! size(unit: Unit!): Int beds: [Bed] }
            enum Unit { CM }
            type Bed { row: Int soil: String }
            # source b
            type Query { other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              fits(size: Int @require(field: "size(unit: CM)"), beds: [BedInput] @require(field: "beds[{ row soil }]")): Int
            }
            input BedInput { row: Int soil: String }
            """,
        bad:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "id") { id: ID! size(unit: Unit!): Int beds: [Bed] }
            enum Unit { CM }
            type Bed { row: Int soil: String }
            # source b
            type Query { other(id: ID!): Rose @lookup @internal }
            type Rose @key(fields: "id") {
              id: ID!
              own: Int
              a(x: Int @require(field: "scent")): Int
              b(x: Int @require(field: "own")): Int
              c(x: Int @require(field: "size")): Int
              d(x: Int @require(field: "size(unit: CM, scale: 2)")): Int
              e(x: Int @require(field: "beds.row")): Int
              f(x: [Int] @require(field: "beds")): Int
              g(x: String @require(field: "size(unit: CM)")): Int
              h(x: BedInput @require(field: "{ row: size(unit: CM), row: size(unit: CM) }")): Int
              i(x: BedInput @require(field: "{ column: size(unit: CM) }")): Int
              j(x: BedInput @require(field: "{ row: size(unit: CM) }")): Int
              k(x: Int @require(field: "size(unit: INCH)")): Int
              l(x: BedInput @require(field: "{ row: size(unit: 3) }")): Int
              m(x: Int @require(field: "size(unit: CM, unit: MM)")): Int
            }
            input BedInput { row: Int soil: String! }
            """,
        problems:
            """
            b.graphqls:5:12 REQUIRE_INVALID_FIELDS @require(field: "scent") on the argument "x" of Rose.a cannot be fed: Rose has no field "scent".
              also a.graphqls:2:1
              hint: Name fields of Rose that sources other than b define, and that give Int.

            b.graphqls:6:12 REQUIRE_INVALID_FIELDS @require(field: "own") on the argument "x" of Rose.b cannot be fed: Rose.own is defined in b alone, and a requirement is fed by other sources.
              also b.graphqls:4:3
              hint: Name fields of Rose that sources other than b define, and that give Int.

            b.graphqls:7:12 REQUIRE_INVALID_FIELDS @require(field: "size") on the argument "x" of Rose.c cannot be fed: Rose.size needs the argument "unit".
              also a.graphqls:2:40
              hint: Name fields of Rose that sources other than b define, and that give Int.

            b.graphqls:8:12 REQUIRE_INVALID_FIELDS @require(field: "size(unit: CM, scale: 2)") on the argument "x" of Rose.d cannot be fed: Rose.size has no argument "scale".
              also a.graphqls:2:40
              hint: Name fields of Rose that sources other than b define, and that give Int.

            b.graphqls:9:12 REQUIRE_INVALID_FIELDS @require(field: "beds.row") on the argument "x" of Rose.e cannot be fed: "beds" is a list; its items are read in brackets: beds[row].
              also a.graphqls:2:63
              hint: Name fields of Rose that sources other than b define, and that give Int.

            b.graphqls:10:14 REQUIRE_INVALID_FIELDS @require(field: "beds") on the argument "x" of Rose.f cannot be fed: "beds" ends at Bed, which has fields; say which: beds[{ ... }].
              also a.graphqls:2:63
              hint: Name fields of Rose that sources other than b define, and that give [Int].

            b.graphqls:11:15 REQUIRE_INVALID_FIELDS @require(field: "size(unit: CM)") on the argument "x" of Rose.g cannot be fed: "size(unit: CM)" is Int, and the input is String.
              also a.graphqls:2:40
              hint: Name fields of Rose that sources other than b define, and that give String.

            b.graphqls:12:17 REQUIRE_INVALID_FIELDS @require(field: "{ row: size(unit: CM), row: size(unit: CM) }") on the argument "x" of Rose.h cannot be fed: "row" is given twice.
              hint: Name fields of Rose that sources other than b define, and that give BedInput.

            b.graphqls:13:17 REQUIRE_INVALID_FIELDS @require(field: "{ column: size(unit: CM) }") on the argument "x" of Rose.i cannot be fed: BedInput has no field "column".
              also b.graphqls:19:1
              hint: Name fields of Rose that sources other than b define, and that give BedInput.

            b.graphqls:14:17 REQUIRE_INVALID_FIELDS @require(field: "{ row: size(unit: CM) }") on the argument "x" of Rose.j cannot be fed: BedInput needs the field "soil".
              also b.graphqls:19:27
              hint: Name fields of Rose that sources other than b define, and that give BedInput.

            b.graphqls:15:12 REQUIRE_INVALID_FIELDS @require(field: "size(unit: INCH)") on the argument "x" of Rose.k cannot be fed: INCH is no constant of the type Unit! for the argument "unit" of Rose.size.
              also a.graphqls:2:40
              hint: Name fields of Rose that sources other than b define, and that give Int.

            b.graphqls:16:17 REQUIRE_INVALID_FIELDS @require(field: "{ row: size(unit: 3) }") on the argument "x" of Rose.l cannot be fed: 3 is no constant of the type Unit! for the argument "unit" of Rose.size.
              also a.graphqls:2:40
              hint: Name fields of Rose that sources other than b define, and that give BedInput.

            b.graphqls:17:12 REQUIRE_INVALID_FIELDS @require(field: "size(unit: CM, unit: MM)") on the argument "x" of Rose.m cannot be fed: the argument "unit" of Rose.size is given twice.
              also a.graphqls:2:40
              hint: Name fields of Rose that sources other than b define, and that give Int.
            """);

    [Fact]
    public void A_field_that_has_requirements_can_be_required_itself() => Assert.Equal("", Rule.Text(Rule.Compose(
        """
        # source a
        type Query { rose: Rose roseById(id: ID!): Rose @lookup }
        type Rose @key(fields: "id") { id: ID! color: String! }
        # source b
        type Query { other(id: ID!): Rose @lookup @internal }
        type Rose @key(fields: "id") { id: ID! tint(color: String! @require(field: "color")): String }
        # source c
        type Query { third(id: ID!): Rose @lookup @internal }
        type Rose @key(fields: "id") { id: ID! shade(tint: String @require(field: "tint")): String }
        """)));
}
