using System.Numerics;

namespace GraphGateway.TypeSystem;

/// <summary>
/// A set of object types of one <see cref="Schema"/>, as bits by <see cref="ObjectType.Ordinal"/>. Immutable; the default is empty.
/// All operands of one operation come from the same schema.
/// </summary>
public readonly struct TypeSet : IEquatable<TypeSet>
{
    // Types 0-63 stand in the struct itself, so that the usual small schema allocates nothing.
    private readonly ulong low;
    private readonly ulong[]? high;

    private TypeSet(ulong low, ulong[]? high)
    {
        this.low = low;
        // Trailing zero words are cut so that equal sets have equal words.
        var length = high?.Length ?? 0;
        while (length > 0 && high![length - 1] == 0)
        {
            length--;
        }

        this.high = length == 0 ? null : length == high!.Length ? high : high[..length];
    }

    /// <summary>True when no type is in the set.</summary>
    public bool IsEmpty => low == 0 && high is null;

    /// <summary>How many types are in the set.</summary>
    public int Count
    {
        get
        {
            var count = BitOperations.PopCount(low);
            foreach (var word in high ?? [])
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>The set of one type.</summary>
    public static TypeSet Of(ObjectType type) => default(TypeSet).With(type.Ordinal);

    /// <summary>The set of the given types.</summary>
    public static TypeSet Of(IEnumerable<ObjectType> types)
    {
        var set = default(TypeSet);
        foreach (var type in types)
        {
            set = set.With(type.Ordinal);
        }

        return set;
    }

    /// <summary>This set and the type with that ordinal.</summary>
    public TypeSet With(int ordinal)
    {
        if (ordinal < 64)
        {
            return new TypeSet(low | 1UL << ordinal, high);
        }

        var word = (ordinal >> 6) - 1;
        var words = new ulong[Math.Max(word + 1, high?.Length ?? 0)];
        high?.CopyTo(words, 0);
        words[word] |= 1UL << (ordinal & 63);
        return new TypeSet(low, words);
    }

    /// <summary>True when the type with that ordinal is in the set.</summary>
    public bool Contains(int ordinal)
    {
        if (ordinal < 64)
        {
            return (low >> ordinal & 1) != 0;
        }

        var word = (ordinal >> 6) - 1;
        return high is not null && word < high.Length && (high[word] >> (ordinal & 63) & 1) != 0;
    }

    /// <summary>True when the type is in the set.</summary>
    public bool Contains(ObjectType type) => Contains(type.Ordinal);

    // PERF: most sets that meet are one set, or small, or one is part of the other: then nothing is allocated, and the words of the result
    // are the operand's own, which makes the next comparison cheap.

    /// <summary>What is in both.</summary>
    public TypeSet Intersect(TypeSet other)
    {
        var words = ReferenceEquals(high, other.high) || high is null ? high
            : other.high is null ? null
            : IsWithin(high, other.high) ? high
            : IsWithin(other.high, high) ? other.high
            : Intersect(high, other.high);
        return new TypeSet(low & other.low, words);
    }

    /// <summary>What is in one of them.</summary>
    public TypeSet Union(TypeSet other)
    {
        var words = ReferenceEquals(high, other.high) || other.high is null ? high
            : high is null || IsWithin(high, other.high) ? other.high
            : IsWithin(other.high, high) ? high
            : Union(high, other.high);
        return new TypeSet(low | other.low, words);
    }

    /// <summary>What is here and not in the other.</summary>
    public TypeSet Except(TypeSet other)
    {
        var words = ReferenceEquals(high, other.high) || high is null ? null
            : other.high is null ? high
            : IsWithin(high, other.high) ? null
            : Except(high, other.high);
        return new TypeSet(low & ~other.low, words);
    }

    /// <summary>True when both share a type.</summary>
    public bool Overlaps(TypeSet other)
    {
        if ((low & other.low) != 0)
        {
            return true;
        }

        for (var i = 0; i < Math.Min(high?.Length ?? 0, other.high?.Length ?? 0); i++)
        {
            if ((high![i] & other.high![i]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when every type of this set is in the other.</summary>
    public bool IsSubsetOf(TypeSet other) =>
        (low & ~other.low) == 0
        && (high is null || ReferenceEquals(high, other.high) || (other.high is not null && IsWithin(high, other.high)));

    /// <summary>The ordinals in ascending order.</summary>
    public IEnumerable<int> Ordinals()
    {
        for (var bits = low; bits != 0; bits &= bits - 1)
        {
            yield return BitOperations.TrailingZeroCount(bits);
        }

        for (var word = 0; word < (high?.Length ?? 0); word++)
        {
            for (var bits = high![word]; bits != 0; bits &= bits - 1)
            {
                yield return ((word + 1) << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }
    }

    /// <inheritdoc/>
    public bool Equals(TypeSet other) => low == other.low && high.AsSpan().SequenceEqual(other.high);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TypeSet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(low);
        foreach (var word in high ?? [])
        {
            hash.Add(word);
        }

        return hash.ToHashCode();
    }

    /// <summary>Same types.</summary>
    public static bool operator ==(TypeSet left, TypeSet right) => left.Equals(right);

    /// <summary>Not the same types.</summary>
    public static bool operator !=(TypeSet left, TypeSet right) => !left.Equals(right);

    // Neither ends with a zero word, so that the longer one is never within the shorter.
    private static bool IsWithin(ulong[] words, ulong[] other)
    {
        if (words.Length > other.Length)
        {
            return false;
        }

        for (var i = 0; i < words.Length; i++)
        {
            if ((words[i] & ~other[i]) != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static ulong[] Intersect(ulong[] left, ulong[] right)
    {
        var words = new ulong[Math.Min(left.Length, right.Length)];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = left[i] & right[i];
        }

        return words;
    }

    private static ulong[] Union(ulong[] left, ulong[] right)
    {
        var (longer, shorter) = left.Length >= right.Length ? (left, right) : (right, left);
        var words = longer.ToArray();
        for (var i = 0; i < shorter.Length; i++)
        {
            words[i] |= shorter[i];
        }

        return words;
    }

    private static ulong[] Except(ulong[] left, ulong[] right)
    {
        var words = left.ToArray();
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            words[i] &= ~right[i];
        }

        return words;
    }
}
