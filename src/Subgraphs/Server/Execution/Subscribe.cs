using System.Runtime.CompilerServices;
using System.Text.Json;
using GraphGateway.Http;
using GraphGateway.Language;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Subscription">Spec §6.2.3, Subscription</see>: a source stream of events becomes a
/// stream of responses. Whoever reads the responses sets the pace: the next event is asked for when the response before was taken, so nothing
/// queues up here.
/// </summary>
internal sealed class Subscribe(BoundSchema schema, PreparedDocument document, OperationDefinitionNode operation, IServiceProvider services, ILogger logger)
{
    /// <summary>Subscribe(): the request's errors, or the response stream.</summary>
    /// <param name="variables">One set of variables.</param>
    /// <param name="cancellationToken">Cancelled when the client goes away.</param>
    public async Task<GraphQLHttpResult> RunAsync(JsonElement variables, CancellationToken cancellationToken)
    {
        var coerced = CoerceVariableValues.Coerce(schema, document.Source, operation, variables);
        if (!coerced.Errors.IsEmpty)
        {
            return GraphQLHttpResult.RequestError(coerced.Errors);
        }

        // The source has a token of its own: it is also cancelled when the reader just stops.
        var unsubscribed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var request = new RequestScope(services, logger, unsubscribed.Token);
        var execution = new OperationExecution(schema, document, operation, coerced.Values, request);
        var source = await request.RunAsync(execution.CreateSourceEventStreamAsync);
        if (source.Events is { } events)
        {
            return GraphQLHttpResult.Stream(MapSourceToResponseEvent(events, coerced.Values, unsubscribed, CancellationToken.None));
        }

        unsubscribed.Dispose();
        return GraphQLHttpResult.RequestError(source.Error!);
    }

    /// <summary>
    /// MapSourceToResponseEvent(): <see href="https://spec.graphql.org/September2025/#sec-Response-Stream">Spec §6.2.3.2</see>. A source that
    /// fails ends the responses with one that has the error and no data.
    /// </summary>
    private async IAsyncEnumerable<IGraphQLResponseBody> MapSourceToResponseEvent(
        IAsyncEnumerable<object?> sourceStream,
        IReadOnlyDictionary<string, object?> variables,
        CancellationTokenSource unsubscribed,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(unsubscribed.Token, cancellationToken);
        var source = sourceStream.GetAsyncEnumerator(left.Token);
        var moving = Task.FromResult(true);
        try
        {
            while (true)
            {
                moving = source.MoveNextAsync().AsTask();
                var (hasEvent, failure) = await WaitAsync(moving, left.Token);
                if (failure is not null)
                {
                    yield return failure;
                }

                if (!hasEvent)
                {
                    yield break;
                }

                yield return await ExecuteSubscriptionEventAsync(source.Current, variables, left.Token);
            }
        }
        finally
        {
            await UnsubscribeAsync(source, moving, unsubscribed);
        }
    }

    private async Task<(bool HasEvent, OperationResponse? Failure)> WaitAsync(Task<bool> moving, CancellationToken cancellationToken)
    {
        try
        {
            return (await moving.WaitAsync(cancellationToken), null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (false, null);
        }
#pragma warning disable CA1031 // whatever the source throws ends the stream, and the client is told
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (false, new OperationResponse([FailureOf(exception)]));
        }
    }

    private GraphQLError FailureOf(Exception exception)
    {
        if (exception is GraphQLException intended)
        {
            return GraphQLError.At(document.Source, intended.Message, intended.Code, operation.Start) with { Extensions = intended.Extensions };
        }

        logger.LogError(exception, "The source stream of {Operation} failed. The document is {Document}.", operation.Name?.Value ?? "an unnamed subscription", document.Hash);
        return GraphQLError.At(document.Source, "Internal server error", ErrorCode.InternalServerError, operation.Start);
    }

    /// <summary>
    /// ExecuteSubscriptionEvent(): <see href="https://spec.graphql.org/September2025/#sec-Response-Stream">Spec §6.2.3.2</see>. Each event has
    /// loaders of its own, because the data may be other than at the event before.
    /// </summary>
    private async Task<OperationResponse> ExecuteSubscriptionEventAsync(object? initialValue, IReadOnlyDictionary<string, object?> variables, CancellationToken cancellationToken)
    {
        await using var request = new RequestScope(services, logger, cancellationToken);
        var execution = new OperationExecution(schema, document, operation, variables, request);
        var data = await request.RunAsync(() => execution.ExecuteSubscriptionEventAsync(initialValue));
        return new OperationResponse(data, execution.Errors);
    }

    /// <summary>
    /// Unsubscribe(): <see href="https://spec.graphql.org/September2025/#sec-Unsubscribe">Spec §6.2.3.3</see>. A source that is still looking for
    /// its next event is told to stop; it is cleaned up when it does, and the client's connection does not wait for it.
    /// </summary>
    private async Task UnsubscribeAsync(IAsyncEnumerator<object?> source, Task<bool> moving, CancellationTokenSource unsubscribed)
    {
        await unsubscribed.CancelAsync();
        var cleaning = CleanUpAsync(source, moving, unsubscribed);
        if (moving.IsCompleted)
        {
            await cleaning;
        }
    }

    private async Task CleanUpAsync(IAsyncEnumerator<object?> source, Task<bool> moving, CancellationTokenSource unsubscribed)
    {
        try
        {
            // Its result or failure has been dealt with, or nobody is there any more to hear of it.
            await ((Task)moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await source.DisposeAsync();
        }
#pragma warning disable CA1031 // the responses are out: the log is the one place left
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.LogError(exception, "The source stream of {Operation} failed while it was closed.", operation.Name?.Value ?? "an unnamed subscription");
        }
        finally
        {
            unsubscribed.Dispose();
        }
    }
}

/// <summary>What a subscription's resolver gave: a stream, or why there is none.</summary>
internal sealed record SourceStream(IAsyncEnumerable<object?>? Events, GraphQLError? Error);
