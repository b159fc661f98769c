using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace GraphGateway.Planning;

/// <summary>
/// Some steps of a plan, such as those that have ended when another one starts. Many steps wait for the same: then they have one set (<see cref="ContentComparer"/>), and what
/// was found for it is kept by the object.
/// </summary>
internal sealed class StepSet
{
    // Null: all of them.
    private readonly ulong[]? words;

    private StepSet(ulong[]? words) => this.words = words;

    /// <summary>None of the steps.</summary>
    public static StepSet None { get; } = new([]);

    /// <summary>All steps of any plan.</summary>
    public static StepSet All { get; } = new(null);

    /// <summary>These steps, and those of some sets.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="others">The sets; not <see cref="All"/>.</param>
    public static StepSet Of(List<int> steps, List<StepSet> others)
    {
        var length = steps.Select(step => (step >> 6) + 1).Concat(others.Select(other => other.words!.Length)).DefaultIfEmpty().Max();
        if (length == 0)
        {
            return None;
        }

        var words = new ulong[length];
        foreach (var step in steps)
        {
            words[step >> 6] |= 1UL << (step & 63);
        }

        foreach (var other in others)
        {
            for (var i = 0; i < other.words!.Length; i++)
            {
                words[i] |= other.words[i];
            }
        }

        return new StepSet(words);
    }

    /// <summary>True when the step is among them.</summary>
    public bool Contains(int step) => words is null || ((uint)step >> 6 < (uint)words.Length && (words[step >> 6] >> (step & 63) & 1) != 0);

    /// <summary>True when each of these steps but one is among others, which are not <see cref="All"/>.</summary>
    public bool AreAmong(StepSet others, int but)
    {
        for (var i = 0; i < words!.Length; i++)
        {
            var missing = words[i] & ~(i < others.words!.Length ? others.words[i] : 0);
            if ((missing & ~(but >> 6 == i ? 1UL << (but & 63) : 0)) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Sets with the same steps are equal.</summary>
    internal sealed class ContentComparer : IEqualityComparer<StepSet>
    {
        public bool Equals(StepSet? x, StepSet? y) => ReferenceEquals(x, y) || (x?.words is { } left && y?.words is { } right && left.AsSpan().SequenceEqual(right));

        public int GetHashCode([DisallowNull] StepSet obj)
        {
            var hash = 0UL;
            foreach (var word in obj.words ?? [])
            {
                hash = (BitOperations.RotateLeft(hash, 5) ^ word) * 0x9E3779B97F4A7C15;
            }

            return (int)(hash >> 32);
        }
    }
}
