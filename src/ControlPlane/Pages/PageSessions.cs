using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace GraphGateway.ControlPlane;

/// <summary>Somebody who has signed in. The key itself is not kept.</summary>
/// <param name="KeyId">The part of the key that names it.</param>
/// <param name="Hash">Of the key, as the store had it when they signed in.</param>
/// <param name="Begun">When.</param>
internal sealed record PageSession(string KeyId, ImmutableArray<byte> Hash, DateTimeOffset Begun);

/// <summary>
/// Who has signed in to the page, in this process alone. A session has a random name of 256 bits, of which only a hash is kept, and a life of <see cref="Life"/>.
/// Their number has a bound, and so has that of one key's: whoever signs in again and again pushes out their own.
/// </summary>
internal sealed class PageSessions(TimeProvider clock)
{
    public const int Most = 1_000;
    public const int MostOfKey = 20;

    private const int Bytes = 32;

    public static readonly TimeSpan Life = TimeSpan.FromHours(8);

    private readonly Lock gate = new();
    private readonly Dictionary<string, PageSession> sessions = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (gate)
            {
                return sessions.Count;
            }
        }
    }

    /// <summary>Begins one; its name.</summary>
    public string Begin(string keyId, ImmutableArray<byte> hash)
    {
        var (name, now) = (RandomNumberGenerator.GetHexString(2 * Bytes, lowercase: true), clock.GetUtcNow());
        lock (gate)
        {
            foreach (var (old, _) in sessions.Where(session => IsOver(session.Value, now)).ToArray())
            {
                sessions.Remove(old);
            }

            MakeRoom(sessions.Where(session => session.Value.KeyId == keyId), MostOfKey);
            MakeRoom(sessions, Most);
            sessions.Add(HashOf(name), new PageSession(keyId, hash, now));
        }

        return name;
    }

    /// <summary>The session of that name; null where there is none, or no longer.</summary>
    public PageSession? Find(string name)
    {
        lock (gate)
        {
            return sessions.TryGetValue(HashOf(name), out var session) && !IsOver(session, clock.GetUtcNow()) ? session : null;
        }
    }

    /// <summary>Ends one, if there is one of that name.</summary>
    public void End(string name)
    {
        lock (gate)
        {
            sessions.Remove(HashOf(name));
        }
    }

    private void MakeRoom(IEnumerable<KeyValuePair<string, PageSession>> of, int most)
    {
        foreach (var (old, _) in of.OrderByDescending(session => session.Value.Begun).Skip(most - 1).ToArray())
        {
            sessions.Remove(old);
        }
    }

    private static bool IsOver(PageSession session, DateTimeOffset now) => now >= session.Begun + Life;

    private static string HashOf(string name) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
