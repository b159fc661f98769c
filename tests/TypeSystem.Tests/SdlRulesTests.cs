using Xunit;

namespace GraphGateway.TypeSystem.Tests;

/// <summary>The rules that documents of definitions keep. Expected messages and places are graphql-js 16's.</summary>
public sealed class SdlRulesTests
{
    [Fact] // Spec §3.3
    public void There_is_one_schema_definition() => Sdl.ExpectErrors(
        """
        schema { query: Query }
        schema { mutation: Query }
        type Query { a: Int }
        """,
        "Must provide only one schema definition. (2:1)");

    [Fact] // Spec §3.3.1
    public void An_operation_has_one_root_type() => Sdl.ExpectErrors(
        """
        schema { query: Query query: Other }
        extend schema { query: Other mutation: Other }
        type Query { a: Int }
        type Other { a: Int }
        """,
        """
        There can be only one query type in schema. (1:10, 1:23)
        There can be only one query type in schema. (1:10, 2:17)
        """);

    [Fact] // Spec §3
    public void Types_have_names_of_their_own() => Sdl.ExpectErrors(
        """
        type Query { a: Int }
        scalar A
        enum A { X }
        input A { x: Int }
        """,
        """
        There can be only one type named "A". (2:8, 3:6)
        There can be only one type named "A". (2:8, 4:7)
        """);

    [Fact] // Spec §3.13
    public void Directives_have_names_of_their_own() => Sdl.ExpectErrors(
        """
        type Query { a: Int }
        directive @A on FIELD
        directive @A on OBJECT
        """,
        "There can be only one directive named \"@A\". (2:12, 3:12)");

    [Fact] // Spec §3.9
    public void Values_of_an_enum_and_its_extensions_have_names_of_their_own() => Sdl.ExpectErrors(
        """
        type Query { a: E }
        enum E { A B A }
        extend enum E { B C }
        """,
        """
        Enum value "E.A" can only be defined once. (2:10, 2:14)
        Enum value "E.B" can only be defined once. (2:12, 3:17)
        """);

    [Fact] // Spec §3.6, §3.7, §3.10
    public void Fields_of_a_type_and_its_extensions_have_names_of_their_own() => Sdl.ExpectErrors(
        """
        type Query { a: Int a: String }
        extend type Query { a: Int b: Int }
        interface I { x: Int x: Int }
        input In { y: Int }
        extend input In { y: Int }
        """,
        """
        Field "Query.a" can only be defined once. (1:14, 1:21)
        Field "Query.a" can only be defined once. (1:14, 2:21)
        Field "I.x" can only be defined once. (3:15, 3:22)
        Field "In.y" can only be defined once. (4:12, 5:19)
        """);

    [Fact] // Spec §3.6.1, §3.13
    public void Arguments_have_names_of_their_own() => Sdl.ExpectErrors(
        """
        type Query { a(x: Int, y: Int, x: Int, x: Int): Int }
        directive @d(z: Int z: Int) on FIELD
        """,
        """
        Argument "Query.a(x:)" can only be defined once. (1:16, 1:32, 1:40)
        Argument "@d(z:)" can only be defined once. (2:14, 2:21)
        """);

    [Fact] // lists of over sixteen names are looked at by another way than short ones
    public void Names_in_long_lists_are_compared_too() => Sdl.ExpectErrors(
        """
        type Query { a: Int a1: Int a2: Int a3: Int a4: Int a5: Int a6: Int a7: Int a8: Int a9: Int b: Int b1: Int b2: Int b3: Int b4: Int b5: Int a: Int }
        enum E { A A1 A2 A3 A4 A5 A6 A7 A8 A9 B B1 B2 B3 B4 B5 A }
        type T { f(a: Int a1: Int a2: Int a3: Int a4: Int a5: Int a6: Int a7: Int a8: Int a9: Int b: Int b1: Int b2: Int b3: Int b4: Int b5: Int a: Int): Int }
        """,
        """
        Field "Query.a" can only be defined once. (1:14, 1:140)
        Enum value "E.A" can only be defined once. (2:10, 2:56)
        Argument "T.f(a:)" can only be defined once. (3:12, 3:138)
        """);

    [Fact]
    public void Members_of_two_definitions_of_a_type_are_compared() => Sdl.ExpectErrors(
        """
        type Query { a: Int }
        type T { x: Int }
        type T { x: Int }
        """,
        """
        There can be only one type named "T". (2:6, 3:6)
        Field "T.x" can only be defined once. (2:10, 3:10)
        """);

    [Fact] // Spec §3.4
    public void References_name_known_types() => Sdl.ExpectErrors(
        """
        type Query implements Node { user(filter: Filtre = {}): [User!]! }
        union Result = User | Nothing
        input Filter { by: Sort }
        directive @d(x: Strin) on FIELD
        schema { query: Qery }
        """,
        """
        Unknown type "Node". (1:23)
        Unknown type "Filtre". Did you mean "Filter"? (1:43)
        Unknown type "User". (1:58)
        Unknown type "User". (2:16)
        Unknown type "Nothing". Did you mean "String"? (2:23)
        Unknown type "Sort". (3:20)
        Unknown type "Strin". Did you mean "String"? (4:17)
        Unknown type "Qery". Did you mean "Query"? (5:17)
        """);

    [Fact] // Spec §3.4.3
    public void Extensions_extend_a_defined_type_of_their_kind() => Sdl.ExpectErrors(
        """
        type Query { a: Int }
        extend interface Query { b: Int }
        extend type Qery { b: Int }
        extend scalar Int @specifiedBy(url: "x")
        extend union Thing = Query
        """,
        """
        Cannot extend non-interface type "Query". (1:1, 2:1)
        Cannot extend type "Qery" because it is not defined. Did you mean "Query"? (3:13)
        Cannot extend type "Int" because it is not defined. (4:15)
        Cannot extend type "Thing" because it is not defined. (5:14)
        """);

    [Fact]
    public void Extensions_of_different_kinds_do_not_define_one_type() => Sdl.ExpectErrors(
        """
        type Query { a: Int }
        extend type Thing { a: Int }
        extend input Thing { b: Int }
        """,
        "Cannot extend non-input object type \"Thing\". (2:1, 3:1)",
        new SchemaBuilderOptions { ExtensionsMayDefine = true });

    [Fact] // Spec §5.7.1, §5.7.2
    public void Directives_are_known_and_stand_where_they_may() => Sdl.ExpectErrors(
        """
        schema @a { query: Query }
        type Query @d { x(y: Int @d): Int @deprecated @b }
        enum E { V @d }
        input In @skip(if: true) { f: Int @d }
        directive @d on OBJECT
        """,
        """
        Unknown directive "@a". (1:8)
        Directive "@d" may not be used on ARGUMENT_DEFINITION. (2:26)
        Unknown directive "@b". (2:47)
        Directive "@d" may not be used on ENUM_VALUE. (3:12)
        Directive "@skip" may not be used on INPUT_OBJECT. (4:10)
        Directive "@d" may not be used on INPUT_FIELD_DEFINITION. (4:35)
        """);

    [Fact] // Spec §5.7.3
    public void Directives_stand_once_at_a_place_unless_repeatable() => Sdl.ExpectErrors(
        """
        directive @once on OBJECT | FIELD_DEFINITION | SCHEMA
        directive @many repeatable on OBJECT
        type Query @once @many @many { a: Int @once @once }
        extend type Query @once
        schema @once { query: Query }
        extend schema @once
        """,
        """
        The directive "@once" can only be used once at this location. (3:39, 3:45)
        The directive "@once" can only be used once at this location. (3:12, 4:19)
        The directive "@once" can only be used once at this location. (5:8, 6:15)
        """);

    [Fact] // Spec §5.4
    public void Arguments_of_directives_are_known_given_once_and_complete() => Sdl.ExpectErrors(
        """
        directive @d(name: String!, size: Int! = 1, list: [In]) on FIELD_DEFINITION
        input In { a: Int }
        type Query {
          a: Int @d(nme: "x")
          b: Int @d(name: "x", name: "y")
          c: Int @d(name: "x", list: [{ a: 1, a: 2 }])
          d(in: In = { a: 1, a: 1 }): Int
        }
        """,
        """
        Unknown argument "nme" on directive "@d". Did you mean "name"? (4:13)
        Directive "@d" argument "name" of type "String!" is required, but it was not provided. (4:10)
        There can be only one argument named "name". (5:13, 5:24)
        There can be only one input field named "a". (6:33, 6:39)
        There can be only one input field named "a". (7:16, 7:22)
        """);

    [Fact]
    public void Errors_of_several_documents_point_into_their_own_text()
    {
        var result = SchemaBuilder.Build([Sdl.Parse("type Query { a: Int }"), Sdl.Parse("scalar S\n  type Query { b: Int }")]);

        Assert.Equal("There can be only one type named \"Query\". (1:6, 2:8)", Sdl.Format(result));
    }

    [Fact]
    public void Of_very_many_errors_the_first_are_listed_and_what_is_left_is_said()
    {
        var fields = string.Join('\n', Enumerable.Range(0, 50_000).Select(static i => $"f{i}: Missing{i}"));

        var errors = SchemaBuilder.Build(Sdl.Parse($"type Query {{\n{fields}\n}}")).Errors;

        Assert.Equal(1_001, errors.Length);
        Assert.Equal("Unknown type \"Missing999\".", errors[999].Message);
        Assert.Equal(new GraphGateway.Language.SourceLocation(1001, 7), errors[999].Locations[0]);
        Assert.Equal("There are more than 1000 errors; the others are not listed.", errors[1_000].Message);
    }
}
