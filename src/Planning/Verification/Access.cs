using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// What can be had of an object, read from the supergraph: who stands on it gives its own fields, and where a lookup's key can be had, its
/// source can be entered and gives more. It finds no more than can be had: fields that are provided or take contexts, and
/// keys that are made of requirements, count as not there.
/// </summary>
internal sealed class Access(Supergraph supergraph, ImmutableHashSet<string> activeLabels)
{
    // Keys whose fields are again found by keys, and so on; a circle has no end.
    private const int NestingMax = 4;

    private readonly ImmutableArray<SourceFacts> facts = [.. supergraph.Sources.Select(source => new SourceFacts(supergraph, source, activeLabels))];

    public bool Knows(int source, int type) => facts[source].Knows(NameOf(type));

    /// <summary>The objects that a field of a source gives.</summary>
    public TypeSet TypesBelow(int source, int type, string field) =>
        Find(source, type, field) is { } there ? facts[source].PossibleTypes(SourceFacts.NamedOf(there.Type)) : default;

    /// <summary>True when the source does not say what the objects below are.</summary>
    public bool IsUntold(int source, int type, string field) =>
        Find(source, type, field) is { } there && facts[source].IsInterfaceObject(SourceFacts.NamedOf(there.Type));

    /// <summary>The sources that can give a field of an object on which these stand.</summary>
    public ImmutableHashSet<int> Of(int type, string field, ImmutableArray<ArgumentNode> arguments, ImmutableHashSet<int> standing) =>
        Of(type, field, arguments, Widen(type, standing, 0), 0);

    private ImmutableHashSet<int> Of(int type, string field, ImmutableArray<ArgumentNode> arguments, Reach reach, int nesting) =>
        [.. reach.Sources.Where(source => Find(source, type, field) is { } there && Gives(type, there, arguments, reach, nesting))];

    private bool Gives(int type, FieldInSource field, ImmutableArray<ArgumentNode> arguments, Reach reach, int nesting)
    {
        if (field.IsExternal || !field.ContextArguments.IsEmpty || arguments.Any(argument => !field.Arguments.Contains(argument.Name.Value)))
        {
            return false;
        }

        // What is required goes with an entry, and comes from others, who may require something of the same object in turn.
        return field.Requirement is not { } requirement || ((nesting == 0 || reach.Requiring >= 0) && nesting < NestingMax && reach.Entered.Contains(field.Source.Ordinal)
            && Has(type, requirement.Selection, reach with { Requiring = field.Source.Ordinal }, nesting));
    }

    // The sources that stand on the object, those that were entered, and the one that requires something, which does not give it to itself.
    // Where nobody requires something it is a key that is looked for, below the object itself.
    private sealed record Reach(ImmutableHashSet<int> Sources, ImmutableHashSet<int> Entered, int Requiring = -1);

    private Reach Widen(int type, ImmutableHashSet<int> standing, int nesting)
    {
        var reach = new Reach(standing, []);
        var lookups = nesting == NestingMax || standing.IsEmpty ? []
            : facts.SelectMany(source => source.Lookups(supergraph.FullSchema.ObjectTypes[type])).Where(lookup => facts[lookup.Source.Ordinal].Knows(lookup.TypeName)).ToList();
        while (lookups.Find(lookup => !reach.Entered.Contains(lookup.Source.Ordinal) && Has(type, lookup.Key, reach, nesting)) is { } next)
        {
            reach = new Reach(reach.Sources.Add(next.Source.Ordinal), reach.Entered.Add(next.Source.Ordinal));
        }

        return reach;
    }

    private bool Has(int type, SelectionSetNode selection, Reach reach, int nesting) => selection.Selections.All(item => item switch
    {
        InlineFragmentNode fragment => fragment.TypeCondition is { } condition
            && (supergraph.FullSchema.FindType(condition.Name.Value) is not CompositeType types || !types.PossibleTypes.Contains(type) || Has(type, fragment.SelectionSet, reach, nesting)),
        FieldNode field => field.Name.Value == "__typename" || Has(type, field, reach, nesting),
        _ => false,
    });

    private bool Has(int type, FieldNode field, Reach reach, int nesting)
    {
        var givers = Of(type, field.Name.Value, field.Arguments, reach, nesting + 1);
        if (field.SelectionSet is not { } set || givers.IsEmpty)
        {
            return givers.Any(source => source != reach.Requiring);
        }

        var below = givers.Select(source => (Source: source, Types: TypesBelow(source, type, field.Name.Value))).ToList();
        return !below.Exists(giver => IsUntold(giver.Source, type, field.Name.Value))
            && below.Aggregate(default(TypeSet), (all, giver) => all.Union(giver.Types)).Ordinals().All(inner => Has(
                inner, set, Widen(inner, [.. below.Where(giver => giver.Types.Contains(inner)).Select(giver => giver.Source)], nesting + 1), nesting + 1));
    }

    // A source with an object in an interface's place has the field of all objects of the interface.
    private FieldInSource? Find(int source, int type, string field) => facts[source].Field(NameOf(type), field)
        ?? supergraph.FullSchema.ObjectTypes[type].Interfaces.Where(@interface => facts[source].IsInterfaceObject(@interface.Name))
            .Select(@interface => facts[source].Field(@interface.Name, field)).FirstOrDefault(found => found is not null);

    private string NameOf(int type) => supergraph.FullSchema.ObjectTypes[type].Name;
}
