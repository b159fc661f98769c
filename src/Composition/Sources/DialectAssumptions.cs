using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// DIALECT_ASSUMED: a source that is read as one of Federation 1 because of a <c>@key</c> alone. It is warned of unless the other sources say
/// that the graph is one of Apollo's.
/// </summary>
internal sealed class DialectAssumptions(int count)
{
    private readonly (SourceDialect? Told, (SourceInput Input, Place Place, string TypeName)? Assumed)[] sources =
        new (SourceDialect?, (SourceInput, Place, string)?)[count];

    /// <summary>The dialect of a source; null when nothing tells. Called for several sources at once, for each once.</summary>
    internal SourceDialect? Add(int ordinal, SourceInput input, ImmutableArray<DocumentNode> documents)
    {
        DefinitionNode? bareKey = null;
        var dialect = input.Settings.Dialect ?? DialectDetector.Detect(input.Settings, documents, out bareKey);
        if (bareKey is not TypeDefinitionNode type)
        {
            sources[ordinal].Told = dialect;
        }
        else if (input.Settings.UntoldDialect == SourceDialect.Composite)
        {
            // In rover's supergraph.yaml every source is one of Apollo's.
            var text = documents.First(document => document.Definitions.Contains(bareKey)).Source;
            sources[ordinal].Assumed = (input, new Place(input.Name, text, type.Start), type.Name.Value);
        }

        return dialect;
    }

    internal void Warn(ProblemSink problems)
    {
        if (Array.Exists(sources, source => source.Told == SourceDialect.Apollo) && !Array.Exists(sources, source => source.Told == SourceDialect.Composite))
        {
            return;
        }

        foreach (var (_, assumed) in sources)
        {
            if (assumed is var (input, place, typeName))
            {
                problems.Warning(
                    ProblemCode.DialectAssumed,
                    $"{input.Name} is read as a source of Apollo Federation 1: {typeName} has a @key, and there is neither a @lookup nor a @link.",
                    $"Write \"dialect\": \"apollo\" in {SourceFolder.SettingsFile}, or \"dialect\": \"composite\" if the service has lookups and no _entities, as HotChocolate's.",
                    place);
            }
        }
    }
}
