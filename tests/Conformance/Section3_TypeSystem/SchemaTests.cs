using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Schema">Schema</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Root-Operation-Types">Root Operation Types</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Schema-Extension">Schema Extension</see>.
/// </summary>
public sealed class SchemaTests
{
    [Fact]
    public void Types_have_names_of_their_own() => Schemas.Refused(
        """
        type Query { a: Int }
        type A { a: Int }
        scalar A
        """,
        """2:6 3:8 There can be only one type named "A".""");

    [Fact]
    public void Directives_have_names_of_their_own() => Schemas.Refused(
        """
        type Query { a: Int }
        directive @a on FIELD
        directive @a on QUERY
        """,
        """2:12 3:12 There can be only one directive named "@a".""");

    [Fact]
    public void A_type_cannot_have_the_name_of_a_built_in_one_twice() => Schemas.Refused(
        """
        type Query { a: Int }
        type __Thing { a: Int }
        """,
        """2:1 Name "__Thing" must not begin with "__", which is reserved by GraphQL introspection.""");

    [Fact]
    public void A_schema_has_a_query_root() => Schemas.Refused("type A { a: Int }", "Query root type must be provided.");

    [Fact]
    public void The_query_root_is_an_object() =>
        Schemas.Refused("input Query { a: Int }", "1:1 Query root type must be Object type, it cannot be Query.");

    [Fact]
    public void The_mutation_root_is_an_object() => Schemas.Refused(
        """
        type Query { a: Int }
        input Mutation { a: Int }
        """,
        "2:1 Mutation root type must be Object type if provided, it cannot be Mutation.");

    [Fact]
    public void The_subscription_root_is_an_object() => Schemas.Refused(
        """
        type Query { a: Int }
        schema { query: Query subscription: S }
        union S = Query
        """,
        "2:37 Subscription root type must be Object type if provided, it cannot be S.");

    [Fact]
    public void Root_types_differ() => Schemas.Refused(
        """
        type Query { a: Int }
        schema { query: Query mutation: Query }
        """,
        """2:17 2:33 All root types must be different, "Query" type is used as query and mutation root types.""");

    [Fact]
    public void Three_root_types() => Schemas.Valid(
        """
        type Query { a: Int }
        type Mutation { b: Int } type Subscription { c: Int }
        """);

    [Fact]
    public void Root_types_with_other_names() => Schemas.Valid("schema { query: A mutation: B } type A { a: Int } type B { b: Int }");

    [Fact]
    public void One_root_type_for_each_operation() =>
        Schemas.Refused("schema { query: A query: A } type A { a: Int }", "1:10 1:19 There can be only one query type in schema.");

    [Fact]
    public void One_schema_definition() => Schemas.Refused(
        """
        type Query { a: Int }
        schema { query: Query }
        schema { query: Query }
        """,
        """
        3:1 Must provide only one schema definition.
        2:10 3:10 There can be only one query type in schema.
        """);

    [Fact]
    public void A_root_type_that_is_not_there() =>
        Schemas.Refused("schema { query: Nothing }", """1:17 Unknown type "Nothing". Did you mean "String"?""");

    [Fact]
    public void A_schema_definition_has_a_root_type() => Grammar.Refuses("schema { }", """1:10 Syntax Error: Expected Name, found "}".""");

    [Fact]
    public void There_are_three_operations() =>
        Grammar.Refuses("schema { update: Query }", """1:10 Syntax Error: Unexpected Name "update".""");

    [Fact]
    public void A_type_named_Mutation_is_no_root_where_the_schema_says_otherwise()
    {
        var schema = Schemas.Valid("schema { query: Query } type Query { last: Mutation } type Mutation { virus: String }");

        Assert.Null(schema.MutationType);
        Assert.Equal("Query", schema.QueryType?.Name);
    }

    [Fact]
    public void Without_a_schema_definition_the_names_say_it()
    {
        var schema = Schemas.Valid("type Query { a: Int } type Mutation { b: Int } type Subscription { c: Int }");

        Assert.Equal(("Query", "Mutation", "Subscription"), (schema.QueryType?.Name, schema.MutationType?.Name, schema.SubscriptionType?.Name));
    }

    [Fact]
    public void An_extension_adds_a_root_type() => Schemas.Valid(
        """
        type Query { a: Int }
        schema { query: Query }
        extend schema { mutation: M }
        type M { b: Int }
        """);

    [Fact]
    public void An_extension_does_not_repeat_one() => Schemas.Refused(
        """
        type Query { a: Int }
        schema { query: Query }
        extend schema { query: Query }
        """,
        "2:10 3:17 There can be only one query type in schema.");

    [Fact]
    public void A_directive_that_is_not_repeatable_is_not_repeated_by_an_extension() => Schemas.Refused(
        """
        type Query { a: Int }
        directive @d on SCHEMA
        schema @d { query: Query }
        extend schema @d
        """,
        """3:8 4:15 The directive "@d" can only be used once at this location.""");
}
