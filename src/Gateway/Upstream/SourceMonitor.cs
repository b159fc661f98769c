using System.Globalization;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>What can be wrong with a request to a source; of each, one line is logged in a while.</summary>
internal enum SourceFailure
{
    Unreachable,
    Broken,
    TimedOut,
    RequestTimedOut,
    TooLarge,
    NoMemory,
    RequestTooLarge,
    QueueFull,
    Status,
    Malformed,
}

/// <summary>
/// Tells the operator how requests to one source end: <see cref="SourceHealth"/> hears of answers and of their absence, the log of each kind
/// of failure at most every ten seconds, with the number of those that were left out. Bodies and headers are never told.
/// </summary>
internal sealed class SourceMonitor(SourceEndpoint source, SourceHealth health, TimeProvider clock, ILogger logger)
{
    private readonly LogPauses pauses = new(Enum.GetValues<SourceFailure>().Length, clock);
    private long lastGood = long.MinValue;

    /// <summary>A request begins; the result goes to <see cref="Failed"/>.</summary>
    public long Begin() => clock.GetTimestamp();

    /// <summary>The source has given a GraphQL response.</summary>
    public void Succeeded()
    {
        Volatile.Write(ref lastGood, clock.GetTimestamp());
        health.ReportUp(source);
    }

    /// <summary>A request has failed.</summary>
    /// <param name="kind">In which way.</param>
    /// <param name="problem">What was wrong, in words.</param>
    /// <param name="begun">What <see cref="Begin"/> has given.</param>
    public void Failed(SourceFailure kind, string problem, long begun)
    {
        Log(kind, problem);

        // A source that has answered others in the meantime is slow or broken for this request, and not down.
        if (Volatile.Read(ref lastGood) > begun)
        {
            return;
        }

        switch (kind)
        {
            case SourceFailure.Unreachable:
                health.ReportDown(source, problem);
                break;
            case SourceFailure.Broken or SourceFailure.TimedOut:
                health.ReportUnanswered(source, problem);
                break;
            default:
                // It has answered somehow, was asked too late, or was not asked.
                break;
        }
    }

    private void Log(SourceFailure kind, string problem)
    {
        if (!pauses.MayLog((int)kind, out var leftOut))
        {
            return;
        }

        var more = leftOut == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({leftOut} more like it since the last line)");
        logger.LogWarning("A request to source {Source} at {Url} failed: {Problem}{More}", source.Name, source.ShownUrl, problem, more);
    }
}
