using System.Collections.Immutable;

namespace GraphGateway.Planning;

/// <summary>Fields that cannot be served, or by several sources together alone, as they are stored.</summary>
internal static class StoredGaps
{
    public static void Write(PlanOutput output, ImmutableArray<UnservableField> gaps)
    {
        output.Number(gaps.Length);
        foreach (var gap in gaps)
        {
            // Whose plan it is that lacks something nobody may mistake: such plans are not kept.
            if (gap.Cause == UnservableCause.Withheld)
            {
                throw new NotStorableException("Something is withheld from its client.");
            }

            output.Defined(gap.Field);
            output.Text(gap.Reason);
            output.Text(gap.Detail);
            output.Types(gap.Types);
            output.Number((int)gap.Cause);
        }
    }

    public static ImmutableArray<UnservableField> Read(PlanInput input) => input.Many(() =>
    {
        var field = input.Defined();
        return !field.IsHidden
            ? new UnservableField(field, input.Text(), input.Text(), input.Types()) { Cause = (UnservableCause)input.Number((int)UnservableCause.Withheld) }
            : throw input.Wrong("a field that no client has asked for cannot be served");
    });
}
