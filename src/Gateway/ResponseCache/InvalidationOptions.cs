using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>Where it may be said what of the cache is to be forgotten, and by whom (<c>Gateway:ResponseCache:Invalidation</c>).</summary>
public sealed record InvalidationOptions
{
    private const int LeastCharacters = 16;
    private const string Key = "Key";

    /// <summary>The SHA-256 hash of the key that has to be shown: the key itself is not held.</summary>
    public required ImmutableArray<byte> KeyHash { get; init; }

    /// <summary>The address, of its own, which only this machine reaches by default.</summary>
    public Uri Url { get; init; } = new("http://127.0.0.1:9465/invalidation");

    internal static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    // Without a key there is nothing.
    internal static InvalidationOptions? Read(SettingsReader reader)
    {
        var key = reader.Text(Key);
        var options = new InvalidationOptions { KeyHash = [.. HashOf(key ?? "")] };
        var url = reader.Url(nameof(Url), options.Url)!;
        if (key is { Length: < LeastCharacters })
        {
            reader.Problem(Key, $"has fewer than {LeastCharacters} characters: it could be guessed.");
        }

        return key is null ? null : options with { Url = url };
    }
}
