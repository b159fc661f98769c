using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Says which steps travel in one request: those of one source that are equally deep in the plan. Only the same depth: then a step waits for
/// steps at most as deep as those that it waits for anyway, and requests can never wait for each other in a circle.
/// </summary>
internal static class RequestGroups
{
    public static ImmutableArray<FetchStep> Assign(ImmutableArray<FetchStep> steps, OperationType operation)
    {
        // The steps of a mutation keep the order of its fields.
        if (operation != OperationType.Query)
        {
            return steps;
        }

        var depths = new int[steps.Length];
        foreach (var step in steps)
        {
            depths[step.Id] = step.DependsOn.Select(dependency => depths[dependency] + 1).DefaultIfEmpty().Max();
        }

        var assigned = steps.ToBuilder();
        foreach (var group in steps.Where(CanShare).GroupBy(step => (step.Source, depths[step.Id], CallOf(step))).Where(group => group.Skip(1).Any()))
        {
            var number = group.First().Id;
            foreach (var step in group)
            {
                assigned[step.Id] = step with { Request = number };
            }
        }

        return assigned.ToImmutable();
    }

    // Arguments from contexts make lists of their own.
    private static bool CanShare(FetchStep step) => step is { Kind: FetchKind.Representations, Inputs.Length: 1 }
        || (step.Kind == FetchKind.Lookup && (step.Source.Batching & (SourceBatching.Variables | SourceBatching.Aliases)) != SourceBatching.None);

    // Entities of any kind fit into one document; lookups are batched as executions of the same one.
    private static string CallOf(FetchStep step) => step.Kind == FetchKind.Representations ? "" : step.Document.Text;
}
