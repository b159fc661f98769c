using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>What the sources say of how long their parts of one answer may be kept. Requests to several sources end at the same time.</summary>
/// <param name="since">How many invalidations there had been when its sources were asked.</param>
/// <param name="point">What was known of the shared store then; null where there is none.</param>
internal sealed class FetchPolicies(long since, SharedPoint? point = null)
{
    private readonly Lock gate = new();
    private readonly List<EntityReport> reports = [];
    private readonly HashSet<(string Source, string Tag)> tags = [];
    private CachePolicy? all;

    /// <summary>How many invalidations there had been when its sources were asked.</summary>
    public long Since => since;

    /// <summary>What was known of the shared store then; null where there is none.</summary>
    public SharedPoint? SharedPoint => point;

    /// <summary>Under which names sources want it to be forgotten.</summary>
    public IReadOnlyCollection<(string Source, string Tag)> Tags
    {
        get
        {
            lock (gate)
            {
                return [.. tags];
            }
        }
    }

    /// <summary>That of the whole answer: nothing is allowed where no source was asked.</summary>
    public CachePolicy All
    {
        get
        {
            lock (gate)
            {
                return all ?? CachePolicy.Not(CacheObstacle.Unsaid);
            }
        }
    }

    /// <summary>The first source that is in the way; null where none is.</summary>
    public string? Hindering { get; private set; }

    /// <summary>What became of the entities that were asked for, a line for each step; empty where none are kept.</summary>
    public string Entities
    {
        get
        {
            lock (gate)
            {
                return string.Join(", ", reports);
            }
        }
    }

    /// <summary>It was looked up which entities of a step are known; what becomes of the others is noted later.</summary>
    public void Add(EntityReport report)
    {
        lock (gate)
        {
            reports.Add(report);
        }
    }

    /// <summary>One more fetch has ended, or an entity was known of an earlier one.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="policy">What its answer says.</param>
    /// <param name="names">Under which names it wants it to be forgotten.</param>
    public void Add(string source, in CachePolicy policy, IEnumerable<string> names)
    {
        lock (gate)
        {
            if (policy.Obstacle != CacheObstacle.None)
            {
                Hindering ??= source;
            }

            all = all?.And(policy) ?? policy;
            foreach (var name in names)
            {
                tags.Add((source, name));
            }
        }
    }
}
