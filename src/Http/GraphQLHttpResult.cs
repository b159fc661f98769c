using System.Collections.Immutable;
using GraphGateway.Language;
using Microsoft.AspNetCore.Http;

namespace GraphGateway.Http;

/// <summary>How far a request came; with the media type it decides the status code.</summary>
public enum GraphQLOutcome
{
    /// <summary>The operation ran: 200, also when fields failed.</summary>
    Executed,

    /// <summary>
    /// A GraphQL request error: the document does not parse or validate, the operation is unknown, the variables cannot be coerced.
    /// 400 with <c>application/graphql-response+json</c>, 200 with <c>application/json</c>.
    /// </summary>
    RequestError,

    /// <summary>The request was refused before it was one of GraphQL's concern: <see cref="GraphQLHttpResult.StatusCode"/> says how.</summary>
    Refused,
}

/// <summary>What an executor answers: the bodies (one; in a variable batch one for each variable object, in order) and the facts that the status needs.</summary>
public sealed class GraphQLHttpResult : IDisposable
{
    private GraphQLHttpResult(ImmutableArray<IGraphQLResponseBody> bodies, bool isBatch, GraphQLOutcome outcome, int statusCode)
    {
        Bodies = bodies;
        IsBatch = isBatch;
        Outcome = outcome;
        StatusCode = statusCode;
    }

    /// <summary>The responses, in the order of the variable objects.</summary>
    public ImmutableArray<IGraphQLResponseBody> Bodies { get; }

    /// <summary>
    /// The responses of a subscription, each disposed by whoever writes it; null for everything else. Given only to a request that
    /// <see cref="GraphQLRequest.AcceptsStream"/>. Disposing its enumerator unsubscribes.
    /// </summary>
    public IAsyncEnumerable<IGraphQLResponseBody>? Events { get; private init; }

    /// <summary>True for the answer to a variable batch.</summary>
    public bool IsBatch { get; }

    /// <summary>True when a response is to go out in pieces.</summary>
    internal bool IsLarge
    {
        get
        {
            foreach (var body in Bodies)
            {
                if (body.IsLarge)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Why the request did not run; empty where it did.</summary>
    public ImmutableArray<GraphQLError> Errors { get; private init; } = [];

    /// <summary>How far the request came.</summary>
    public GraphQLOutcome Outcome { get; }

    /// <summary>The HTTP status when <see cref="Outcome"/> is <see cref="GraphQLOutcome.Refused"/>, else 0.</summary>
    public int StatusCode { get; }

    /// <summary>The value of <c>Allow</c> with a 405, else null.</summary>
    public string? Allow { get; private init; }

    /// <summary>The operation ran.</summary>
    public static GraphQLHttpResult Executed(IGraphQLResponseBody body) => new([body], isBatch: false, GraphQLOutcome.Executed, 0);

    /// <summary>Every variable object of a batch has its answer, in order.</summary>
    public static GraphQLHttpResult Batch(ImmutableArray<IGraphQLResponseBody> bodies) =>
        new(bodies, isBatch: true, GraphQLOutcome.Executed, 0);

    /// <summary>A subscription runs, and these will be its responses.</summary>
    public static GraphQLHttpResult Stream(IAsyncEnumerable<IGraphQLResponseBody> events) => new([], isBatch: false, GraphQLOutcome.Executed, 0) { Events = events };

    /// <summary>A GraphQL request error (Spec §7.1.2): no data at all.</summary>
    public static GraphQLHttpResult RequestError(params ImmutableArray<GraphQLError> errors) =>
        new([new ErrorBody(errors)], isBatch: false, GraphQLOutcome.RequestError, 0) { Errors = errors };

    /// <summary>The same with <c>extensions</c> beside the error.</summary>
    /// <param name="extensions">A JSON object; empty where there is nothing to tell.</param>
    /// <param name="error">The error.</param>
    public static GraphQLHttpResult RequestError(ReadOnlyMemory<byte> extensions, GraphQLError error) =>
        new([new ErrorBody([error], extensions)], isBatch: false, GraphQLOutcome.RequestError, 0) { Errors = [error] };

    /// <summary>Refused with this status whatever the media type.</summary>
    public static GraphQLHttpResult Refused(int statusCode, params ImmutableArray<GraphQLError> errors) =>
        Refused(statusCode, default, errors);

    /// <summary>The same with <c>extensions</c> beside the errors.</summary>
    /// <param name="statusCode">The status.</param>
    /// <param name="extensions">A JSON object; empty where there is nothing to tell.</param>
    /// <param name="errors">The errors.</param>
    public static GraphQLHttpResult Refused(int statusCode, ReadOnlyMemory<byte> extensions, params ImmutableArray<GraphQLError> errors) =>
        new([new ErrorBody(errors, extensions)], isBatch: false, GraphQLOutcome.Refused, statusCode) { Errors = errors };

    /// <summary>405: GET may only run queries (GraphQL over HTTP, "GET requests MUST NOT be used for executing mutation operations").</summary>
    public static GraphQLHttpResult MethodNotAllowed(string message, string allow)
    {
        ImmutableArray<GraphQLError> errors = [new GraphQLError { Message = message, Code = ErrorCode.InvalidGraphqlRequest }];
        return new GraphQLHttpResult([new ErrorBody(errors)], isBatch: false, GraphQLOutcome.Refused, StatusCodes.Status405MethodNotAllowed)
        {
            Allow = allow,
            Errors = errors,
        };
    }

    /// <summary>The status of the answer in a media type.</summary>
    internal int StatusIn(ResponseFormat format) => Outcome switch
    {
        GraphQLOutcome.Refused => StatusCode,
        GraphQLOutcome.RequestError when format == ResponseFormat.GraphQLResponse => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status200OK,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var body in Bodies)
        {
            body.Dispose();
        }
    }
}
