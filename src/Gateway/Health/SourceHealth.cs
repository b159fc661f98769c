using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace GraphGateway.Gateway;

/// <summary>A source as the gateway reaches it: its name in the supergraph, and the address after all settings.</summary>
/// <param name="Name">The name.</param>
/// <param name="Url">The address.</param>
public sealed record SourceEndpoint(string Name, Uri Url)
{
    /// <summary>The address for people to read: without user name, password and query, which may be secrets.</summary>
    internal string ShownUrl => Url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}

/// <summary>What is known of a source.</summary>
public enum SourceStatus
{
    /// <summary>Nobody has looked yet.</summary>
    Unknown,

    /// <summary>It answers requests, or at least accepts connections.</summary>
    Up,

    /// <summary>It does not accept connections, or accepts them and does not answer.</summary>
    Down,
}

/// <summary>The last look at a source.</summary>
/// <param name="Source">The source.</param>
/// <param name="Status">What was seen.</param>
/// <param name="Reason">Why it is down; null otherwise.</param>
public sealed record SourceState(SourceEndpoint Source, SourceStatus Status, string? Reason);

/// <summary>
/// Which sources are up. Informs people and <c>/health</c>; requests are sent whatever it says, so a source heals by itself.
/// <para>
/// Two report here. The prober only sees whether a source accepts connections; a process that hangs still does that. So a source that let
/// down a request stays down, whatever the prober sees, until a request succeeds, or the prober finds nobody listening (then the process
/// has ended, and the next one is trusted again), or twelve probe intervals have passed without a further failure: a minute with the
/// defaults, so that a source that nobody asks for anything is not down for ever.
/// </para>
/// </summary>
/// <param name="sources">The sources of the supergraph.</param>
/// <param name="options">The probe interval.</param>
/// <param name="clock">Measures it.</param>
/// <param name="logger">Hears of changes.</param>
public sealed class SourceHealth(ImmutableArray<SourceEndpoint> sources, HealthOptions options, TimeProvider clock, ILogger<SourceHealth> logger)
{
    private const int ProbesInDoubt = 12;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, Entry> _entries = new(
        sources.Select(source => KeyValuePair.Create(source.Name, new Entry(new SourceState(source, SourceStatus.Unknown, null), null))));

    /// <summary>The sources, in the order of the supergraph.</summary>
    public ImmutableArray<SourceEndpoint> Sources => sources;

    /// <summary>What is known of each source, in the order of the supergraph.</summary>
    public ImmutableArray<SourceState> States => [.. sources.Select(source => _entries[source.Name].State)];

    /// <summary>Notes that a source has answered a request.</summary>
    /// <param name="source">One of <see cref="Sources"/>.</param>
    public void ReportUp(SourceEndpoint source)
    {
        // Said after each request: usually there is nothing to change.
        if (_entries[source.Name].State.Status != SourceStatus.Up
            && Replace(source, SourceStatus.Up, null, failedAt: null) == SourceStatus.Down)
        {
            logger.LogInformation("Source {Source} is up again", source.Name);
        }
    }

    /// <summary>Notes that a source accepts connections, which counts only where no request has failed of late.</summary>
    /// <param name="source">One of <see cref="Sources"/>.</param>
    public void ReportConnects(SourceEndpoint source)
    {
        if (_entries[source.Name].FailedAt is not { } failedAt || clock.GetElapsedTime(failedAt) >= options.Interval * ProbesInDoubt)
        {
            ReportUp(source);
        }
    }

    /// <summary>Notes that nobody accepts connections.</summary>
    /// <param name="source">One of <see cref="Sources"/>.</param>
    /// <param name="reason">Why, in one sentence.</param>
    public void ReportDown(SourceEndpoint source, string reason) => ReportDown(source, reason, failedAt: null);

    /// <summary>Notes that a source has accepted a request and not answered it.</summary>
    /// <param name="source">One of <see cref="Sources"/>.</param>
    /// <param name="reason">What happened, in one sentence.</param>
    public void ReportUnanswered(SourceEndpoint source, string reason) => ReportDown(source, reason, clock.GetTimestamp());

    private void ReportDown(SourceEndpoint source, string reason, long? failedAt)
    {
        if (Replace(source, SourceStatus.Down, reason, failedAt) != SourceStatus.Down)
        {
            logger.LogWarning("Source {Source} at {Url} is down: {Reason}", source.Name, source.ShownUrl, reason);
        }
    }

    private SourceStatus Replace(SourceEndpoint source, SourceStatus status, string? reason, long? failedAt)
    {
        lock (_lock)
        {
            var before = _entries[source.Name].State.Status;
            _entries[source.Name] = new Entry(new SourceState(source, status, reason), failedAt);
            return before;
        }
    }

    /// <param name="State">What everybody sees.</param>
    /// <param name="FailedAt">When the last request was not answered; null where that is no longer held against the source.</param>
    private sealed record Entry(SourceState State, long? FailedAt);
}
