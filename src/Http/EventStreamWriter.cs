using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GraphGateway.Http;

/// <summary>
/// Responses as server-sent events, in the distinct connections mode of
/// <see href="https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md">GraphQL over Server-Sent Events</see>: <c>next</c> with each
/// response, then <c>complete</c>. A client ends a subscription by closing its connection.
/// </summary>
/// <remarks>
/// The next response is asked for when the one before was handed to the connection and the connection takes more: a slow client slows its
/// own source, and nothing queues up. When the server stops, its subscriptions end without <c>complete</c>.
/// </remarks>
internal sealed class EventStreamWriter(HttpContext context, GraphQLHttpOptions options)
{
    private readonly PipeWriter output = context.Response.BodyWriter;
    private readonly CancellationToken stopping =
        context.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;

    private bool IsStopping => stopping.IsCancellationRequested;

    /// <summary>Writes what the executor gave: the responses of a subscription, or the one or several of everything else.</summary>
    public async Task WriteAsync(IReadOnlyList<GraphQLHttpResult> results, bool isRequestBatch)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var response = context.Response;
        response.ContentType = MediaType.EventStream;
        response.Headers.CacheControl = "no-store";
        // nginx and others that follow it would hold events back otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
        await response.StartAsync(context.RequestAborted);
        try
        {
            for (var i = 0; i < results.Count; i++)
            {
                await WriteAsync(results[i], isRequestBatch ? i : -1);
            }

            if (IsStopping)
            {
                // Not complete: the client is to subscribe again, elsewhere or later.
                return;
            }

            output.Write("event: complete\ndata: \n\n"u8);
            await output.FlushAsync(context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested || IsStopping)
        {
            // The client has left: that is how a subscription ends. Or the server stops.
        }
    }

    private async Task WriteAsync(GraphQLHttpResult result, int requestIndex)
    {
        if (result.Events is { } events)
        {
            await WriteAsync(events);
            return;
        }

        for (var i = 0; i < result.Bodies.Length; i++)
        {
            await WriteNextAsync(result.Bodies[i], new ResultPosition(requestIndex, result.IsBatch ? i : -1));
        }
    }

    private async Task WriteAsync(IAsyncEnumerable<IGraphQLResponseBody> events)
    {
        // The headers go out with the first bytes: the client learns that it is subscribed before anything happens.
        output.Write(":\n\n"u8);
        await output.FlushAsync(context.RequestAborted);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await using var responses = events.GetAsyncEnumerator(ending.Token);
        while (true)
        {
            var moving = responses.MoveNextAsync().AsTask();
            await KeepAliveUntilAsync(moving);
            if (!await moving)
            {
                return;
            }

            using var body = responses.Current;
            await WriteNextAsync(body, ResultPosition.None);
        }
    }

    private async Task KeepAliveUntilAsync(Task<bool> moving)
    {
        while (!moving.IsCompleted)
        {
            using var arrived = new CancellationTokenSource();
            var silence = Task.Delay(options.EventStreamKeepAlive, options.TimeProvider, arrived.Token);
            if (await Task.WhenAny(moving, silence) == moving)
            {
                await arrived.CancelAsync();
                return;
            }

            output.Write(":\n\n"u8);
            if ((await output.FlushAsync(CancellationToken.None)).IsCompleted)
            {
                // Nobody reads any more; the abort of the request ends the source.
                return;
            }
        }
    }

    private async Task WriteNextAsync(IGraphQLResponseBody body, ResultPosition position)
    {
        var json = new ArrayBufferWriter<byte>();
        var next = body.InPieces(position);
        output.Write("event: next\ndata: "u8);
        while (next(json))
        {
            WriteData(json.WrittenSpan);
            json.ResetWrittenCount();
            await output.FlushAsync(context.RequestAborted);
        }

        WriteData(json.WrittenSpan);
        output.Write("\n\n"u8);
        await output.FlushAsync(context.RequestAborted);
    }

    /// <summary>A line break in the JSON, which can only be white space, starts another line of data; the client joins them again.</summary>
    private void WriteData(ReadOnlySpan<byte> json)
    {
        while (json.IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var end)
        {
            output.Write(json[..end]);
            output.Write("\ndata: "u8);
            json = json[(end + 1)..];
        }

        output.Write(json);
    }
}
