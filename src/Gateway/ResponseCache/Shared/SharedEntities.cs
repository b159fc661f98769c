using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>Entities in the shared store, beside those in memory.</summary>
/// <param name="cache">The store.</param>
internal sealed class SharedEntities(SharedCache cache)
{
    private const string Kind = "entity";

    /// <summary>What is known of the store before sources are asked.</summary>
    public SharedPoint? Point => cache.Point;

    /// <summary>
    /// Those of a step that are missing here and that another replica has put there. They are kept here from now on, and handed over; old ones too, which somebody has to fetch anew.
    /// </summary>
    /// <param name="notes">The step.</param>
    /// <param name="caching">What is kept here.</param>
    /// <param name="labels">By what they are found when something is to be forgotten.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="own">Its name (<see cref="SharedNames.OfClient"/>); null where nobody is known.</param>
    /// <param name="isProtected">True where what is fetched is its client's alone.</param>
    /// <param name="cancellationToken">Cancelled when the client leaves.</param>
    /// <returns>The number of each in its step, and the entity.</returns>
    public async Task<List<(int Number, KeptEntity Entity)>> FindAsync(
        EntityNotes notes, EntityCaching caching, EntityLabels labels, ClientIdentity client, byte[]? own, bool isProtected, CancellationToken cancellationToken)
    {
        var (names, places) = NamesOf(notes, own, isProtected);
        var records = await cache.FindAsync(names, cancellationToken);
        var found = new List<(int Number, KeptEntity Entity)>();
        for (var i = 0; i < records.Length; i++)
        {
            var (number, isPrivate) = places[i];
            if (records[i] is not { } record || record.IsPrivate != isPrivate || (found.Count > 0 && found[^1].Number == number))
            {
                continue;
            }

            var key = notes.Keys[number];
            var foundLabels = labels.Of(notes, key, record.Tags.Select(static tag => tag.Tag));
            if (cache.IsForgotten(record, foundLabels))
            {
                continue;
            }

            var kept = new KeptEntity(record.Body, cache.PolicyOf(record), foundLabels, caching.Clock);
            if (Invalidations.Keep(caching.Invalidations, caching.Store, key.For(isPrivate ? client.Number : 0).Keep(), kept, notes.Since) is MadeAnswer.Yes or MadeAnswer.TooLarge)
            {
                found.Add((number, kept));
            }
        }

        return found;
    }

    /// <summary>Puts an entity there that is kept here.</summary>
    /// <param name="notes">Its step.</param>
    /// <param name="number">Its number there.</param>
    /// <param name="entity">The entity.</param>
    /// <param name="tags">What its source wants it to be forgotten by.</param>
    /// <param name="own">The name of its client (<see cref="SharedNames.OfClient"/>); null where nobody is known.</param>
    public void Keep(EntityNotes notes, int number, KeptEntity entity, IEnumerable<string> tags, byte[]? own)
    {
        var source = notes.Lookup.Source.Name;
        if (NameOf(notes, number, entity.Policy.IsPrivate, own) is { } name)
        {
            cache.Keep(name, notes.SharedPoint, entity.Policy, cost: null, [.. tags.Select(tag => (source, tag))], entity.Value);
        }
    }

    /// <summary>Takes an entity out of it: its source has changed its mind.</summary>
    public void Remove(EntityNotes notes, int number, KeptEntity entity, byte[]? own)
    {
        if (NameOf(notes, number, entity.Policy.IsPrivate, own) is { } name)
        {
            cache.Remove(name);
        }
    }

    private (List<byte[]> Names, List<(int Number, bool IsPrivate)> Places) NamesOf(EntityNotes notes, byte[]? own, bool isProtected)
    {
        var names = new List<byte[]>();
        var places = new List<(int Number, bool IsPrivate)>();
        for (var i = 0; i < notes.Lookup.Count; i++)
        {
            if (notes.Lookup.Values[i] is not null)
            {
                continue;
            }

            if (!isProtected)
            {
                names.Add(NameOf(notes, i, isPrivate: false, own)!);
                places.Add((i, false));
            }

            if (NameOf(notes, i, isPrivate: true, own) is { } name)
            {
                names.Add(name);
                places.Add((i, true));
            }
        }

        return (names, places);
    }

    // In memory what is asked has a number, which is its own in each process.
    private byte[]? NameOf(EntityNotes notes, int number, bool isPrivate, byte[]? own)
    {
        var inputs = EntityCaching.InputsOf(notes.Keys[number]);
        return isPrivate && own is null ? null : SharedNames.Of(cache.Prefix, Kind, notes.Part.Name!, inputs, inputs.Length, isPrivate ? own : null);
    }
}
