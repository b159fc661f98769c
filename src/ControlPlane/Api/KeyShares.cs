namespace GraphGateway.ControlPlane;

/// <summary>
/// How much of a room each key has, and who makes place where there is no more: slow ones of any two keys could have all of it for as long as they like otherwise. One has half of it at most. Where nothing has been
/// sent or taken for longest makes place first: of any other key for one that has nothing else, so that however many keys are slow, one body or answer always has room, and keeps it as long as it goes on; else of a
/// key that has several, and more than both would have then, so that nobody can take back what was taken. Who has it guards it with a lock.
/// </summary>
/// <param name="most">How much there is. Where nothing else is there, anything has room.</param>
internal sealed class KeyShares(long most)
{
    private readonly Dictionary<string, long> keys = new(StringComparer.Ordinal);

    /// <summary>How much is taken.</summary>
    public long Total { get; private set; }

    /// <summary>How much a key has.</summary>
    public long Of(string key) => keys.GetValueOrDefault(key);

    /// <summary>Those that make place for so much more; null where there is no room, and none of them leaves.</summary>
    /// <param name="key">Who needs it.</param>
    /// <param name="besides">How much it has apart from that for which it is.</param>
    /// <param name="more">How much it is.</param>
    /// <param name="quietest">All that have some of the room, those first where nothing has gone on for longest.</param>
    /// <param name="of">Whose they are, and how much they have.</param>
    public List<T>? MakeRoom<T>(string key, long besides, long more, IEnumerable<T> quietest, Func<T, (string Key, long Size)> of)
    {
        var (own, leaving, freed) = (Of(key), new List<T>(), new Dictionary<string, long>(StringComparer.Ordinal));
        if (own != 0 && own + more > most / 2)
        {
            return null;
        }

        var left = Total;
        if (left + more <= most)
        {
            return leaving;
        }

        foreach (var one in quietest)
        {
            var (whose, size) = of(one);
            var others = Of(whose) - freed.GetValueOrDefault(whose);
            if (size > 0 && whose != key && (besides == 0 || (others > own + more && others > size)))
            {
                leaving.Add(one);
                freed[whose] = freed.GetValueOrDefault(whose) + size;
                left -= size;
            }

            if (left + more <= most)
            {
                break;
            }
        }

        // Where nothing else is there, anything has room.
        return left == 0 || left + more <= most ? leaving : null;
    }

    /// <summary>Gives a key more, or less.</summary>
    public void Add(string key, long more)
    {
        Total += more;
        if (Of(key) + more is not 0 and var own)
        {
            keys[key] = own;
        }
        else
        {
            keys.Remove(key);
        }
    }
}
