using System.Security.Cryptography;
using GraphGateway.ControlPlane;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>
/// Checks API keys against those that the store has. What is known of them is a few seconds old at most, so that a key that is revoked is refused within ten
/// seconds; while the store cannot be read it stays as it was.
/// </summary>
internal sealed class ApiKeyChecker(Refreshed<ApiKeyRing> keys, byte[] pepper, TimeProvider clock)
{
    /// <summary>Who sends the key, or why it is not valid.</summary>
    /// <param name="text">The key.</param>
    /// <param name="patience">Ends the waiting for the store.</param>
    public ValueTask<Authentication> CheckAsync(string text, CancellationToken patience)
    {
        // A mistyped key is told by itself: nothing is looked up for it.
        return ApiKeyText.IdOf(text) is { } id ? LookAsync(id, text, patience) : ValueTask.FromResult<Authentication>(AuthenticationFailure.ApiKeyInvalid);
    }

    private async ValueTask<Authentication> LookAsync(string id, string text, CancellationToken patience)
    {
        var ring = await keys.GetAsync(patience);
        var held = ring?.Find(id);
        if (held is null)
        {
            // A key that is not known may be new.
            ring = await keys.RefreshAsync(patience);
            held = ring?.Find(id);
        }

        return ring is null ? AuthenticationFailure.ApiKeysUnavailable : held is null ? AuthenticationFailure.ApiKeyInvalid : Judge(held, text);
    }

    // Only to who has the key it is told what has become of it.
    private Authentication Judge(HeldKey held, string text) =>
        !CryptographicOperations.FixedTimeEquals(ApiKeyText.HashOf(text, pepper), held.Key.Hash.AsSpan()) ? AuthenticationFailure.ApiKeyInvalid
        : held.Key.Revoked is not null ? AuthenticationFailure.ApiKeyRevoked
        : held.Key.Grant.Expires <= clock.GetUtcNow() ? AuthenticationFailure.ApiKeyExpired
        : held.Identity;
}
