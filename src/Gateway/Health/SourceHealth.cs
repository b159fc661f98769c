using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace GraphGateway.Gateway;

/// <summary>A source as the gateway reaches it: its name in the supergraph, and the address after all settings.</summary>
/// <param name="Name">The name.</param>
/// <param name="Url">The address.</param>
public sealed record SourceEndpoint(string Name, Uri Url);

/// <summary>What is known of a source.</summary>
public enum SourceStatus
{
    /// <summary>Nobody has looked yet.</summary>
    Unknown,

    /// <summary>It accepts connections.</summary>
    Up,

    /// <summary>It does not.</summary>
    Down,
}

/// <summary>The last look at a source.</summary>
/// <param name="Source">The source.</param>
/// <param name="Status">What was seen.</param>
/// <param name="Reason">Why it is down; null otherwise.</param>
public sealed record SourceState(SourceEndpoint Source, SourceStatus Status, string? Reason);

/// <summary>Which sources are up. Informs people and <c>/health</c>; requests are sent whatever it says, so a source heals by itself.</summary>
/// <param name="sources">The sources of the supergraph.</param>
/// <param name="logger">Hears of changes.</param>
public sealed class SourceHealth(ImmutableArray<SourceEndpoint> sources, ILogger<SourceHealth> logger)
{
    private readonly ConcurrentDictionary<string, SourceState> _states = new(
        sources.Select(source => KeyValuePair.Create(source.Name, new SourceState(source, SourceStatus.Unknown, null))));

    /// <summary>The sources, in the order of the supergraph.</summary>
    public ImmutableArray<SourceEndpoint> Sources => sources;

    /// <summary>The last look at each source, in the order of the supergraph.</summary>
    public ImmutableArray<SourceState> States => [.. sources.Select(source => _states[source.Name])];

    /// <summary>Notes that a source is up.</summary>
    /// <param name="source">One of <see cref="Sources"/>.</param>
    public void ReportUp(SourceEndpoint source)
    {
        if (Replace(source, SourceStatus.Up, null) == SourceStatus.Down)
        {
            logger.LogInformation("Source {Source} is up again", source.Name);
        }
    }

    /// <summary>Notes that a source is down.</summary>
    /// <param name="source">One of <see cref="Sources"/>.</param>
    /// <param name="reason">Why, in one sentence.</param>
    public void ReportDown(SourceEndpoint source, string reason)
    {
        if (Replace(source, SourceStatus.Down, reason) != SourceStatus.Down)
        {
            logger.LogWarning("Source {Source} at {Url} is down: {Reason}", source.Name, source.Url, reason);
        }
    }

    private SourceStatus Replace(SourceEndpoint source, SourceStatus status, string? reason)
    {
        var before = _states[source.Name].Status;
        _states[source.Name] = new SourceState(source, status, reason);
        return before;
    }
}
