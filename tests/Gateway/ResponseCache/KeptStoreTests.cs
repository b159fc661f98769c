using System.Text;
using GraphGateway.Execution;
using GraphGateway.Http;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>What is kept, what makes room, and how old it becomes.</summary>
public sealed class KeptStoreTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void Keys_with_one_hash_are_told_apart_by_their_bytes()
    {
        var store = new KeptStore<KeptAnswer>(1_000_000, new OneHash());
        store.Put(KeyOf("a"), Answer("A"));
        store.Put(KeyOf("b"), Answer("B"));
        store.Put(KeyOf("b").For(1), Answer("B of 1"));
        Assert.Equal(("A", "B", "B of 1", null), (Find(store, "a"), Find(store, "b"), Find(store, "b", 1), Find(store, "c")));
    }

    [Fact]
    public void What_comes_once_pushes_nothing_out_that_is_asked_for_again()
    {
        var store = new KeptStore<KeptAnswer>(20_000);
        store.Put(KeyOf("hot"), Answer("HOT"));
        Assert.Equal("HOT", Find(store, "hot"));
        for (var i = 0; i < 1000; i++)
        {
            store.Put(KeyOf($"{i}"), Answer("once"));
        }

        Assert.Equal(("HOT", "once", null), (Find(store, "hot"), Find(store, "999"), Find(store, "0")));
        Assert.InRange(store.Bytes, 15_000, 20_000);
        Assert.Equal(1001 - store.Count, store.Evictions);
    }

    [Fact]
    public void What_is_larger_than_a_fifth_of_the_room_is_not_kept()
    {
        var store = new KeptStore<KeptAnswer>(10_000);
        Assert.False(store.Put(KeyOf("a"), Answer(new string('x', 1000))));
        Assert.Equal((0, 0), (store.Count, store.Bytes));
    }

    // Who asks between the two would be given what is old no less than what is new.
    [Fact]
    public void What_comes_in_the_place_of_another_takes_it_away_in_the_same_step_if_it_is_still_that_one()
    {
        var store = new KeptStore<KeptAnswer>(10_000);
        var (forAll, newer) = (Answer("for all"), Answer("newer"));
        store.Put(KeyOf("a"), forAll);
        Assert.False(store.Put(KeyOf("a").For(1), Answer(new string('x', 1000)), (KeyOf("a"), forAll)));
        Assert.Same(forAll, store.Find(KeyOf("a"), Moment.Of(clock)));
        Assert.True(store.Put(KeyOf("a").For(1), Answer("of 1"), (KeyOf("a"), forAll)));
        Assert.Equal((null, "of 1", 1), (Find(store, "a"), Find(store, "a", 1), store.Count));
        store.Put(KeyOf("a"), newer);
        Assert.True(store.Put(KeyOf("a").For(1), Answer("of 1 again"), (KeyOf("a"), forAll)));
        Assert.Equal(("newer", "of 1 again", 2), (Find(store, "a"), Find(store, "a", 1), store.Count));
    }

    [Fact]
    public void What_is_over_goes_when_it_is_looked_for()
    {
        var store = new KeptStore<KeptAnswer>(10_000);
        store.Put(KeyOf("a"), Answer("A"));
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((null, 0, 0), (Find(store, "a"), store.Count, store.Bytes));
    }

    [Fact]
    public void Many_that_are_looked_up_in_one_step_are_those_that_are_looked_up_one_by_one()
    {
        const int seed = 20261129;
        var random = new Random(seed);
        var (step, single) = (new KeptStore<KeptAnswer>(20_000), new KeptStore<KeptAnswer>(20_000));
        for (var round = 0; round < 2_000; round++)
        {
            var (key, answer) = (KeyOf($"{random.Next(60)}").For(random.Next(2)), Answer($"{round}", random.Next(1, 20)));
            step.Put(key, answer);
            single.Put(key, answer);
            clock.Advance(TimeSpan.FromSeconds(random.Next(2)));
            var (client, now) = (random.Next(2), Moment.Of(clock));
            FlightKey[] keys = [.. Enumerable.Range(0, random.Next(12)).Select(_ => KeyOf($"{random.Next(60)}"))];
            KeptAnswer?[] given = [.. keys.Select(_ => random.Next(4) == 0 ? answer : null)];
            KeptAnswer?[] expected = [.. given.Select((one, i) => one ?? single.Find(keys[i].For(client), now))];
            step.FindAll(keys, client, now, given);
            Assert.True(expected.SequenceEqual(given), $"seed {seed}, round {round}");
            Assert.Equal((single.Count, single.Bytes, single.Evictions), (step.Count, step.Bytes, step.Evictions));
        }
    }

    [Fact]
    public void Keys_of_one_array_are_those_with_arrays_of_their_own()
    {
        var bytes = "xxabcabcab"u8.ToArray();
        Assert.Equal((KeyOf("abc"), KeyOf("abc").GetHashCode()), (FlightKey.Within(bytes, 2, 3), FlightKey.Within(bytes, 5, 3).GetHashCode()));
        Assert.Equal(KeyOf("abc").For(1), FlightKey.Within(bytes, 5, 3).For(1).Keep());
        Assert.NotEqual(KeyOf("abc"), FlightKey.Within(bytes, 5, 4));
        Assert.NotEqual(KeyOf("abc"), FlightKey.Within(bytes, 5, 3).For(1));
        Assert.Equal("abc"u8.ToArray(), FlightKey.Within(bytes, 5, 3).Content.ToArray());
    }

    [Theory]
    [InlineData(30, 30, 30, true)]
    [InlineData(30, -100000, 30, true)]
    [InlineData(61, -100000, 61, false)]
    [InlineData(0, 30, 30, true)]
    [InlineData(0, 61, 61, false)]
    [InlineData(0, 100000000, 100000000, false)]
    public void The_clock_of_the_machine_that_jumps_makes_nothing_younger(int steadySeconds, int wallSeconds, int expectedAge, bool expectedFresh)
    {
        var jumping = new JumpingClock();
        var policy = new CachePolicy(CacheObstacle.None, 60 * jumping.TimestampFrequency, 60 * jumping.TimestampFrequency, IsPrivate: false);
        var answer = new KeptAnswer(new WholeResponse([1]), policy, client: 0, cost: null, labels: null, jumping);
        (jumping.Steady, jumping.Wall) = (steadySeconds, wallSeconds);
        Assert.Equal((expectedAge, expectedFresh), (answer.Age, answer.IsFresh));
    }

    private KeptAnswer Answer(string text, int seconds = 60)
    {
        var until = clock.GetTimestamp() + (seconds * clock.TimestampFrequency);
        return new KeptAnswer(new WholeResponse(Encoding.UTF8.GetBytes(text)), new CachePolicy(CacheObstacle.None, until, until, IsPrivate: false), client: 0, cost: null, labels: null, clock);
    }

    private static FlightKey KeyOf(string content) => FlightKey.Of(Encoding.UTF8.GetBytes(content), headers: null, HeaderRules.None).Keep();

    private string? Find(KeptStore<KeptAnswer> store, string content, long client = 0)
    {
        if (store.Find(KeyOf(content).For(client), Moment.Of(clock)) is not { } answer)
        {
            return null;
        }

        var output = new System.Buffers.ArrayBufferWriter<byte>();
        answer.Body.WriteTo(output, ResultPosition.None);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private sealed class OneHash : IEqualityComparer<FlightKey>
    {
        public bool Equals(FlightKey x, FlightKey y) => x.Equals(y);

        public int GetHashCode(FlightKey obj) => 0;
    }

    private sealed class JumpingClock : TimeProvider
    {
        public int Steady { get; set; }

        public int Wall { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Steady * 1000L;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(30).AddSeconds(Wall);
    }
}
