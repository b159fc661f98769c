using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using GraphGateway.Execution;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Gateway;

/// <summary>
/// Keeps entities, each by itself, as their sources gave them, and gives them to later requests in whatever company they are asked for.
/// <para>
/// What is equal: the source, what is asked (the document of the step, byte for byte), the entity's representation or the arguments of its lookup, the client's
/// variables that are used, its headers that the source gets, and for what is private the credential that was shown. Never kept: null, and all of an answer
/// with any error; what a mutation's operation fetches is neither looked up nor kept; what an operation with protected members fetches is private.
/// </para>
/// </summary>
internal sealed class EntityCaching
{
    // What is asked makes up little of what is kept: an eighth of the room.
    private const int PartOfParts = 8;

    private readonly ImmutableArray<HeaderRules> rules;
    private readonly KeptStore<EntityPart> parts;
    private long lastNumber;

    public EntityCaching(
        ImmutableArray<SourceEndpoint> sources, Supergraph supergraph, GatewayOptions options, Deduplication deduplication, GatewayTelemetry telemetry, TimeProvider clock,
        Invalidations? invalidations = null)
    {
        Clock = clock;
        MaxBytes = options.ResponseCache.AnswerBytes;
        rules = [.. sources.Select(source => HeaderRules.Of(options.Subgraphs.For(source.Name), options.Subgraphs.NotByPattern))];
        parts = new KeptStore<EntityPart>(options.ResponseCache.EntityBytes / PartOfParts);
        Store = new KeptStore<KeptEntity>(options.ResponseCache.EntityBytes - (options.ResponseCache.EntityBytes / PartOfParts));
        Flights = new EntityFlights(deduplication.Mutations);
        Telemetry = new EntityTelemetry(telemetry.Meter, Store);
        Invalidations = invalidations;
        Labels = invalidations is null ? null : new EntityLabels(supergraph);
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

    /// <summary>By what entities are found then; null where nobody can say so.</summary>
    public EntityLabels? Labels { get; }

    /// <summary>Tells how old entities are.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Bytes of the largest entity that is kept.</summary>
    public int MaxBytes { get; }

    /// <summary>What is kept, for one execution; null where nothing of it is looked up or kept.</summary>
    /// <param name="run">The request.</param>
    /// <param name="context">What its sources get of it.</param>
    /// <param name="client">Who asks (<see cref="Http.ClientIdentity.Number"/>); 0 where nobody is known.</param>
    public IEntityCache? For(RunningRequest run, UpstreamContext context, long client) => run.Operation!.IsMutation ? null
        : new RequestEntities(this, context, client, isProtected: !run.Operation.Access.IsFree || !run.Plan!.Withheld.IsEmpty);

    /// <summary>What the entities of a lookup have in common.</summary>
    public EntityPart PartOf(EntityLookup lookup, IHeaderDictionary? headers)
    {
        // The document's length stands first, so that no two pairs of document and variables look alike.
        var length = (sizeof(int) * 2) + lookup.Document.Length + lookup.Variables.Length;
        var content = ArrayPool<byte>.Shared.Rent(length);
        BinaryPrimitives.WriteInt32LittleEndian(content, lookup.Source.Ordinal);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(sizeof(int)), lookup.Document.Length);
        lookup.Document.Span.CopyTo(content.AsSpan(sizeof(int) * 2));
        lookup.Variables.Span.CopyTo(content.AsSpan((sizeof(int) * 2) + lookup.Document.Length));
        var key = FlightKey.Of(content.AsSpan(0, length), headers, rules[lookup.Source.Ordinal]);
        ArrayPool<byte>.Shared.Return(content);
        var part = parts.Find(key);
        if (part is null)
        {
            // Two at the same time make two: what the one keeps the other does not find.
            part = new EntityPart(Interlocked.Increment(ref lastNumber));
            parts.Put(key.Keep(), part);
        }

        key.Release();
        return part;
    }

    /// <summary>Of a key, what the entity was asked by.</summary>
    public static ReadOnlySpan<byte> InputsOf(in FlightKey key) => key.Content.Span[sizeof(long)..];

    /// <summary>The key of an entity, whose bytes are released by the caller.</summary>
    public static FlightKey KeyOf(EntityPart part, ReadOnlySpan<byte> inputs)
    {
        var length = sizeof(long) + inputs.Length;
        var content = ArrayPool<byte>.Shared.Rent(length);
        BinaryPrimitives.WriteInt64LittleEndian(content, part.Number);
        inputs.CopyTo(content.AsSpan(sizeof(long)));
        var key = FlightKey.Of(content.AsSpan(0, length), headers: null, HeaderRules.None);
        ArrayPool<byte>.Shared.Return(content);
        return key;
    }
}
