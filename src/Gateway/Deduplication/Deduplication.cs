using System.Diagnostics.Metrics;
using GraphGateway.Execution;
using GraphGateway.Language;

namespace GraphGateway.Gateway;

/// <summary>
/// Makes what equal requests share, where the settings say so. The meter <c>GraphGateway</c> counts those that were spared
/// (<c>graphgateway.requests.shared</c>, by <c>kind</c>: <c>source</c>, then with the <c>source</c>, or <c>client</c>).
/// </summary>
internal sealed class Deduplication
{
    private readonly DeduplicationOptions options;
    private readonly Counter<long> shared;

    public Deduplication(GatewayOptions options, IMeterFactory meters)
    {
        this.options = options.Deduplication;
        shared = meters.Create(GatewayTelemetry.Name).CreateCounter<long>(
            "graphgateway.requests.shared", "{request}", "Requests that took the answer of an equal one that was on its way.");
    }

    /// <summary>Hears of mutations that have ended.</summary>
    public MutationClock Mutations { get; } = new();

    /// <summary>Equal queries to one source; null where each is sent.</summary>
    public Flights<SubgraphResponse>? OfSource(string name) => options.SourceRequests
        ? new Flights<SubgraphResponse>(
            Mutations, answer => answer.Share(), IsForAll, () => shared.Add(1, new("kind", "source"), new("source", name)))
        : null;

    // A source that was told how much time it has may have given up for that reason: who came later has more of it.
    private static bool IsForAll(SubgraphResponse answer) =>
        !answer.IsLate || (answer.Status is >= 200 and < 300 && answer.Body.IndexOf("\"errors\""u8) < 0);

    // Time that was over for one who came earlier, its own or that of a source, is not over for who came later.
    private static bool IsForAll(ResponseBody body) => !body.IsTimedOut && (body.ErrorCount == 0 || !body.ErrorCodes.Contains(ErrorCode.GatewayTimeout));

    /// <summary>Equal executions of one plan of a query; null where each is executed.</summary>
    public Flights<ResponseBody>? OfPlan() => options.ClientRequests
        ? new Flights<ResponseBody>(Mutations, body => body.Share(), IsForAll, () => shared.Add(1, new KeyValuePair<string, object?>("kind", "client")))
        : null;
}
