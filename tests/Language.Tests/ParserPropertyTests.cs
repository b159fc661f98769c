using System.Text;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Language.Tests;

public sealed class ParserPropertyTests
{
    private const int Cases = 50_000;

    private static readonly byte[][] Documents =
    [
        """query Q($a: [Int!]! = [1, -2.5e3] @d) @d { x: f(a: $a, b: {c: "s\n\u00e9", d: E}) @skip(if: true) { ...F ... on T { y } } }"""u8
            .ToArray(),
        Encoding.UTF8.GetBytes(
            """"
            "d" type A implements & B & C @d(x: 1) { "e" f(a: Int = 1 "g" b: [S!]!): [[T!]]! @d } union U = | A | B
            extend schema @a { query: Q } enum E { A B @d } input I { a: Int = 1 } directive @d(x: Int) repeatable on FIELD | OBJECT
            """ block
                string \""" 😀 """ interface N { a: B } scalar S # comment
            """"),
        Encoding.UTF8.GetBytes(
            """"fragment F on T { a(b: """block""") { ...on X @a { b } ...G } } subscription { a } mutation M { b }""""),
    ];

    private static readonly string[] Snippets =
        ["{", "}", "(", ")", "[", "]", "...", "on", "\"", "\"\"\"", "\\", "\\u{", "\\uD83D", "$", "@", ":", "!", "|", "&", "=", "é", "😀",
         "0", "-", "1.", "1e", "#", "\r\n", "\uFEFF", "extend", "type", "true", "query", ".", "<", ">"];

    [Fact]
    public void Random_and_mutated_documents_never_throw_and_what_parses_prints_to_the_same_tree()
    {
        var seed = Seed.Value;
        var random = new Random(seed);
        for (var i = 0; i < Cases; i++)
        {
            var text = i % 4 == 0 ? RandomBytes(random) : Mutate(random);
            try
            {
                Check(text);
            }
            catch (Exception exception)
            {
                Assert.Fail($"seed {seed}, case {i}, text {Convert.ToBase64String(text)}: {exception}");
            }
        }
    }

    private static void Check(byte[] text)
    {
        var source = new SourceText(text);
        var result = Parser.ParseDocument(source);
        AssertReported(result.Error, text.Length);
        if (result.IsSuccess)
        {
            var printed = Printer.Print(result.Value);
            var again = Parser.ParseDocument(new SourceText(printed));
            Assert.Null(again.Error);
            Assert.Equal(printed, Printer.Print(again.Value!));
        }

        AssertReported(Parser.ParseValue(source).Error, text.Length);
        AssertReported(Parser.ParseType(source).Error, text.Length);
        AssertReported(Parser.ParseSelectionSet(source).Error, text.Length);
        AssertReported(SchemaCoordinate.Parse(source).Error, text.Length);
        AssertReported(FieldSelectionMapParser.Parse(source).Error, text.Length);
    }

    private static void AssertReported(GraphQLError? error, int length)
    {
        if (error is not null)
        {
            Assert.StartsWith("Syntax Error: ", error.Message, StringComparison.Ordinal);
            Assert.InRange(Assert.Single(error.Locations).Column, 1, length + 1);
        }
    }

    private static byte[] RandomBytes(Random random)
    {
        var text = new byte[random.Next(40)];
        random.NextBytes(text);
        return text;
    }

    private static byte[] Mutate(Random random)
    {
        var text = Documents[random.Next(Documents.Length)].ToList();
        for (var edits = random.Next(4); edits >= 0; edits--)
        {
            var at = random.Next(text.Count);
            switch (random.Next(4))
            {
                case 0:
                    text.RemoveRange(at, Math.Min(random.Next(1, 12), text.Count - at));
                    break;
                case 1:
                    text.InsertRange(at, Encoding.UTF8.GetBytes(Snippets[random.Next(Snippets.Length)]));
                    break;
                case 2:
                    text.InsertRange(at, text.GetRange(at / 2, random.Next(Math.Min(20, text.Count - (at / 2)))));
                    break;
                default:
                    text[at] = (byte)random.Next(256);
                    break;
            }

            if (text.Count == 0)
            {
                break;
            }
        }

        return [.. text];
    }
}
