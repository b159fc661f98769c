using System.Security.Cryptography;

namespace GraphGateway.ControlPlane;

/// <summary>Whose key is it, and is it valid now? Whoever shows one, to the API or to the page, is looked at here.</summary>
internal static class KeyCheck
{
    private static readonly ApiProblem Invalid = new(ApiProblemCode.KeyInvalid, "This is no key of this registry.", "Who has an admin key can make one: POST /api/keys.");

    // It looks alike where the server was started with another pepper: then no key is one any more.
    private const string OtherSecret = "There is a key of this name with another secret; if all keys are refused, the pepper (--pepper-file) is not the one that they were made with.";

    /// <summary>Of a key that was shown.</summary>
    public static async Task<(ApiCaller? Caller, ApiKey? Key, ApiProblem? Problem)> CheckAsync(ApiServices services, string shown, CancellationToken cancellation) =>
        ApiKeyText.IdOf(shown) is { } id ? await CheckAsync(services, id, ApiKeyText.HashOf(shown, services.Pepper), cancellation) : (null, null, Invalid);

    /// <summary>Of a key that was shown before, by what was kept of it: is it still valid?</summary>
    public static async Task<(ApiCaller? Caller, ApiKey? Key, ApiProblem? Problem)> CheckAsync(ApiServices services, string id, byte[] hash, CancellationToken cancellation)
    {
        if (await services.Keys.FindAsync(id, cancellation) is not { } key)
        {
            return (null, null, Invalid);
        }

        if (!CryptographicOperations.FixedTimeEquals(hash, key.Hash.AsSpan()))
        {
            return (null, null, Invalid with { ForLog = OtherSecret });
        }

        // Only to who has the key it is told what has become of it.
        return key.Revoked is not null ? (null, null, new ApiProblem(ApiProblemCode.KeyRevoked, "The key was revoked.", Invalid.Advice))
            : key.Grant.Expires <= services.Clock.GetUtcNow() ? (null, null, new ApiProblem(ApiProblemCode.KeyExpired, "The key is no longer valid.", Invalid.Advice))
            : (new ApiCaller(id, key.Grant.Consumer, [.. key.Grant.Scopes.Select(RegistryScope.Parse).OfType<RegistryScope>()]), key, null);
    }
}
