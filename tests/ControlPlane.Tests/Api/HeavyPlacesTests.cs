using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>One key never has all the places of those who compose, however many requests it sends.</summary>
public sealed class HeavyPlacesTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_key_has_half_of_the_places_and_its_others_are_in_nobodys_way()
    {
        using var places = new HeavyPlaces(atOnce: 2);
        var (first, _) = await places.TryEnterAsync("a", Long, default);
        var waiting = Enumerable.Range(0, 10).Select(_ => places.TryEnterAsync("a", Long, default)).ToList();
        var (other, _) = await places.TryEnterAsync("b", Long, default);
        Assert.NotNull(other);
        Assert.All(waiting, task => Assert.False(task.IsCompleted));
        Assert.Equal((null, true), await places.TryEnterAsync("a", TimeSpan.Zero, default));
        Assert.Equal((null, false), await places.TryEnterAsync("c", TimeSpan.Zero, default));

        // Whoever comes next is before those of the key that has one.
        var next = places.TryEnterAsync("c", Long, default);
        first!.Dispose();
        var (third, _) = await next;
        Assert.All(waiting, task => Assert.False(task.IsCompleted));
        other!.Dispose();
        third!.Dispose();

        // One after the other.
        while (waiting.Count > 0)
        {
            var done = await Task.WhenAny(waiting);
            waiting.Remove(done);
            Assert.All(waiting, task => Assert.False(task.IsCompleted));
            (await done).Place!.Dispose();
        }
    }

    [Theory]
    [InlineData(2, true, "Another publish, check or compare by the same key is not done yet.")]
    [InlineData(2, false, "2 others publish, check or compare now.")]
    [InlineData(8, true, "4 others by the same key publish, check or compare now.")]
    [InlineData(8, false, "8 others publish, check or compare now.")]
    public void Why_there_is_no_place_is_told_in_a_sentence(int atOnce, bool isOwn, string told)
    {
        using var places = new HeavyPlaces(atOnce);
        Assert.Equal(told, places.Taken(isOwn));
    }

    [Fact]
    public async Task Who_leaves_while_it_waits_has_no_place()
    {
        using var places = new HeavyPlaces(atOnce: 2);
        var (first, _) = await places.TryEnterAsync("a", Long, default);
        using var cancellation = new CancellationTokenSource();
        var waiting = places.TryEnterAsync("a", Long, cancellation.Token);
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first!.Dispose();
        Assert.NotNull((await places.TryEnterAsync("a", TimeSpan.Zero, default)).Place);
        Assert.NotNull((await places.TryEnterAsync("b", TimeSpan.Zero, default)).Place);
    }
}
