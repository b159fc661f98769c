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
    /// <param name="mixes">By step: true for a lookup that travels with any other of its source (<see cref="StepBuilder.Mixes"/>).</param>
    public static ImmutableArray<FetchStep> Assign(ImmutableArray<FetchStep> steps, ImmutableArray<bool> mixes)
    {
        var depths = StepDepths.Of(steps);
        var numbers = new Dictionary<(int Source, string Text, int Level), int>();
        var calls = Array.ConvertAll([.. steps], step => CanShare(step)
            ? NumberOf(CallOf(step, mixes[step.Id], IsOfOneType(step, steps) ? depths[step.Id] : 0), numbers)
            : RequestLevels.Alone);
        var levels = new RequestLevels(depths, [.. steps.Select(step => step.DependsOn.ToList())], calls);
        var assigned = steps.ToBuilder();
        foreach (var group in levels.Assign().Groups.Where(group => group.Count > 1))
        {
            foreach (var step in group)
            {
                assigned[step] = steps[step] with { Request = group[0] };
            }
        }

        return assigned.ToImmutable();
    }

    // Arguments from contexts make lists of their own.
    private static bool CanShare(FetchStep step) => step is { Kind: FetchKind.Representations, Inputs.Length: 1 }
        || (step.Kind == FetchKind.Lookup && step.Source.Batching != SourceBatching.None);

    // An object by its global id is of one type: what another type would have to wait for is then not fetched at all, so it waits for nothing.
    private static bool IsOfOneType(FetchStep step, ImmutableArray<FetchStep> steps) => step.DependsOn.Any(id => steps[id].Source.IsGateway);

    // Entities of any kind fit into one document, and so do lookups where the source takes them side by side; others are batched as executions of the
    // same one. A level: only with others of that level.
    private static (int Source, string Text, int Level) CallOf(FetchStep step, bool mixes, int level) =>
        (step.Source.Ordinal, mixes || step.Kind == FetchKind.Representations ? "" : step.Document.Text, level);

    private static int NumberOf((int Source, string Text, int Level) call, Dictionary<(int Source, string Text, int Level), int> numbers)
    {
        numbers.TryAdd(call, numbers.Count);
        return numbers[call];
    }
}
