using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class TypeSystemRulesTests
{
    [Fact]
    public void A_source_is_valid_GraphQL_on_its_own() => Rule.Check(
        good:
            """
            # source a
            type Query { hero: Hero }
            type Hero { name: String }
            """,
        bad:
            """
            # source a
            type Query { hero: Hero }
            # source b
            type Query {
              name: String @provides
              # not closed
            # source c
            type Query { name: String @sharable @watered beds: Int @planed }
            directive @planned on FIELD_DEFINITION
            """,
        problems:
            """
            a.graphqls:1:20 INVALID_GRAPHQL Unknown type "Hero".
              hint: Mend the schema of a: it must be valid GraphQL on its own.

            b.graphqls:4:1 INVALID_GRAPHQL Syntax Error: Expected Name, found <EOF>.
              hint: Mend the schema of b: it must be valid GraphQL on its own.

            c.graphqls:1:27 INVALID_GRAPHQL Unknown directive "@sharable". Did you mean "@shareable"?
              hint: Mend the schema of c: it must be valid GraphQL on its own.

            c.graphqls:1:37 INVALID_GRAPHQL Unknown directive "@watered".
              hint: Mend the schema of c: it must be valid GraphQL on its own.

            c.graphqls:1:56 INVALID_GRAPHQL Unknown directive "@planed". Did you mean "@planned"?
              hint: Mend the schema of c: it must be valid GraphQL on its own.
            """);

    [Fact]
    public void The_names_of_the_canonical_form_are_not_a_source_s() => Rule.Check(
        good:
            """
            # source a
            type Query { a: Source }
            enum Source { A B }
            directive @own on OBJECT
            """,
        bad: CanonicalNames,
        problems: CanonicalNamesProblems);

    [Fact]
    public void The_names_of_the_canonical_form_are_not_a_subgraph_s() => Rule.CheckApollo(
        good:
            """
            # source a
            type Query { a: gatewaySource }
            enum gatewaySource { A B }
            """,
        bad: CanonicalNames,
        problems: CanonicalNamesProblems);

    private const string CanonicalNames =
        """
        # source a
        type Query { a: gateway__Source }
        enum gateway__Source { A B }
        directive @gateway__own on OBJECT
        """;

    private const string CanonicalNamesProblems =
        """
        a.graphqls:2:6 RESERVED_NAME The type gateway__Source has a name that begins with "gateway__": so begin the names that composed supergraphs use themselves.
          hint: Give it another name.

        a.graphqls:3:12 RESERVED_NAME The directive @gateway__own has a name that begins with "gateway__": so begin the names that composed supergraphs use themselves.
          hint: Give it another name.
        """;

    [Fact]
    public void A_default_value_is_a_value_of_its_type() => Rule.Check(
        good:
            """
            # source a
            type Query { heroes(role: Role = ADMIN, take: Take = {first: 1}, ids: [ID!] = "1", ratio: Float = 1): Int }
            enum Role { ADMIN }
            input Take { first: Int! = 10 skip: Int }
            """,
        bad:
            """
            # source a
            type Query { heroes(role: Role = "ADMIN", take: Take = {skip: 1}): Int }
            enum Role { ADMIN }
            input Take { first: Int! skip: Int = 1.5 }
            """,
        problems:
            """
            a.graphqls:1:34 INVALID_GRAPHQL Query.heroes(role:) has invalid default value: Enum "Role" cannot represent non-enum value: "ADMIN".
              hint: Mend the schema of a: it must be valid GraphQL on its own.

            a.graphqls:1:56 INVALID_GRAPHQL Query.heroes(take:) has invalid default value: Expected value of type "Take" to include required field "first" of type "Int!".
              hint: Mend the schema of a: it must be valid GraphQL on its own.

            a.graphqls:3:38 INVALID_GRAPHQL Take.skip has invalid default value: Int cannot represent non-integer value: 1.5
              hint: Mend the schema of a: it must be valid GraphQL on its own.
            """);

    [Fact]
    public void What_GraphQL_itself_consists_of_is_never_hidden() => Rule.Check(
        good:
            """
            # source a
            type Query { price: Price @inaccessible  ok: Int }
            scalar Price @inaccessible
            """,
        bad:
            """
            # source a
            type Query { ok: Int }
            scalar String @inaccessible
            type __Type { name: String @inaccessible }
            directive @skip(if: Boolean! @inaccessible) on FIELD
            """,
        problems:
            """
            a.graphqls:2:15 DISALLOWED_INACCESSIBLE String is part of GraphQL itself and cannot be hidden with @inaccessible.
              hint: Remove @inaccessible here; hide your own types and fields instead.

            a.graphqls:3:28 DISALLOWED_INACCESSIBLE __Type is part of GraphQL itself and cannot be hidden with @inaccessible.
              hint: Remove @inaccessible here; hide your own types and fields instead.

            a.graphqls:4:30 DISALLOWED_INACCESSIBLE @skip is part of GraphQL itself and cannot be hidden with @inaccessible.
              hint: Remove @inaccessible here; hide your own types and fields instead.
            """);

    [Fact]
    public void The_specification_s_own_names_mean_what_it_says() => Rule.Check(
        good:
            """
            # source a
            type Query { ok: Int }
            directive @key(fields: FieldSelectionSet!, comment: String) repeatable on OBJECT
            scalar FieldSelectionSet
            type Shelf @key(fields: "id", comment: "new") { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { ok: Int @lookup }
            input FieldSelectionMap { a: Int }
            directive @key(name: String) on OBJECT
            directive @override(from: Int!) on FIELD_DEFINITION
            """,
        problems:
            """
            a.graphqls:2:1 TYPE_DEFINITION_INVALID FieldSelectionMap must be a scalar: the Composite Schemas specification defines it.
              hint: Write "scalar FieldSelectionMap", leave the definition out, or give your type another name.

            a.graphqls:3:1 TYPE_DEFINITION_INVALID @key is defined without its argument "fields: FieldSelectionSet!".
              hint: Add the argument, or leave the definition of @key out: it is known.

            a.graphqls:4:21 TYPE_DEFINITION_INVALID The argument "from" of @override is defined as Int! and must be String!.
              hint: Change the type, or leave the definition of @override out: it is known.
            """);

    [Fact]
    public void The_query_root_type_is_visible() => Rule.Check(
        good:
            """
            # source a
            type Query { ok: Int secret: Int @inaccessible }
            """,
        bad:
            """
            # source a
            type Query @inaccessible { ok: Int }
            """,
        problems:
            """
            a.graphqls:1:12 QUERY_ROOT_TYPE_INACCESSIBLE The query root type Query is @inaccessible, and it is where every query begins.
              hint: Remove @inaccessible from the type; hide single fields of it, or use @internal for lookups that clients should not see.
            """);

    [Fact]
    public void The_query_root_type_is_named_Query() => Rule.Check(
        good:
            """
            # source a
            schema { query: Query }
            type Query { ok: Int }
            """,
        bad:
            """
            # source a
            schema { query: Entry }
            type Entry { ok: Int }
            type Query { ok: Int @internal }
            """,
        problems:
            """
            a.graphqls:2:1 ROOT_QUERY_USED The query root type is named Entry; root types are merged by name, so it must be Query.
              hint: Rename Entry to Query, and the other type Query to something else.
            """);

    [Fact]
    public void The_mutation_root_type_is_named_Mutation() => Rule.Check(
        good:
            """
            # source a
            type Query { ok: Int }
            type Mutation { plant: Int }
            """,
        bad:
            """
            # source a
            schema { query: Query mutation: Changes }
            type Query { ok: Int @internal }
            type Changes { plant: Int }
            """,
        problems:
            """
            a.graphqls:3:1 ROOT_MUTATION_USED The mutation root type is named Changes; root types are merged by name, so it must be Mutation.
              hint: Rename Changes to Mutation.
            """);

    [Fact]
    public void The_subscription_root_type_is_named_Subscription() => Rule.Check(
        good:
            """
            # source a
            type Query { ok: Int }
            type Subscription { planted: Int }
            """,
        bad:
            """
            # source a
            schema { query: Query }
            type Query { ok: Int @internal }
            type Subscription { planted: Int }
            """,
        problems:
            """
            a.graphqls:3:1 ROOT_SUBSCRIPTION_USED The type Subscription is defined and is not the subscription root type.
              hint: Add "subscription: Subscription" to the schema definition, or rename the type.
            """);

    [Fact]
    public void An_operation_is_no_schema() => Rule.Check(
        good:
            """
            # source a
            type Query { ok: Int }
            """,
        bad:
            """
            # source a
            query Ok { ok }
            # source b
            fragment F on Query { ok }
            """,
        problems:
            """
            a.graphqls:1:1 INVALID_GRAPHQL a.graphqls holds an operation and no schema.
              hint: Put the schema of a there: type definitions, such as "type Query { ... }".

            b.graphqls:1:1 INVALID_GRAPHQL b.graphqls holds a fragment and no schema.
              hint: Put the schema of b there: type definitions, such as "type Query { ... }".
            """);
}
