using System.Collections.Immutable;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// Alternatives, each of which is a list of what is needed together (<see cref="AccessRequirement"/>). They are anybody's texts, and can be long: what is asked of them takes what it is said to take.
/// </summary>
internal static class AccessAlternatives
{
    private static readonly Equality Same = new();

    // What an item takes that is put together with others, beside one that is looked at.
    private const int OfItem = 2;

    // There is nothing that may take as much as that.
    private const long MostPairs = 1_000_000;

    /// <summary>Each once, whatever the order of what it needs.</summary>
    internal static ImmutableArray<ImmutableArray<string>> Distinct(IEnumerable<ImmutableArray<string>> alternatives) => [.. alternatives.DistinctBy(Sorted, Same)];

    /// <summary>True when whoever has one of the first has one of the others.</summary>
    internal static bool Implies(ImmutableArray<ImmutableArray<string>> alternatives, ImmutableArray<ImmutableArray<string>> others) =>
        others.IsEmpty
        || (alternatives.IsEmpty ? [[]] : alternatives).All(together => together.ToHashSet(StringComparer.Ordinal) is var all && others.Any(other => other.All(all.Contains)));

    /// <summary>About how many items <see cref="Implies"/> looks at.</summary>
    internal static long WorkOfImplies(ImmutableArray<ImmutableArray<string>> alternatives, ImmutableArray<ImmutableArray<string>> others) =>
        others.IsEmpty ? 0 : (OfItem * Length(alternatives)) + (Math.Max(1, alternatives.Length) * (others.Length + Length(others)));

    /// <summary>
    /// (a OR b) AND (c OR d) is (a AND c) OR (a AND d) OR ..., and (a OR b) AND (a OR c) is a OR (b AND c); what another alternative already allows is left out.
    /// </summary>
    internal static ImmutableArray<ImmutableArray<string>> Both(ImmutableArray<ImmutableArray<string>> a, ImmutableArray<ImmutableArray<string>> b)
    {
        if (a.IsEmpty || b.IsEmpty)
        {
            return a.IsEmpty ? b : a;
        }

        var (same, ofA, ofB) = Parts(a, b);
        var products =
            from first in ofA
            from second in ofB
            select United(first, second);
        var result = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        foreach (var together in products.Concat(same).OrderBy(together => together.Length).ThenBy(together => string.Join('\n', together)))
        {
            if (!result.Any(shorter => IsWithin(shorter, together)))
            {
                result.Add(together);
            }
        }

        return result.DrainToImmutable();
    }

    /// <summary>About how many items <see cref="Both"/> looks at: each alternative that there is then is held against each other one.</summary>
    internal static long WorkOfBoth(ImmutableArray<ImmutableArray<string>> a, ImmutableArray<ImmutableArray<string>> b)
    {
        if (a.IsEmpty || b.IsEmpty)
        {
            return 0;
        }

        var (same, ofA, ofB) = Parts(a, b);
        var pairs = Math.Min(MostPairs, same.Length + ((long)ofA.Length * ofB.Length));
        return (pairs * pairs) + (OfItem * (Length(same) + (Length(ofA) * (ofB.Length + 1L)) + (Length(ofB) * (ofA.Length + 1L))));
    }

    // Those that both have, and those of each alone.
    private static (ImmutableArray<ImmutableArray<string>> Same, ImmutableArray<ImmutableArray<string>> OfA, ImmutableArray<ImmutableArray<string>> OfB) Parts(
        ImmutableArray<ImmutableArray<string>> a, ImmutableArray<ImmutableArray<string>> b)
    {
        var (allOfA, allOfB) = (a.Select(Sorted).ToHashSet(Same), b.Select(Sorted).ToHashSet(Same));
        return ([.. allOfA.Where(allOfB.Contains)], [.. allOfA.Where(each => !allOfB.Contains(each))], [.. allOfB.Where(each => !allOfA.Contains(each))]);
    }

    private static long Length(ImmutableArray<ImmutableArray<string>> alternatives) => alternatives.Sum(together => (long)together.Length);

    // Mostly it is.
    private static ImmutableArray<string> Sorted(ImmutableArray<string> together)
    {
        for (var at = 1; at < together.Length; at++)
        {
            if (string.CompareOrdinal(together[at - 1], together[at]) > 0)
            {
                return together.Sort(StringComparer.Ordinal);
            }
        }

        return together;
    }

    // Of two that are sorted.
    private static ImmutableArray<string> United(ImmutableArray<string> first, ImmutableArray<string> second)
    {
        var all = ImmutableArray.CreateBuilder<string>(first.Length + second.Length);
        for (var (i, j) = (0, 0); i < first.Length || j < second.Length;)
        {
            var order = i == first.Length ? 1 : j == second.Length ? -1 : string.CompareOrdinal(first[i], second[j]);
            all.Add(order <= 0 ? first[i] : second[j]);
            (i, j) = (order <= 0 ? i + 1 : i, order >= 0 ? j + 1 : j);
        }

        return all.DrainToImmutable();
    }

    // Of two that are sorted: the first one is a part of the second one.
    private static bool IsWithin(ImmutableArray<string> first, ImmutableArray<string> second)
    {
        var at = 0;
        foreach (var item in second)
        {
            if (at == first.Length || string.CompareOrdinal(first[at], item) is var order && order < 0)
            {
                break;
            }

            at += order == 0 ? 1 : 0;
        }

        return at == first.Length;
    }

    // Of what is sorted.
    private sealed class Equality : IEqualityComparer<ImmutableArray<string>>
    {
        public bool Equals(ImmutableArray<string> x, ImmutableArray<string> y) => x.AsSpan().SequenceEqual(y.AsSpan());

        public int GetHashCode(ImmutableArray<string> obj)
        {
            var code = new HashCode();
            foreach (var item in obj)
            {
                code.Add(item);
            }

            return code.ToHashCode();
        }
    }
}
