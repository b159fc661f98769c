using System.Collections.Immutable;
using Microsoft.IdentityModel.Tokens;

namespace GraphGateway.Http;

/// <summary>A key that signs tokens.</summary>
/// <param name="key">The key.</param>
/// <param name="algorithm">The one algorithm that it is for; null where it does not say.</param>
/// <param name="material">All that it consists of: keys with the same are the same key.</param>
public sealed class SigningKey(SecurityKey key, string? algorithm, string material)
{
    private volatile bool isRemoved;

    /// <summary>The key.</summary>
    public SecurityKey Key { get; } = key;

    /// <summary>What tokens call it (<c>kid</c>); null where it has no name.</summary>
    public string? Id { get; } = string.IsNullOrEmpty(key.KeyId) ? null : key.KeyId;

    /// <summary>All that it consists of.</summary>
    public string Material { get; } = material;

    /// <summary>True once its issuer no longer has it: what it signed is no longer valid.</summary>
    public bool IsRemoved => isRemoved;

    /// <summary>Its issuer no longer has it.</summary>
    public void Remove() => isRemoved = true;

    /// <summary>Whether it can sign by an algorithm (RFC 7518, section 3.1).</summary>
    public bool IsFor(string wanted) => (algorithm is null || algorithm == wanted) && Key switch
    {
        RsaSecurityKey => wanted is ['R' or 'P', 'S', ..],
        ECDsaSecurityKey ec => wanted == EllipticOf(ec.KeySize),
        SymmetricSecurityKey => wanted is ['H', 'S', ..],
        _ => false,
    };

    // RFC 7518, section 3.4: each algorithm has its curve.
    private static string EllipticOf(int bits) => bits switch
    {
        256 => "ES256",
        384 => "ES384",
        _ => "ES512",
    };
}

/// <summary>The keys of an issuer at one time.</summary>
public sealed class KeySet
{
    // Of a token that does not say which key it is signed with, all of them are tried: each costs a check of its signature.
    private const int MaxTried = 8;

    private KeySet(ImmutableArray<SigningKey> keys)
    {
        Keys = keys;
    }

    /// <summary>Them.</summary>
    public ImmutableArray<SigningKey> Keys { get; }

    /// <summary>The set that takes the place of an earlier one: what is in both is the same key, what is not in the new one is removed.</summary>
    public static KeySet Replace(KeySet? before, IEnumerable<SigningKey> keys)
    {
        var known = (before?.Keys ?? []).ToDictionary(key => key.Material);
        var fresh = new KeySet([.. keys.DistinctBy(key => key.Material).Select(key => known.GetValueOrDefault(key.Material, key))]);
        foreach (var gone in known.Values.Except(fresh.Keys))
        {
            gone.Remove();
        }

        return fresh;
    }

    /// <summary>The keys by which a token can be signed; none where there is no such key.</summary>
    /// <param name="id">What the token says (<c>kid</c>), or null.</param>
    /// <param name="algorithm">Its algorithm.</param>
    public ImmutableArray<SigningKey> Find(string? id, string algorithm)
    {
        var found = Keys.Where(key => (id is null || key.Id == id) && key.IsFor(algorithm)).Take(MaxTried + 1).ToImmutableArray();
        return found.Length > MaxTried ? [] : found;
    }
}
