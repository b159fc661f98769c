using System.Runtime.CompilerServices;
using System.Text;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>A supergraph is read once for all who ask for it at the same time, and is in memory once while anybody is sent it.</summary>
public sealed class SentSupergraphsTests
{
    private readonly SentSupergraphs sent = new();
    private int reads;

    [Fact]
    public async Task Those_who_ask_at_the_same_time_have_the_same()
    {
        var text = new TaskCompletionSource<string?>();
        var asked = Enumerable.Range(0, 100).Select(_ => AskAsync("one", text.Task)).ToArray();
        text.SetResult("type Query");
        var all = await Task.WhenAll(asked);
        Assert.Equal("type Query", Encoding.UTF8.GetString(all[0]!));
        Assert.All(all, bytes => Assert.Same(all[0], bytes));

        // Who comes while somebody has it, too; and another one is another one.
        Assert.Same(all[0], await AskAsync("one", Task.FromResult<string?>("never read")));
        Assert.Equal("scalar A", Encoding.UTF8.GetString((await AskAsync("two", Task.FromResult<string?>("scalar A")))!));
        Assert.Equal(2, reads);
        GC.KeepAlive(all);
    }

    [Fact]
    public async Task What_nobody_is_sent_is_not_kept()
    {
        await ReadAndForgetAsync("first");

        // The thread that has read it may still be about to let go of it.
        for (var i = 0; i < 1_000 && reads == 1; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
            await ReadAndForgetAsync("second", "first");
        }

        Assert.Equal(2, reads);
    }

    [Fact]
    public async Task What_cannot_be_read_is_asked_for_again()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => AskAsync("one", Task.FromException<string?>(new InvalidDataException("gone"))));
        Assert.Null(await AskAsync("one", Task.FromResult<string?>(null)));
        Assert.Equal("there", Encoding.UTF8.GetString((await AskAsync("one", Task.FromResult<string?>("there")))!));
        Assert.Equal(3, reads);
    }

    [Fact]
    public async Task Who_leaves_takes_nothing_from_the_others()
    {
        using var leaving = new CancellationTokenSource();
        var text = new TaskCompletionSource<string?>();
        var first = AskAsync("one", text.Task, leaving.Token);
        var second = AskAsync("one", text.Task);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        text.SetResult("there");
        Assert.Equal("there", Encoding.UTF8.GetString((await second)!));
        Assert.Equal(1, reads);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task ReadAndForgetAsync(string text, string? orWhatIsThere = null) =>
        Assert.Contains(Encoding.UTF8.GetString((await AskAsync("one", Task.FromResult<string?>(text)))!), new[] { text, orWhatIsThere });

    private Task<byte[]?> AskAsync(string hash, Task<string?> text, CancellationToken cancellation = default) => sent.GetAsync(
        hash,
        async () =>
        {
            Interlocked.Increment(ref reads);
            return await text is { } read ? Encoding.UTF8.GetBytes(read) : null;
        },
        cancellation);
}
