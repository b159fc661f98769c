using System.Collections.Concurrent;
using System.Text;
using GraphGateway.Execution;

namespace GraphGateway.Gateway.Tests.Shop;

/// <summary>Stands between the executor and HTTP: notes every request to a source, and can hold them back.</summary>
internal sealed class SourceTraffic(ISubgraphTransport inner) : ISubgraphTransport
{
    private readonly ConcurrentQueue<(string Source, string Body)> _requests = [];

    /// <summary>The requests since the last <see cref="Clear"/>, in the order in which they were sent.</summary>
    public IReadOnlyList<(string Source, string Body)> Requests => [.. _requests];

    /// <summary>Awaited before each request goes on; lets everything through when null.</summary>
    public Func<string, Task>? Hold { get; set; }

    public void Clear() => _requests.Clear();

    public async ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, CancellationToken cancellationToken)
    {
        _requests.Enqueue((request.Source.Name, Encoding.UTF8.GetString(request.Body.Span)));
        if (Hold is { } hold)
        {
            await hold(request.Source.Name);
        }

        return await inner.SendAsync(request, cancellationToken);
    }
}
