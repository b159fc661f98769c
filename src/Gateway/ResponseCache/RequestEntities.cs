using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>The entities that are kept, as one execution sees them.</summary>
/// <param name="caching">What is kept.</param>
/// <param name="graph">The graph that asks.</param>
/// <param name="context">What sources get of the request.</param>
/// <param name="client">Who asks; 0 where nobody is known.</param>
/// <param name="isProtected">True where not everybody may see all of the operation: then what is fetched for it is its client's alone.</param>
internal sealed class RequestEntities(EntityCaching caching, GraphEntities graph, UpstreamContext context, long client, bool isProtected) : IEntityCache
{
    /// <summary>
    /// 1. Look. 2. What is missing is taken over, unless all of it is on its way to others: then wait, once, look again, and take over the rest.
    /// 3. Look again: it may have come before it was taken over.
    /// </summary>
    public async ValueTask FindAsync(EntityLookup[] lookups, CancellationToken cancellationToken)
    {
        var all = Array.ConvertAll(lookups, Begin);
        for (var mayWait = true; ; mayWait = false)
        {
            // 1.
            var missing = Look(all, onlyClaimed: false);
            if (missing.Count == 0)
            {
                break;
            }

            // 2.
            var waiting = caching.Flights.ClaimOrWait(missing, mayWait, out var flight);
            if (waiting is null)
            {
                // 3.
                Array.ForEach(all, lookup => lookup.Flight = flight);
                Look(all, onlyClaimed: true);
                break;
            }

            await WaitAsync(waiting, cancellationToken);
        }

        foreach (var lookup in all)
        {
            caching.Telemetry.Count(lookup.Lookup.Source.Name, lookup.Report);
            context.Policies?.Add(lookup.Report);
        }
    }

    /// <inheritdoc/>
    public void Keep(EntityLookup lookup, int entity, int position, int count, SubgraphResponse answer, ReadOnlySpan<byte> value)
    {
        var mine = (Notes)lookup.Notes!;
        var policy = answer.CachePolicy;
        policy = policy with { IsPrivate = policy.IsPrivate || isProtected };
        var why = policy.Obstacle != CacheObstacle.None ? AnswerKeeper.WordOf(policy.Obstacle)
            : caching.Clock.GetTimestamp() >= policy.FreshUntil ? AnswerKeeper.WordOf(CacheObstacle.Stale)
            : policy.IsPrivate && client == 0 ? "private"
            : value.Length > caching.MaxBytes ? MadeAnswer.TooLarge
            : null;
        var key = mine.Keys[entity];
        if (why is null)
        {
            var kept = new KeptEntity(value.ToArray(), policy, graph.Labels?.Of(lookup, key, answer.Tags.Of(position, count)), caching.Clock);
            why = Invalidations.Keep(caching.Invalidations, caching.Store, key.For(policy.IsPrivate ? client : 0).Keep(), kept, mine.Since);
        }

        if (mine.Old.TryGetValue(entity, out var old) && (why != MadeAnswer.Yes || policy.IsPrivate != old.Policy.IsPrivate))
        {
            // Its source has changed its mind: what it said before holds no longer.
            caching.Store.Remove(key.For(old.Policy.IsPrivate ? client : 0), old);
        }

        mine.Report.Kept = why;
        mine.Part.Keeping = why != MadeAnswer.Yes ? AnswerKeeping.No : policy.IsPrivate ? AnswerKeeping.Private : AnswerKeeping.Shared;
    }

    /// <inheritdoc/>
    public void End(EntityLookup lookup)
    {
        if (lookup.Notes is not Notes mine)
        {
            return;
        }

        lookup.Notes = null;
        if (mine.Flight is { } flight)
        {
            caching.Flights.End(flight);
        }

        Array.ForEach(mine.Keys, static key => key.Release());
    }

    private Notes Begin(EntityLookup lookup)
    {
        var part = graph.PartOf(lookup, context.Headers);
        var keys = new FlightKey[lookup.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = EntityCaching.KeyOf(part, lookup.Inputs(i));
        }

        var notes = new Notes(lookup, part, keys, caching.Invalidations?.Number ?? 0);
        lookup.Notes = notes;
        return notes;
    }

    // What is known is noted; the keys of what is not come back.
    private List<FlightKey> Look(Notes[] all, bool onlyClaimed)
    {
        var missing = new List<FlightKey>();
        foreach (var notes in all)
        {
            for (var i = 0; i < notes.Keys.Length; i++)
            {
                if (notes.Lookup.Values[i] is null && !TryGive(notes, i, Find(notes.Keys[i])) && !onlyClaimed && notes.Part.Keeping != AnswerKeeping.No)
                {
                    missing.Add(FlightOf(notes, i));
                }
            }
        }

        return missing;
    }

    private bool TryGive(Notes notes, int entity, KeptEntity? kept)
    {
        if (kept is null)
        {
            return false;
        }

        var isFresh = kept.IsFresh;
        if (!isFresh && (notes.Flight is not null || !caching.Flights.Has(FlightOf(notes, entity))))
        {
            // The one who comes first after its time makes it anew; the others are given the old one meanwhile.
            notes.Old[entity] = kept;
            return false;
        }

        notes.Lookup.Values[entity] = kept.Value;
        notes.Report.Hits += isFresh ? 1 : 0;
        notes.Report.Stale += isFresh ? 0 : 1;
        context.Policies?.Add(notes.Lookup.Source.Name, kept.Policy, kept.Labels?.Tags ?? []);
        return true;
    }

    private KeptEntity? Find(in FlightKey key) =>
        (isProtected ? null : caching.Store.Find(key.For(0))) ?? (client == 0 ? null : caching.Store.Find(key.For(client)));

    // Whoever would not be given it does not wait for it.
    private FlightKey FlightOf(Notes notes, int entity) => notes.Keys[entity].For(notes.Part.Keeping == AnswerKeeping.Shared && !isProtected ? 0 : client);

    private async Task WaitAsync(Task waiting, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.Deadline);
        try
        {
            await waiting.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The request's time is over: what is sent now says so.
        }
    }

    /// <summary>What is noted of a lookup, which began since so many invalidations.</summary>
    private sealed record Notes(EntityLookup Lookup, EntityPart Part, FlightKey[] Keys, long Since)
    {
        public EntityReport Report { get; } = new(Lookup.Source.Name) { Count = Lookup.Count };

        public EntityFlights.Flight? Flight { get; set; }

        /// <summary>Those that are fetched anew, by number.</summary>
        public Dictionary<int, KeptEntity> Old { get; } = [];
    }
}
