using GraphGateway.Execution;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>The entities that are kept, as one execution sees them.</summary>
/// <param name="caching">What is kept.</param>
/// <param name="graph">The graph that asks.</param>
/// <param name="context">What sources get of the request.</param>
/// <param name="identity">Who asks.</param>
/// <param name="isProtected">True where not everybody may see all of the operation: then what is fetched for it is its client's alone.</param>
internal sealed class RequestEntities(EntityCaching caching, GraphEntities graph, UpstreamContext context, ClientIdentity identity, bool isProtected) : IEntityCache
{
    private readonly long client = identity.Number;
    private byte[]? ownName;

    // PERF: once for a request, and not for each entity: it is a hash over a whole credential.
    private byte[]? OwnName => ownName ??= SharedNames.OfClient(identity);

    /// <summary>
    /// 1. Look. 2. What is missing is taken over, unless all of it is on its way to others: then wait, once, look again, and take over the rest.
    /// 3. Look again: it may have come before it was taken over. 4. Look what other replicas have put into the shared store. PERF: where all is known, which is what this is for, there is no more than 1.
    /// </summary>
    public ValueTask FindAsync(EntityLookup[] lookups, CancellationToken cancellationToken)
    {
        var all = Array.ConvertAll(lookups, Begin);
        if (Look(all, onlyClaimed: false) is { } missing)
        {
            return FindMissingAsync(all, missing, cancellationToken);
        }

        Tell(all);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Keep(EntityLookup lookup, int entity, int position, int count, SubgraphResponse answer, ReadOnlySpan<byte> value)
    {
        var mine = (EntityNotes)lookup.Notes!;
        var policy = answer.CachePolicy;
        policy = policy with { IsPrivate = policy.IsPrivate || isProtected };
        var why = policy.Obstacle != CacheObstacle.None ? AnswerKeeper.WordOf(policy.Obstacle)
            : caching.Clock.GetTimestamp() >= policy.FreshUntil ? AnswerKeeper.WordOf(CacheObstacle.Stale)
            : policy.IsPrivate && client == 0 ? "private"
            : value.Length > caching.MaxBytes ? MadeAnswer.TooLarge
            : null;
        var key = mine.Keys[entity];
        (FlightKey Key, KeptEntity Item)? old = mine.Old?.GetValueOrDefault(entity) is { } given ? (key.For(given.Policy.IsPrivate ? client : 0), given) : null;
        if (why is null)
        {
            var kept = new KeptEntity(value.ToArray(), policy, graph.Labels?.Of(mine, key, answer.Tags.Of(position, count)), caching.Clock);
            why = Invalidations.Keep(caching.Invalidations, caching.Store, key.For(policy.IsPrivate ? client : 0).Keep(), kept, mine.Since, old);
            if (why == MadeAnswer.Yes)
            {
                caching.Shared?.Keep(mine, entity, kept, answer.Tags.Of(position, count), OwnName);
            }
        }

        if (old is var (place, before) && (why != MadeAnswer.Yes || policy.IsPrivate != before.Policy.IsPrivate))
        {
            // Its source has changed its mind: what it said before holds no longer.
            caching.Store.Remove(place, before);
            caching.Shared?.Remove(mine, entity, before, OwnName);
        }

        mine.Report.Kept = why;
        mine.Part.Keeping = why != MadeAnswer.Yes ? AnswerKeeping.No : policy.IsPrivate ? AnswerKeeping.Private : AnswerKeeping.Shared;
    }

    /// <inheritdoc/>
    public void End(EntityLookup lookup)
    {
        if (lookup.Notes is not EntityNotes mine)
        {
            return;
        }

        lookup.Notes = null;
        if (mine.Flight is { } flight)
        {
            caching.Flights.End(flight);
        }

        mine.Release();
    }

    private async ValueTask FindMissingAsync(EntityNotes[] all, List<FlightKey>? missing, CancellationToken cancellationToken)
    {
        for (var mayWait = true; missing is not null; mayWait = false)
        {
            // 2.
            var waiting = caching.Flights.ClaimOrWait(missing, mayWait, out var flight);
            if (waiting is null)
            {
                // 3.
                Array.ForEach(all, lookup => lookup.Flight = flight);
                Look(all, onlyClaimed: true);

                // 4.
                await FindSharedAsync(all, cancellationToken);
                break;
            }

            await WaitAsync(waiting, cancellationToken);

            // 1.
            missing = Look(all, onlyClaimed: false);
        }

        Tell(all);
    }

    private async Task FindSharedAsync(EntityNotes[] all, CancellationToken cancellationToken)
    {
        if (caching.Shared is not { } shared)
        {
            return;
        }

        foreach (var notes in all.Where(static notes => notes.Part.Keeping != AnswerKeeping.No))
        {
            var found = await shared.FindAsync(notes, caching, graph.Labels!, identity, OwnName, isProtected, cancellationToken);
            var now = Moment.Of(caching.Clock);
            foreach (var (number, entity) in found)
            {
                notes.Found[number] = entity;
                notes.Report.Shared += TryGive(notes, number, now) ? 1 : 0;
            }
        }
    }

    private void Tell(EntityNotes[] all)
    {
        foreach (var lookup in all)
        {
            caching.Telemetry.Count(lookup.Lookup.Source.Name, lookup.Report);
            if (context.Policies is { } policies)
            {
                TellPolicies(lookup, policies);
                policies.Add(lookup.Report);
            }
        }
    }

    private EntityNotes Begin(EntityLookup lookup)
    {
        var notes = new EntityNotes(lookup, graph.PartOf(lookup, context.Headers), EntityCaching.KeyBytesOf(lookup), caching.Invalidations?.Number ?? 0, caching.Shared?.Point);
        notes.WriteKeys();
        lookup.Notes = notes;
        return notes;
    }

    // What is known is noted; the keys of what is not come back, null for none.
    private List<FlightKey>? Look(EntityNotes[] all, bool onlyClaimed)
    {
        List<FlightKey>? missing = null;
        var now = Moment.Of(caching.Clock);
        foreach (var notes in all)
        {
            Find(notes, now);
            for (var i = 0; i < notes.Lookup.Count; i++)
            {
                if (notes.Lookup.Values[i] is null && !TryGive(notes, i, now) && !onlyClaimed && notes.Part.Keeping != AnswerKeeping.No)
                {
                    (missing ??= []).Add(FlightOf(notes, i));
                }
            }
        }

        return missing;
    }

    private void Find(EntityNotes notes, in Moment now)
    {
        if (!isProtected)
        {
            caching.Store.FindAll(notes.Keys, 0, now, notes.Found);
        }

        if (client != 0)
        {
            caching.Store.FindAll(notes.Keys, client, now, notes.Found);
        }
    }

    private bool TryGive(EntityNotes notes, int entity, in Moment now)
    {
        ref var kept = ref notes.Found[entity];
        if (kept is null)
        {
            return false;
        }

        var isFresh = kept.IsFreshAt(now);
        if (!isFresh && (notes.Flight is not null || !caching.Flights.Has(FlightOf(notes, entity))))
        {
            // The one who comes first after its time makes it anew; the others are given the old one meanwhile.
            (notes.Old ??= [])[entity] = kept;
            kept = null;
            return false;
        }

        notes.Lookup.Values[entity] = kept.Value;
        notes.Report.Hits += isFresh ? 1 : 0;
        notes.Report.Stale += isFresh ? 0 : 1;
        return true;
    }

    // What is given makes the answer hold no longer than it does.
    private static void TellPolicies(EntityNotes notes, FetchPolicies policies)
    {
        CachePolicy? all = null;
        List<string>? tags = null;
        foreach (var kept in notes.Found)
        {
            if (kept is null)
            {
                continue;
            }

            all = all?.And(kept.Policy) ?? kept.Policy;
            if (kept.Labels is { } labels)
            {
                (tags ??= []).AddRange(labels.Tags);
            }
        }

        if (all is { } policy)
        {
            policies.Add(notes.Lookup.Source.Name, policy, tags ?? []);
        }
    }

    // Whoever would not be given it does not wait for it.
    private FlightKey FlightOf(EntityNotes notes, int entity) => notes.Keys[entity].For(notes.Part.Keeping == AnswerKeeping.Shared && !isProtected ? 0 : client);

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
}
