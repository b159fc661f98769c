using GraphGateway.Language;
using Xunit;

namespace GraphGateway.TypeSystem.Tests;

/// <summary>SDL out of schemas: the layout of graphql-js's <c>printSchema</c>.</summary>
public sealed class SchemaPrinterTests
{
    private const string Everything =
        """"
        directive @d(x: Int, y: [String!] = ["a"]) repeatable on SCHEMA | OBJECT | FIELD_DEFINITION

        """A person"""
        type User implements Node & Named {
          """The id"""
          id: ID!
          name(short: Boolean = false): String @deprecated

          """
          Two
            lines "here"
          """
          posts(
            """How many"""
            first: Int = 10
            by: Order = {field: NAME}
          ): [Post!]! @deprecated(reason: "Use \"all\"")
        }

        interface Node {
          id: ID!
        }

        interface Named implements Node {
          id: ID!
          name: String @deprecated
        }

        union Any = User | Post

        scalar Url @specifiedBy(url: "https://url.spec")

        enum Field {
          NAME

          """Old"""
          AGE @deprecated(reason: "old")
        }

        input Order {
          field: Field!
          ascending: Boolean = true
        }

        input By @oneOf {
          id: ID
          url: Url
        }

        type Post {
          by(by: By): Any
        }

        type Query {
          user: User
        }
        """";

    [Fact]
    public void What_is_printed_is_what_was_read() => Assert.Equal(Everything, SchemaPrinter.Print(Sdl.Schema(Everything)));

    [Fact]
    public void Extensions_are_merged_and_built_in_definitions_left_out() => Assert.Equal(
        """
        type Query {
          a: Int
          b: Float
        }
        """,
        SchemaPrinter.Print(Sdl.Schema("extend type Query { b: Float } type Query { a: Int } scalar ID directive @skip(if: Boolean!) on FIELD")));

    [Theory]
    [InlineData("schema { query: Root } type Root { a: Int }", "schema {\n  query: Root\n}\n\ntype Root {\n  a: Int\n}")]
    [InlineData("\"S\" schema { query: Query } type Query { a: Int }", "\"\"\"S\"\"\"\nschema {\n  query: Query\n}\n\ntype Query {\n  a: Int\n}")]
    [InlineData(
        "schema { query: Query } type Query { a: Mutation } type Mutation { a: Int }",
        "schema {\n  query: Query\n}\n\ntype Query {\n  a: Mutation\n}\n\ntype Mutation {\n  a: Int\n}")]
    public void The_schema_definition_is_printed_where_root_names_do_not_tell_it(string sdl, string expected) =>
        Assert.Equal(expected, SchemaPrinter.Print(Sdl.Schema(sdl)));

    [Fact]
    public void All_applied_directives_are_printed_on_demand()
    {
        var schema = Sdl.Schema(
            """
            directive @d(x: Int) repeatable on SCHEMA | OBJECT | FIELD_DEFINITION | ENUM_VALUE | ARGUMENT_DEFINITION
            schema @d { query: Query }
            type Query @d(x: 1) { a(x: Int = 1 @d): E @d @deprecated @d(x: 2) }
            extend type Query @d(x: 3)
            enum E { V @d }
            """);

        Assert.Equal(
            """
            schema @d {
              query: Query
            }

            directive @d(x: Int) repeatable on SCHEMA | OBJECT | FIELD_DEFINITION | ENUM_VALUE | ARGUMENT_DEFINITION

            type Query @d(x: 1) @d(x: 3) {
              a(x: Int = 1 @d): E @d @deprecated @d(x: 2)
            }

            enum E {
              V @d
            }
            """,
            SchemaPrinter.Print(schema, new SchemaPrinterOptions { Directives = AppliedDirectives.All }));
    }

    [Fact]
    public void Definitions_and_members_are_sorted_on_demand() => Assert.Equal(
        """
        directive @b on FIELD | QUERY

        type A2 implements I & J {
          a(x: Int, y: Int): Int
          b: E
        }

        type A10 {
          a: Int
        }

        enum E {
          X
          Y
        }

        interface I {
          a(x: Int, y: Int): Int
        }

        interface J {
          b: E
        }

        type Query {
          u: U
        }

        union U = A2 | A10
        """,
        SchemaPrinter.Print(
            Sdl.Schema(
                """
                type Query { u: U } union U = A10 | A2
                type A10 { a: Int } type A2 implements J & I { b: E a(y: Int x: Int): Int }
                interface J { b: E } interface I { a(y: Int, x: Int): Int }
                enum E { Y X } directive @b on QUERY | FIELD
                """),
            new SchemaPrinterOptions { IsSorted = true }));

    [Theory]
    [InlineData("")]
    [InlineData(" one line, indented")]
    [InlineData("\n leading line")]
    [InlineData("trailing line\n")]
    [InlineData("  both\n  indented")]
    [InlineData("one\n  two\n\n three")]
    [InlineData("quotes \"\"\" and \\")]
    [InlineData("control \u0007")]
    public void Every_description_reads_back_unchanged(string description)
    {
        var literal = Printer.Print(new StringValueNode(0, 0, description, isBlock: false));
        var schema = Sdl.Schema($"type Query {{ a: S }} {literal} scalar S");

        var printed = SchemaPrinter.Print(schema.FindType("S")!);

        Assert.Equal(description, Assert.IsType<ScalarTypeDefinitionNode>(Sdl.Parse(printed).Definitions[0]).Description!.Value);
    }

    [Theory] // what graphql-js 16 answers as __InputValue.defaultValue
    [InlineData("[Int]", "1", "[1]")]
    [InlineData("ID", "\"12\"", "12")]
    [InlineData("ID", "\"012\"", "\"012\"")]
    [InlineData("Float", "1.50", "1.5")]
    [InlineData("Float", "1e3", "1000")]
    [InlineData("Float", "1e21", "1e+21")]
    [InlineData("Float", "0.0000001", "1e-7")]
    [InlineData("In!", "{ c: { b: 2 } }", "{a: 1, c: {a: 1, b: 2}}")]
    [InlineData("[In]", "[null, {}]", "[null, {a: 1}]")]
    [InlineData("String", "null", "null")]
    public void Default_values_are_told_as_coerced(string type, string literal, string expected)
    {
        var schema = Sdl.Schema($"type Query {{ a(x: {type} = {literal}): Int }} input In {{ a: Int = 1 b: Int c: In }}");
        var argument = schema.QueryType!.FindField("a")!.Arguments[0];

        Assert.Equal(expected, Printer.Print(DefaultValues.Normalize(argument.DefaultValue!, argument.Type)));
    }
}
