using System.Collections.Concurrent;

namespace GraphGateway.Gateway;

/// <summary>A token that was found valid.</summary>
/// <param name="Identity">Who sends it.</param>
/// <param name="Key">The key that signed it.</param>
/// <param name="Until">By the clock's timestamps, how long it is taken without another look.</param>
internal sealed record RememberedToken(ClientIdentity Identity, SigningKey Key, long Until);

/// <summary>
/// Remembers tokens that were found valid, so that their signature is checked once a minute and not at each request. A token is found only by all of its
/// bytes. It is forgotten after its time, or when its key is gone; and there is no more than a number of bytes: two generations take turns, so that to forget
/// costs nothing. Tokens that are not valid are never here: nobody can fill it who has none.
/// </summary>
/// <param name="maxBytes">Bytes of all tokens in it.</param>
/// <param name="clock">The clock.</param>
internal sealed class TokenMemory(int maxBytes, TimeProvider clock)
{
    private readonly Lock gate = new();
    private volatile Generation young = new();
    private volatile Generation old = new();

    /// <summary>How many are there.</summary>
    public int Count => young.Count + old.Count;

    /// <summary>Who sends the token; null where it has to be looked at.</summary>
    public ClientIdentity? Find(ReadOnlySpan<char> token)
    {
        var found = young.Find(token) ?? old.Find(token);
        return found is not null && !found.Key.IsRemoved && clock.GetTimestamp() < found.Until ? found.Identity : null;
    }

    /// <summary>Remembers it.</summary>
    public void Remember(string token, RememberedToken found)
    {
        var size = sizeof(char) * token.Length;
        if (size > maxBytes / 2)
        {
            return;
        }

        lock (gate)
        {
            if (young.Bytes + size > maxBytes / 2)
            {
                old = young;
                young = new Generation();
            }

            young.Put(token, size, found);
        }
    }

    private sealed class Generation
    {
        private readonly ConcurrentDictionary<string, RememberedToken> tokens = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<string, RememberedToken>.AlternateLookup<ReadOnlySpan<char>> lookup;

        public Generation()
        {
            lookup = tokens.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public int Count => tokens.Count;

        /// <summary>Belongs to the gate.</summary>
        public int Bytes { get; private set; }

        public RememberedToken? Find(ReadOnlySpan<char> token) => lookup.TryGetValue(token, out var found) ? found : null;

        public void Put(string token, int size, RememberedToken found)
        {
            if (!tokens.ContainsKey(token))
            {
                Bytes += size;
            }

            tokens[token] = found;
        }
    }
}
