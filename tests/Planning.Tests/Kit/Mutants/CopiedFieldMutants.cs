namespace GraphGateway.Planning.Tests;

/// <summary>Plans in which a step asks its source once more for a field that another one asks it for, of the same objects, and reads it into the same slot.</summary>
internal static class CopiedFieldMutants
{
    public static IEnumerable<(string What, QueryPlan Plan)> Of(QueryPlan plan) =>
        from step in plan.Steps
        where step.Kind != FetchKind.Root
        from other in plan.Steps
        where other.Id != step.Id && IsOfSame(step, other)
        from read in other.Selection.Fields
        where IsWholeThere(step, read)
        select ($"step {step.Id} asks for {read.SourceKey} as step {other.Id} does", PlanMutants.With(plan, plan.Steps.SetItem(step.Id, step with
        {
            Selection = step.Selection with { Fields = step.Selection.Fields.Add(read) },
            Document = DocumentMutants.With(step, other, read.SourceKey),
        })));

    // Those that ask in turn ask for the same, and by another key one is sent for other objects.
    private static bool IsOfSame(FetchStep step, FetchStep other) => other.Kind == step.Kind && other.Source == step.Source && other.Path.SequenceEqual(step.Path)
        && other.TargetTypes.Overlaps(step.TargetTypes) && !step.InsteadOf.Contains(other.Id) && !other.InsteadOf.Contains(step.Id)
        && KeyOf(step).SequenceEqual(KeyOf(other));

    private static IEnumerable<ResultField> KeyOf(FetchStep step) => step.Inputs.Where(input => input.IsKey).SelectMany(input => KeyOf(input.Value));

    private static IEnumerable<ResultField> KeyOf(ValueTemplate value) => value switch
    {
        ChoiceTemplate choice => choice.Alternatives.SelectMany(alternative => KeyOf(alternative.Value)),
        ObjectTemplate @object => @object.Entries.Where(entry => entry.IsKey).SelectMany(entry => TemplateText.FieldsOf(entry.Value)),
        _ => TemplateText.FieldsOf(value),
    };

    // It needs nothing that the step does not carry, and the key stands for nothing else. Of what only leads to objects it is no matter who asks for it.
    private static bool IsWholeThere(FetchStep step, FetchField read) => read.Requires.IsEmpty && read.AppliesTo.IsSubsetOf(step.TargetTypes)
        && step.Selection.Fields.All(own => own.SourceKey != read.SourceKey && own.Target != read.Target) && HasLeaf(read);

    private static bool HasLeaf(FetchField read) => read.Selection is not { } below || below.Fields.Any(HasLeaf);
}
