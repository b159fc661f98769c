using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class KeyRulesTests
{
    [Fact]
    public void A_key_is_of_single_values() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "id bed { row }") { id: ID! bed: Bed }
            type Bed { row: Int }
            """,
        bad:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "tags") @key(fields: "near { id }") @key(fields: "any") {
              id: ID!
              tags: [String]
              near: Plant
              any: Any
            }
            interface Plant { id: ID! }
            union Any = Rose
            """,
        problems:
            """
            a.graphqls:2:11 KEY_FIELDS_SELECT_INVALID_TYPE @key on Rose uses Rose.tags, which is a list ([String]); a key needs one value.
              hint: Use fields that are scalars, enums or objects.

            a.graphqls:2:32 KEY_FIELDS_SELECT_INVALID_TYPE @key on Rose uses Rose.near, which is an interface (Plant); a key needs one value.
              hint: Use fields that are scalars, enums or objects.

            a.graphqls:2:60 KEY_FIELDS_SELECT_INVALID_TYPE @key on Rose uses Rose.any, which is a union (Any); a key needs one value.
              hint: Use fields that are scalars, enums or objects.
            """);

    [Fact]
    public void A_key_has_no_directives_in_it() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "id") { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "bed { row @skip(if: true) }") { id: ID! bed: Bed }
            type Bed { row: Int }
            """,
        problems:
            """
            a.graphqls:2:11 KEY_DIRECTIVE_IN_FIELDS_ARGUMENT "bed { row @skip(if: true) }" in @key on Rose has a directive; a key consists of fields alone.
              hint: Remove the directive.
            """);

    [Fact]
    public void Arguments_in_a_key_are_constants_that_fit() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "code(scope: LOCAL)") { id: ID! code(scope: Scope!): ID! }
            enum Scope { LOCAL }
            """,
        bad:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose
              @key(fields: "code")
              @key(fields: "code(scope: FAR)")
              @key(fields: "code(scope: $x)")
              @key(fields: "id(scale: 1)") {
              id: ID!
              code(scope: Scope!): ID!
            }
            enum Scope { LOCAL }
            """,
        problems:
            """
            a.graphqls:3:3 KEY_INVALID_ARGUMENTS @key on Rose: Rose.code needs the argument "scope".
              hint: Give every required argument of the field a constant, and no others.

            a.graphqls:4:3 KEY_INVALID_ARGUMENTS @key on Rose: FAR is no constant of the type Scope! for the argument "scope" of Rose.code.
              hint: Give every required argument of the field a constant, and no others.

            a.graphqls:5:3 KEY_INVALID_ARGUMENTS @key on Rose: $x is no constant of the type Scope! for the argument "scope" of Rose.code.
              hint: Give every required argument of the field a constant, and no others.

            a.graphqls:6:3 KEY_INVALID_ARGUMENTS @key on Rose: Rose.id has no argument "scale".
              hint: Give every required argument of the field a constant, and no others.
            """);

    [Fact]
    public void A_key_can_be_read() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "bed { row }") { id: ID! bed: Bed }
            type Bed { row: Int }
            """,
        bad:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "bed { row") { id: ID! bed: Bed }
            type Bed { row: Int }
            """,
        problems:
            """
            a.graphqls:2:11 KEY_INVALID_SYNTAX "bed { row" in @key on Rose is no selection of fields: Syntax Error: Expected Name, found <EOF>.
              hint: Write field names separated by spaces, and close all braces: "sku vendor { id }".
            """);

    [Fact]
    public void A_key_names_fields_that_are_there() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "id") { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "sku bed { column }") { id: ID! bed: Bed }
            type Bed { row: Int }
            """,
        problems:
            """
            a.graphqls:2:11 KEY_INVALID_FIELDS @key on Rose names the field "sku", which Rose does not have in a.
              hint: Add the field to Rose in a, or name another field.

            a.graphqls:2:11 KEY_INVALID_FIELDS @key on Rose names the field "column", which Bed does not have in a.
              hint: Add the field to Bed in a, or name another field.
            """);

    [Fact]
    public void A_key_selects_fields_of_objects_and_none_of_leaves() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "id") @key(fields: "bed { row }") { id: ID! bed: Bed }
            type Bed { row: Int }
            """,
        bad:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "id { x }") @key(fields: "bed") { id: ID! bed: Bed }
            type Bed { row: Int }
            """,
        problems:
            """
            a.graphqls:2:11 KEY_INVALID_FIELDS @key on Rose selects fields of Rose.id, and ID has none.
              hint: Write "id" without braces.

            a.graphqls:2:36 KEY_INVALID_FIELDS @key on Rose names Rose.bed without fields, and Bed is an object.
              hint: Select the fields of Bed that make the key: "bed { row }".
            """);

    [Fact]
    public void A_key_is_a_string() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "id") { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: true) { id: ID! }
            """,
        problems:
            """
            a.graphqls:2:11 KEY_INVALID_FIELDS_TYPE "fields" of @key on Rose is not a string.
              hint: Write the key's fields as a string, such as "id" or "sku vendor { id }".
            """);

    [Fact]
    public void A_list_of_strings_and_a_bare_name_are_no_key() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup lily(id: ID!): Lily @lookup bed: Bed }
            type Rose @key(fields: "id") { id: ID! }
            type Lily @key(fields: "id") { id: ID! }
            type Bed { rose: Rose }
            """,
        bad:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup lily(id: ID!): Lily @lookup bed: Bed }
            type Rose @key(fields: ["id"]) { id: ID! }
            type Lily @key(fields: id) { id: ID! }
            type Bed { rose: Rose @provides(fields: ["id"]) }
            """,
        problems:
            """
            a.graphqls:2:11 KEY_INVALID_FIELDS_TYPE "fields" of @key on Rose is not a string.
              hint: Write the key's fields as a string, such as "id" or "sku vendor { id }".

            a.graphqls:3:11 KEY_INVALID_FIELDS_TYPE "fields" of @key on Lily is not a string.
              hint: Write the key's fields as a string, such as "id" or "sku vendor { id }".

            a.graphqls:4:23 PROVIDES_INVALID_FIELDS_TYPE "fields" of @provides on Bed.rose is not a string.
              hint: Write the provided fields as a string, such as "name" or "name address { city }".
            """);

    [Fact]
    public void A_key_has_no_aliases_and_fragments_only_where_they_can_apply() => Rule.Check(
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
            type Query { rose(id: ID!): Rose @lookup }
            type Rose @key(fields: "x: id ... on Bed { row } ... on Zero { id } ...Q") { id: ID! bed: Bed }
            type Bed { row: Int }
            """,
        problems:
            """
            a.graphqls:2:11 KEY_INVALID_FIELDS @key on Rose gives Rose.id the alias "x", which is not possible.
              hint: Remove the alias.

            a.graphqls:2:11 KEY_INVALID_FIELDS @key on Rose has the type condition Bed, and Rose can never be one.
              hint: Name a type that the value can have.

            a.graphqls:2:11 KEY_INVALID_FIELDS @key on Rose has the type condition Zero, which is no object, interface or union of a.
              hint: Name a type of the source.

            a.graphqls:2:11 KEY_INVALID_FIELDS @key on Rose has a fragment spread, and there are no fragments to spread.
              hint: Use an inline fragment: ... on Type { field }.
            """);
}
