using System.Runtime.InteropServices;

namespace GraphGateway.Planning;

/// <summary>
/// The values that a step carries in its representations while the plan is built. One representation cannot hold the same field twice with
/// different arguments: who wants to join asks here first. What is carried already is put together once, however many fields come.
/// </summary>
/// <param name="step">The step.</param>
/// <param name="templates">Puts values together.</param>
/// <param name="leftOut">What it carries for fields that will be carried otherwise; null for nothing.</param>
internal sealed class CarriedValues(StepBuilder step, Templates templates, Predicate<RequirementUse>? leftOut = null)
{
    private readonly List<TemplateEntry> entries = [];
    private int keys;
    private int requirements;
    private bool isWhole = true;

    /// <summary>True when the representations can hold these, too.</summary>
    public bool Take(List<KeyUse> moreKeys, RequirementUse requirement)
    {
        var carried = leftOut is null ? step.Requirements : step.Requirements.FindAll(use => !leftOut(use));
        isWhole = isWhole && templates.TryAdd(
            entries, step.Position, CollectionsMarshal.AsSpan(step.Keys)[keys..], CollectionsMarshal.AsSpan(carried)[requirements..]);
        (keys, requirements) = (step.Keys.Count, step.Requirements.Count);
        return isWhole && templates.TryAdd([.. entries], step.Position, CollectionsMarshal.AsSpan(moreKeys), [requirement]);
    }
}
