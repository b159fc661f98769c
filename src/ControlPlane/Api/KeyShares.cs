namespace GraphGateway.ControlPlane;

/// <summary>
/// How much of a room each key has. One has half of it at most; where there is no more, who needs some takes the place of another one: slow ones of any two keys could have all of it for as long as they like
/// otherwise. Who has more than both would have then makes place, so that nobody can take back what was taken. Who has it guards it with a lock.
/// </summary>
/// <param name="most">How much there is. Where nothing else is there, anything has room.</param>
internal sealed class KeyShares(long most)
{
    private readonly Dictionary<string, long> keys = new(StringComparer.Ordinal);

    /// <summary>How much is taken.</summary>
    public long Total { get; private set; }

    /// <summary>How much a key has.</summary>
    public long Of(string key) => keys.GetValueOrDefault(key);

    /// <summary>True when the key may have so much more, as far as its own share goes.</summary>
    public bool MayHave(string key, long more) => Of(key) is var own && (own == 0 || own + more <= most / 2);

    /// <summary>True when there is so much left.</summary>
    public bool Has(long more) => Total == 0 || Total + more <= most;

    /// <summary>The key that has most, where that is more than another one would have with so much more; null where there is none.</summary>
    public string? Richer(string key, long more)
    {
        var (richest, amount) = keys.MaxBy(static pair => pair.Value);
        return amount > Of(key) + more ? richest : null;
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
