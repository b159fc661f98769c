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
public sealed class SourceHealth
{
    private const int ProbesInDoubt = 12;

    private readonly Lock _lock = new();
    private readonly HealthOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<SourceHealth> logger;
    private volatile Watched watched;

    /// <summary>Nothing is known yet.</summary>
    /// <param name="sources">The sources of the supergraph.</param>
    /// <param name="options">The probe interval.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="logger">Hears of changes.</param>
    public SourceHealth(ImmutableArray<SourceEndpoint> sources, HealthOptions options, TimeProvider clock, ILogger<SourceHealth> logger)
    {
        (this.options, this.clock, this.logger) = (options, clock, logger);
        watched = new Watched(sources, null);
    }

    /// <summary>The sources, in the order of the supergraph.</summary>
    public ImmutableArray<SourceEndpoint> Sources => watched.Sources;

    /// <summary>What is known of each source, in the order of the supergraph.</summary>
    public ImmutableArray<SourceState> States => watched.States;

    /// <summary>Other sources are watched from now on; what is known of those that were there, at the same address, stays.</summary>
    /// <param name="sources">The sources of the supergraph.</param>
    public void Follow(ImmutableArray<SourceEndpoint> sources)
    {
        lock (_lock)
        {
            watched = new Watched(sources, watched);
        }
    }

    /// <summary>Notes that a source has answered a request.</summary>
    /// <param name="source">One of <see cref="Sources"/>.</param>
    public void ReportUp(SourceEndpoint source)
    {
        // Said after each request: usually there is nothing to change.
        if (watched.Find(source)?.State.Status != SourceStatus.Up
            && Replace(source, SourceStatus.Up, null, failedAt: null) == SourceStatus.Down)
        {
            logger.LogInformation("Source {Source} is up again", source.Name);
        }
    }

    /// <summary>Notes that a source accepts connections, which counts only where no request has failed of late.</summary>
    /// <param name="source">One of <see cref="Sources"/>.</param>
    public void ReportConnects(SourceEndpoint source)
    {
        if (watched.Find(source)?.FailedAt is not { } failedAt || clock.GetElapsedTime(failedAt) >= options.Interval * ProbesInDoubt)
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
        if (Replace(source, SourceStatus.Down, reason, failedAt) is SourceStatus.Up or SourceStatus.Unknown)
        {
            logger.LogWarning("Source {Source} at {Url} is down: {Reason}", source.Name, source.ShownUrl, reason);
        }
    }

    // Null for a source that is no longer there: a request in the graph before can still tell of it.
    private SourceStatus? Replace(SourceEndpoint source, SourceStatus status, string? reason, long? failedAt)
    {
        lock (_lock)
        {
            if (watched.Find(source) is not { } before)
            {
                return null;
            }

            watched.Set(new Entry(new SourceState(source, status, reason), failedAt));
            return before.State.Status;
        }
    }

    // The sources of one graph. Set by one at a time.
    private sealed class Watched
    {
        private readonly ConcurrentDictionary<string, Entry> entries;

        public Watched(ImmutableArray<SourceEndpoint> sources, Watched? before)
        {
            Sources = sources;
            entries = new(sources.Select(source =>
                KeyValuePair.Create(source.Name, before?.Find(source) ?? new Entry(new SourceState(source, SourceStatus.Unknown, null), null))));
        }

        public ImmutableArray<SourceEndpoint> Sources { get; }

        public ImmutableArray<SourceState> States => [.. Sources.Select(source => entries[source.Name].State)];

        public Entry? Find(SourceEndpoint source) => entries.TryGetValue(source.Name, out var entry) && entry.State.Source == source ? entry : null;

        public void Set(Entry entry) => entries[entry.State.Source.Name] = entry;
    }

    /// <param name="State">What everybody sees.</param>
    /// <param name="FailedAt">When the last request was not answered; null where that is no longer held against the source.</param>
    private sealed record Entry(SourceState State, long? FailedAt);
}
