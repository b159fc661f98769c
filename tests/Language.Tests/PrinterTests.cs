using Xunit;

namespace GraphGateway.Language.Tests;

/// <summary>The layouts are those of graphql-js 16.13.1.</summary>
public sealed class PrinterTests
{
    [Fact]
    public void An_operation_with_everything_is_laid_out() => AssertPrints(
        """""
            "Finds things" query   Find( "how many" $n:Int=5@d , $in:[In!]! = {a:[1,2.5e3 -0],b:{c:"x\n\u00e9\u{1F600}"}} )@op(x:$n){
              alias:field(id:[123,456],flag:true,none:null,kind:BIG,float:6.02e23,obj:{a:1,b:[]})@include(if:$n)@skip(if:false){ a,b,c ...F@d ... on User@u{id}...@skip(if:true){x}...{y}}
              long(first:"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",second:"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"){z}
            }
            mutation{a}
            subscription S{b}
            {short}
            query{plain}
            query($a:A){v}
            "about F" fragment F on T@d(a:1){f(s:"""block
               string \"""quoted\"""
             end\
            """)}
            """"",
        """""
            "Finds things"
            query Find(
            "how many"
            $n: Int = 5 @d
            $in: [In!]! = {a: [1, 2.5e3, -0], b: {c: "x\né😀"}}
            ) @op(x: $n) {
              alias: field(
                id: [123, 456]
                flag: true
                none: null
                kind: BIG
                float: 6.02e23
                obj: {a: 1, b: []}
              ) @include(if: $n) @skip(if: false) {
                a
                b
                c
                ...F @d
                ... on User @u {
                  id
                }
                ... @skip(if: true) {
                  x
                }
                ... {
                  y
                }
              }
              long(
                first: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                second: "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
              ) {
                z
              }
            }

            mutation {
              a
            }

            subscription S {
              b
            }

            {
              short
            }

            {
              plain
            }

            query ($a: A) {
              v
            }

            "about F"
            fragment F on T @d(a: 1) {
              f(s: """
              block
                string \"""quoted\"""
              end\
              """)
            }
            """"");

    [Fact]
    public void Variable_definitions_with_descriptions_stand_on_lines_of_their_own() => AssertPrints(
        """""
            query Q("first" $a: Int, $b: [String!] = ["x"] @d) { f(a: $a, b: $b) }
            """"",
        """""
            query Q(
            "first"
            $a: Int
            $b: [String!] = ["x"] @d
            ) {
              f(a: $a, b: $b)
            }
            """"");

    [Fact]
    public void Types_are_laid_out() => AssertPrints(
        """""
            "the schema" schema@a{query:Q mutation:M subscription:S}
            """
            Dates
            """
            scalar Date@specifiedBy(url:"u")
            type A implements & B & C @d(x:1) { "one" a(x:Int=1 "two" y:[Int!]!={a:1}@d):Int! b(x:Int,y:Int=2@d):[[A!]]!@deprecated(reason:"r") }
            type Empty
            interface B implements C{ """
            long
              text
            """ c:D }
            union U@d=|A|B
            union Single = A
            enum E{X "yy" Y@deprecated}
            input I@oneOf{a:Int=1@d "bee" b:I}
            directive@d("arg" x:Int,y:Int)repeatable on|FIELD|OBJECT
            directive@e(x:Int=1)on FIELD
            """"",
        """""
            "the schema"
            schema @a {
              query: Q
              mutation: M
              subscription: S
            }

            """Dates"""
            scalar Date @specifiedBy(url: "u")

            type A implements B & C @d(x: 1) {
              "one"
              a(
                x: Int = 1
                "two"
                y: [Int!]! = {a: 1} @d
              ): Int!
              b(x: Int, y: Int = 2 @d): [[A!]]! @deprecated(reason: "r")
            }

            type Empty

            interface B implements C {
              """
              long
                text
              """
              c: D
            }

            union U @d = A | B

            union Single = A

            enum E {
              X
              "yy"
              Y @deprecated
            }

            input I @oneOf {
              a: Int = 1 @d
              "bee"
              b: I
            }

            directive @d(
              "arg"
              x: Int
              y: Int
            ) repeatable on FIELD | OBJECT

            directive @e(x: Int = 1) on FIELD
            """"");

    [Fact]
    public void A_short_query_after_a_type_without_braces_is_not_taken_for_its_fields() => AssertPrints(
        "interface N query{a} type T{b:B} query{c}",
        """
        interface N

        query {
          a
        }

        type T {
          b: B
        }

        {
          c
        }
        """);

    [Fact]
    public void Extensions_are_laid_out() => AssertPrints(
        """""
            extend schema@a
            extend schema{query:Q}
            extend schema@a{query:Q}
            extend scalar S@d
            extend type A implements B
            extend type A@d
            extend type A{a:A}
            extend interface I implements B&C@d{a:A}
            extend union U=A|B
            extend union U@d
            extend enum E{A B}
            extend enum E@d
            extend input I{a:A}
            extend input I@d
            """"",
        """""
            extend schema @a

            extend schema {
              query: Q
            }

            extend schema @a {
              query: Q
            }

            extend scalar S @d

            extend type A implements B

            extend type A @d

            extend type A {
              a: A
            }

            extend interface I implements B & C @d {
              a: A
            }

            extend union U = A | B

            extend union U @d

            extend enum E {
              A
              B
            }

            extend enum E @d

            extend input I {
              a: A
            }

            extend input I @d
            """"");

    [Theory]
    [InlineData("\"\"\"  a\"\"\"", "\"\"\"  a\"\"\"")]
    [InlineData("\"\"\"\n a\n  b\n c\"\"\"", "\"\"\"\na\n b\nc\n\"\"\"")]
    [InlineData("\"\"\"a\\\"\"\"\"\"\"", "\"\"\"\na\\\"\"\"\n\"\"\"")]
    [InlineData("\"\"\"a\\\n\"\"\"", "\"\"\"\na\\\n\"\"\"")]
    [InlineData("\"\"\"\r\n\r  \r\n a\r b\n\n \"\"\"", "\"\"\"\na\nb\n\"\"\"")]
    [InlineData("\"\"\"    \"\"\"", "\"\"\"\"\"\"")]
    [InlineData("\"\\u0000\\u001F\\u007F\\u009F\\u00A0\\n\\/\\\"\\\\\"", "\"\\u0000\\u001F\\u007F\\u009F\u00a0\\n/\\\"\\\\\"")]
    [InlineData("\"\\uD83D\\uDE00\\u{1F600}\"", "\"😀😀\"")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    [InlineData("-1.5E+10", "-1.5E+10")]
    [InlineData("{a:[$v,null,true,X]}", "{a: [$v, null, true, X]}")]
    public void A_value_is_printed_as_it_was_meant(string text, string expected)
    {
        var value = Parser.ParseValue(new SourceText(text)).Value!;

        var printed = Printer.Print(value);

        Assert.Equal(expected, printed);
        Assert.Equal(printed, Printer.Print(Parser.ParseValue(new SourceText(printed)).Value!));
    }

    [Theory]
    [InlineData("id owner{id}", "{\n  id\n  owner {\n    id\n  }\n}")]
    [InlineData("{ id ... on A { b } }", "{\n  id\n  ... on A {\n    b\n  }\n}")]
    public void A_selection_set_parses_with_or_without_its_braces(string text, string expected) =>
        Assert.Equal(expected, Printer.Print(Parser.ParseSelectionSet(new SourceText(text)).Value!));

    [Theory]
    [InlineData("{ id } x", "Syntax Error: Expected <EOF>, found Name \"x\".")]
    [InlineData("id }", "Syntax Error: Expected Name, found \"}\".")]
    [InlineData("", "Syntax Error: Expected Name, found <EOF>.")]
    public void A_selection_set_must_be_alone_in_its_text(string text, string message) =>
        Assert.Equal(message, Parser.ParseSelectionSet(new SourceText(text)).Error?.Message);

    [Theory]
    [InlineData("[ [ A ! ] ] !", "[[A!]]!")]
    [InlineData("A", "A")]
    public void A_type_is_printed_without_blanks(string text, string expected) =>
        Assert.Equal(expected, Printer.Print(Parser.ParseType(new SourceText(text)).Value!));

    [Fact]
    public void A_constant_value_has_no_variables() =>
        Assert.Equal(
            "Syntax Error: Unexpected variable \"$a\" in constant value.",
            Parser.ParseConstValue(new SourceText("[$a]")).Error?.Message);

    private static void AssertPrints(string text, string expected)
    {
        var result = Parser.ParseDocument(new SourceText(text));
        Assert.Null(result.Error?.Message);
        var printed = Printer.Print(result.Value!);

        Assert.Equal(expected, printed);
        Assert.Equal(expected, Printer.Print(Parser.ParseDocument(new SourceText(printed)).Value!));
    }
}
