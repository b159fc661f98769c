using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Type-References">Type References</see>.
/// </summary>
public sealed class TypeReferencesTests
{
    [Fact]
    public void Names_lists_and_what_is_not_null() => Grammar.Reads(
        "query ($a: A, $b: B!, $c: [C], $d: [D!]!, $e: [[E!]]) { a }",
        """
        query ($a: A, $b: B!, $c: [C], $d: [D!]!, $e: [[E!]]) {
          a
        }
        """);

    [Fact]
    public void Not_null_is_said_once() => Grammar.Refuses("query ($a: A!!) { a }", """1:14 Syntax Error: Expected "$", found "!".""");

    [Fact]
    public void A_list_is_of_one_type() =>
        Grammar.Refuses("query ($a: [A B]) { a }", """1:15 Syntax Error: Expected "]", found Name "B".""");

    [Fact]
    public void A_list_is_closed() => Grammar.Refuses("query ($a: [A) { a }", """1:14 Syntax Error: Expected "]", found ")".""");

    [Fact]
    public void A_list_is_of_something() => Grammar.Refuses("query ($a: []) { a }", """1:13 Syntax Error: Expected Name, found "]".""");

    [Fact]
    public void A_type_is_no_value() =>
        Grammar.Refuses("""query ($a: "A") { a }""", """1:12 Syntax Error: Expected Name, found String "A".""");
}
