using System.Text;
using GraphGateway.Execution;

namespace GraphGateway.Benchmarks;

/// <summary>The sources of <see cref="CachingGraph"/> without sockets: answers for so many items are made once and given again and again without a copy.</summary>
/// <param name="maxAge">By the clock's timestamps, until when what may be kept holds.</param>
internal sealed class CachingTransport(long maxAge) : ISubgraphTransport
{
    // By source and what tells its answers apart.
    private readonly Dictionary<(bool IsOfLists, bool IsWhole, int Length), SubgraphResponse> answers = [];

    /// <summary>How often entities were asked for.</summary>
    public int EntityRequests { get; private set; }

    /// <inheritdoc/>
    public ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, CancellationToken cancellationToken)
    {
        // Bodies that are equally long ask for the same: there is one document for each way, and the ids are those from 1 on, or what is left of them.
        var body = request.Body.Span;
        var isOfLists = request.Source.Name == CachingGraph.Lists;
        EntityRequests += isOfLists ? 0 : 1;
        var key = (isOfLists, isOfLists && body.IndexOf("wholes"u8) >= 0, body.Length);
        if (!answers.TryGetValue(key, out var answer))
        {
            var (json, mayBeKept) = CachingGraph.Answer(request.Source.Name, body);
            var bytes = Encoding.UTF8.GetBytes(json);
            answer = SubgraphResponse.Received(200, "application/json", bytes, bytes.Length);
            answer.CachePolicy = mayBeKept ? new CachePolicy(CacheObstacle.None, maxAge, maxAge, IsPrivate: false) : CachePolicy.Not(CacheObstacle.NoStore);
            answers.Add(key, answer);
        }

        return ValueTask.FromResult(answer.Share());
    }
}
