using System.Text;
using Xunit;

namespace GraphGateway.Language.Tests;

/// <summary>What is what in a document, by its tokens: <c>[k:keyword] [t:Type] [d:@directive] [s:"text"] [n:1] [c:# comment]</c>.</summary>
public sealed class SyntaxHighlightTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("type A implements B & C @key(fields: \"id\") { a(b: [D!] = 1): [E!]! # x", "[k:type] [t:A] [k:implements] [t:B] & [t:C] [d:@key](fields: [s:\"id\"]) { a(b: [[t:D]!] = [n:1]): [[t:E]!]! [c:# x]")]
    [InlineData("extend schema @link(url: \"u\", import: [\"@a\"]) { query: Query }", "[k:extend] [k:schema] [d:@link](url: [s:\"u\"], import: [[s:\"@a\"]]) { query: [t:Query] }")]
    [InlineData("enum type { type true_ } union on = type | B", "[k:enum] [t:type] { type true_ } [k:union] [t:on] = [t:type] | [t:B]")]
    [InlineData("directive @a(b: Boolean = true, c: I = {d: E}) repeatable on FIELD", "[k:directive] [d:@a](b: [t:Boolean] = [k:true], c: [t:I] = {d: E}) [k:repeatable] [k:on] [t:FIELD]")]
    [InlineData("\"\"\"a # b\"\"\" scalar A # c\n# d\rinput B { a: Int = -1.5 }", "[s:\"\"\"a # b\"\"\"] [k:scalar] [t:A] [c:# c]\n[c:# d]\r[k:input] [t:B] { a: [t:Int] = [n:-1.5] }")]
    [InlineData("# a\ntype A { a: ; b: C }", "[c:# a]\n[k:type] [t:A] { a: ; b: C }")]
    public void Tokens_have_their_classes(string text, string expected) => Assert.Equal(expected, Show(text, 0, int.MaxValue));

    [Fact]
    public void Only_what_touches_the_range_is_told()
    {
        const string text = "type A { b: C } type D { e: F }";
        Assert.Equal("type A { b: C } [k:type] [t:D] { e: F }", Show(text, 16, 22));
        Assert.Equal(text, Show(text, 0, 0));
    }

    private static string Show(string text, int start, int end)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var (shown, at) = (new StringBuilder(), 0);
        foreach (var span in SyntaxHighlight.Of(utf8, start, Math.Min(end, utf8.Length)))
        {
            shown.Append(Encoding.UTF8.GetString(utf8, at, span.Start - at)).Append(MarkOf(span.Class)).Append(Encoding.UTF8.GetString(utf8, span.Start, span.End - span.Start)).Append(']');
            at = span.End;
        }

        return shown.Append(Encoding.UTF8.GetString(utf8, at, utf8.Length - at)).ToString();
    }

    private static string MarkOf(SyntaxClass found) => found switch
    {
        SyntaxClass.Keyword => "[k:",
        SyntaxClass.TypeName => "[t:",
        SyntaxClass.Directive => "[d:",
        SyntaxClass.Text => "[s:",
        SyntaxClass.Number => "[n:",
        _ => "[c:",
    };
}
