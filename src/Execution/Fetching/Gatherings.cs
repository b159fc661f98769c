namespace GraphGateway.Execution;

/// <summary>
/// Steps that share a request, while not all of them have started: they go when the last one can, or those that can spare the others theirs
/// go ahead.
/// </summary>
internal sealed class Gatherings(ExecutablePlan plan, bool mayGoAhead)
{
    private readonly Dictionary<CompiledRequest, Gathering> gatherings = new(0);

    /// <summary>A step can start; the steps that go now, all that have not gone yet, or null when others must be waited for.</summary>
    public CompiledStep[]? Ready(CompiledRequest request, CompiledStep step)
    {
        if (!gatherings.TryGetValue(request, out var gathering))
        {
            gatherings.Add(request, gathering = new Gathering());
        }

        gathering.Ready.Add(step);
        return gathering.TakeWhole(request);
    }

    /// <summary>A step has ended; the steps that have waited for it because it went ahead, or null.</summary>
    public CompiledStep[]? Ended(CompiledStep step)
    {
        if (step.Request is not { } request || !gatherings[request].Ahead.Contains(step))
        {
            return null;
        }

        gatherings[request].Ended++;
        return gatherings[request].TakeWhole(request);
    }

    /// <summary>True when some of the request's steps went ahead.</summary>
    public bool HasGoneAhead(CompiledRequest request) => gatherings[request].Ended > 0;

    /// <summary>Of each request of which some steps can start and others cannot, those that go ahead, once.</summary>
    public IEnumerable<(CompiledRequest Request, CompiledStep[] Steps)> TakeAhead() =>
        mayGoAhead && gatherings.Count > 0 ? TakeEachAhead() : [];

    private IEnumerable<(CompiledRequest Request, CompiledStep[] Steps)> TakeEachAhead()
    {
        foreach (var (request, gathering) in gatherings.ToArray())
        {
            var isNew = gathering.Ready.Count > gathering.Considered;
            gathering.Considered = gathering.Ready.Count;
            if (isNew && gathering.Ahead.Count == 0 && request.MayGoAhead(gathering.Ready, plan))
            {
                gathering.Ahead.UnionWith(gathering.Ready);
                gathering.Ready.Clear();
                yield return (request, [.. request.Steps.Where(gathering.Ahead.Contains)]);
            }
        }
    }

    private sealed class Gathering
    {
        /// <summary>Those that can start.</summary>
        public List<CompiledStep> Ready { get; } = [];

        /// <summary>Those that went ahead of the others.</summary>
        public HashSet<CompiledStep> Ahead { get; } = [];

        /// <summary>How many could start when it was last considered whether they go ahead.</summary>
        public int Considered { get; set; }

        /// <summary>How many of those that went ahead have ended.</summary>
        public int Ended { get; set; }

        public CompiledStep[]? TakeWhole(CompiledRequest request)
        {
            if (Ready.Count + Ended < request.Steps.Length)
            {
                return null;
            }

            CompiledStep[] rest = [.. request.Steps.Where(Ready.Contains)];
            Ready.Clear();
            return rest;
        }
    }
}
