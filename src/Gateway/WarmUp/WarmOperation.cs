using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Gateway;

/// <summary>An operation that is worth planning before anybody asks for it.</summary>
/// <param name="Key">Its document.</param>
/// <param name="Outcomes">
/// The outcomes of its <c>@skip</c> and <c>@include</c> that clients have sent (<see cref="Operations.ConditionValues.Key"/>); null where nobody knows.
/// </param>
internal sealed record WarmOperation(DocumentKey Key, ImmutableArray<string>? Outcomes)
{
    /// <summary>Who has published it, by client and identifier; null for what nobody has.</summary>
    public Func<IEnumerable<string>>? Publishers { get; init; }

    // Of what was asked for once only what is worth a request's waiting.
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// What is hot in a cache, and what was slow to plan: first those that clients have asked for, of them those that were asked for again, here or under an earlier graph, and then what took the
    /// longest to plan. What was planned ahead and nobody has asked for comes last.
    /// </summary>
    /// <param name="cache">The cache.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="earlier">Those that were hot before the first cache was there.</param>
    /// <param name="lately">What was asked for under earlier graphs. Of what nobody has asked for here all but these and the former are left out.</param>
    public static ImmutableArray<WarmOperation> HotIn(OperationCache cache, int most, IReadOnlySet<DocumentKey> earlier, LatelyAsked lately)
    {
        var proven = cache.Proven.Distinct().ToHashSet();
        return
        [
            .. cache.Operations
                .Select(operation => (Operation: operation, IsProven: proven.Contains(operation) || lately.Has(operation.Key), Time: operation.PlanningTime))
                .Where(entry => entry.Operation.IsAsked ? entry.IsProven || entry.Time >= Slow : earlier.Contains(entry.Operation.Key) || lately.Has(entry.Operation.Key))
                .OrderByDescending(entry => entry.Operation.IsAsked).ThenByDescending(entry => entry.IsProven).ThenByDescending(entry => entry.Time)
                .Take(most)
                .Select(entry => new WarmOperation(entry.Operation.Key, entry.Operation.Outcomes)),
        ];
    }

    /// <summary>The plans of what is hot, and of what was planned ahead: what the next start plans.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="hot">What is hot in it.</param>
    /// <param name="most">Of how many operations at most.</param>
    public static IEnumerable<PlanResolution> PlansIn(OperationCache cache, ImmutableArray<WarmOperation> hot, int most)
    {
        var keys = hot.Select(static operation => operation.Key).ToHashSet(DocumentKeyComparer.Instance);
        return cache.Operations.Where(operation => !operation.IsAsked || keys.Contains(operation.Key))
            .OrderByDescending(static operation => operation.IsAsked).Take(most).SelectMany(static operation => operation.Plans);
    }

    /// <summary>What is hot, and then what is published; of what is both it is known who has published it.</summary>
    /// <param name="hot">What is hot.</param>
    /// <param name="documents">What is published; null where nothing is known.</param>
    public static IEnumerable<WarmOperation> Wanted(ImmutableArray<WarmOperation> hot, PublishedDocuments? documents) => documents is null ? hot
        : hot.Select(operation => DocumentHash.Of(operation.Key.Document) is var hash && documents.Has(hash)
            ? operation with { Publishers = () => documents.NamesOf(hash) } : operation).Concat(PublishedIn(documents));

    /// <summary>The operations of published documents.</summary>
    /// <param name="documents">What is published.</param>
    /// <param name="before">What was published before, and is left out; null for nothing.</param>
    public static IEnumerable<WarmOperation> PublishedIn(PublishedDocuments documents, PublishedDocuments? before = null) =>
        documents.Documents.Where(document => before?.Has(document.Hash) != true).SelectMany(document => NamesIn(document.Document.Text).Select(name => new WarmOperation(new DocumentKey(document.Document.Text, name), null) { Publishers = () => documents.NamesOf(document.Hash) }));

    // Where there is one operation, a request need not name it.
    private static IEnumerable<string?> NamesIn(byte[] text)
    {
        var parsed = Parser.ParseDocument(new SourceText(text));
        string?[] names = parsed.IsSuccess ? [.. parsed.Value.Definitions.OfType<OperationDefinitionNode>().Select(operation => operation.Name?.Value)] : [];
        return names.Length > 1 ? names : [null];
    }
}
