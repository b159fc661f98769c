using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class IsRulesTests
{
    [Fact]
    public void The_map_of_is_can_be_read() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(key: ID! @is(field: "id")): Rose @lookup }
            type Rose { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { rose(key: ID! @is(field: "{ id")): Rose @lookup }
            type Rose { id: ID! }
            """,
        problems:
            """
            a.graphqls:1:28 IS_INVALID_SYNTAX "{ id" in @is on the argument "key" of Query.rose is no field selection map: Syntax Error: Expected Name, found <EOF>.
              hint: Write a path ("owner.id"), an object ("{ id, zip: address.zip }") or a list ("parts[id]"), and close all braces.
            """);

    [Fact]
    public void The_map_of_is_is_a_string() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(key: ID! @is(field: "id")): Rose @lookup }
            type Rose { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { rose(key: ID! @is(field: 123)): Rose @lookup }
            type Rose { id: ID! }
            """,
        problems:
            """
            a.graphqls:1:28 IS_INVALID_FIELD_TYPE "field" of @is on the argument "key" of Query.rose is not a string.
              hint: Write the fields as a string, such as "id" or "{ id: owner.id }".
            """);

    [Fact]
    public void is_stands_at_lookups_only() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(key: ID! @is(field: "id")): Rose @lookup }
            type Rose { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { rose(key: ID! @is(field: "id")): Rose }
            type Rose { id: ID! }
            """,
        problems:
            """
            a.graphqls:1:28 IS_INVALID_USAGE The argument "key" of Query.rose has @is, but Query.rose is no lookup.
              hint: Add @lookup to the field if it finds one entity by its arguments; otherwise remove @is.
            """);

    [Fact]
    public void The_arguments_of_a_lookup_are_fields_of_what_it_returns() => Rule.Check(
        good:
            """
            # source a
            type Query {
              rose(key: ID! @is(field: "id"), row: Int @is(field: "bed.row")): Rose @lookup
              by(by: RoseBy! @is(field: "{ id } | { row: bed.row }")): Rose @lookup @shareable
            }
            type Rose { id: ID! bed: Bed }
            type Bed { row: Int }
            input RoseBy @oneOf { id: ID row: Int }
            """,
        bad:
            """
            # source a
            type Query {
              rose(key: ID!): Rose @lookup
              two(key: ID! @is(field: "bed")): Rose @lookup
              three(key: ID! @is(field: "<Lily>.id")): Plant @lookup
              four(key: ID! @is(field: "bed.row")): Rose @lookup
            }
            interface Plant { id: ID! }
            type Rose implements Plant { id: ID! bed: Bed }
            type Lily implements Plant { id: ID! }
            type Bed { row: Int }
            """,
        problems:
            """
            a.graphqls:2:8 IS_INVALID_FIELDS The argument "key" of the lookup Query.rose does not map to Rose: Rose has no field "key".
              also a.graphqls:8:1
              hint: Name the argument like a field of Rose, or say with @is(field: "...") which field it is.

            a.graphqls:3:16 IS_INVALID_FIELDS The argument "key" of the lookup Query.two does not map to Rose: "bed" ends at Bed, which has fields; say which: bed.{ ... }.
              also a.graphqls:8:38
              hint: Name fields of Rose in @is that give ID!.

            a.graphqls:4:18 IS_INVALID_FIELDS The lookup Query.three returns Plant, which can be Plant, and no alternative of @is fits Plant.
              also a.graphqls:7:1
              hint: Add an alternative for it: ... | <Plant>.FIELD

            a.graphqls:4:18 IS_INVALID_FIELDS The lookup Query.three returns Plant, which can be Rose, and no alternative of @is fits Rose.
              also a.graphqls:8:1
              hint: Add an alternative for it: ... | <Rose>.FIELD

            a.graphqls:5:17 IS_INVALID_FIELDS The argument "key" of the lookup Query.four does not map to Rose: "bed.row" is Int, and the input is ID!.
              also a.graphqls:10:12
              hint: Name fields of Rose in @is that give ID!.
            """);
}
