using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning.Tests;

/// <summary>Ways to read an answer with one thing changed. The order of the fields is no matter: keys are found by their names.</summary>
internal static class SelectionMutants
{
    public static IEnumerable<(string What, FetchSelectionSet Selection)> Of(QueryPlan plan, FetchSelectionSet selection, ResultShape shape)
    {
        for (var i = 0; i < selection.Fields.Length; i++)
        {
            var field = selection.Fields[i];
            yield return ($"{field.Target} not read", selection with { Fields = selection.Fields.RemoveAt(i) });
            yield return ($"{field.Target} read twice", selection with { Fields = selection.Fields.Add(field) });
            foreach (var (what, changed) in Of(plan, field, shape))
            {
                yield return ($"{field.Target}: {what}", selection with { Fields = selection.Fields.SetItem(i, changed) });
            }
        }

        foreach (var (first, second) in SyntaxMutants.Pairs(selection.Fields).Where(pair => !IsSameCall(pair.First.Target, pair.Second.Target)))
        {
            yield return ($"{first.Target} and {second.Target} read into each other's slot", selection with
            {
                Fields = selection.Fields.Replace(first, first with { Target = second.Target }).Replace(second, second with { Target = first.Target }),
            });
            yield return ($"{first.Target} and {second.Target} read from each other's key", selection with
            {
                Fields = selection.Fields.Replace(first, first with { SourceKey = second.SourceKey }).Replace(second, second with { SourceKey = first.SourceKey }),
            });
        }

        // A document without fields asks for __typename, and reading what it says of a known type changes nothing.
        if (!selection.Fields.IsEmpty)
        {
            yield return (selection.TellsRuntimeType ? "the type not told" : "the type told", selection with { TellsRuntimeType = !selection.TellsRuntimeType });
        }

        var types = plan.Supergraph.FullSchema.ObjectTypes;
        if (selection.FixedType is not null)
        {
            yield return ("the type not known", selection with { FixedType = null });
        }

        foreach (var type in types.Where(type => type != selection.FixedType).Take(1).Concat(types.Where(type => type.Name == shape.Type.Name && selection.FixedType is null)))
        {
            yield return ($"the type known to be {type.Name}", selection with { FixedType = type });
        }
    }

    // Two slots of one call have the same value.
    private static bool IsSameCall(ResultField first, ResultField second) => first.Definition.Name == second.Definition.Name && first.HasArguments(second.Arguments);

    private static IEnumerable<(string What, FetchField Field)> Of(QueryPlan plan, FetchField field, ResultShape shape)
    {
        yield return ("read from another key", field with { SourceKey = field.SourceKey + "x" });
        foreach (var types in PlanMutants.Less(field.AppliesTo))
        {
            yield return ("read of less types", field with { AppliesTo = types });
        }

        foreach (var types in PlanMutants.More(field.AppliesTo, TypeSet.Of(plan.Supergraph.FullSchema.ObjectTypes)))
        {
            yield return ("read of more types", field with { AppliesTo = types });
        }

        foreach (var other in shape.Fields.Where(other => other != field.Target).Take(3))
        {
            yield return ($"read into {other}", field with { Target = other });
        }

        yield return ("read as a list more", field with { SourceType = new ListTypeNode(0, 0, field.SourceType) });
        yield return ("read with another nullability", field with { SourceType = field.SourceType is NonNullTypeNode nonNull ? nonNull.Type : new NonNullTypeNode(0, 0, field.SourceType) });
        foreach (var name in field.Requires)
        {
            yield return ($"{name} not required", field with { Requires = field.Requires.Remove(name) });
        }

        yield return ("something required that nobody carries", field with { Requires = field.Requires.Add("nobodys") });
        if (field.Selection is not { } below)
        {
            yield return ("read as an object", field with { Selection = new FetchSelectionSet { TellsRuntimeType = false, Fields = [] } });
            yield break;
        }

        yield return ("read as a leaf", field with { Selection = null });
        foreach (var (what, inner) in Of(plan, below, field.Target.Shape!))
        {
            yield return (what, field with { Selection = inner });
        }
    }
}
