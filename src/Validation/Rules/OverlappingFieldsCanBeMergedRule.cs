using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// Fields under one response key are the same field, and give values of the same shape
/// (<see href="https://spec.graphql.org/September2025/#sec-Field-Selection-Merging">Spec §5.3.2</see>). A quick check of the whole
/// document comes first; only when it fails are the conflicts looked for one by one, selection set by selection set.
/// </summary>
internal sealed class OverlappingFieldsCanBeMergedRule(ValidationContext context) : ValidationRule(context)
{
    private FieldConflict? known;
    private FieldConflictExplainer? explainer;
    private bool hasReported;
    private bool hasGivenUp;

    public override void EnterDocument(DocumentNode node)
    {
        var decision = FieldMergeDecision.Of(Context);
        known = decision.Conflict;
        if (known is not null)
        {
            explainer = new FieldConflictExplainer(Context);
        }
        else if (decision.IsExhausted)
        {
            Context.Report(
                ErrorCode.MaxFieldsExceeded,
                "The fields of this document overlap in too many ways to check whether they can be merged. "
                + "Spread fewer fragments in one another, or use fewer aliases.");
        }
    }

    public override void EnterSelectionSet(SelectionSetNode node)
    {
        if (explainer is null || hasGivenUp)
        {
            return;
        }

        foreach (var conflict in explainer.Explain(node, Types.ParentType))
        {
            Report(conflict.ResponseKey, conflict.Reason, [.. conflict.First.Concat(conflict.Second).Select(field => field.Start)]);
        }

        if (explainer.IsExhausted)
        {
            hasGivenUp = true;
            Context.Report("Too many fields conflict to list them all; further conflicts are not listed.");
        }
    }

    public override void LeaveDocument(DocumentNode node)
    {
        // Where fragments spread one another a field meets itself: with an argument given twice, which is an error of its own, it differs.
        if (known is not null && !hasReported && known.First != known.Second)
        {
            Report(known.ResponseKey, known.Reason, [known.First.Start, known.Second.Start]);
        }
    }

    private void Report(string responseKey, string reason, int[] offsets)
    {
        hasReported = true;
        Context.Report(
            $"Fields \"{responseKey}\" conflict because {reason}. "
            + "Use different aliases on the fields to fetch both if this was intentional.",
            offsets);
    }
}
