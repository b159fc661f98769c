using System.Collections.Immutable;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Says which steps travel in one request: those of one source that can go at the same time (<see cref="RequestLevels"/>).</summary>
internal static class RequestGroups
{
    /// <summary>
    /// The steps, each with its request where others share it. Below a mutation's fields entities are only read; what a field writes waits for all
    /// steps of the fields before it (Spec §6.2.2), so that no request can hold steps of both.
    /// </summary>
    /// <param name="steps">The steps.</param>
    /// <param name="builders">By step: what it was made of, which says of a lookup whether it travels with any other of its source (<see cref="StepBuilder.Mixes"/>).</param>
    public static ImmutableArray<FetchStep> Assign(ImmutableArray<FetchStep> steps, IReadOnlyList<StepBuilder> builders)
    {
        if (steps.Count(CanShare) <= 1)
        {
            return steps;
        }

        var depths = StepDepths.Of(steps);
        var numbers = new Dictionary<(int Source, FetchKind Kind, string Text, int Level), int>();
        var calls = new int[steps.Length];
        var dependencies = new List<int>[steps.Length];
        foreach (var step in steps)
        {
            calls[step.Id] = CanShare(step)
                ? NumberOf(CallOf(step, builders[step.Id].Mixes, IsOfOneType(step, steps) ? depths[step.Id] : 0), numbers)
                : RequestLevels.Alone;
            dependencies[step.Id] = [.. step.DependsOn];
        }

        ImmutableArray<FetchStep>.Builder? assigned = null;
        foreach (var group in new RequestLevels(depths, dependencies, calls).Assign().Groups)
        {
            foreach (var step in group.Count > 1 ? group : [])
            {
                (assigned ??= steps.ToBuilder())[step] = steps[step] with { Request = group[0] };
            }
        }

        return assigned?.MoveToImmutable() ?? steps;
    }

    // Arguments from contexts make lists of their own. What Query gives below a field is the same wherever it is asked; at the root it is one fetch for each source already, or writes.
    private static bool CanShare(FetchStep step) => step.Kind switch
    {
        FetchKind.Representations => step.Inputs.Length == 1,
        FetchKind.Lookup => step.Source.Batching != SourceBatching.None,
        _ => !step.Path.IsEmpty,
    };

    // An object by its global id is of one type: what another type would have to wait for is then not fetched at all, so it waits for nothing.
    private static bool IsOfOneType(FetchStep step, ImmutableArray<FetchStep> steps)
    {
        foreach (var id in step.DependsOn)
        {
            if (steps[id].Source.IsGateway)
            {
                return true;
            }
        }

        return false;
    }

    // Entities of any kind fit into one document, and so do lookups where the source takes them side by side; others are batched as executions of the
    // same one, and of equal root fetches one is sent for all. A level: only with others of that level.
    private static (int Source, FetchKind Kind, string Text, int Level) CallOf(FetchStep step, bool mixes, int level) =>
        (step.Source.Ordinal, step.Kind, mixes || step.Kind == FetchKind.Representations ? "" : step.Document.Text, level);

    private static int NumberOf((int Source, FetchKind Kind, string Text, int Level) call, Dictionary<(int Source, FetchKind Kind, string Text, int Level), int> numbers)
    {
        numbers.TryAdd(call, numbers.Count);
        return numbers[call];
    }
}
