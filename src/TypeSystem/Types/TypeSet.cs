using System.Numerics;

namespace GraphGateway.TypeSystem;

/// <summary>
/// A set of object types of one <see cref="Schema"/>, as bits by <see cref="ObjectType.Ordinal"/>. Immutable; the default is empty.
/// All operands of one operation come from the same schema.
/// </summary>
public readonly struct TypeSet : IEquatable<TypeSet>
{
    // Types 0-63 stand in the struct itself, so that the usual small schema allocates nothing. For the others, the first entry says which
    // word of 64 types the second is, and so on from there: a set of a few types of a large schema is small. Neither the first nor the
    // last word is zero, so that equal sets have equal entries.
    private readonly ulong low;
    private readonly ulong[]? high;

    internal TypeSet(ulong low, ulong[]? high)
    {
        this.low = low;
        this.high = high;
    }

    /// <summary>Types 0-63, and the words of the others, which nobody may change.</summary>
    internal (ulong Low, ulong[]? High) Words => (low, high);

    /// <summary>True when no type is in the set.</summary>
    public bool IsEmpty => low == 0 && high is null;

    /// <summary>How many types are in the set.</summary>
    public int Count
    {
        get
        {
            var count = BitOperations.PopCount(low);
            for (var i = 1; i < (high?.Length ?? 0); i++)
            {
                count += BitOperations.PopCount(high![i]);
            }

            return count;
        }
    }

    /// <summary>The set of one type.</summary>
    public static TypeSet Of(ObjectType type) => default(TypeSet).With(type.Ordinal);

    /// <summary>The set of the given types.</summary>
    public static TypeSet Of(IEnumerable<ObjectType> types)
    {
        var all = types as IReadOnlyCollection<ObjectType> ?? [.. types];
        var (low, first, last) = (0UL, int.MaxValue, 0);
        foreach (var type in all)
        {
            var word = type.Ordinal >> 6;
            low |= word == 0 ? 1UL << type.Ordinal : 0;
            first = word == 0 ? first : Math.Min(first, word);
            last = Math.Max(last, word);
        }

        if (last == 0)
        {
            return new TypeSet(low, null);
        }

        var words = TypeWords.Words(first, last);
        foreach (var type in all)
        {
            if (type.Ordinal >= 64)
            {
                words[(type.Ordinal >> 6) - first + 1] |= 1UL << (type.Ordinal & 63);
            }
        }

        return new TypeSet(low, words);
    }

    /// <summary>This set and the type with that ordinal.</summary>
    public TypeSet With(int ordinal)
    {
        var word = ordinal >> 6;
        if (word == 0)
        {
            return new TypeSet(low | 1UL << ordinal, high);
        }

        ulong[] words;
        if (high is null)
        {
            words = TypeWords.Words(word, word);
        }
        else
        {
            words = TypeWords.Words(Math.Min(word, TypeWords.First(high)), Math.Max(word, TypeWords.Last(high)));
            high.AsSpan(1).CopyTo(words.AsSpan(1 + TypeWords.First(high) - TypeWords.First(words)));
        }

        words[word - TypeWords.First(words) + 1] |= 1UL << (ordinal & 63);
        return new TypeSet(low, words);
    }

    /// <summary>True when the type with that ordinal is in the set.</summary>
    public bool Contains(int ordinal) =>
        ordinal < 64
            ? (low >> ordinal & 1) != 0
            : high is not null && (TypeWords.Word(high, ordinal >> 6) >> (ordinal & 63) & 1) != 0;

    /// <summary>True when the type is in the set.</summary>
    public bool Contains(ObjectType type) => Contains(type.Ordinal);

    // PERF: most sets that meet are one set, or small, or one is part of the other: then nothing is allocated, and the words of the result
    // are the operand's own, which makes the next comparison cheap.

    /// <summary>What is in both.</summary>
    public TypeSet Intersect(TypeSet other)
    {
        var words = ReferenceEquals(high, other.high) || high is null ? high
            : other.high is null ? null
            : TypeWords.IsWithin(high, other.high) ? high
            : TypeWords.IsWithin(other.high, high) ? other.high
            : TypeWords.Intersect(high, other.high);
        return new TypeSet(low & other.low, words);
    }

    /// <summary>What is in one of them.</summary>
    public TypeSet Union(TypeSet other)
    {
        var words = ReferenceEquals(high, other.high) || other.high is null ? high
            : high is null || TypeWords.IsWithin(high, other.high) ? other.high
            : TypeWords.IsWithin(other.high, high) ? high
            : TypeWords.Union(high, other.high);
        return new TypeSet(low | other.low, words);
    }

    /// <summary>What is here and not in the other.</summary>
    public TypeSet Except(TypeSet other)
    {
        var words = ReferenceEquals(high, other.high) || high is null ? null
            : other.high is null ? high
            : TypeWords.IsWithin(high, other.high) ? null
            : TypeWords.Except(high, other.high);
        return new TypeSet(low & ~other.low, words);
    }

    /// <summary>True when both share a type.</summary>
    public bool Overlaps(TypeSet other)
    {
        if ((low & other.low) != 0)
        {
            return true;
        }

        if (high is null || other.high is null)
        {
            return false;
        }

        var last = Math.Min(TypeWords.Last(high), TypeWords.Last(other.high));
        for (var word = Math.Max(TypeWords.First(high), TypeWords.First(other.high)); word <= last; word++)
        {
            if ((TypeWords.Word(high, word) & TypeWords.Word(other.high, word)) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when every type of this set is in the other.</summary>
    public bool IsSubsetOf(TypeSet other) =>
        (low & ~other.low) == 0
        && (high is null || ReferenceEquals(high, other.high) || (other.high is not null && TypeWords.IsWithin(high, other.high)));

    /// <summary>The ordinals in ascending order. Going through them allocates nothing.</summary>
    public TypeOrdinals Ordinals() => new(low, high);

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
}
