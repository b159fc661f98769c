using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition.Tests.Plain;

/// <summary>Says in words why each source cannot serve a field.</summary>
internal sealed class Explanation(Supergraph supergraph, Reachability reachability)
{
    internal string WhyNot(StandPoint point, ImmutableArray<Stand> closed, string fieldName)
    {
        var field = supergraph.FindField(point.TypeName, fieldName)!;
        var without = supergraph.Sources.Where(source => field.In(source) is null).Select(source => source.Name).ToArray();
        var reasons = field.Sources.Select(entry => WhyNot(point, closed, fieldName, entry)).ToList();
        if (without.Length > 0)
        {
            reasons.Add($"{Words.And(without)} {(without.Length == 1 ? "does" : "do")} not have it");
        }

        return $"{string.Join("; ", reasons)}. {Here(point)}";
    }

    internal string WhyNoTypename(NamedType returned, ImmutableArray<Stand> options) =>
        $"{Words.And(options.Select(stand => supergraph.Sources[stand.Source].Name))} knows {returned.Name} only as an interface object, "
        + "and no source that knows its types can be entered from there.";

    private string WhyNot(StandPoint point, ImmutableArray<Stand> closed, string fieldName, FieldInSource entry)
    {
        var name = entry.Source.Name;
        var isReached = closed.Any(stand => stand.Source == entry.Source.Ordinal);
        if (entry.IsExternal)
        {
            return $"{name} only mentions it as @external";
        }

        if (isReached && entry.Requirement is { } requirement && !reachability.CanRequire(point.TypeName, closed, fieldName, entry, point.Facts))
        {
            var needed = Syntax.Fields(requirement.Selection);
            int? excluded = requirement.Arguments.IsEmpty ? null : entry.Source.Ordinal;
            return reachability.CanSelect(point.TypeName, closed, requirement.Selection, point.Facts, excluded)
                ? $"{name} requires \"{needed}\" first, and has no lookup to be entered again with it"
                : $"{name} requires \"{needed}\", which no other source can give here";
        }

        if (isReached && entry.ContextArguments.FirstOrDefault(argument =>
            !point.Facts.Contexts.Contains(PathFacts.Context(entry.Source, argument.Context))) is { } argument)
        {
            return $"{name} needs the context \"{argument.Context}\", which nothing above sets there";
        }

        if (isReached)
        {
            return $"{name} serves it only under a label, and no source does under the opposite";
        }

        var lookups = reachability.LookupsInto(point.TypeName, entry.Source.Ordinal).DistinctBy(lookup => Syntax.Fields(lookup.Key)).ToArray();
        if (lookups.Length > 0)
        {
            return $"{name} has it, but entering it needs {string.Join("; or ", lookups.Select(lookup => Needs(point, closed, lookup)))}";
        }

        return entry.Source.Dialect == SourceDialect.Apollo
            ? $"{name} has it, but no resolvable @key to enter {point.TypeName} by"
            : $"{name} has it, but has no lookup to enter {point.TypeName} by";
    }

    // Which fields of the key are missing, and who has them.
    private string Needs(StandPoint point, ImmutableArray<Stand> closed, Lookup lookup)
    {
        var key = lookup.Key.Selections.OfType<FieldNode>().ToArray();
        var missing = key.Where(field => !reachability.CanSelect(point.TypeName, closed, Syntax.SelectionSet([field]), point.Facts)).ToArray();
        var names = Words.And(missing.Select(field => field.Name.Value));
        var owners = missing
            .SelectMany(field => supergraph.FindField(point.TypeName, field.Name.Value)?.Sources ?? [])
            .Where(source => !source.IsExternal)
            .Select(source => source.Source.Name)
            .ToHashSet(StringComparer.Ordinal);
        var isOnlyItself = owners.Remove(lookup.Source.Name) && owners.Count == 0;
        var needs = $"\"{Syntax.Fields(lookup.Key)}\"";
        if (missing.Length == 0)
        {
            // Each field alone can be had, all of them together not, as under opposite labels.
            return $"{needs}, which cannot be had here at once";
        }

        if (missing.Length == key.Length)
        {
            return isOnlyItself ? $"{needs}, which only {lookup.Source.Name} itself has"
                : owners.Count > 0 ? $"{needs}, which {Words.And(owners)} {Has(owners)}, where the query cannot get to"
                : $"{needs}, which cannot be had here";
        }

        return isOnlyItself ? $"{needs}, and only {lookup.Source.Name} itself has {names}"
            : owners.Count > 0 ? $"{needs}, and {Words.And(owners)} {Has(owners)} {names}, where the query cannot get to"
            : $"{needs}, and {names} cannot be had here";
    }

    private static string Has(HashSet<string> owners) => owners.Count == 1 ? "has" : "have";

    private string Here(StandPoint point)
    {
        var names = point.Stands.Select(stand => supergraph.Sources[stand.Source].Name);
        return $"The query stands in {Words.And(names)}.";
    }
}
