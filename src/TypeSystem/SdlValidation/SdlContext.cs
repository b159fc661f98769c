using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>What the SDL rules read, and where they report.</summary>
internal sealed class SdlContext(DefinitionSet definitions, SchemaBuilderOptions options)
{
    internal DefinitionSet Definitions { get; } = definitions;

    internal SchemaBuilderOptions Options { get; } = options;

    internal List<GraphQLError> Errors { get; } = [];

    /// <summary>The names that the documents or the prelude define as types, without the built-in ones.</summary>
    internal IEnumerable<string> DefinedTypeNames => Definitions.Types.Values.Where(IsDefined).Select(static entry => entry.Name);

    internal bool IsDefined(TypeEntry entry) => entry.Definition is not null || Options.ExtensionsMayDefine;

    internal void Report(string message, params ReadOnlySpan<Place> places) => Errors.Add(SchemaErrors.At(message, places));

    /// <summary>Reports every name that stands again, together with its first place.</summary>
    internal void ReportDuplicates(IEnumerable<(string Name, Place Place)> names, Func<string, string> message)
    {
        var first = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var (name, place) in names)
        {
            if (!first.TryAdd(name, place))
            {
                Report(message(name), first[name], place);
            }
        }
    }

    /// <summary>Reports every name that stands several times once, with all its places.</summary>
    internal void ReportGroups(IEnumerable<(string Name, Place Place)> names, Func<string, string> message)
    {
        foreach (var group in names.GroupBy(static entry => entry.Name, static entry => entry.Place))
        {
            if (group.Skip(1).Any())
            {
                Report(message(group.Key), [.. group]);
            }
        }
    }
}

/// <summary>Errors at places that may lie in several texts.</summary>
internal static class SchemaErrors
{
    internal static GraphQLError At(string message, params ReadOnlySpan<Place> places)
    {
        var locations = new SourceLocation[places.Length];
        var sources = new string[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            locations[i] = places[i].Location;
            sources[i] = places[i].Source.Name;
        }

        return new GraphQLError
        {
            Message = message,
            Code = ErrorCode.GraphqlValidationFailed,
            Locations = [.. locations],
            LocationSources = [.. sources],
        };
    }
}
