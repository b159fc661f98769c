using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>What the SDL rules read, and where they report.</summary>
internal sealed class SdlContext(DefinitionSet definitions, SchemaBuilderOptions options)
{
    private const int SuggestionsMax = 100;
    private const int ShortList = 16;
    private readonly List<Finding> findings = [];
    private readonly Dictionary<SourceText, int> sourceOrder = [];
    private int rule;
    private ImmutableArray<DirectiveUse> uses;
    private HashSet<string>? inParts;

    internal DefinitionSet Definitions { get; } = definitions;

    internal SchemaBuilderOptions Options { get; } = options;

    /// <summary>Every place of the documents at which directives stand, in document order.</summary>
    internal ImmutableArray<DirectiveUse> Uses
    {
        get
        {
            if (uses.IsDefault)
            {
                var found = ImmutableArray.CreateBuilder<DirectiveUse>();
                foreach (var part in Definitions.Own)
                {
                    DirectiveUses.AddTo(found, part);
                }

                uses = found.DrainToImmutable();
            }

            return uses;
        }
    }

    /// <summary>The names that the documents or the prelude define as types, without the built-in ones.</summary>
    internal IEnumerable<string> DefinedTypeNames => Definitions.Types.Values.Where(IsDefined).Select(static entry => entry.Name);

    internal bool IsDefined(TypeEntry entry) => entry.Definition is not null || Options.ExtensionsMayDefine;

    /// <summary>True when several definitions and extensions are about the type of that name: a member of one may stand in another again.</summary>
    internal bool IsDefinedInParts(string typeName)
    {
        if (inParts is null)
        {
            inParts = new HashSet<string>(StringComparer.Ordinal);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var part in Definitions.Own)
            {
                if (part.Node is TypeDefinitionNode type && !seen.Add(type.Name.Value))
                {
                    inParts.Add(type.Name.Value);
                }
            }
        }

        return inParts.Contains(typeName);
    }

    /// <summary>Begins the rule of that rank in the table of contents.</summary>
    internal void Begin(int rank) => rule = rank;

    /// <summary>
    /// Reports what is wrong. One walk over the documents, with all rules at each node, would report it when it is at <paramref name="visited"/>:
    /// that is the order in which graphql-js tells.
    /// </summary>
    internal void Report(Place visited, string message, params ReadOnlySpan<Place> places)
    {
        if (findings.Count <= SchemaErrors.CountMax)
        {
            findings.Add(new Finding(SourceOrder(visited.Source), visited.Offset, rule, findings.Count, SchemaErrors.At(message, places)));
        }
    }

    /// <summary>The tail of a message; none once there are many: each is a comparison with every name.</summary>
    internal string DidYouMean(string wrong, IEnumerable<string> names) =>
        findings.Count < SuggestionsMax ? Suggestions.DidYouMean(wrong, names) : "";

    /// <summary>All that was reported, in the order of one walk.</summary>
    internal ImmutableArray<GraphQLError> Errors() => SchemaErrors.Capped(
        findings.OrderBy(static found => found.Source).ThenBy(static found => found.Offset)
            .ThenBy(static found => found.Rule).ThenBy(static found => found.Sequence).Select(static found => found.Error));

    /// <summary>Reports every name that stands again, together with its first place.</summary>
    internal void ReportDuplicates(IEnumerable<NamedPlace> names, Func<string, string> message)
    {
        var first = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var (name, place, visited) in names)
        {
            if (!first.TryAdd(name, place))
            {
                Report(visited, message(name), first[name], place);
            }
        }
    }

    /// <summary>False when no two items have the same name. A long list is not looked at: a set of its names costs less.</summary>
    internal static bool MayRepeat<T>(ImmutableArray<T> items, Func<T, string> name)
    {
        if (items.Length > ShortList)
        {
            return true;
        }

        for (var i = 1; i < items.Length; i++)
        {
            for (var before = 0; before < i; before++)
            {
                if (name(items[i]) == name(items[before]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Reports every name that stands several times once, with all its places.</summary>
    internal void ReportGroups(Place visited, IEnumerable<(string Name, Place Place)> names, Func<string, string> message)
    {
        foreach (var group in names.GroupBy(static entry => entry.Name, static entry => entry.Place))
        {
            if (group.Skip(1).Any())
            {
                Report(visited, message(group.Key), [.. group]);
            }
        }
    }

    private int SourceOrder(SourceText source)
    {
        if (sourceOrder.Count == 0)
        {
            foreach (var part in Definitions.Own)
            {
                sourceOrder.TryAdd(part.Source, sourceOrder.Count);
            }
        }

        return sourceOrder[source];
    }

    private readonly record struct Finding(int Source, int Offset, int Rule, int Sequence, GraphQLError Error);
}

/// <summary>A name, where it stands, and the node at which a walk would look at it.</summary>
internal readonly record struct NamedPlace(string Name, Place Place, Place Visited);

/// <summary>Errors at places that may lie in several texts.</summary>
internal static class SchemaErrors
{
    /// <summary>So many errors are listed at most: a stranger's schema may be wrong in every line.</summary>
    internal const int CountMax = 1_000;

    /// <summary>The errors; of too many the first, and one more that says so.</summary>
    internal static ImmutableArray<GraphQLError> Capped(IEnumerable<GraphQLError> errors)
    {
        ImmutableArray<GraphQLError> all = [.. errors];
        return all.Length <= CountMax
            ? all
            : [.. all.Take(CountMax), new GraphQLError { Message = $"There are more than {CountMax} errors; the others are not listed." }];
    }

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
