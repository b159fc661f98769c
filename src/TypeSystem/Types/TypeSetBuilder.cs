namespace GraphGateway.TypeSystem;

/// <summary>
/// A <see cref="TypeSet"/> to which types are added one by one, in place: where an interface has hundreds of types, a new set for each of them is what
/// takes the memory. The default is empty. Not to be copied while it is in use.
/// </summary>
public struct TypeSetBuilder
{
    // As in the set that is made of it.
    private ulong low;
    private ulong[]? high;

    /// <summary>Adds the type with that ordinal.</summary>
    public void Add(int ordinal)
    {
        var word = ordinal >> 6;
        if (word == 0)
        {
            low |= 1UL << ordinal;
            return;
        }

        high = high is null ? TypeWords.Words(word, word) : TypeWords.Reaching(high, word);
        high[word - TypeWords.First(high) + 1] |= 1UL << (ordinal & 63);
    }

    /// <summary>Adds all of a set.</summary>
    public void Add(TypeSet types)
    {
        var (own, others) = types.Words;
        low |= own;
        if (others is null)
        {
            return;
        }

        high = high is null
            ? TypeWords.Words(TypeWords.First(others), TypeWords.Last(others))
            : TypeWords.Reaching(TypeWords.Reaching(high, TypeWords.First(others)), TypeWords.Last(others));
        for (var i = 1; i < others.Length; i++)
        {
            high[i + TypeWords.First(others) - TypeWords.First(high)] |= others[i];
        }
    }

    /// <summary>The types that were added; the builder is empty after it.</summary>
    public TypeSet Take()
    {
        var set = new TypeSet(low, high);
        this = default;
        return set;
    }
}
