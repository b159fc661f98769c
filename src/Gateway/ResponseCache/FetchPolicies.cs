using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>What the sources say of how long their parts of one answer may be kept. Requests to several sources end at the same time.</summary>
internal sealed class FetchPolicies
{
    private readonly Lock gate = new();
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

    /// <summary>One more fetch has ended.</summary>
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
