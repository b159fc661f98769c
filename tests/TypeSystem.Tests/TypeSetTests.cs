using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.TypeSystem.Tests;

/// <summary>Sets of object types beside sets of numbers, of schemas with some and with many types.</summary>
public sealed class TypeSetTests
{
    private const int Rounds = 4_000;

    [Fact]
    public void Does_what_a_set_of_numbers_does()
    {
        var random = new Random(Seed.Value);
        for (var round = 0; round < Rounds; round++)
        {
            var (a, b) = (Numbers(random), Numbers(random));
            var (setA, setB) = (Of(a), Of(b));
            var where = $"seed {Seed.Value}, round {round}: {{{string.Join(' ', a)}}} and {{{string.Join(' ', b)}}}";
            Expect(a.Intersect(b), setA.Intersect(setB), "in both", where);
            Expect(a.Union(b), setA.Union(setB), "in one", where);
            Expect(a.Except(b), setA.Except(setB), "in the first alone", where);
            Assert.True(setA.Overlaps(setB) == a.Overlaps(b), $"overlaps, {where}");
            Assert.True(setA.IsSubsetOf(setB) == a.IsSubsetOf(b), $"is part of, {where}");
            Assert.True(setA.Equals(setB) == a.SetEquals(b), $"equals, {where}");
            Assert.True(setA.IsEmpty == (a.Count == 0), $"is empty, {where}");
            foreach (var number in b)
            {
                Assert.True(setA.Contains(number) == a.Contains(number), $"contains {number}, {where}");
            }
        }
    }

    [Fact]
    public void A_set_of_the_last_types_of_a_large_schema_is_small()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var set = default(TypeSet).With(100_000).With(100_007);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal([100_000, 100_007], set.Ordinals());
        Assert.True(bytes < 200, $"{bytes} bytes");
    }

    // However a set came about, equal ones are equal, and so are their hash codes.
    private static void Expect(IEnumerable<int> expected, TypeSet actual, string what, string where)
    {
        int[] numbers = [.. expected.Order()];
        Assert.True(numbers.SequenceEqual(actual.Ordinals()), $"{what}: {string.Join(' ', actual.Ordinals())} instead of {string.Join(' ', numbers)}, {where}");
        Assert.True(actual.Count == numbers.Length, $"{what}: counts {actual.Count}, {where}");
        var again = Of(numbers);
        Assert.True(again == actual && again.GetHashCode() == actual.GetHashCode(), $"{what}: is not the same as one made anew, {where}");
    }

    private static TypeSet Of(IEnumerable<int> numbers) =>
        numbers.Aggregate(default(TypeSet), static (set, number) => set.With(number));

    // Few or many, near each other or far apart, and at the edges of words.
    private static HashSet<int> Numbers(Random random)
    {
        var range = new[] { 8, 64, 65, 200, 1_000 }[random.Next(5)];
        var start = new[] { 0, 0, 60, 128, 500 }[random.Next(5)];
        return [.. Enumerable.Range(0, random.Next(random.Next(2) == 0 ? 4 : 40)).Select(_ => start + random.Next(range))];
    }
}
