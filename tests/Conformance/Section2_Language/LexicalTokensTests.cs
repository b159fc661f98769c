using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Lexical-Tokens">Lexical Tokens</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Punctuators">Punctuators</see>.
/// </summary>
public sealed class LexicalTokensTests
{
    [Fact]
    public void All_punctuators_of_executable_documents() => Grammar.Reads(
        "query Q($a: [Int!]! = 1 @b) { c: d(e: [1, {f: $a}]) @g ... on H { i } ...J } fragment J on H { k }",
        """
        query Q($a: [Int!]! = 1 @b) {
          c: d(e: [1, {f: $a}]) @g
          ... on H {
            i
          }
          ...J
        }

        fragment J on H {
          k
        }
        """);

    [Fact]
    public void All_punctuators_of_the_type_system() => Grammar.Reads(
        "type A implements B & C { d: E } union F = G | H",
        """
        type A implements B & C {
          d: E
        }

        union F = G | H
        """);

    [Fact]
    public void Two_dots_is_no_token() => Grammar.Refuses("{ .. a }", """1:3 Syntax Error: Unexpected character: ".".""");

    [Fact]
    public void One_dot_is_no_token() => Grammar.Refuses("{ . a }", """1:3 Syntax Error: Unexpected character: ".".""");

    [Fact]
    public void A_semicolon_is_no_token() => Grammar.Refuses("{ a; }", """1:4 Syntax Error: Unexpected character: ";".""");

    [Fact]
    public void A_plus_sign_is_no_token() => Grammar.Refuses("{ a + }", """1:5 Syntax Error: Unexpected character: "+".""");

    [Fact]
    public void An_apostrophe_is_no_token() =>
        Grammar.Refuses("{ a(b: 'c') }", """1:8 Syntax Error: Unexpected single quote character ('), did you mean to use a double quote (")?""");

    [Fact]
    public void A_question_mark_is_no_token() => Grammar.Refuses("{ a? }", """1:4 Syntax Error: Unexpected character: "?".""");

    [Fact]
    public void A_percent_sign_is_no_token() => Grammar.Refuses("{ a %b }", """1:5 Syntax Error: Unexpected character: "%".""");

    [Fact]
    public void A_backslash_is_no_token() => Grammar.Refuses("""{ \u0061 }""", """1:3 Syntax Error: Unexpected character: "\".""");
}
