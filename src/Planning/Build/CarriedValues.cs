using System.Runtime.InteropServices;

namespace GraphGateway.Planning;

/// <summary>
/// The values that a step carries in its representations while the plan is built. One representation cannot hold the same field twice with
/// different arguments: who wants to join asks here first. What is carried already is put together once, however many fields come.
/// </summary>
internal sealed class CarriedValues(StepBuilder step, Templates templates)
{
    private readonly List<TemplateEntry> entries = [];
    private int keys;
    private int requirements;
    private bool isWhole = true;

    /// <summary>True when the representations can hold these, too.</summary>
    public bool Take(List<KeyUse> moreKeys, RequirementUse requirement)
    {
        isWhole = isWhole && templates.TryAdd(
            entries, step.Position, CollectionsMarshal.AsSpan(step.Keys)[keys..], CollectionsMarshal.AsSpan(step.Requirements)[requirements..]);
        (keys, requirements) = (step.Keys.Count, step.Requirements.Count);
        return isWhole && templates.TryAdd([.. entries], step.Position, CollectionsMarshal.AsSpan(moreKeys), [requirement]);
    }
}
