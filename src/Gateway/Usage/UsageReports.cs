using System.Globalization;
using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>
/// What is to be reported to the registry: first what was sent and whose fate is not known, in the same words and by the same numbers, so that it counts once; then
/// what has come since. For one thread.
/// </summary>
internal sealed class UsageReports
{
    private readonly string reporter = Guid.NewGuid().ToString("n");
    private readonly Queue<UsageCounts> sent = [];
    private UsageSums waiting = new();
    private long number;

    /// <summary>What is not known to be reported, for people: requests, and of those whose operations are reported already how often which members were used.</summary>
    public string Rest
    {
        get
        {
            var requests = waiting.Requests + sent.Sum(counts => counts.Operations.Sum(use => use.Requests));
            var members = sent.Sum(counts => counts.Members.Length);
            return string.Join(" and ", new[] { Of(requests, "request"), Of(members, "count of a member", "counts of members") }.OfType<string>());
        }
    }

    /// <summary>Adds what was counted.</summary>
    public void Add(UsageSums sums) => waiting.Add(sums);

    /// <summary>What is to be sent next; null where there is nothing. The same again until <see cref="Done"/>.</summary>
    public UsageCounts? Next()
    {
        if (sent.Count == 0 && !waiting.IsEmpty)
        {
            var counts = waiting.Counts;
            waiting = new UsageSums();

            // Operations first: by them the registry tells clients apart.
            foreach (var part in counts.Operations.Chunk(UsageLimits.ReportRows))
            {
                sent.Enqueue(new UsageCounts([], [.. part]) { Id = new UsageReportId(reporter, ++number) });
            }

            foreach (var part in counts.Members.Where(use => use.Coordinate.Length <= UsageLimits.CoordinateLength).Chunk(UsageLimits.ReportRows))
            {
                sent.Enqueue(new UsageCounts([.. part], []) { Id = new UsageReportId(reporter, ++number) });
            }
        }

        return sent.TryPeek(out var next) ? next : null;
    }

    /// <summary>The registry has it, or does not want it.</summary>
    public void Done() => sent.Dequeue();

    private static string? Of(long count, string one, string? many = null) =>
        count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");
}
