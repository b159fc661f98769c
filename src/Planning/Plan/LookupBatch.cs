using System.Collections.Immutable;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// One document for different lookups of a source, each as often as it has entities: the n-th of all stands under the alias <c>_n</c>, its
/// inputs are the variables with <c>_n</c> appended.
/// </summary>
public sealed record LookupBatch
{
    private LookupBatch(string text, ImmutableArray<string> forwardedVariables)
    {
        Text = text;
        ForwardedVariables = forwardedVariables;
    }

    /// <summary>The document.</summary>
    public string Text { get; }

    /// <summary>The client's variables that any of the lookups uses.</summary>
    public ImmutableArray<string> ForwardedVariables { get; }

    /// <summary>
    /// True when different lookups can travel to the source in one request: under aliases, or as a list of requests. A list of variables is for one
    /// document.
    /// </summary>
    public static bool IsTakenBy(SourceSchema source) => !source.IsGateway && (source.Batching & (SourceBatching.Aliases | SourceBatching.Requests)) != 0;

    /// <summary>The document for these steps, of kind <see cref="FetchKind.Lookup"/> and of one source, each so many times, one after the other.</summary>
    public static LookupBatch Of(IReadOnlyList<(FetchStep Step, int Count)> lookups) => new(
        FetchDocument.WithAliases([.. lookups.SelectMany(lookup => Enumerable.Repeat(lookup.Step.Document, lookup.Count))]),
        [.. lookups.SelectMany(lookup => lookup.Step.ForwardedVariables).Distinct(StringComparer.Ordinal)]);
}
