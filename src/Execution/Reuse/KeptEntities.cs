using GraphGateway.Language;
using GraphGateway.Planning;

namespace GraphGateway.Execution;

/// <summary>
/// Spares a step the entities that earlier requests were told: fills them in as if their source had just given them, in a list of its own, and leaves
/// the step with the others. What comes for those is told to the cache.
/// </summary>
/// <param name="cache">What is known.</param>
/// <param name="landing">Reads what is known.</param>
/// <param name="bodies">Writes variables.</param>
/// <param name="answers">Holds what is known, as it holds what sources answer.</param>
internal sealed class KeptEntities(IEntityCache cache, FetchLanding landing, RequestBody bodies, AnswerMemory answers)
{
    // Slots number answers in 16 bits (ExecutionOptions.RequestCeiling): so many lists are what is left of those beside requests.
    private const int MostLists = 4_000;

    private readonly List<EntityLookup> open = [];
    private int lists;

    /// <summary>What the steps ask for, which travel in one request; null where nothing of it is looked up.</summary>
    public EntityLookup[]? Begin(StepRun[] runs)
    {
        var first = runs[0].Step;
        if (first.Step.Kind == FetchKind.Root || first.Source.IsGateway || first.Step.Document.Operation != OperationType.Query || lists >= MostLists)
        {
            return null;
        }

        var lookups = new EntityLookup[runs.Length];
        for (var i = 0; i < runs.Length; i++)
        {
            lookups[i] = new EntityLookup(runs[i], bodies.ForwardedOf(runs[i].Step));
            open.Add(lookups[i]);
        }

        return lookups;
    }

    /// <inheritdoc cref="IEntityCache.FindAsync"/>
    public ValueTask FindAsync(EntityLookup[] lookups, CancellationToken cancellationToken) => cache.FindAsync(lookups, cancellationToken);

    /// <summary>Fills in what is known; the step with the rest, be it none. The step as it was is gone, unless it is the rest.</summary>
    public StepRun Fill(StepRun run, EntityLookup lookup)
    {
        run.Lookup = lookup;
        var (count, length) = (0, ListHead.Length + ListEnd.Length);
        foreach (var value in lookup.Values)
        {
            count += value is null ? 0 : 1;
            length = checked(length + (value?.Length + 1 ?? 0));
        }

        if (count == 0 || answers.TryRent(length) is not { } body)
        {
            // Without room for them they are asked for as if they were not known.
            return run;
        }

        lists++;
        var isAll = count == lookup.Count;
        var known = isAll ? run : run.PartOf(entry => lookup.Values[entry] is not null);
        var rest = isAll ? StepRun.Rent(run.Step) : run.PartOf(entry => lookup.Values[entry] is null);
        (rest.Lookup, rest.LookupNumbers) = (lookup, isAll ? null : MissingOf(lookup));
        if (known != run)
        {
            run.Dispose();
        }

        landing.Land(new FetchCall(known, FetchMode.Representations, 0, known.EntryCount)
        {
            Response = SubgraphResponse.Received(200, "application/json", body, WriteList(lookup, body), answers),
        });
        known.Dispose();
        return rest;
    }

    /// <summary>A call has landed whole: no error is in its answer.</summary>
    public void Keep(FetchCall call)
    {
        if (call.Values is not { } values)
        {
            return;
        }

        for (var position = 0; position < call.Count; position++)
        {
            var item = call[position];
            if (item.Run.StateOf(item.Entry) == EntryState.Filled && item.Run.Lookup is { } lookup && values[position * 2] is >= 0 and var start)
            {
                cache.Keep(lookup, item.Run.NumberInLookup(item.Entry), position, call.Count, call.Response!, call.Response!.Body[start..values[(position * 2) + 1]]);
            }
        }
    }

    /// <summary>A step has ended.</summary>
    public void End(StepRun run)
    {
        if (run.Lookup is { } lookup)
        {
            open.Remove(lookup);
            cache.End(lookup);
        }
    }

    /// <summary>The request has ended, also for steps that have not.</summary>
    public void EndAll()
    {
        open.ForEach(cache.End);
        open.Clear();
    }

    private static IntList MissingOf(EntityLookup lookup)
    {
        var numbers = new IntList();
        for (var i = 0; i < lookup.Count; i++)
        {
            if (lookup.Values[i] is null)
            {
                numbers.Add(i);
            }
        }

        return numbers;
    }

    private static ReadOnlySpan<byte> ListHead => "{\"data\":{\"_entities\":["u8;

    private static ReadOnlySpan<byte> ListEnd => "]}}"u8;

    private static int WriteList(EntityLookup lookup, byte[] body)
    {
        ListHead.CopyTo(body);
        var length = ListHead.Length;
        foreach (var value in lookup.Values)
        {
            if (value is { } known)
            {
                known.CopyTo(body, length);
                length += known.Length;
                body[length++] = (byte)',';
            }
        }

        // The last comma makes room for the end.
        ListEnd.CopyTo(body.AsSpan(length - 1));
        return length - 1 + ListEnd.Length;
    }
}
