using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>What the requests to sources take over from the client's request.</summary>
/// <param name="Headers">The client's headers; which of them go on is each source's setting.</param>
/// <param name="Statistics">Hears how long each request took; null where that is not counted.</param>
/// <param name="EndsAt">When the time of the whole request is over, as a timestamp of the clock.</param>
/// <param name="Deadline">Cancelled when it is, or when the gateway stops and waits no longer.</param>
internal sealed record UpstreamContext(IHeaderDictionary Headers, PlanStatistics? Statistics, long EndsAt, CancellationToken Deadline)
{
    /// <summary>Who asks, where sources are told.</summary>
    public ClientIdentity Client { get; init; } = ClientIdentity.Anonymous;

    /// <summary>Hears how long each answer may be kept; null where nobody wants to know.</summary>
    public FetchPolicies? Policies { get; init; }

    /// <summary>How telemetry sees the request to the source; null where nobody listens.</summary>
    public FetchObservation? Fetch { get; init; }

    /// <summary>
    /// The same with headers of its own. What is sent later, for all that wait for it, may be sent when the client whose request it was has left:
    /// the server then has the headers of another request in <see cref="Headers"/>.
    /// </summary>
    public UpstreamContext Kept()
    {
        var kept = new HeaderDictionary(Headers.Count);
        foreach (var (name, values) in Headers)
        {
            kept[name] = values;
        }

        return this with { Headers = kept };
    }
}
