using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning.Tests;

/// <summary>Steps that ask for something more, and read it, that nobody reads from there: a value that is sent by no step after them, and objects that another one brings.</summary>
internal static class UnreadMutants
{
    public static IEnumerable<(string What, FetchStep Step)> Of(QueryPlan plan, FetchStep step) =>
        from place in Places(plan, step)
        from slot in place.Shape.Fields
        where slot.Arguments.IsEmpty && place.Selection.Fields.All(read => read.Target != slot && read.SourceKey != Key)
        let field = plan.Supergraph.FindField(place.Type.Name, slot.Definition.Name)?.In(step.Source)
        where field is { IsExternal: false, Requirement: null, ContextArguments.IsEmpty: true, Override: null, Arguments.IsEmpty: true } && slot.AppliesTo.Contains(place.Type.Ordinal)
        let below = slot.Shape is null ? null : Empty(plan, step, field)
        where slot.Shape is null ? IsUnread(plan, step, slot) : below is not null && IsToldByAnother(plan, step, place, slot, field, IsKnown(below))
        select ($"it asks for {slot} of {place.Type.Name}, too", step with
        {
            Selection = With(step.Selection, place.Path, new FetchField
            {
                SourceKey = Key, AppliesTo = TypeSet.Of(place.Type), Target = slot, SourceType = field.Type, Selection = below,
            }),
            Document = DocumentMutants.Adding(step, place.Path, Asked(slot)),
        });

    private const string Key = "unread";

    // Where the source selects on an object type, at the end of keys.
    private sealed record Place(string[] Path, FetchSelectionSet Selection, ResultShape Shape, ObjectType Type);

    private static IEnumerable<Place> Places(QueryPlan plan, FetchStep step)
    {
        var type = step is { Kind: FetchKind.Root, Path.IsEmpty: true } ? step.Selection.FixedType : null;
        return (type is null ? [] : (IEnumerable<Place>)[new Place([], step.Selection, plan.Root, type)]).Concat(Below(step.Selection, []));
    }

    // What two slots are filled from is asked at one place.
    private static IEnumerable<Place> Below(FetchSelectionSet selection, string[] path) =>
        from read in selection.Fields
        where read.Selection is not null && selection.Fields.Count(other => other.SourceKey == read.SourceKey) == 1
        let below = (string[])[.. path, read.SourceKey]
        from place in (read.Selection!.FixedType is { } type ? [new Place(below, read.Selection, read.Target.Shape!, type)] : (IEnumerable<Place>)[]).Concat(Below(read.Selection, below))
        select place;

    // No step after it sends the value.
    private static bool IsUnread(QueryPlan plan, FetchStep step, ResultField slot) => slot.IsHidden
        && plan.Steps.All(other => !Follows(plan, other, step) || other.Inputs.All(input => !TemplateText.FieldsOf(input.Value).Contains(slot)));

    // By a fetch that is sent in any case, and asks for something of them.
    private static bool IsToldByAnother(QueryPlan plan, FetchStep step, Place place, ResultField slot, FieldInSource field, bool isKnown)
    {
        return !slot.IsHidden && plan.Operation.Kind == OperationType.Query
            && plan.Steps.Any(other => other != step && other is { Kind: FetchKind.Root, Path.IsEmpty: true } && Brings(other, other.Selection));

        bool Brings(FetchStep other, FetchSelectionSet selection) => selection.Fields.Any(read => read.Selection is { } below
            && ((read.Target == slot && read.AppliesTo.Contains(place.Type.Ordinal) && !below.Fields.IsEmpty && IsKnown(below) == isKnown
                && TypesOf(plan, step, field.Type).IsSubsetOf(TypesOf(plan, other, read.SourceType))) || Brings(other, below)));
    }

    private static bool IsKnown(FetchSelectionSet objects) => objects.TellsRuntimeType || objects.FixedType is not null;

    private static TypeSet TypesOf(QueryPlan plan, FetchStep step, TypeNode type) => new SourceFacts(plan.Supergraph, step.Source, []).PossibleTypes(SourceFacts.NamedOf(type));

    private static bool Follows(QueryPlan plan, FetchStep step, FetchStep other) => step.DependsOn.Any(id => id == other.Id || Follows(plan, plan.Steps[id], other));

    // As the source has what is below: an object in the place of an interface does not tell what it is.
    private static FetchSelectionSet? Empty(QueryPlan plan, FetchStep step, FieldInSource field)
    {
        var (facts, name) = (new SourceFacts(plan.Supergraph, step.Source, []), SourceFacts.NamedOf(field.Type));
        return facts.PossibleTypes(name).IsEmpty ? null : new FetchSelectionSet
        {
            TellsRuntimeType = facts.IsAbstract(name),
            FixedType = facts.IsAbstract(name) || facts.IsInterfaceObject(name) ? null : (ObjectType)plan.Supergraph.FullSchema.FindType(name)!,
            Fields = [],
        };
    }

    private static FieldNode Asked(ResultField slot) => new(0, 0, new NameNode(Key, -1), new NameNode(slot.Definition.Name, -1), [], [],
        slot.Shape is null ? null : new SelectionSetNode(0, 0, [new FieldNode(0, 0, null, new NameNode("__typename", -1), [], [], null)]));

    private static FetchSelectionSet With(FetchSelectionSet selection, ReadOnlySpan<string> path, FetchField added)
    {
        if (path.IsEmpty)
        {
            return selection with { Fields = selection.Fields.Add(added) };
        }

        var (key, rest) = (path[0], path[1..].ToArray());
        return selection with { Fields = [.. selection.Fields.Select(read => read.SourceKey == key ? read with { Selection = With(read.Selection!, rest, added) } : read)] };
    }
}
