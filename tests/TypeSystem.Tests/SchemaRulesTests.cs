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
}
