using System.Text;
using GraphGateway.Execution;

namespace GraphGateway.Benchmarks;

/// <summary>
/// Sources that cost next to nothing: each has one answer for its root fields, and one entity that it gives as often as it is asked for.
/// An answer is made once and given again and again without a copy, so that the copying is not measured as executing.
/// </summary>
/// <param name="root">The answer to a query of root fields.</param>
/// <param name="entity">An entity by the source's name, as JSON.</param>
internal sealed class CannedTransport(string root, Func<string, string> entity) : ISubgraphTransport
{
    // By source and number of entities; the root's of none. Never disposed itself, so that its bytes stay.
    private readonly Dictionary<(string Source, int Count), SubgraphResponse> answers = [];

    /// <summary>Bytes that were given.</summary>
    public long Bytes { get; set; }

    /// <inheritdoc/>
    public ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, CancellationToken cancellationToken)
    {
        // Each representation begins with its type; the document has no quotes.
        var count = request.Body.Span.Count("\"__typename\":\""u8);
        var key = (count == 0 ? "" : request.Source.Name, count);
        if (!answers.TryGetValue(key, out var answer))
        {
            var text = count == 0 ? root : $"{{\"data\":{{\"_entities\":[{string.Join(',', Enumerable.Repeat(entity(request.Source.Name), count))}]}}}}";
            var bytes = Encoding.UTF8.GetBytes(text);
            answers.Add(key, answer = SubgraphResponse.Received(200, "application/json", bytes, bytes.Length));
        }

        Bytes += answer.Length;
        return ValueTask.FromResult(answer.Share());
    }
}
