using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition.Tests.Plain;

/// <summary>
/// Which sources can be entered from where a query stands, and which of them can serve a field
/// (<see href="https://graphql.github.io/composite-schemas-spec/draft/#sec-Validate-Satisfiability">Composite Schemas, PlanOptions,
/// IsReachable, ResolveRequirements</see>). A lookup's key may itself come from several sources, one after the other.
/// </summary>
internal sealed class Reachability(Supergraph supergraph)
{
    private readonly Dictionary<string, ImmutableArray<Stand>> closures = new(StringComparer.Ordinal);
    private readonly HashSet<string> closing = new(StringComparer.Ordinal);
    private readonly HashSet<(string Type, string Field, int Source)> requiring = [];

    // Counts how often a question was cut short because it was being asked already: what depends on that is not remembered.
    private int cuts;

    /// <summary>All sources in which a query can stand at the type, those included that lookups lead to.</summary>
    internal ImmutableArray<Stand> Close(StandPoint point)
    {
        if (closures.TryGetValue(point.Key, out var known))
        {
            return known;
        }

        if (!closing.Add(point.Key))
        {
            cuts++;
            return point.Stands;
        }

        var cutsBefore = cuts;
        var reached = IsQueryRoot(point.TypeName)
            ? point.Stands.AddRange(supergraph.Sources
                .Where(source => point.Stands.All(stand => stand.Source != source.Ordinal))
                .Select(source => new Stand(source.Ordinal, point.TypeName, null)))
            : CloseByLookups(point);
        closing.Remove(point.Key);
        if (cuts == cutsBefore)
        {
            closures.Add(point.Key, reached);
        }

        return reached;
    }

    /// <summary>
    /// What can be known on the path after a field: a field that moves between sources by a label is served by one or by another, and the
    /// label is the same further down.
    /// </summary>
    internal IEnumerable<PathFacts> Choices(string typeName, string fieldName, PathFacts facts)
    {
        var label = supergraph.FindField(typeName, fieldName)?.Sources.Select(entry => entry.Override?.Label).FirstOrDefault(it => it is not null);
        return label is null || facts.Labels.ContainsKey(label) ? [facts] : [facts.With(label, true), facts.With(label, false)];
    }

    /// <summary>Where a query stands after the field when the field's label, if it has one, is known.</summary>
    internal ImmutableArray<Stand> ServeOnce(
        string typeName, ImmutableArray<Stand> closed, string fieldName, PathFacts facts, int? excluded = null)
    {
        var entries = (supergraph.FindField(typeName, fieldName)?.Sources ?? []).Where(entry => entry.Source.Ordinal != excluded
            && (entry.Override is not { } @override || facts.Labels[@override.Label] == @override.ServesWhen)
            && entry.ContextArguments.All(argument => facts.Contexts.Contains(PathFacts.Context(entry.Source, argument.Context))
                && !facts.Contexts.Contains(PathFacts.Lost(entry.Source, argument))));
        var options = ImmutableArray.CreateBuilder<Stand>();
        foreach (var entry in entries)
        {
            foreach (var stand in closed.Where(stand => stand.Source == entry.Source.Ordinal))
            {
                var seen = FieldIn(stand.View, typeName, fieldName);
                if ((!entry.IsExternal || seen.IsThere) && CanRequire(typeName, closed, fieldName, entry, facts))
                {
                    options.Add(new Stand(stand.Source, TypeNodes.Named(entry.Type), United(entry.Provides, seen.Below)));
                }
            }
        }

        return [.. options.DistinctBy(stand => stand.Key)];
    }

    /// <summary>True when every field of a selection can be had from where a query stands.</summary>
    internal bool CanSelect(
        string typeName, ImmutableArray<Stand> closed, SelectionSetNode selection, PathFacts facts, int? excluded = null) =>
        selection.Selections.All(node => node switch
        {
            FieldNode field => field.Name.Value == "__typename"
                || Choices(typeName, field.Name.Value, facts).All(choice => ServeOnce(typeName, closed, field.Name.Value, choice, excluded) is { IsEmpty: false } options
                    && (field.SelectionSet is null || CanSelectBelow(typeName, field, options, choice))),
            InlineFragmentNode fragment => !Applies(fragment, typeName) || CanSelect(typeName, closed, fragment.SelectionSet, facts, excluded),
            _ => true,
        });

    /// <summary>The points at which a query can stand after a field: one for each object that the sources can return there.</summary>
    internal IEnumerable<StandPoint> Below(NamedType returned, ImmutableArray<Stand> options, PathFacts facts)
    {
        if (returned is ObjectType)
        {
            yield return new StandPoint(returned.Name, options, facts);
            yield break;
        }

        foreach (var ordinal in (returned as CompositeType)?.PossibleTypes.Ordinals() ?? default)
        {
            var name = supergraph.FullSchema.ObjectTypes[ordinal].Name;
            if (supergraph.FindType(name) is null)
            {
                // Stands for what no source defines.
                continue;
            }

            var stands = options.Where(stand => CanBe(stand, name)).Select(stand => stand with { TypeName = name }).ToArray();
            if (stands.Length > 0)
            {
                yield return new StandPoint(name, stands, facts);
            }
        }
    }

    /// <summary>Of them those at which any of the sources can stand; one that returns an object in place of an interface does not count.</summary>
    internal IEnumerable<StandPoint> BelowAny(NamedType returned, ImmutableArray<Stand> options, PathFacts facts) =>
        Below(returned, options, facts).Where(point => options.All(stand => CanBe(stand, point.TypeName)
            || (returned is InterfaceType && supergraph.FindType(stand.TypeName)?.Type is ObjectType)));

    /// <summary>True when the source serves the field's requirement from elsewhere and can then be entered.</summary>
    internal bool CanRequire(string typeName, ImmutableArray<Stand> closed, string fieldName, FieldInSource entry, PathFacts facts)
    {
        var question = (typeName, fieldName, entry.Source.Ordinal);
        if (entry.Requirement is not { } requirement)
        {
            return true;
        }

        if (!requiring.Add(question))
        {
            cuts++;
            return false;
        }

        // @require is fed by other sources than its own; Apollo's @requires names external fields and, at will, keys
        int? excluded = requirement.Arguments.IsEmpty ? null : entry.Source.Ordinal;
        var result = CanSelect(typeName, closed, requirement.Selection, facts, excluded)
            && !IsQueryRoot(typeName) && LookupsInto(typeName, entry.Source.Ordinal).Any(lookup => CanSelect(typeName, closed, lookup.Key, facts));
        requiring.Remove(question);
        return result;
    }

    internal IEnumerable<Lookup> LookupsInto(string typeName, int source) =>
        supergraph.FindType(typeName)?.Lookups.Where(lookup => lookup.Source.Ordinal == source) ?? [];

    internal bool IsQueryRoot(string typeName) => supergraph.FullSchema.QueryType?.Name == typeName;

    /// <summary>The sources that can be entered for objects of an interface of which nobody knows what they are: those that find any of them.</summary>
    internal ImmutableArray<Stand> CloseUntold(StandPoint point)
    {
        var sources = supergraph.FindType(point.TypeName)!.Sources;
        return CloseByLookups(point, source => sources.Where(type => !type.IsInterfaceObject).SelectMany(type => type.PossibleTypes)
            .All(sources.Single(type => type.Source.Ordinal == source) is var own && own.IsInterfaceObject ? _ => true : own.PossibleTypes.Contains));
    }

    private ImmutableArray<Stand> CloseByLookups(StandPoint point, Func<int, bool>? finds = null)
    {
        var reached = point.Stands;
        var lookups = supergraph.FindType(point.TypeName)?.Lookups ?? [];
        for (var grows = true; grows;)
        {
            grows = false;
            foreach (var lookup in lookups)
            {
                if (finds?.Invoke(lookup.Source.Ordinal) != false
                    && !reached.Any(stand => stand.Source == lookup.Source.Ordinal && stand.View is null)
                    && CanSelect(point.TypeName, reached, lookup.Key, point.Facts))
                {
                    reached = reached.Add(new Stand(lookup.Source.Ordinal, point.TypeName, null));
                    grows = true;
                }
            }
        }

        return reached;
    }

    private bool CanSelectBelow(string typeName, FieldNode field, ImmutableArray<Stand> options, PathFacts facts)
    {
        var returned = (supergraph.FullSchema.FindType(typeName) as CompositeType)?.FindField(field.Name.Value)?.Type.Named;
        if (returned is null)
        {
            return false;
        }

        var points = Below(returned, options, facts).ToList();
        if (points.Count > 0 || !options.Any(option => supergraph.FindType(option.TypeName)?.In(supergraph.Sources[option.Source]) is { IsInterfaceObject: true }))
        {
            return points.All(point => CanSelect(point.TypeName, Close(point), field.SelectionSet!, facts));
        }

        // No source defines the types of these objects.
        return field.SelectionSet!.Selections.All(node => node is not InlineFragmentNode { TypeCondition: { } condition } || condition.Name.Value == returned.Name)
            && CanSelect(returned.Name, Close(new StandPoint(returned.Name, options, facts)), field.SelectionSet, facts);
    }

    private bool CanBe(Stand stand, string objectName)
    {
        if (stand.TypeName == objectName)
        {
            return true;
        }

        var type = supergraph.FindType(stand.TypeName)?.In(supergraph.Sources[stand.Source]);
        return type is not null && (type.IsInterfaceObject || type.PossibleTypes.Contains(objectName));
    }

    private bool Applies(InlineFragmentNode fragment, string typeName) =>
        fragment.TypeCondition is not { } condition
        || condition.Name.Value == typeName
        || supergraph.FullSchema.FindType(condition.Name.Value) is CompositeType target
            && supergraph.FullSchema.FindType(typeName) is ObjectType type
            && target.PossibleTypes.Contains(type);

    // What is provided for one type is not for another.
    private (bool IsThere, SelectionSetNode? Below) FieldIn(SelectionSetNode? view, string typeName, string fieldName)
    {
        SelectionSetNode? below = null;
        var isThere = false;
        foreach (var node in view?.Selections ?? [])
        {
            var (found, inner) = node switch
            {
                FieldNode field when field.Name.Value == fieldName => (true, field.SelectionSet),
                InlineFragmentNode fragment when Applies(fragment, typeName) => FieldIn(fragment.SelectionSet, typeName, fieldName),
                _ => (false, null),
            };
            isThere |= found;
            below = United(below, inner);
        }

        return (isThere, below);
    }

    private static SelectionSetNode? United(SelectionSetNode? a, SelectionSetNode? b)
    {
        if (a is null || b is null)
        {
            return a ?? b;
        }

        var tree = new SelectionTree();
        tree.Add(a);
        tree.Add(b);
        return tree.ToSelectionSet();
    }
}
