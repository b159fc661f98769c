using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>What the sources say of how long their parts of one answer may be kept. Requests to several sources end at the same time.</summary>
internal sealed class FetchPolicies
{
    private readonly Lock gate = new();
    private readonly List<EntityReport> reports = [];
    private CachePolicy? all;

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
    public void Add(string source, in CachePolicy policy)
    {
        lock (gate)
        {
            if (policy.Obstacle != CacheObstacle.None)
            {
                Hindering ??= source;
            }

            all = all?.And(policy) ?? policy;
        }
    }
}
