using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Interop.Composition;

/// <summary>Sources of Apollo Federation that are composed by both sides.</summary>
/// <param name="Name">What the set shows.</param>
/// <param name="Codes">The codes that are expected of us, sorted; "OK" for none. Null: whatever the reference says.</param>
/// <param name="ReferenceCodes">What the reference says where that differs on purpose (docs/composition-differences.md); null: the same.</param>
/// <param name="Sources">The sources by name.</param>
internal sealed record CompositionSet(
    string Name, string? Codes, string? ReferenceCodes, ImmutableArray<(string Name, string Sdl)> Sources)
{
    private const string Head = "=== ";
    private const string Part = "# source ";

    /// <summary>
    /// The hand-written sets: files of <c>=== NAME | CODES</c>, or <c>=== NAME | CODES &lt;&gt; CODES OF THE REFERENCE</c>, and then
    /// <c># source NAME</c> for each source.
    /// </summary>
    internal static ImmutableArray<CompositionSet> HandWritten() =>
        [
            .. Directory.GetFiles(Repository.PathOf("tests/Interop/Composition/Sets"), "*.txt")
                .Order(StringComparer.Ordinal)
                .SelectMany(file => File.ReadAllText(file).Split(Head, StringSplitOptions.RemoveEmptyEntries))
                .Where(text => text.Contains(Part, StringComparison.Ordinal))
                .Select(Read),
        ];

    /// <summary>The same sources as inputs of our composition; the dialect is Apollo's, whether they say so or not.</summary>
    internal ImmutableArray<GraphGateway.Composition.SourceInput> Inputs() =>
        [
            .. Sources.Select(source => new GraphGateway.Composition.SourceInput
            {
                Name = source.Name,
                Documents = [new SourceText(source.Sdl, source.Name + ".graphqls")],
                Settings = new GraphGateway.Composition.SourceSettings { Dialect = SourceDialect.Apollo },
            }),
        ];

    /// <summary>As in the files, to be put there.</summary>
    public override string ToString() =>
        $"{Head}{Name} | {Codes}\n" + string.Concat(Sources.Select(source => $"{Part}{source.Name}\n{source.Sdl.TrimEnd()}\n"));

    private static CompositionSet Read(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var head = text[..end].Split(" | ");
        var codes = head[1].Split(" <> ");
        return new CompositionSet(
            head[0].Trim(),
            codes[0].Trim(),
            codes.Length > 1 ? codes[1].Trim() : null,
            [
                .. text[(end + 1)..].Split(Part, StringSplitOptions.RemoveEmptyEntries).Select(source =>
                {
                    var line = source.IndexOf('\n', StringComparison.Ordinal);
                    return (source[..line].Trim(), source[(line + 1)..]);
                }),
            ]);
    }
}
