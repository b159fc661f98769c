using System.Collections;
using System.Globalization;
using System.Text;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Language.Tests;

/// <summary>Properties of the lexer, the parsers and the printer that hold for every text, tried on random ones.</summary>
public sealed class ParserPropertyTests
{
    [Fact]
    public void What_the_grammar_allows_is_parsed_and_printing_gives_a_text_that_parses_to_the_same_tree()
    {
        var documents = new RandomDocuments(new Random(Seed.Value));
        var cases = Nightly.Cases(5_000, 200_000);
        for (var i = 0; i < cases; i++)
        {
            var text = i % 2 == 0 ? documents.Executable() : documents.TypeSystem();
            var result = Parser.ParseDocument(new SourceText(text));
            Assert.True(result.IsSuccess, $"{Seed.Variable}={Seed.Value}, case {i}: {result.Error?.Message} at {result.Error?.Locations[0]}\n{text}");
            Minimizer.Check(i, Encoding.UTF8.GetBytes(text), CheckPrinting);
        }
    }

    [Fact]
    public void Random_and_mutated_documents_never_throw_nor_allocate_without_bound()
    {
        var random = new Random(Seed.Value);
        var (documents, mutations) = (new RandomDocuments(random), new Mutations(random));
        var cases = Nightly.Cases(50_000, 1_000_000);
        for (var i = 0; i < cases; i++)
        {
            var text = (i % 4) switch
            {
                0 => mutations.Bytes(),
                1 => mutations.Of(documents.TypeSystem()),
                _ => mutations.Of(documents.Executable()),
            };
            Minimizer.Check(i, text, CheckAll);
        }
    }

    private static void CheckAll(byte[] text)
    {
        var source = new SourceText(text);
        CheckBound("document", text, () => Parser.ParseDocument(source).Error);
        CheckBound("value", text, () => Parser.ParseValue(source).Error);
        CheckBound("type", text, () => Parser.ParseType(source).Error);
        CheckBound("selection set", text, () => Parser.ParseSelectionSet(source).Error);
        CheckBound("coordinate", text, () => SchemaCoordinate.Parse(source).Error);
        CheckBound("map", text, () => FieldSelectionMapParser.Parse(source).Error);
        CheckPrinting(text);
    }

    private static void CheckPrinting(byte[] text)
    {
        if (Parser.ParseDocument(new SourceText(text)).Value is not { } document)
        {
            return;
        }

        var printed = Printer.Print(document);
        var again = Parser.ParseDocument(new SourceText(printed));
        Assert.True(again.IsSuccess, again.Error?.Message);
        Assert.Equal(Tree(document), Tree(again.Value!));
        Assert.Equal(printed, Printer.Print(again.Value!));
    }

    // The lists under way, the nodes and an error: each grows with the text, and nothing grows faster.
    private static void CheckBound(string what, byte[] text, Func<GraphQLError?> parse)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = parse();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= 20_000 + (300 * text.Length), $"{what}: {allocated} bytes for {text.Length}");
        if (error is not null)
        {
            Assert.StartsWith("Syntax Error: ", error.Message, StringComparison.Ordinal);
            Assert.InRange(Assert.Single(error.Locations).Column, 1, text.Length + 1);
        }
    }

    /// <summary>All that a tree says, places left out.</summary>
    private static string Tree(object? node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    private static void Write(object? node, StringBuilder text)
    {
        switch (node)
        {
            case null:
                text.Append('-');
                break;
            case string or bool or Enum:
                text.Append('"').Append(node).Append('"');
                break;
            case NameNode name:
                text.Append(name.Value);
                break;
            case IEnumerable items:
                text.Append('[');
                foreach (var item in items)
                {
                    Write(item, text);
                }

                text.Append(']');
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"({node.GetType().Name}");
                foreach (var property in node.GetType().GetProperties().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    if (property.Name is not ("Start" or "End" or "Source" or "ResponseKey"))
                    {
                        text.Append(' ');
                        Write(property.GetValue(node), text);
                    }
                }

                text.Append(')');
                break;
        }
    }
}
