using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>What no rule of composition names is found when the composed schema is built, and told with the sources' places.</summary>
public sealed class InvalidResultTests
{

    [Fact]
    public void A_field_fits_the_field_of_its_interface() => Rule.Check(
        good:
            """
            # source a
            type Query { n: Node t: T @shareable }
            interface Node { f: Int! }
            type T implements Node { f: Int! @shareable }
            # source b
            type Query { t: T @shareable }
            type T { f: Int! @shareable }
            """,
        bad:
            """
            # source a
            type Query { n: Node t: T @shareable }
            interface Node { f: Int! }
            type T implements Node { f: Int! @shareable }
            # source b
            type Query { t: T @shareable }
            type T { f: Int @shareable }
            """,
        problems:
            """
            a.graphqls:2:18 INVALID_GRAPHQL The sources together are no valid schema: Interface field Node.f expects type Int! but T.f is type Int.
              also a.graphqls:3:26
              also b.graphqls:2:10
              hint: Return in every source that has T.f what fits Int!, or widen Node.f: where sources differ, the composed field is of the type that fits all of them.
            """);

    [Fact]
    public void A_field_has_the_arguments_of_the_field_of_its_interface() => Rule.Check(
        good:
            """
            # source a
            type Query { n: Node t: T @shareable }
            interface Node { f(x: Int): Int }
            type T implements Node { f(x: Int): Int @shareable }
            # source b
            type Query { t: T @shareable }
            type T { f(x: Int): Int @shareable }
            """,
        bad:
            """
            # source a
            type Query { n: Node t: T @shareable }
            interface Node { f(x: Int): Int }
            type T implements Node { f(x: Int): Int @shareable }
            # source b
            type Query { t: T @shareable }
            type T { f: Int @shareable }
            """,
        problems:
            """
            a.graphqls:2:20 INVALID_GRAPHQL The sources together are no valid schema: Interface field argument Node.f(x:) expected but T.f does not provide it.
              also a.graphqls:3:26
              also b.graphqls:2:10
              hint: Add the argument to T.f in every source that has the field, or remove it from the interface: only arguments that all sources have are composed.
            """);

    [Fact]
    public void A_field_needs_no_more_arguments_than_the_field_of_its_interface() => Rule.Check(
        good:
            """
            # source a
            type Query { n: Node t: T @shareable }
            interface Node { f(x: Int): Int }
            type T implements Node { f(x: Int, y: Int): Int @shareable }
            # source b
            type Query { t: T @shareable }
            type T { f(x: Int, y: Int): Int @shareable }
            """,
        bad:
            """
            # source a
            type Query { n: Node t: T @shareable }
            interface Node { f(x: Int): Int }
            type T implements Node { f(x: Int, y: Int): Int @shareable }
            # source b
            type Query { t: T @shareable }
            type T { f(x: Int, y: Int!): Int @shareable }
            """,
        problems:
            """
            a.graphqls:3:26 INVALID_GRAPHQL The sources together are no valid schema: Object field T.f includes required argument y that is missing from the Interface field Node.f.
              also b.graphqls:2:10
              also a.graphqls:2:18
              hint: Make the argument optional in every source that has T.f, or add it to the interface's field in every source that has that.
            """);

    [Fact]
    public void Input_objects_can_be_finite() => Rule.Check(
        good:
            """
            # source a
            type Query { f(i: I): Int }
            input I { x: Int j: J }
            input J { x: Int i: I }
            # source b
            type Query { g(i: I): Int  }
            input I { x: Int j: J }
            input J { i: I! x: Int}
            """,
        bad:
            """
            # source a
            type Query { f(i: I): Int }
            input I { x: Int j: J! }
            input J { x: Int i: I }
            # source b
            type Query { g(i: I): Int  }
            input I { x: Int j: J }
            input J { i: I! x: Int}
            """,
        problems:
            """
            a.graphqls:2:7 INVALID_GRAPHQL The sources together are no valid schema: Cannot reference Input Object "I" within itself through a series of non-null fields: "j.i".
              also b.graphqls:2:7
              hint: Make one of the fields nullable in every source: where sources differ, the composed field is as strict as the strictest of them.
            """);

    [Fact]
    public void A_type_implements_what_its_interfaces_implement() => Rule.Check(
        good:
            """
            # source a
            type Query { n: A t: T @shareable }
            interface A { f: Int }
            interface B { f: Int }
            type T implements A & B { f: Int @shareable }
            # source b
            type Query { t: T @shareable b: B }
            interface B { f: Int }
            interface C { f: Int }
            type T implements B { f: Int @shareable }
            type S implements B { f: Int }
            """,
        bad:
            """
            # source a
            type Query { n: A t: T @shareable }
            interface A { f: Int }
            interface B implements A { f: Int }
            type T implements A & B { f: Int @shareable }
            # source b
            type Query { t: T @shareable b: B }
            interface B { f: Int }
            interface C { f: Int }
            type T implements B { f: Int @shareable }
            type S implements B { f: Int }
            """,
        problems:
            """
            b.graphqls:5:6 INVALID_GRAPHQL The sources together are no valid schema: Type S must implement A because it is implemented by B.
              also a.graphqls:2:11
              also a.graphqls:3:11
              also b.graphqls:2:11
              hint: Write "implements A & B" on S in a source that has all three, or remove "implements A" from B: what one source says of a type holds for all.
            """);
}
