namespace GraphGateway.TypeSystem;

/// <summary>
/// Words of 64 types each, as <see cref="TypeSet"/> has them: the first entry says which word the second one is. Neither the first nor the last
/// word is zero. The operations take them so and give them so.
/// </summary>
internal static class TypeWords
{
    /// <summary>Which word comes first.</summary>
    internal static int First(ulong[] words) => (int)words[0];

    /// <summary>Which word comes last.</summary>
    internal static int Last(ulong[] words) => (int)words[0] + words.Length - 2;

    /// <summary>A word; zero where there is none.</summary>
    internal static ulong Word(ulong[] words, int word)
    {
        var index = (uint)(word - First(words));
        return index < (uint)words.Length - 1 ? words[index + 1] : 0;
    }

    /// <summary>Zeros for the words from one to another, to be filled.</summary>
    internal static ulong[] Words(int first, int last)
    {
        var words = new ulong[last - first + 2];
        words[0] = (ulong)first;
        return words;
    }

    /// <summary>The words themselves where one more is among them; otherwise as many more as it takes, to be filled.</summary>
    internal static ulong[] Reaching(ulong[] words, int word)
    {
        if (word >= First(words) && word <= Last(words))
        {
            return words;
        }

        var more = Words(Math.Min(word, First(words)), Math.Max(word, Last(words)));
        words.AsSpan(1).CopyTo(more.AsSpan(1 + First(words) - First(more)));
        return more;
    }

    /// <summary>True when the others have every bit.</summary>
    internal static bool IsWithin(ulong[] words, ulong[] other)
    {
        if (First(words) < First(other) || Last(words) > Last(other))
        {
            return false;
        }

        var own = words.AsSpan(1);
        var others = other.AsSpan(1 + First(words) - First(other), own.Length);
        for (var i = 0; i < own.Length; i++)
        {
            if ((own[i] & ~others[i]) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The bits that are in both; null when none is.</summary>
    internal static ulong[]? Intersect(ulong[] left, ulong[] right)
    {
        var (first, last) = (Math.Max(First(left), First(right)), Math.Min(Last(left), Last(right)));
        while (first <= last && (Word(left, first) & Word(right, first)) == 0)
        {
            first++;
        }

        while (first <= last && (Word(left, last) & Word(right, last)) == 0)
        {
            last--;
        }

        if (first > last)
        {
            return null;
        }

        var words = Words(first, last);
        for (var word = first; word <= last; word++)
        {
            words[word - first + 1] = Word(left, word) & Word(right, word);
        }

        return words;
    }

    /// <summary>The bits that are in one of them.</summary>
    internal static ulong[] Union(ulong[] left, ulong[] right)
    {
        var words = Words(Math.Min(First(left), First(right)), Math.Max(Last(left), Last(right)));
        for (var word = First(words); word <= Last(words); word++)
        {
            words[word - First(words) + 1] = Word(left, word) | Word(right, word);
        }

        return words;
    }

    /// <summary>The bits that are in the first alone, of which there must be some.</summary>
    internal static ulong[] Except(ulong[] left, ulong[] right)
    {
        var (first, last) = (First(left), Last(left));
        while ((Word(left, first) & ~Word(right, first)) == 0)
        {
            first++;
        }

        while ((Word(left, last) & ~Word(right, last)) == 0)
        {
            last--;
        }

        var words = Words(first, last);
        for (var word = first; word <= last; word++)
        {
            words[word - first + 1] = Word(left, word) & ~Word(right, word);
        }

        return words;
    }
}
