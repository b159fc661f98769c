using System.Buffers;
using System.Buffers.Binary;
using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>
/// Keeps entities, each by itself, as their sources gave them, and gives them to later requests in whatever company they are asked for; also where another graph has
/// come (<see cref="GraphEntities"/>).
/// <para>
/// What is equal: the source's name and address, what is asked (the document of the step, byte for byte), the entity's representation or the arguments of its lookup, the client's
/// variables that are used, its headers that the source gets, and for what is private the credential that was shown. Never kept: null, and all of an answer
/// with any error; what a mutation's operation fetches is neither looked up nor kept; what an operation with protected members fetches is private.
/// </para>
/// </summary>
internal sealed class EntityCaching
{
    // What is asked makes up little of what is kept: an eighth of the room.
    private const int PartOfParts = 8;

    private readonly KeptStore<EntityPart> parts;
    private readonly Lock making = new();
    private long lastNumber;

    public EntityCaching(
        GatewayOptions options, Deduplication deduplication, GatewayTelemetry telemetry, TimeProvider clock, Invalidations? invalidations = null,
        SharedCache? shared = null)
    {
        Clock = clock;
        MaxBytes = options.ResponseCache.AnswerBytes;
        parts = new KeptStore<EntityPart>(options.ResponseCache.EntityBytes / PartOfParts);
        Store = new KeptStore<KeptEntity>(options.ResponseCache.EntityBytes - (options.ResponseCache.EntityBytes / PartOfParts));
        Flights = new EntityFlights(deduplication.Mutations);
        Telemetry = new EntityTelemetry(telemetry.Meter, Store);
        Invalidations = invalidations;
        Shared = shared is null ? null : new SharedEntities(shared);
        invalidations?.Add(Store.Forget);
    }

    /// <summary>What is kept.</summary>
    public KeptStore<KeptEntity> Store { get; }

    /// <summary>What is on its way.</summary>
    public EntityFlights Flights { get; }

    /// <summary>Hears what was known.</summary>
    public EntityTelemetry Telemetry { get; }

    /// <summary>What is to be forgotten; null where nobody can say so.</summary>
    public Invalidations? Invalidations { get; }

    /// <summary>What replicas share; null for nothing.</summary>
    public SharedEntities? Shared { get; }

    /// <summary>Tells how old entities are.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Bytes of the largest entity that is kept.</summary>
    public int MaxBytes { get; }

    /// <summary>What the entities of a lookup have in common.</summary>
    /// <param name="lookup">The lookup.</param>
    /// <param name="source">Its source's name and address.</param>
    /// <param name="headers">The client's.</param>
    /// <param name="rules">Which of them the source gets.</param>
    public EntityPart PartOf(EntityLookup lookup, ReadOnlySpan<byte> source, IHeaderDictionary? headers, HeaderRules rules)
    {
        // Two lengths stand first, so that no two triples of source, document and variables look alike.
        const int head = sizeof(int) * 2;
        var length = head + source.Length + lookup.Document.Length + lookup.Variables.Length;
        var content = ArrayPool<byte>.Shared.Rent(length);
        BinaryPrimitives.WriteInt32LittleEndian(content, source.Length);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(sizeof(int)), lookup.Document.Length);
        source.CopyTo(content.AsSpan(head));
        lookup.Document.Span.CopyTo(content.AsSpan(head + source.Length));
        lookup.Variables.Span.CopyTo(content.AsSpan(head + source.Length + lookup.Document.Length));
        var key = FlightKey.Of(content.AsSpan(0, length), headers, rules);
        ArrayPool<byte>.Shared.Return(content);
        var part = parts.Find(key, Moment.Of(Clock)) ?? Make(key);
        key.Release();
        return part;
    }

    /// <summary>Of a key, what the entity was asked by.</summary>
    public static ReadOnlySpan<byte> InputsOf(in FlightKey key) => key.Content.Span[sizeof(long)..];

    /// <summary>Bytes that keys of entities need.</summary>
    /// <param name="lookup">All of its entities.</param>
    public static int KeyBytesOf(EntityLookup lookup)
    {
        var length = 0;
        for (var i = 0; i < lookup.Count; i++)
        {
            length = checked(length + sizeof(long) + lookup.Inputs(i).Length);
        }

        return length;
    }

    /// <summary>Writes the keys of all entities of a lookup, one after the other.</summary>
    /// <param name="part">What they have in common.</param>
    /// <param name="lookup">The lookup.</param>
    /// <param name="content">Gets their bytes, and stays for as long as they are used.</param>
    /// <param name="keys">Gets them.</param>
    public static void WriteKeys(EntityPart part, EntityLookup lookup, byte[] content, Span<FlightKey> keys)
    {
        var start = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            var inputs = lookup.Inputs(i);
            BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(start), part.Number);
            inputs.CopyTo(content.AsSpan(start + sizeof(long)));
            keys[i] = FlightKey.Within(content, start, sizeof(long) + inputs.Length);
            start += sizeof(long) + inputs.Length;
        }
    }

    // One at a time: of two parts that say the same, neither would find what the other keeps, nor wait for what it fetches.
    private EntityPart Make(in FlightKey key)
    {
        lock (making)
        {
            if (parts.Find(key, Moment.Of(Clock)) is { } made)
            {
                return made;
            }

            var part = new EntityPart(++lastNumber, Shared is null ? null : SharedNames.Hash(["part"u8.ToArray(), key.Content.ToArray(), key.All.ToArray()]));
            parts.Put(key.Keep(), part);
            return part;
        }
    }
}
