using System.Collections.Frozen;
using System.Collections.Immutable;
using GraphGateway.ControlPlane;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>An API key with who sends it.</summary>
/// <param name="Key">As it is stored.</param>
/// <param name="Identity">Who sends it.</param>
internal sealed record HeldKey(ApiKey Key, ClientIdentity Identity);

/// <summary>All API keys at one time, by their ids.</summary>
internal sealed class ApiKeyRing
{
    private readonly FrozenDictionary<string, HeldKey> byId;

    private ApiKeyRing(FrozenDictionary<string, HeldKey> byId)
    {
        this.byId = byId;
    }

    /// <summary>The keys that take the place of earlier ones: who was known before and has not changed stays the same client.</summary>
    public static ApiKeyRing Replace(ApiKeyRing? before, ImmutableArray<ApiKey> keys) => new(keys.ToFrozenDictionary(
        key => key.Id,
        key => new HeldKey(key, before?.Find(key.Id) is { } known && IsSame(known.Key.Grant, key.Grant) ? known.Identity : IdentityOf(key)),
        StringComparer.Ordinal));

    public HeldKey? Find(string id) => byId.GetValueOrDefault(id);

    private static bool IsSame(ApiKeyGrant one, ApiKeyGrant other) =>
        one.Consumer == other.Consumer && one.Plan == other.Plan && one.Expires == other.Expires && one.Scopes.AsSpan().SequenceEqual(other.Scopes.AsSpan());

    private static ClientIdentity IdentityOf(ApiKey key) =>
        ClientIdentity.OfApiKey(key.Id, key.Grant.Consumer, key.Grant.Plan, key.Grant.Scopes.ToFrozenSet(StringComparer.Ordinal), key.Grant.Expires);
}
