using System.Collections.Immutable;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

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

        var lookups = reachability.LookupsInto(point.TypeName, entry.Source.Ordinal).ToArray();
        return lookups.Length == 0
            ? $"{name} has it, but has no lookup to enter {point.TypeName} by"
            : $"{name} has it, but entering it needs "
                + string.Join(" or ", lookups.Select(lookup => $"\"{Syntax.Fields(lookup.Key)}\"").Distinct())
                + ", which cannot be had here";
    }

    private string Here(StandPoint point)
    {
        var names = point.Stands.Select(stand => supergraph.Sources[stand.Source].Name);
        return $"The query stands in {Words.And(names)}.";
    }
}
