using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>Says in words why each source cannot serve a field.</summary>
internal sealed class Explanation(Supergraph supergraph, Reachability reachability)
{
    // Who does not have the field at all is named as long as that is of use.
    private const int NamesMax = 10;

    internal string WhyNot(StandPoint point, StandSet closed, FieldIndex field)
    {
        var without = supergraph.Sources.Where(source => field.In(source.Ordinal) is null).Select(source => source.Name).ToArray();
        var reasons = field.Entries.Select(entry => WhyNot(point, closed, field, entry)).ToList();
        if (without.Length > 0)
        {
            reasons.Add($"{Names(without)} {(without.Length == 1 ? "does" : "do")} not have it");
        }

        return $"{string.Join("; ", reasons)}. {Here(point)}";
    }

    internal string WhyNoTypename(NamedType returned, StandSet options) =>
        $"{Names(options.Items.Select(stand => supergraph.Sources[stand.Source].Name))} knows {returned.Name} only as an interface object, "
        + "and no source that knows its types can be entered from there.";

    private string WhyNot(StandPoint point, StandSet closed, FieldIndex field, EntryIndex at)
    {
        var entry = at.Entry;
        var name = entry.Source.Name;
        var isReached = closed.IsIn(at.Source);
        if (entry.IsExternal)
        {
            return $"{name} only mentions it as @external";
        }

        if (isReached && entry.Requirement is { } requirement && !reachability.CanRequire(point.Type, closed, at, point.Facts))
        {
            var needed = Syntax.Fields(requirement.Selection);
            int? excluded = requirement.Arguments.IsEmpty ? null : entry.Source.Ordinal;
            return reachability.CanSelect(point.Type, closed, requirement.Selection, point.Facts, excluded)
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

        var keys = point.Type.Keys.Where(key => key.Sources.Contains(at.Source)).ToArray();
        if (keys.Length > 0)
        {
            return $"{name} has it, but entering it needs {string.Join("; or ", keys.Select(key => Needs(point, closed, key, name)))}";
        }

        return entry.Source.Dialect == SourceDialect.Apollo
            ? $"{name} has it, but no resolvable @key to enter {point.TypeName} by"
            : $"{name} has it, but has no lookup to enter {point.TypeName} by";
    }

    // Which fields of the key are missing, and who has them.
    private string Needs(StandPoint point, StandSet closed, KeyIndex lookup, string source)
    {
        var key = lookup.Selection.Selections.OfType<FieldNode>().ToArray();
        var missing = key.Where(field => !reachability.CanSelect(point.Type, closed, Syntax.SelectionSet([field]), point.Facts)).ToArray();
        var names = Words.And(missing.Select(field => field.Name.Value));
        var owners = missing
            .SelectMany(field => supergraph.FindField(point.TypeName, field.Name.Value)?.Sources ?? [])
            .Where(entry => !entry.IsExternal)
            .Select(entry => entry.Source.Name)
            .ToHashSet(StringComparer.Ordinal);
        var isOnlyItself = owners.Remove(source) && owners.Count == 0;
        var needs = $"\"{Syntax.Fields(lookup.Selection)}\"";
        if (missing.Length == 0)
        {
            // Each field alone can be had, all of them together not, as under opposite labels.
            return $"{needs}, which cannot be had here at once";
        }

        if (missing.Length == key.Length)
        {
            return isOnlyItself ? $"{needs}, which only {source} itself has"
                : owners.Count > 0 ? $"{needs}, which {Names(owners)} {Has(owners)}, where the query cannot get to"
                : $"{needs}, which cannot be had here";
        }

        return isOnlyItself ? $"{needs}, and only {source} itself has {names}"
            : owners.Count > 0 ? $"{needs}, and {Names(owners)} {Has(owners)} {names}, where the query cannot get to"
            : $"{needs}, and {names} cannot be had here";
    }

    private static string Has(HashSet<string> owners) => owners.Count == 1 ? "has" : "have";

    private string Here(StandPoint point)
    {
        var names = point.Stands.Items.Select(stand => supergraph.Sources[stand.Source].Name);
        return $"The query stands in {Names(names)}.";
    }

    private static string Names(IEnumerable<string> names)
    {
        var list = names.Distinct().ToArray();
        return list.Length <= NamesMax ? Words.And(list) : $"{string.Join(", ", list.Take(NamesMax - 1))} and {list.Length - NamesMax + 1} others";
    }
}
