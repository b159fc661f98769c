using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class LookupRulesTests
{
    [Fact]
    public void A_lookup_has_arguments() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { rose: Rose @lookup }
            type Rose { id: ID! }
            """,
        problems:
            """
            a.graphqls:1:14 LOOKUP_MUST_HAVE_ARGUMENTS Query.rose has @lookup and no arguments: nothing tells it which Rose to find.
              hint: Add an argument for each field of the key, or remove @lookup.
            """);

    [Fact]
    public void A_lookup_returns_one_entity() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { rose(id: ID!): [Rose!]! @lookup }
            type Rose { id: ID! }
            """,
        problems:
            """
            a.graphqls:1:14 LOOKUP_RETURNS_LIST Query.rose has @lookup and returns a list ([Rose!]!); a lookup finds one entity.
              hint: Return Rose, or remove @lookup. Several lookups travel in one request anyway.
            """);

    [Fact]
    public void A_lookup_can_say_that_there_is_none_a_warning() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { rose(id: ID!): Rose! @lookup }
            type Rose { id: ID! }
            """,
        problems:
            """
            a.graphqls:1:14 warning LOOKUP_RETURNS_NON_NULLABLE_TYPE Query.rose has @lookup and returns Rose!; for an entity that a does not know it could only fail.
              hint: Return Rose, so that an unknown entity is null.
            """);

    [Fact]
    public void A_nested_lookup_is_reached_through_fields_without_arguments_a_warning() => Rule.Check(
        good:
            """
            # source a
            type Query { entry: Entry! @internal ok: Int }
            type Entry @internal { rose(id: ID!): Rose @lookup }
            type Rose { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { entry(x: Int): Entry! @internal ok: Int }
            type Entry @internal { rose(id: ID!): Rose @lookup }
            type Rose { id: ID! }
            """,
        problems:
            """
            a.graphqls:2:24 warning LOOKUP_NOT_REACHABLE Entry.rose has @lookup, but no chain of fields without arguments leads from Query to Entry; it is not used.
              hint: Move the field to Query, or add a field without arguments that returns Entry.
            """);
}
