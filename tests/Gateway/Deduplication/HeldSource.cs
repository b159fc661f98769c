using System.Threading.Channels;
using GraphGateway.Gateway.Tests.Pipeline;
using Microsoft.AspNetCore.Http;

namespace GraphGateway.Gateway.Tests.Deduplication;

/// <summary>A source that answers each request when the test says what.</summary>
internal sealed class HeldSource : IAsyncDisposable
{
    private readonly Channel<Held> asked = Channel.CreateUnbounded<Held>();

    public required FakeSource Source { get; init; }

    public static async Task<HeldSource> StartAsync()
    {
        HeldSource? self = null;
        var source = await FakeSource.StartAsync(async context =>
        {
            var held = new Held();
            await using var leaving = context.RequestAborted.Register(held.Leave);
            await self!.asked.Writer.WriteAsync(held);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(await held.Body);
        });
        return self = new HeldSource { Source = source };
    }

    public async Task<Held> AskedAsync() => await asked.Reader.ReadAsync();

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}

/// <summary>A request that waits for its answer.</summary>
internal sealed class Held
{
    private readonly TaskCompletionSource<string> body = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> Body => body.Task;

    public void Answer(string json) => body.SetResult(json);

    /// <summary>Waits until the one who asked has left.</summary>
    public Task LeftAsync() => left.Task;

    public void Leave()
    {
        left.TrySetResult();
        body.TrySetCanceled();
    }
}
