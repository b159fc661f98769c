namespace GraphGateway.Gateway;

/// <summary>What the requests to sources take over from the client's request.</summary>
/// <param name="Headers">The client's headers; which of them go on is each source's setting.</param>
/// <param name="Statistics">Hears how long each request took; null where that is not counted.</param>
/// <param name="Deadline">Cancelled when the time of the whole request is over.</param>
internal sealed record UpstreamContext(IHeaderDictionary Headers, PlanStatistics? Statistics, CancellationToken Deadline);
