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
            Expect(a, Built(a), "one by one", where);
            Expect(a.Union(b), Built(a, setB), "one by one and all of a set", where);
            Expect(b, setB, "a set that was added", where);
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

    [Fact]
    public void Adding_types_one_by_one_to_a_builder_makes_no_set_for_each()
    {
        var all = Enumerable.Range(0, 1_000).ToArray();
        Built(all);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var set = Built(all);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(1_000, set.Count);
        Assert.True(bytes < 4_000, $"{bytes} bytes");
    }

    [Fact]
    public void A_set_that_was_taken_from_a_builder_does_not_change_with_it()
    {
        var builder = default(TypeSetBuilder);
        builder.Add(100);
        var first = builder.Take();
        builder.Add(101);

        Assert.Equal([100], first.Ordinals());
        Assert.Equal([101], builder.Take().Ordinals());
        Assert.True(builder.Take().IsEmpty);
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

    private static TypeSet Built(IEnumerable<int> numbers, TypeSet more = default)
    {
        var builder = default(TypeSetBuilder);
        foreach (var number in numbers)
        {
            builder.Add(number);
        }

        builder.Add(more);
        return builder.Take();
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
