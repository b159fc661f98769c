namespace GraphGateway.Http;

/// <summary>A token that was found valid.</summary>
/// <param name="Identity">Who sends it.</param>
/// <param name="Key">The key that signed it.</param>
/// <param name="Until">By the clock's timestamps, how long it is taken without another look.</param>
public sealed record RememberedToken(ClientIdentity Identity, SigningKey Key, long Until);

/// <summary>
/// Remembers tokens that were found valid, so that their signature is checked once a minute and not at each request. A token is found only by all of its
/// bytes. It is forgotten after its time, or when its key is gone. Tokens that are not valid are never here: nobody can fill it who has none.
/// </summary>
/// <param name="maxBytes">Bytes of all that is in it: tokens, and what is known of who sends them.</param>
/// <param name="clock">The clock.</param>
public sealed class TokenMemory(int maxBytes, TimeProvider clock)
{
    /// <summary>The longest time for which a token is taken without another look at it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    // Measured on a 64-bit machine: objects, and their places in what holds them. The library keeps the token's text in three forms.
    private const int EntryBytes = 1500;
    private const int ClaimBytes = 200;
    private const int ScopeBytes = 72;
    private const int TextsOfToken = 3;

    private readonly Generations<string, RememberedToken> tokens = new(maxBytes, static (token, found) => SizeOf(token, found.Identity), StringComparer.Ordinal);

    /// <summary>How many are there.</summary>
    public int Count => tokens.Count;

    /// <summary>Who sends the token; null where it has to be looked at. PERF: allocates nothing.</summary>
    /// <param name="token">The token.</param>
    public ClientIdentity? Find(ReadOnlySpan<char> token)
    {
        var found = tokens.FindBy(token);
        return found is not null && !found.Key.IsRemoved && clock.GetTimestamp() < found.Until ? found.Identity : null;
    }

    /// <summary>Remembers it.</summary>
    /// <param name="token">The token.</param>
    /// <param name="found">Whose it is.</param>
    public void Remember(string token, RememberedToken found)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(found);
        tokens.Put(token, found);
    }

    /// <summary>Remembers it until it expires, the skew of clocks included, and <see cref="Longest"/> at most.</summary>
    /// <param name="token">The token.</param>
    /// <param name="verdict">What came of looking at it: it is valid.</param>
    /// <param name="identity">Whose it is.</param>
    /// <param name="clockSkew">How far the clocks may be apart: a token that is remembered is no better and no worse than one that is new.</param>
    public void Remember(string token, TokenVerdict verdict, ClientIdentity identity, TimeSpan clockSkew)
    {
        var left = verdict.Until - (clock.GetUtcNow() - clockSkew);
        var time = left < Longest ? left : Longest;
        Remember(token, new RememberedToken(identity, verdict.Key!, clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency)));
    }

    // About: a token of a few letters can have many claims, each an object.
    private static long SizeOf(string token, ClientIdentity identity)
    {
        var bytes = EntryBytes + ((long)TextsOfToken * sizeof(char) * token.Length);
        foreach (var claim in identity.Claims.Claims)
        {
            bytes += ClaimBytes + (sizeof(char) * ((long)claim.Type.Length + claim.Value.Length));
        }

        foreach (var scope in identity.Scopes)
        {
            bytes += ScopeBytes + (sizeof(char) * (long)scope.Length);
        }

        return bytes;
    }
}
