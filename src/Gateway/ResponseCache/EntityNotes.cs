using System.Buffers;
using System.Collections.Immutable;
using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>What a request notes of one lookup. PERF: the keys of all its entities are in one array, which is used again.</summary>
/// <param name="lookup">The lookup.</param>
/// <param name="part">What its entities have in common.</param>
/// <param name="keyBytes">Bytes of their keys.</param>
/// <param name="since">How many invalidations there had been when it began.</param>
/// <param name="point">What was known of the shared store then; null where there is none.</param>
internal sealed class EntityNotes(EntityLookup lookup, EntityPart part, int keyBytes, long since, SharedPoint? point)
{
    private readonly byte[] content = ArrayPool<byte>.Shared.Rent(keyBytes);
    private readonly FlightKey[] keys = ArrayPool<FlightKey>.Shared.Rent(lookup.Count);
    private readonly KeptEntity?[] found = ArrayPool<KeptEntity?>.Shared.Rent(lookup.Count);

    /// <summary>The lookup.</summary>
    public EntityLookup Lookup => lookup;

    /// <summary>What its entities have in common.</summary>
    public EntityPart Part => part;

    /// <summary>How many invalidations there had been when it began.</summary>
    public long Since => since;

    /// <summary>What was known of the shared store then; null where there is none.</summary>
    public SharedPoint? SharedPoint => point;

    /// <summary>By entity: its key.</summary>
    public ReadOnlySpan<FlightKey> Keys => keys.AsSpan(0, lookup.Count);

    /// <summary>By entity: the one that is given; null where none is.</summary>
    public Span<KeptEntity?> Found => found.AsSpan(0, lookup.Count);

    /// <summary>What <see cref="EntityLabels"/> has found out for all of them: the fields that their inputs are; default before that.</summary>
    public ImmutableArray<string> KeyFields { get; set; }

    /// <summary>What became of them.</summary>
    public EntityReport Report { get; } = new(lookup.Source.Name) { Count = lookup.Count };

    /// <summary>What is fetched for it; null where nothing is.</summary>
    public EntityFlights.Flight? Flight { get; set; }

    /// <summary>Those that are fetched anew, by number; null for none.</summary>
    public Dictionary<int, KeptEntity>? Old { get; set; }

    /// <summary>Writes all keys.</summary>
    public void WriteKeys()
    {
        Found.Clear();
        EntityCaching.WriteKeys(part, lookup, content, keys.AsSpan(0, lookup.Count));
    }

    /// <summary>Nobody asks for a key any more, and none is in a table.</summary>
    public void Release()
    {
        keys.AsSpan(0, lookup.Count).Clear();
        Found.Clear();
        ArrayPool<byte>.Shared.Return(content);
        ArrayPool<FlightKey>.Shared.Return(keys);
        ArrayPool<KeptEntity?>.Shared.Return(found);
    }
}
