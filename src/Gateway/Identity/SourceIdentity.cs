using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>The headers that say to one source who asks. Made once for a client, and not changed.</summary>
/// <param name="Headers">Names and values.</param>
/// <param name="RenewAt">By the clock's timestamps, until when they are used.</param>
/// <param name="Key">The key that signed one of them, with which they go; null where nothing is signed.</param>
internal sealed record IdentityHeaders(ImmutableArray<KeyValuePair<string, string>> Headers, long RenewAt, EllipticKey? Key = null)
{
    /// <summary>Servers take 32 KB of headers, of which others need some.</summary>
    public const int MaxBytes = 24 * 1024;

    // Around what is counted of them: objects, and their place in the memory.
    private const int EntryBytes = 300;

    /// <summary>Bytes of memory that they take where they are remembered.</summary>
    public int HeldBytes => EntryBytes + (sizeof(char) * Bytes);

    /// <summary>Bytes of them in a request.</summary>
    public int Bytes { get; } = Headers.Sum(header => header.Key.Length + header.Value.Length + 4);

    /// <summary>Whether a source would not take so many.</summary>
    public bool AreTooLarge => Bytes > MaxBytes;
}

/// <summary>
/// Says to one source who asks, by its <see cref="IdentityRules"/>: 1. the client's token, as it was validated; 2. what is known of it in headers; 3. a token
/// that the gateway signs. What is made for a client is remembered for that client alone (<see cref="ClientIdentity.Number"/>), a token until a quarter of its
/// time is left, so that nothing is signed or put together for each request.
/// </summary>
internal sealed class SourceIdentity
{
    private readonly IdentityRules rules;
    private readonly IdentityOptions options;
    private readonly IdentityKeys keys;
    private readonly string audience;
    private readonly int ordinal;
    private readonly Generations<(long Client, int Source), IdentityHeaders> memory;
    private readonly Counter<long> made;
    private readonly TimeProvider clock;
    private readonly KeyValuePair<string, object?> name;
    private readonly Lock gate = new();

    /// <param name="rules">What the source gets.</param>
    /// <param name="options">How long, and in whose name, is signed.</param>
    /// <param name="keys">By what is signed.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="ordinal">Its number.</param>
    /// <param name="memory">Remembers headers by client and source.</param>
    /// <param name="made">Counts what is made.</param>
    /// <param name="clock">The clock.</param>
    public SourceIdentity(
        IdentityRules rules,
        IdentityOptions options,
        IdentityKeys keys,
        string source,
        int ordinal,
        Generations<(long Client, int Source), IdentityHeaders> memory,
        Counter<long> made,
        TimeProvider clock)
    {
        this.rules = rules;
        this.options = options;
        this.keys = keys;
        this.ordinal = ordinal;
        this.memory = memory;
        this.made = made;
        this.clock = clock;
        audience = rules.Audience ?? source;
        name = new KeyValuePair<string, object?>("source", source);
    }

    /// <summary>The headers for a client. PERF: mostly they are there, and nothing is allocated.</summary>
    public IdentityHeaders Of(ClientIdentity client) => Find(client) ?? Make(client);

    private IdentityHeaders? Find(ClientIdentity client) =>
        memory.Find((client.Number, ordinal)) is { } found && clock.GetTimestamp() < found.RenewAt && (found.Key is null || found.Key == keys.Signing) ? found : null;

    private IdentityHeaders Make(ClientIdentity client)
    {
        // One at a time, so that requests of one client that come together have the same headers, and can share what they ask for.
        lock (gate)
        {
            if (Find(client) is { } found)
            {
                return found;
            }

            var renewAt = rules.Sign ? clock.GetTimestamp() + (long)(0.75 * options.Lifetime.TotalSeconds * clock.TimestampFrequency) : long.MaxValue;
            var key = rules.Sign ? keys.Signing : null;
            var headers = new IdentityHeaders([.. Headers(client, key)], renewAt, key);
            memory.Put((client.Number, ordinal), headers);
            made.Add(1, name);
            return headers;
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Headers(ClientIdentity client, EllipticKey? key)
    {
        // 1.
        if (rules.Forward && client.Token is { } token)
        {
            yield return KeyValuePair.Create(IdentityRules.Authorization, $"Bearer {token}");
        }

        // 2.
        foreach (var claim in rules.Claims)
        {
            if (ClientFacts.Find(client, claim.Fact) is { } text)
            {
                yield return KeyValuePair.Create(claim.Header, text);
            }
        }

        // 3.
        if (key is not null)
        {
            var now = clock.GetUtcNow();
            var signed = IdentityToken.Write(key, options.Issuer, audience, client, rules.SignClaims, now, now + options.Lifetime);
            var isBearer = rules.SignHeader.Equals(IdentityRules.Authorization, StringComparison.OrdinalIgnoreCase);
            yield return KeyValuePair.Create(rules.SignHeader, isBearer ? $"Bearer {signed}" : signed);
        }
    }
}

/// <summary>Says to all sources who asks.</summary>
/// <param name="options">What each source gets.</param>
/// <param name="keys">By what is signed.</param>
/// <param name="telemetry">Has the meter: <c>graphgateway.identity.made</c>, by <c>source</c>.</param>
/// <param name="clock">The clock.</param>
internal sealed class SourceIdentities(GatewayOptions options, IdentityKeys keys, GatewayTelemetry telemetry, TimeProvider clock)
{
    private readonly Generations<(long Client, int Source), IdentityHeaders> memory = new(options.Identity.RememberedBytes, static (_, headers) => headers.HeldBytes);

    private readonly Counter<long> made = telemetry.Meter.CreateCounter<long>(
        "graphgateway.identity.made", "{identity}", "Identities of clients that were put together, and signed, for a source.");

    /// <summary>For a source; null where it gets nothing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ordinal">Its number.</param>
    /// <exception cref="ArgumentException">It is to get a token, and there is no key that signs.</exception>
    public SourceIdentity? Of(string name, int ordinal)
    {
        var rules = options.Subgraphs.For(name).Identity;
        return rules.Sign && keys.Signing is null
            ? throw new ArgumentException($"The gateway is to sign for {name}, and its first key is none that can sign: set Identity.Keys.", nameof(name))
            : rules.IsOn ? new SourceIdentity(rules, options.Identity, keys, name, ordinal, memory, made, clock) : null;
    }
}
