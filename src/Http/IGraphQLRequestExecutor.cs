using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace GraphGateway.Http;

/// <summary>
/// What runs a request that HTTP has delivered: the gateway's pipeline, or a service's resolvers. It never throws for a client's mistake:
/// that is a result like any other.
/// </summary>
public interface IGraphQLRequestExecutor
{
    /// <summary>Runs one request. The result is disposed when the response is written; the request is alive until then.</summary>
    ValueTask<GraphQLHttpResult> ExecuteAsync(GraphQLRequest request, HttpContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Runs the requests of one batch, and gives a result for each, in order; none of them a stream. Unless the executor knows better, one
    /// runs after the other.
    /// </summary>
    async ValueTask<IReadOnlyList<GraphQLHttpResult>> ExecuteBatchAsync(IReadOnlyList<GraphQLRequest> requests, HttpContext context, CancellationToken cancellationToken)
    {
        var results = new List<GraphQLHttpResult>(requests.Count);
        try
        {
            foreach (var request in requests)
            {
                results.Add(await ExecuteAsync(request, context, cancellationToken));
            }
        }
        catch
        {
            results.ForEach(result => result.Dispose());
            throw;
        }

        return results;
    }
}

/// <summary>One GraphQL response that can write itself. Disposed when it is written, also when writing fails.</summary>
public interface IGraphQLResponseBody : IDisposable
{
    /// <summary>
    /// Writes the response, a JSON object in UTF-8. Inside a batch, <paramref name="position"/> says which entry it answers; the body puts
    /// <see cref="ResultPosition.WriteMembers"/> right after its opening brace.
    /// </summary>
    void WriteTo(IBufferWriter<byte> output, ResultPosition position);

    /// <summary>True for a response that is to go out by <see cref="InPieces"/>, so that no more of it waits in memory than the client takes.</summary>
    bool IsLarge => false;

    /// <summary>
    /// What <see cref="WriteTo"/> writes, in pieces: each call of the function writes the next one, and is true when there are more.
    /// </summary>
    /// <param name="position">As for <see cref="WriteTo"/>.</param>
    Func<IBufferWriter<byte>, bool> InPieces(ResultPosition position) => output =>
    {
        WriteTo(output, position);
        return false;
    };
}

/// <summary>Which entry of a batch a response answers; negative numbers mean "not in such a batch".</summary>
/// <param name="RequestIndex">Index in the JSON array of requests.</param>
/// <param name="VariableIndex">Index in the list of variable objects.</param>
public readonly record struct ResultPosition(int RequestIndex, int VariableIndex)
{
    /// <summary>Not part of a batch.</summary>
    public static ResultPosition None { get; } = new(-1, -1);

    /// <summary>Writes <c>"requestIndex":0,"variableIndex":2,</c>, with the trailing comma, or nothing outside a batch.</summary>
    public void WriteMembers(IBufferWriter<byte> output)
    {
        WriteMember(output, "\"requestIndex\":"u8, RequestIndex);
        WriteMember(output, "\"variableIndex\":"u8, VariableIndex);
    }

    private static void WriteMember(IBufferWriter<byte> output, ReadOnlySpan<byte> name, int index)
    {
        if (index < 0)
        {
            return;
        }

        output.Write(name);
        var span = output.GetSpan(12);
        index.TryFormat(span, out var written);
        span[written++] = (byte)',';
        output.Advance(written);
    }
}
