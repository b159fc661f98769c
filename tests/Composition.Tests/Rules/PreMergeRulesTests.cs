using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class PreMergeRulesTests
{
    [Fact]
    public void A_name_is_the_same_kind_of_type_everywhere() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @shareable { id: ID! }
            # source b
            type Query { best: Rose }
            type Rose @shareable { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { rose: Rose }
            type Rose { id: ID! }
            # source b
            type Query { best: Rose }
            interface Rose { id: ID! }
            # source c
            type Query { last: Rose }
            scalar Rose
            """,
        problems:
            """
            a.graphqls:2:1 TYPE_KIND_MISMATCH Rose is not the same kind of type everywhere: a says an object; b says an interface; c says a scalar.
              also b.graphqls:2:1
              also c.graphqls:2:1
              hint: Make them agree, or rename the type in one source.
            """);

    [Fact]
    public void A_type_of_several_kinds_hides_nothing_else() => Rule.Check(
        good:
            """
            # source a
            type Query { a(x: Int): K @shareable rose: Rose @provides(fields: "color") }
            type K @shareable { id: ID! }
            type Rose { color: String @external }
            # source b
            type Query { a(x: Int): K @shareable best: Rose }
            type K @shareable { id: ID! }
            type Rose { color: String }
            """,
        bad:
            """
            # source a
            type Query { a(x: Int): K @shareable rose: Rose @provides(fields: "color") }
            type K @shareable { id: ID! }
            type Rose { color: String @external }
            # source b
            type Query { a(x: String): K @shareable best: Rose }
            scalar K
            interface Rose { color: String }
            """,
        problems:
            """
            a.graphqls:2:1 TYPE_KIND_MISMATCH K is not the same kind of type everywhere: a says an object; b says a scalar.
              also b.graphqls:2:1
              hint: Make them agree, or rename the type in one source.

            a.graphqls:3:1 TYPE_KIND_MISMATCH Rose is not the same kind of type everywhere: a says an object; b says an interface.
              also b.graphqls:3:1
              hint: Make them agree, or rename the type in one source.

            a.graphqls:1:16 FIELD_ARGUMENT_TYPES_NOT_MERGEABLE The argument "x" of Query.a has types that do not fit together: a says Int; b says String.
              also b.graphqls:1:16
              hint: Use the same named type and the same lists everywhere; only nullability may differ.
            """);

    [Fact]
    public void An_enum_has_the_same_values_everywhere_hidden_ones_aside() => Rule.Check(
        good:
            """
            # source a
            type Query { color: Color }
            enum Color { RED BLUE @inaccessible }
            # source b
            type Query { tint: Color }
            enum Color { RED }
            """,
        bad:
            """
            # source a
            type Query { color: Color }
            enum Color { RED BLUE }
            # source b
            type Query { tint: Color }
            enum Color { RED GREEN }
            """,
        problems:
            """
            a.graphqls:2:18 ENUM_VALUES_MISMATCH The enum value Color.BLUE is known to a and not to b.
              also b.graphqls:2:1
              hint: Add the value everywhere, or mark it as @inaccessible where it is.

            b.graphqls:2:18 ENUM_VALUES_MISMATCH The enum value Color.GREEN is known to b and not to a.
              also a.graphqls:2:1
              hint: Add the value everywhere, or mark it as @inaccessible where it is.
            """);

    [Fact]
    public void A_field_has_types_that_fit_together() => Rule.Check(
        good:
            """
            # source a
            type Query { any: Any @shareable n: [Int!]! @shareable }
            union Any = Rose | Lily
            type Rose { id: ID! @shareable }
            type Lily { id: ID! }
            # source b
            type Query { any: Rose! @shareable n: [Int]! @shareable }
            type Rose { id: ID! @shareable }
            """,
        bad:
            """
            # source a
            type Query { a: Int @shareable b: [Int] @shareable c: Rose @shareable }
            type Rose { id: ID! @shareable }
            # source b
            type Query { a: String @shareable b: Int @shareable c: Lily @shareable }
            type Lily { id: ID! @shareable }
            """,
        problems:
            """
            a.graphqls:1:14 OUTPUT_FIELD_TYPES_NOT_MERGEABLE Query.a has types that do not fit together: a says Int; b says String.
              also b.graphqls:1:14
              hint: Return the same named type everywhere, or in one source an interface or union that covers the others.

            a.graphqls:1:32 OUTPUT_FIELD_TYPES_NOT_MERGEABLE Query.b has types that do not fit together: a says [Int]; b says Int.
              also b.graphqls:1:35
              hint: Return the same named type everywhere, or in one source an interface or union that covers the others.

            a.graphqls:1:52 OUTPUT_FIELD_TYPES_NOT_MERGEABLE Query.c has types that do not fit together: a says Rose; b says Lily.
              also b.graphqls:1:53
              hint: Return the same named type everywhere, or in one source an interface or union that covers the others.
            """);

    [Fact]
    public void An_argument_has_types_that_fit_together() => Rule.Check(
        good:
            """
            # source a
            type Query { a(x: Int, y: [Int!]): Int @shareable }
            # source b
            type Query { a(x: Int!, y: [Int]!): Int @shareable }
            """,
        bad:
            """
            # source a
            type Query { a(x: Int, y: [Int]): Int @shareable }
            # source b
            type Query { a(x: String, y: Int): Int @shareable }
            """,
        problems:
            """
            a.graphqls:1:16 FIELD_ARGUMENT_TYPES_NOT_MERGEABLE The argument "x" of Query.a has types that do not fit together: a says Int; b says String.
              also b.graphqls:1:16
              hint: Use the same named type and the same lists everywhere; only nullability may differ.

            a.graphqls:1:24 FIELD_ARGUMENT_TYPES_NOT_MERGEABLE The argument "y" of Query.a has types that do not fit together: a says [Int]; b says Int.
              also b.graphqls:1:27
              hint: Use the same named type and the same lists everywhere; only nullability may differ.
            """);

    [Fact]
    public void What_a_source_must_be_given_every_source_takes() => Rule.Check(
        good:
            """
            # source a
            type Query { a(x: Int!): Int @shareable b(y: Int): Int @shareable }
            # source b
            type Query { a(x: Int!): Int @shareable b: Int @shareable }
            """,
        bad:
            """
            # source a
            type Query {
              a(x: Int!): Int @shareable
            }
            # source b
            type Query {
              a: Int @shareable
            }
            """,
        problems:
            """
            a.graphqls:2:5 FIELD_WITH_MISSING_REQUIRED_ARGUMENT a must be given the argument "x" of Query.a, and b does not take it from clients.
              also b.graphqls:2:3
              hint: Add the argument to Query.a everywhere, or make it optional where it is required.
            """);

    [Fact]
    public void An_input_field_has_types_that_fit_together() => Rule.Check(
        good:
            """
            # source a
            type Query { ok1(i: I): Int }
            input I { x: Int! y: [Int] }
            # source b
            type Query { ok2(i: I): Int }
            input I { x: Int y: [Int!]! }
            """,
        bad:
            """
            # source a
            type Query { ok1(i: I): Int }
            input I { x: Int y: [Int] }
            # source b
            type Query { ok2(i: I): Int }
            input I { x: Float y: Int }
            """,
        problems:
            """
            a.graphqls:2:11 INPUT_FIELD_TYPES_NOT_MERGEABLE The input field I.x has types that do not fit together: a says Int; b says Float.
              also b.graphqls:2:11
              hint: Use the same named type and the same lists everywhere; only nullability may differ.

            a.graphqls:2:18 INPUT_FIELD_TYPES_NOT_MERGEABLE The input field I.y has types that do not fit together: a says [Int]; b says Int.
              also b.graphqls:2:20
              hint: Use the same named type and the same lists everywhere; only nullability may differ.
            """);

    [Fact]
    public void An_input_field_has_one_default() => Rule.Check(
        good:
            """
            # source a
            type Query { ok1(i: I): Int }
            input I { x: Int = 1 }
            # source b
            type Query { ok2(i: I): Int }
            input I { x: Int }
            """,
        bad:
            """
            # source a
            type Query { ok1(i: I): Int }
            input I { x: Int = 1 }
            # source b
            type Query { ok2(i: I): Int }
            input I { x: Int = 2 }
            """,
        problems:
            """
            a.graphqls:2:11 INPUT_FIELD_DEFAULT_MISMATCH The input field I.x has different defaults: a says 1; b says 2.
              also b.graphqls:2:11
              hint: Use the same default everywhere; sources may also leave it out.
            """);

    [Fact]
    public void What_a_source_must_be_given_every_source_knows() => Rule.Check(
        good:
            """
            # source a
            type Query { ok1(i: I): Int }
            input I { x: Int! y: Int }
            # source b
            type Query { ok2(i: I): Int }
            input I { x: Int }
            """,
        bad:
            """
            # source a
            type Query { ok1(i: I): Int }
            input I { x: Int! y: Int }
            # source b
            type Query { ok2(i: I): Int }
            input I { y: Int }
            """,
        problems:
            """
            a.graphqls:2:11 INPUT_WITH_MISSING_REQUIRED_FIELDS a must be given the input field I.x, and b does not have it. Only what all sources have is composed.
              also b.graphqls:2:1
              hint: Add the field to I everywhere, or make it optional where it is required.
            """);

    [Fact]
    public void An_input_object_is_oneOf_everywhere_or_nowhere() => Rule.Check(
        good:
            """
            # source a
            type Query { ok1(i: I): Int }
            input I @oneOf { x: Int }
            # source b
            type Query { ok2(i: I): Int }
            input I @oneOf { x: Int }
            """,
        bad:
            """
            # source a
            type Query { ok1(i: I): Int }
            input I @oneOf { x: Int }
            # source b
            type Query { ok2(i: I): Int }
            input I { x: Int }
            """,
        problems:
            """
            a.graphqls:2:1 INPUT_WITH_MISSING_ONEOF I has @oneOf in a and not in b.
              also b.graphqls:2:1
              hint: Add @oneOf everywhere, or remove it everywhere.
            """);

    [Fact]
    public void A_scalar_has_one_specification() => Rule.Check(
        good:
            """
            # source a
            type Query { a: Day }
            scalar Day @specifiedBy(url: "https://example.org/day")
            # source b
            type Query { b: Day }
            scalar Day
            """,
        bad:
            """
            # source a
            type Query { a: Day }
            scalar Day @specifiedBy(url: "https://example.org/day")
            # source b
            type Query { b: Day }
            scalar Day @specifiedBy(url: "https://example.org/date")
            """,
        problems:
            """
            a.graphqls:2:1 SPECIFIED_BY_URL_MISMATCH The scalar Day is specified differently: a says https://example.org/day; b says https://example.org/date.
              also b.graphqls:2:1
              hint: Give @specifiedBy the same URL everywhere, or rename one of the scalars: they are not the same.
            """);
}
