using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>What is made of runtime types on first use is made once, found again, and told apart, however many there are and in whatever order they come.</summary>
public sealed class ByTypeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    public void What_is_made_of_a_type_is_made_once_and_found_again(int count)
    {
        var (world, made) = (new World(), new Dictionary<int, object>());
        // -1 stands for the type that nobody knows; sevenths of the ordinals, so that many want the same place.
        int[] types = [.. Enumerable.Range(-1, count).Select(n => n * 7)];
        foreach (var type in types.Reverse())
        {
            made.Add(type, world.Get(type));
        }

        Assert.All(types, type => Assert.Same(made[type], world.Get(type)));
        Assert.Equal(types.Reverse(), world.Made);
        Assert.Equal(count, made.Values.Distinct().Count());
    }

    // Two threads ask for the same types at the same time, in the same order and in the other one.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Those_who_ask_at_the_same_time_have_the_same(bool isOpposite)
    {
        for (var round = 0; round < 200; round++)
        {
            var world = new World();
            using var start = new Barrier(2);
            int[] types = [.. Enumerable.Range(0, 40)];
            Task<object[]> Ask(IEnumerable<int> order) => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return order.Select(type => (Type: type, Found: world.Get(type))).OrderBy(pair => pair.Type).Select(pair => pair.Found).ToArray();
                },
                TaskCreationOptions.LongRunning);
            var (one, other) = (Ask(types), Ask(isOpposite ? types.Reverse() : types));
            Assert.Equal(await one, await other, ReferenceEqualityComparer.Instance);
        }
    }

    private sealed class World
    {
        private ByType<object> things;

        public List<int> Made { get; } = [];

        public object Get(int type) => things.Get(type, this, static (type, world) =>
        {
            lock (world.Made)
            {
                world.Made.Add(type);
            }

            return new object();
        });
    }
}
