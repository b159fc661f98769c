using Xunit;

namespace GraphGateway.TypeSystem.Tests;

/// <summary>The rules that types keep ("Type Validation" in Spec §3). Expected messages and places are graphql-js 16's.</summary>
public sealed class SchemaRulesTests
{
    [Fact] // Spec §3.3.1
    public void A_schema_has_a_query_root() => Sdl.ExpectErrors(
        "type Mutation { a: Int }",
        "Query root type must be provided. ()");

    [Fact] // Spec §3.3.1
    public void A_schema_definition_names_a_query_root() => Sdl.ExpectErrors(
        """
        type Query { a: Int }
        schema { mutation: Query }
        """,
        "Query root type must be provided. (2:1)");

    [Fact] // Spec §3.3.1
    public void Roots_are_object_types() => Sdl.ExpectErrors(
        """
        schema { query: Query mutation: In }
        extend schema { subscription: S }
        interface Query { a: Int }
        input In { a: Int }
        scalar S
        """,
        """
        Query root type must be Object type, it cannot be Query. (1:17)
        Mutation root type must be Object type if provided, it cannot be In. (1:33)
        Subscription root type must be Object type if provided, it cannot be S. (2:31)
        """);

    [Fact] // Spec §2.1.9
    public void Names_do_not_begin_with_two_underscores() => Sdl.ExpectErrors(
        """
        type Query { __a(__b: Int): Int }
        enum __E { __V }
        input In { __f: Int }
        directive @__d(__x: Int) on FIELD
        """,
        """
        Name "__d" must not begin with "__", which is reserved by GraphQL introspection. (4:1)
        Name "__x" must not begin with "__", which is reserved by GraphQL introspection. (4:16)
        Name "__a" must not begin with "__", which is reserved by GraphQL introspection. (1:14)
        Name "__b" must not begin with "__", which is reserved by GraphQL introspection. (1:18)
        Name "__E" must not begin with "__", which is reserved by GraphQL introspection. (2:1)
        Name "__V" must not begin with "__", which is reserved by GraphQL introspection. (2:12)
        Name "__f" must not begin with "__", which is reserved by GraphQL introspection. (3:12)
        """);

    [Fact] // Spec §3.6, §3.7, §3.8, §3.9, §3.10
    public void Types_have_members() => Sdl.ExpectErrors(
        """
        type Query
        extend type Query @d
        interface I
        union U
        enum E
        input In
        directive @d on OBJECT
        """,
        """
        Type Query must define one or more fields. (1:1, 2:1)
        Type I must define one or more fields. (3:1)
        Union type U must define one or more member types. (4:1)
        Enum type E must define one or more values. (5:1)
        Input Object type In must define one or more fields. (6:1)
        """);

    [Fact] // Spec §3.6, §3.10, §3.13
    public void Outputs_are_output_types_and_inputs_are_input_types() => Sdl.ExpectErrors(
        """
        type Query { a: [In!]! b(x: [Query]): Int }
        input In { f: Query! }
        directive @d(x: Query) on FIELD
        """,
        """
        The type of @d(x:) must be Input Type but got: Query. (3:14)
        The type of Query.a must be Output Type but got: [In!]!. (1:17)
        The type of Query.b(x:) must be Input Type but got: [Query]. (1:29)
        The type of In.f must be Input Type but got: Query!. (2:15)
        """);

    [Fact] // Spec §3.13.3
    public void What_is_required_is_not_deprecated() => Sdl.ExpectErrors(
        """
        type Query { a(x: Int! @deprecated, y: Int! = 1 @deprecated, z: Int @deprecated): Int }
        input In { f: Int! @deprecated(reason: "x") g: Int @deprecated }
        directive @d(x: Int! @deprecated) on FIELD
        """,
        """
        Required argument @d(x:) cannot be deprecated. (3:22, 3:17)
        Required argument Query.a(x:) cannot be deprecated. (1:24, 1:19)
        Required input field In.f cannot be deprecated. (2:20, 2:15)
        """);

    [Fact] // Spec §3.6 IsValidImplementation
    public void Declared_interfaces_are_interfaces_each_once_and_not_the_type_itself() => Sdl.ExpectErrors(
        """
        type Query implements Other & I & I { a: Int }
        type Other { a: Int }
        interface I implements I { a: Int }
        """,
        """
        Type Query must only implement Interface types, it cannot implement Other. (1:23)
        Type Query can only implement I once. (1:31, 1:35)
        Type I cannot implement itself because it would create a circular reference. (3:24)
        """);

    [Fact] // Spec §3.6 IsValidImplementation
    public void Interfaces_of_interfaces_are_declared_too_and_without_circles() => Sdl.ExpectErrors(
        """
        type Query implements B { a: Int }
        interface A { a: Int }
        interface B implements A { a: Int }
        interface C implements D { a: Int }
        interface D implements C { a: Int }
        """,
        """
        Type Query must implement A because it is implemented by B. (3:24, 1:23)
        Type C cannot implement D because it would create a circular reference. (5:24, 4:24)
        Type D cannot implement C because it would create a circular reference. (4:24, 5:24)
        """);

    [Fact] // Spec §3.6 IsValidImplementation
    public void Fields_of_an_interface_are_there_with_a_subtype_and_the_same_arguments() => Sdl.ExpectErrors(
        """
        interface Node {
          id: ID!
          name: String
          friends(first: Int, after: String): [Node]
          self: Node
        }
        type Query implements Node {
          name: [String]
          friends(first: Int!, before: String, must: Int!): [Query!]!
          self: Query!
        }
        extend type Query { more: Int }
        """,
        """
        Interface field Node.id expected but Query does not provide it. (2:3, 7:1, 12:1)
        Interface field Node.name expects type String but Query.name is type [String]. (3:9, 8:9)
        Interface field argument Node.friends(first:) expects type Int but Query.friends(first:) is type Int!. (4:18, 9:18)
        Interface field argument Node.friends(after:) expected but Query.friends does not provide it. (4:23, 9:3)
        Object field Query.friends includes required argument must that is missing from the Interface field Node.friends. (9:40, 4:3)
        """);

    [Fact] // Spec §3.8
    public void Members_of_a_union_are_object_types_each_once() => Sdl.ExpectErrors(
        """
        type Query { u: U }
        union U = Query | In | Query
        extend union U = In | Int
        input In { a: Int }
        """,
        """
        Union type U can only include Object types, it cannot include In. (2:19, 3:18)
        Union type U can only include type Query once. (2:11, 2:24)
        Union type U can only include type In once. (2:19, 3:18)
        Union type U can only include Object types, it cannot include Int. (3:23)
        """);

    [Fact] // Spec §3.10.1
    public void Fields_of_a_OneOf_are_nullable_and_without_defaults() => Sdl.ExpectErrors(
        """
        type Query { a(by: By): Int }
        input By @oneOf { id: ID! name: String = "x" ok: Int }
        """,
        """
        OneOf input field By.id must be nullable. (2:23)
        OneOf input field By.name cannot have a default value. (2:27)
        """);

    [Fact] // Spec §3.10, Circular References
    public void Inputs_do_not_contain_themselves_through_non_null_fields() => Sdl.ExpectErrors(
        """
        type Query { a(x: A): Int }
        input A { b: B! self: A! list: [A!]! maybe: A }
        input B { c: C! }
        input C { a: A! b: B! }
        """,
        """
        Cannot reference Input Object "A" within itself through a series of non-null fields: "b.c.a". (2:11, 3:11, 4:11)
        Cannot reference Input Object "B" within itself through a series of non-null fields: "c.b". (3:11, 4:17)
        Cannot reference Input Object "A" within itself through a series of non-null fields: "self". (2:17)
        """);

    [Fact] // Spec §3.10, InputObjectDefaultValueHasCycle; graphql-js 16 does not check it
    public void Defaults_of_inputs_do_not_contain_themselves() => Sdl.ExpectErrors(
        """
        type Query { a(x: A): Int }
        input A { self: A = {} }
        input B { c: C = {} fine: A = { self: { self: null } } list: [B!] = [{ c: null, list: [] }] }
        input C { b: [B!] = [{ list: null }] }
        """,
        """
        Invalid circular reference. The default value of Input Object field A.self references itself. (2:11)
        Invalid circular reference. The default value of Input Object field B.c references itself via the default values of: C.b. (3:11, 4:11)
        """);

    [Fact]
    public void A_chain_of_inputs_as_long_as_the_schema_is_checked_without_recursion()
    {
        var chain = string.Concat(Enumerable.Range(0, 20_000).Select(static i => $"input I{i} {{ next: I{i + 1}! }}\n"));

        Sdl.ExpectErrors(
            $"{chain}type Query {{ a: Int }}\ninput I20000 {{ self: I20000! }}",
            "Cannot reference Input Object \"I20000\" within itself through a series of non-null fields: \"self\". (20002:16)");
    }

    [Fact] // Spec §3.3.1; graphql-js 16 accepts it
    public void Roots_are_different_types() => Sdl.ExpectErrors(
        """
        schema { query: Root mutation: Root subscription: Root }
        type Root { a: Int }
        """,
        "All root types must be different, \"Root\" type is used as query, mutation, and subscription root types. (1:17, 1:32, 1:51)");

    [Fact] // Spec §3.6, IsValidImplementation 2.6; graphql-js 16 accepts it
    public void A_field_is_deprecated_only_where_its_interface_deprecates_it() => Sdl.ExpectErrors(
        """
        type Query implements I { a: Int @deprecated b: Int @deprecated }
        interface I { a: Int @deprecated b: Int }
        """,
        "Interface field I.b is not deprecated, so implementation field Query.b must not be deprecated. (1:53, 1:49)");

    [Fact] // Spec §3.10, Input Object Extensions; graphql-js 16 accepts and overlooks it
    public void An_extension_does_not_make_an_input_a_OneOf() => Sdl.ExpectErrors(
        """
        type Query { a(in: In): Int }
        input In { a: Int }
        extend input In @oneOf { b: Int }
        """,
        "Directive \"@oneOf\" must not be provided by an extension of Input Object type In: apply it to its definition. (3:17)");

    [Fact] // Spec §3.13, rules 2 and 3; graphql-js 16 accepts it
    public void A_directive_does_not_use_itself() => Sdl.ExpectErrors(
        """
        directive @direct(a: Int @direct) on ARGUMENT_DEFINITION
        directive @through(in: In) on INPUT_FIELD_DEFINITION
        directive @far(a: Int @direct) on ARGUMENT_DEFINITION
        input In { e: E }
        enum E { A @value }
        directive @value(in: [Other!]) on ENUM_VALUE
        input Other { x: Int @through }
        type Query { a: Int }
        """,
        """
        Directive @direct cannot reference itself, directly or through its arguments. (1:1)
        Directive @through cannot reference itself, directly or through its arguments. (2:1)
        Directive @value cannot reference itself, directly or through its arguments. (6:1)
        """);

    [Fact] // Spec §3.6, 2.4.5; graphql-js 16 accepts it
    public void Default_values_are_of_their_type() => Sdl.ExpectErrors(
        """
        directive @d(a: Boolean = 1) on FIELD
        type Query {
          a(i: Int = "1", j: [Int!]! = [1, null], k: E = C, l: E = "A", m: In = { n: 1 }, o: By = { a: 1, b: 2 }, p: In = 7): Int
        }
        input In { x: Int! y: Float! = null }
        input By @oneOf { a: Int b: Int }
        enum E { A B }
        """,
        """
        @d(a:) has invalid default value: Boolean cannot represent a non boolean value: 1 (1:27)
        Query.a(i:) has invalid default value: Int cannot represent non-integer value: "1" (3:14)
        Query.a(j:) has invalid default value: Expected value of non-null type "Int!" not to be null. (3:36)
        Query.a(k:) has invalid default value: Value "C" does not exist in "E" enum. (3:50)
        Query.a(l:) has invalid default value: Enum "E" cannot represent non-enum value: "A". (3:60)
        Query.a(m:) has invalid default value: Expected value of type "In" not to include unknown field "n". (3:75)
        Query.a(m:) has invalid default value: Expected value of type "In" to include required field "x" of type "Int!". (3:73)
        Query.a(o:) has invalid default value: Exactly one key must be specified for OneOf type "By", and it must be non-null. (3:91)
        Query.a(p:) has invalid default value: Expected value of type "In" to be an object, found: 7. (3:115)
        In.y has invalid default value: Expected value of non-null type "Float!" not to be null. (5:32)
        """);

    [Fact] // Spec §3.13.3, §3.13.4; graphql-js 16 throws while it builds the schema, but takes a null reason
    public void What_deprecated_and_specifiedBy_say_is_a_string_in_any_schema() => Sdl.ExpectErrors(
        """
        type Query { a(b: Int @deprecated(reason: [])): E c: Int @deprecated(reason: null) d: S }
        enum E { A @deprecated(reason: 1) B @deprecated(reason: "Old") C @deprecated }
        scalar S @specifiedBy(url: 1)
        scalar T @specifiedBy(url: null)
        input I { a: Int @deprecated(reason: null) }
        """,
        """
        Argument "reason" has invalid value []. (1:43)
        Argument "reason" of "@deprecated" must not be null: leave it out for the default reason, or give one. (1:78)
        Argument "reason" has invalid value 1. (2:32)
        Argument "url" has invalid value 1. (3:28)
        Argument "url" of non-null type "String!" must not be null. (4:28)
        Argument "reason" of "@deprecated" must not be null: leave it out for the default reason, or give one. (5:38)
        """,
        new SchemaBuilderOptions { AllowLegacySchemas = true });

    [Fact]
    public void A_deprecation_is_not_lost_with_its_reason_in_a_schema_that_is_not_checked()
    {
        var schema = Sdl.Schema("type Query { a: Int @deprecated(reason: null) }", new SchemaBuilderOptions { AssumeValid = true });

        Assert.Equal("No longer supported", schema.QueryType!.FindField("a")!.DeprecationReason);
    }

    [Fact] // Spec §5.6.1; graphql-js 16 accepts it
    public void Arguments_of_directives_are_of_their_type_wherever_the_directive_stands() => Sdl.ExpectErrors(
        """
        schema @d(i: "1") { query: Query }
        directive @d(i: Int, e: [E!], in: In, s: S) repeatable on
          | SCHEMA | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | ENUM | ENUM_VALUE | INPUT_FIELD_DEFINITION
        directive @other(a: Int @d(i: 3000000000)) on FIELD
        type Query @d(e: [A, null]) { a(b: Int @d(e: C)): S @d(in: { x: null }) @d(in: {}) @d(in: { x: 1, y: 2 }) }
        extend type Query @d(in: 7)
        enum E { A }
        enum Other { A @d(e: "A") B @d(i: 1, e: A, in: { x: 1 }, s: { any: [thing] }) }
        input In { x: Int! }
        scalar S
        """,
        """
        Argument "i" has invalid value "1". (1:14)
        Argument "i" has invalid value 3000000000. (4:31)
        Argument "e" has invalid value [A, null]. (5:18)
        Argument "e" has invalid value C. (5:46)
        Argument "in" has invalid value {x: null}. (5:60)
        Argument "in" has invalid value {}. (5:80)
        Argument "in" has invalid value {x: 1, y: 2}. (5:91)
        Argument "in" has invalid value 7. (6:26)
        Argument "e" has invalid value "A". (8:22)
        """);

    [Fact]
    public void Schemas_of_the_tools_of_today_are_accepted_on_demand() => Sdl.ExpectValid(
        """
        schema { query: Root mutation: Root }
        directive @d(a: Int = "x" @d) on ARGUMENT_DEFINITION
        interface I { a: Int }
        type Root implements I { a: Int @deprecated b(in: In): Int }
        input In { a: Int }
        extend input In @oneOf { b: Int @e(a: "x") }
        directive @e(a: Int) on INPUT_FIELD_DEFINITION
        """,
        new SchemaBuilderOptions { AllowLegacySchemas = true });
}
