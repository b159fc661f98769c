using System.Text;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Supergraphs from short source schemas, without composition's checks, so that graphs can be tested too that composition refuses.
/// The text has a line <c>--- name</c> or <c>--- name apollo</c> before each source; <c>batches VARIABLES</c> at its end says what it batches (or <c>NOTHING</c>), aliases otherwise.
/// </summary>
internal static class TestGraph
{
    public static Supergraph Compose(string sources)
    {
        var parts = Split(sources);
        var merged = new MergedTypes(parts);
        var text = merged.ToCanonicalSdl();
        var result = SupergraphReader.Read(new SourceText(text));
        return result.Supergraph ?? throw new InvalidOperationException(
            string.Join('\n', result.Errors.Select(error => error.Message)) + "\n" + text);
    }

    private static List<TestSource> Split(string sources)
    {
        var parts = new List<TestSource>();
        StringBuilder? sdl = null;
        var header = "";
        foreach (var line in sources.ReplaceLineEndings("\n").Split('\n').Append("--- "))
        {
            if (!line.StartsWith("--- ", StringComparison.Ordinal))
            {
                sdl?.Append(line).Append('\n');
                continue;
            }

            if (sdl is not null)
            {
                var words = header.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var parsed = Parser.ParseDocument(new SourceText(sdl.ToString(), words[0]));
                var batching = words.SkipWhile(word => word != "batches").Skip(1).DefaultIfEmpty("ALIASES").Where(word => word != "NOTHING");
                parts.Add(new TestSource(
                    words[0], words.Contains("apollo"), parsed.Value ?? throw new InvalidOperationException(parsed.Error!.Message), string.Join(", ", batching)));
            }

            header = line[4..];
            sdl = new StringBuilder();
        }

        return parts;
    }
}

/// <summary>One source's schema.</summary>
internal sealed record TestSource(string Name, bool IsApollo, DocumentNode Document, string Batching)
{
    public string Enum => Name.ToUpperInvariant();
}
