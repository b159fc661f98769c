using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class PostMergeRulesTests
{
    [Fact]
    public void There_is_something_to_ask() => Rule.Check(
        good:
            """
            # source a
            type Query { hidden: Int @inaccessible }
            # source b
            type Query { ok: Int }
            """,
        bad:
            """
            # source a
            type Query { hidden: Int @inaccessible }
            # source b
            type Query { own: Int @internal }
            """,
        problems:
            """
            a.graphqls:1:1 NO_QUERIES Every field of Query is @inaccessible or @internal, so that there would be nothing to ask.
              also b.graphqls:1:1
              hint: Add a field to Query in at least one source, or remove @inaccessible or @internal from one.
            """);

    private const string NothingToAsk =
        """
        # source a
        type Mutation { a: Int }
        # source b
        type Mutation { b: Int }
        schema { mutation: Mutation }
        """;

    [Fact]
    public void Without_a_query_every_source_is_a_place_to_add_one() => Assert.Equal(
        """
        a.graphqls:1:1 NO_QUERIES No source has a field of Query, so that there would be nothing to ask.
          also b.graphqls:2:1
          hint: Add a field to Query in at least one source.
        """,
        Rule.Text(Rule.Compose(NothingToAsk, SourceDialect.Composite)));

    [Fact]
    public void Without_a_query_every_subgraph_is_a_place_to_add_one() => Assert.Equal(
        """
        a.graphqls:1:1 NO_QUERIES No source has a field of Query, so that there would be nothing to ask.
          also b.graphqls:2:1
          hint: Add a field to Query in at least one source.
        """,
        Rule.Text(Rule.Compose(NothingToAsk, SourceDialect.Apollo)));

    [Fact]
    public void What_must_be_given_with_a_field_clients_see() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(size: Int @inaccessible bed: Int! = 1 @inaccessible): Int }
            """,
        bad:
            """
            # source a
            type Query { rose(size: Int!): Int @shareable }
            # source b
            type Query { rose(size: Int @inaccessible): Int @shareable }
            """,
        problems:
            """
            a.graphqls:1:19 REQUIRED_INACCESSIBLE Query.rose(size:) must be given, and clients do not see it.
              also b.graphqls:1:19
              hint: Make it nullable, give it a default, or let clients see it.
            """);

    [Fact]
    public void What_clients_see_is_of_types_that_they_see() => Rule.Check(
        good:
            """
            # source a
            type Query { ok: Int rose: Rose @inaccessible }
            type Rose @inaccessible { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { ok(in: I): Int rose: Rose find(c: C): Int }
            type Rose @inaccessible { id: ID! }
            input I { c: C }
            enum C @inaccessible { RED }
            """,
        problems:
            """
            a.graphqls:1:29 REFERENCE_TO_INACCESSIBLE_TYPE Query.rose is for clients and is of the type Rose, which is @inaccessible.
              also a.graphqls:2:1
              hint: Mark Query.rose as @inaccessible too, or remove @inaccessible from Rose.

            a.graphqls:1:45 REFERENCE_TO_INACCESSIBLE_TYPE Query.find(c:) is for clients and is of the type C, which is @inaccessible.
              also a.graphqls:4:1
              hint: Mark Query.find(c:) as @inaccessible too, or remove @inaccessible from C.

            a.graphqls:3:11 REFERENCE_TO_INACCESSIBLE_TYPE I.c is for clients and is of the type C, which is @inaccessible.
              also a.graphqls:4:1
              hint: Mark I.c as @inaccessible too, or remove @inaccessible from C.
            """);

    [Fact]
    public void What_clients_see_is_of_composed_types() => Rule.Check(
        good:
            """
            # source a
            type Query { ok: Int entry: Entry @internal }
            type Entry @internal { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { ok: Int entry: Entry }
            type Entry @internal { id: ID! }
            """,
        problems:
            """
            a.graphqls:1:22 REFERENCE_TO_INTERNAL_TYPE Query.entry is for clients and returns Entry, which is @internal.
              also a.graphqls:2:1
              hint: Mark Query.entry as @internal too, or remove @internal from Entry.
            """);

    [Fact]
    public void An_object_has_a_field_that_clients_see() => Rule.Check(
        good:
            """
            # source a
            type Query { ok: Rose }
            type Rose { id: ID! @inaccessible color: Int }
            """,
        bad:
            """
            # source a
            type Query { ok: Rose }
            type Rose { id: ID! @inaccessible }
            """,
        problems:
            """
            a.graphqls:2:1 EMPTY_MERGED_OBJECT_TYPE Rose would be empty for clients: every field of it is @inaccessible or @internal in one of its sources.
              hint: Keep something of Rose visible, or mark the type itself and what refers to it (Query.ok) as @inaccessible.
            """);

    [Fact]
    public void An_interface_has_a_field_that_clients_see() => Rule.Check(
        good:
            """
            # source a
            type Query { ok: Plant }
            interface Plant { id: ID! @inaccessible color: Int }
            type Rose implements Plant { id: ID! color: Int }
            """,
        bad:
            """
            # source a
            type Query { ok: Plant }
            interface Plant { id: ID! @inaccessible }
            type Rose implements Plant { id: ID! }
            """,
        problems:
            """
            a.graphqls:2:1 EMPTY_MERGED_INTERFACE_TYPE Plant would be empty for clients: every field of it is @inaccessible or @internal in one of its sources.
              hint: Keep something of Plant visible, or mark the type itself and what refers to it (Query.ok) as @inaccessible.
            """);

    [Fact]
    public void An_input_object_has_a_field_that_clients_see() => Rule.Check(
        good:
            """
            # source a
            type Query { ok1(i: I): Int }
            input I { x: Int @inaccessible y: Int }
            """,
        bad:
            """
            # source a
            type Query { ok1(i: I): Int }
            input I { x: Int }
            # source b
            type Query { ok2(i: I): Int }
            input I { y: Int }
            """,
        problems:
            """
            a.graphqls:2:1 EMPTY_MERGED_INPUT_OBJECT_TYPE I would be empty for clients: no field of it is in all its sources.
              also b.graphqls:2:1
              hint: Add a field to I that all its sources have, or give it another name where it is another type.
            """);

    [Fact]
    public void An_enum_has_a_value_that_clients_see() => Rule.Check(
        good:
            """
            # source a
            type Query { ok: Color }
            enum Color { RED BLUE @inaccessible }
            """,
        bad:
            """
            # source a
            type Query { ok: Color }
            enum Color { RED @inaccessible }
            """,
        problems:
            """
            a.graphqls:2:1 EMPTY_MERGED_ENUM_TYPE Color would be empty for clients: every value of it is @inaccessible or @internal in one of its sources.
              hint: Keep something of Color visible, or mark the type itself and what refers to it (Query.ok) as @inaccessible.
            """);

    [Fact]
    public void A_union_has_a_member_that_clients_see() => Rule.Check(
        good:
            """
            # source a
            type Query { ok: Any }
            union Any = Rose | Lily
            type Rose @inaccessible { id: ID! }
            type Lily { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { ok: Any }
            union Any = Rose
            type Rose @inaccessible { id: ID! }
            """,
        problems:
            """
            a.graphqls:2:1 EMPTY_MERGED_UNION_TYPE Any would be empty for clients: every member of it is @inaccessible or @internal.
              hint: Keep something of Any visible, or mark the type itself and what refers to it (Query.ok) as @inaccessible.
            """);

    [Fact]
    public void What_an_interface_promises_to_clients_they_see_on_its_objects() => Rule.Check(
        good:
            """
            # source a
            type Query { ok: Plant }
            interface Plant { id: ID! @inaccessible n: Int }
            type Rose implements Plant { id: ID! @inaccessible n: Int }
            """,
        bad:
            """
            # source a
            type Query { ok: Plant }
            interface Plant { id: ID! n: Int }
            type Rose implements Plant { id: ID! @inaccessible n: Int }
            """,
        problems:
            """
            a.graphqls:3:30 IMPLEMENTED_BY_INACCESSIBLE Rose.id is @inaccessible, and clients see Plant.id, which it implements.
              also a.graphqls:2:19
              hint: Remove @inaccessible from Rose.id, or hide Plant.id too.
            """);

    [Fact]
    public void What_an_interface_promises_its_objects_have() => Rule.Check(
        good:
            """
            # source a
            type Query { ok: Plant }
            interface Plant { id: ID! }
            type Rose implements Plant @key(fields: "id") { id: ID! }
            # source b
            type Query { rose(id: ID!): Rose @lookup }
            interface Plant { id: ID! n: Int }
            type Rose implements Plant { id: ID! n: Int }
            """,
        bad:
            """
            # source a
            type Query { ok: Plant }
            interface Plant { id: ID! }
            type Rose implements Plant { id: ID! }
            # source b
            type Query { other: Plant }
            interface Plant { id: ID! n: Int }
            type Lily implements Plant { id: ID! n: Int }
            """,
        problems:
            """
            a.graphqls:3:1 INTERFACE_FIELD_NO_IMPLEMENTATION Rose implements Plant and has no field "n" in any source; b has it in the interface.
              also b.graphqls:2:27
              hint: Add "n: Int" to Rose in a source, or remove it from the interface.
            """);

    [Fact]
    public void What_a_source_must_be_given_clients_can_give() => Rule.Check(
        good:
            """
            # source a
            type Query { ok1(i: I): Int }
            input I { x: Int @inaccessible y: Int }
            """,
        bad:
            """
            # source a
            type Query { ok1(i: I): Int }
            input I { x: Int! @inaccessible y: Int }
            # source b
            type Query { ok2(i: I): Int }
            input I { y: Int }
            """,
        problems:
            """
            a.graphqls:2:11 NON_NULL_INPUT_FIELD_IS_INACCESSIBLE a must be given the input field I.x, and clients do not see it.
              hint: Make the field nullable, give it a default, or let clients see it.
            """);

    [Fact]
    public void A_default_shows_no_hidden_value() => Rule.Check(
        good:
            """
            # source a
            type Query { ok(c: Color = RED): Int }
            enum Color { RED BLUE @inaccessible }
            """,
        bad:
            """
            # source a
            type Query { ok(c: Color = BLUE, l: [Color] = [RED, BLUE]): Int in(i: I = { c: BLUE }): Int }
            input I { c: Color = BLUE }
            enum Color { RED BLUE @inaccessible }
            """,
        problems:
            """
            a.graphqls:1:17 ENUM_TYPE_DEFAULT_VALUE_INACCESSIBLE The default BLUE of Query.ok(c:) shows clients the enum value Color.BLUE, which is @inaccessible.
              also a.graphqls:3:18
              hint: Use another default, or remove @inaccessible from the value.

            a.graphqls:1:34 ENUM_TYPE_DEFAULT_VALUE_INACCESSIBLE The default [RED, BLUE] of Query.ok(l:) shows clients the enum value Color.BLUE, which is @inaccessible.
              also a.graphqls:3:18
              hint: Use another default, or remove @inaccessible from the value.

            a.graphqls:1:68 ENUM_TYPE_DEFAULT_VALUE_INACCESSIBLE The default {c: BLUE} of Query.in(i:) shows clients the enum value Color.BLUE, which is @inaccessible.
              also a.graphqls:3:18
              hint: Use another default, or remove @inaccessible from the value.

            a.graphqls:2:11 ENUM_TYPE_DEFAULT_VALUE_INACCESSIBLE The default BLUE of I.c shows clients the enum value Color.BLUE, which is @inaccessible.
              also a.graphqls:3:18
              hint: Use another default, or remove @inaccessible from the value.
            """);

    [Fact]
    public void Internal_fields_are_nothing_to_ask() => Rule.Check(
        good:
            """
            # source a
            type Query { n: Int @internal m: Int }
            type Mutation { a: Int }
            """,
        bad:
            """
            # source a
            type Query { n: Int @internal }
            type Mutation { a: Int }
            """,
        problems:
            """
            a.graphqls:1:1 NO_QUERIES Every field of Query is @internal, so that there would be nothing to ask.
              hint: Add a field to Query in at least one source, or remove @internal from one.
            """);
}
