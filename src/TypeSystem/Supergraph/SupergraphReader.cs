using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// Reads a composed supergraph of any format that this version knows, and tells the formats apart by themselves: the canonical form of
/// <see cref="SupergraphWriter"/>, Apollo's <c>join</c> 0.1 to 0.5, and the execution schema of HotChocolate Fusion 16, alone or in its archive.
/// </summary>
public static class SupergraphReader
{
    /// <summary>The supergraph, or errors with locations in the text. A format that is not read is refused by name.</summary>
    /// <param name="text">Its text, or the bytes of an archive.</param>
    /// <param name="betweenParts">Called between parts of the work, on the thread that does it; null for nobody.</param>
    public static SupergraphResult Read(SourceText text, Action? betweenParts = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (FusionArchive.IsZip(text.Utf8.Span))
        {
            return FusionArchive.Read(text, betweenParts);
        }

        var parsed = Parser.ParseDocument(text, ParserOptions.Schema, betweenParts);
        if (!parsed.IsSuccess)
        {
            return new SupergraphResult(null, [parsed.Error]);
        }

        betweenParts?.Invoke();
        var document = parsed.Value;
        var format = SupergraphFormats.Detect(document);
        if (format.Kind != SupergraphFormat.Unknown && Extensions(document) is { IsEmpty: false } extensions)
        {
            return new SupergraphResult(null, extensions);
        }

        return format.Kind switch
        {
            SupergraphFormat.Canonical => new CanonicalReader(document).Read(betweenParts),
            SupergraphFormat.Join => new JoinReader(document, format.Version!).Read(betweenParts),
            SupergraphFormat.Fusion => new FusionReader(document, settings: null).Read(betweenParts),
            _ => new SupergraphResult(null, [GraphQLError.At(text, format.Refusal!, ErrorCode.NotSupported, format.At is null ? [] : [format.At.Start])]),
        };
    }

    // No composition writes one; what it adds would be in no source's part.
    private static ImmutableArray<GraphQLError> Extensions(DocumentNode document) =>
        [
            .. document.Definitions.OfType<TypeDefinitionNode>().Where(type => type.IsExtension).Select(type => GraphQLError.At(
                document.Source, $"The supergraph extends the type {type.Name}; a supergraph has each type in one piece: move what is added into the type.", null, type.Start)),
        ];
}
