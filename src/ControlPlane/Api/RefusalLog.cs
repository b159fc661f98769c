using System.Net;
using Microsoft.Extensions.Logging;

namespace GraphGateway.ControlPlane;

/// <summary>
/// The lines of the log that tell what was refused: who wanted to do what where, from which address; never the key. Each refusal is told by a line of its own, or in the
/// number of those that have none, which is written at the end of the <see cref="Window"/>: whatever somebody sends, lines are few.
/// </summary>
/// <remarks>
/// A caller is a key that is valid, else the address: what somebody says to be is not who they are. The first lines of a window are each caller's, so that one that
/// makes many hides nobody; when all together have used theirs up, what comes from new ones is one number.
/// </remarks>
/// <param name="logger">The registry's log.</param>
/// <param name="clock">Ends the window.</param>
internal sealed class RefusalLog(ILogger logger, TimeProvider clock) : IDisposable
{
    /// <summary>In this time lines are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Lines of one caller in a window.</summary>
    public const int LinesOfCaller = 20;

    /// <summary>Lines of all callers in a window, besides those with numbers, of which each caller that has a line of its own may have one.</summary>
    public const int Lines = 200;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Caller> callers = new(StringComparer.Ordinal);
    private Caller others = new();
    private int lines;
    private ITimer? timer;
    private volatile bool isOver;

    /// <summary>Something was refused.</summary>
    /// <param name="address">From where it came.</param>
    /// <param name="what">What was wanted.</param>
    /// <param name="place">Graph and stage, as far as they are known; anybody's text.</param>
    /// <param name="problem">Why.</param>
    /// <param name="who">Who, for people; no secret.</param>
    /// <param name="caller">Whose key it is; null where that is not known.</param>
    public void Tell(IPAddress? address, string what, IReadOnlyCollection<string> place, ApiProblem problem, string who, ApiCaller? caller)
    {
        if (!MayTell(caller is null ? $"{address}" : $"{caller.Name} (key {caller.KeyId})", problem))
        {
            return;
        }

        var where = place.Count > 0 && place.All(name => RegistryLimits.FindProblem("graph", name) is null) ? $" in {string.Join('/', place)}" : "";
        logger.LogWarning(
            "Refused ({Status} {Code}): {What}{Where} for {Who} from {Address}: {Why}",
            ApiProblem.StatusOf(problem.Code), ApiProblem.WireOf(problem.Code), what, where, who, address, problem.ForLog is null ? problem.Detail : $"{problem.Detail} {problem.ForLog}");
    }

    /// <summary>What has no line yet is told.</summary>
    public void Dispose()
    {
        isOver = true;
        End();
    }

    private bool MayTell(string name, ApiProblem problem)
    {
        lock (gate)
        {
            timer ??= isOver ? null : clock.CreateTimer(static state => ((RefusalLog)state!).End(), this, Window, Timeout.InfiniteTimeSpan);
            if (!callers.TryGetValue(name, out var caller))
            {
                caller = lines < Lines ? callers[name] = new Caller() : others;
            }

            if (lines < Lines && caller.Lines < LinesOfCaller)
            {
                lines++;
                caller.Lines++;
                return true;
            }

            caller.LeftOut[problem.Code] = caller.LeftOut.GetValueOrDefault(problem.Code) + 1;
            return false;
        }
    }

    private void End()
    {
        List<(string Name, Caller Caller)> told;
        lock (gate)
        {
            told = [.. callers.Select(pair => (pair.Key, pair.Value)).Append(("callers that have no line", others)).Where(pair => pair.Item2.LeftOut.Count > 0)];
            callers.Clear();
            (others, lines) = (new Caller(), 0);
            timer?.Dispose();
            timer = null;
        }

        foreach (var (name, caller) in told)
        {
            logger.LogWarning(
                "Refused {Count} more within {Seconds} s, without a line each, for {Who}: {Codes}",
                caller.LeftOut.Values.Sum(), (int)Window.TotalSeconds, name,
                string.Join(", ", caller.LeftOut.OrderBy(pair => pair.Key).Select(pair => $"{ApiProblem.StatusOf(pair.Key)} {ApiProblem.WireOf(pair.Key)} {pair.Value}")));
        }
    }

    private sealed class Caller
    {
        public int Lines { get; set; }

        // By code, of which there are few.
        public Dictionary<ApiProblemCode, long> LeftOut { get; } = [];
    }
}
