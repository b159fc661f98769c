using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using GraphGateway.Http;
using GraphGateway.Language;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// ExecuteRequest(): <see href="https://spec.graphql.org/September2025/#sec-Executing-Requests">Spec §6.1</see>, for an operation that is
/// valid, once for each set of variables.
/// </summary>
internal static class ExecuteRequest
{
    /// <summary>A query or mutation with its variables, or with a list of them.</summary>
    public static async Task<GraphQLHttpResult> RunAsync(
        BoundSchema schema,
        PreparedDocument document,
        OperationDefinitionNode operation,
        JsonElement variables,
        RequestScope request)
    {
        if (variables.ValueKind == JsonValueKind.Array)
        {
            var responses = await ExecuteBatchAsync(schema, document, operation, variables, request);
            return GraphQLHttpResult.Batch(ImmutableArray<IGraphQLResponseBody>.CastUp(responses));
        }

        var response = await ExecuteAsync(schema, document, operation, variables, request);
        return response.HasData ? GraphQLHttpResult.Executed(response) : GraphQLHttpResult.RequestError([.. response.Errors]);
    }

    /// <summary>One set of variables: a response with data, or only errors when the variables do not fit.</summary>
    private static async Task<OperationResponse> ExecuteAsync(
        BoundSchema schema,
        PreparedDocument document,
        OperationDefinitionNode operation,
        JsonElement variables,
        RequestScope request)
    {
        var coerced = CoerceVariableValues.Coerce(schema, document.Source, operation, variables);
        if (!coerced.Errors.IsEmpty)
        {
            return new OperationResponse(coerced.Errors);
        }

        var execution = new OperationExecution(schema, document, operation, coerced.Values, request);
        var data = await execution.ExecuteAsync();
        return new OperationResponse(data, execution.Errors);
    }

    /// <summary>
    /// All sets of variables of a batch, in order. Queries run at the same time and share loaders, so that a thousand lookups are one
    /// statement; mutations run one after the other.
    /// </summary>
    private static async Task<ImmutableArray<OperationResponse>> ExecuteBatchAsync(
        BoundSchema schema,
        PreparedDocument document,
        OperationDefinitionNode operation,
        JsonElement variables,
        RequestScope request)
    {
        var running = new List<Task<OperationResponse>>();
        foreach (var set in variables.EnumerateArray())
        {
            var task = ExecuteAsync(schema, document, operation, set, request);
            running.Add(task);
            if (operation.Operation == OperationType.Mutation)
            {
                await task;
            }
        }

        return [.. await Task.WhenAll(running)];
    }
}

/// <summary>A response (<see href="https://spec.graphql.org/September2025/#sec-Response-Format">Spec §7</see>).</summary>
internal sealed class OperationResponse : IGraphQLResponseBody
{
    private readonly ResultObject? data;
    private readonly IReadOnlyList<GraphQLError> errors;

    /// <summary>An execution result; <paramref name="data"/> is null when an error went all the way up.</summary>
    public OperationResponse(ResultObject? data, IReadOnlyList<GraphQLError> errors)
    {
        this.data = data;
        this.errors = errors;
        HasData = true;
    }

    /// <summary>A request error result: no data entry at all.</summary>
    public OperationResponse(ImmutableArray<GraphQLError> errors) => this.errors = errors;

    /// <summary>False for a request error.</summary>
    public bool HasData { get; }

    public IReadOnlyList<GraphQLError> Errors => errors;

    public void WriteTo(IBufferWriter<byte> output, ResultPosition position)
    {
        output.Write("{"u8);
        position.WriteMembers(output);
        if (errors.Count > 0)
        {
            output.Write("\"errors\":"u8);
            ErrorWriter.WriteErrors(output, errors);
            if (HasData)
            {
                output.Write(","u8);
            }
        }

        if (HasData)
        {
            output.Write("\"data\":"u8);
            using var writer = new Utf8JsonWriter(output, ErrorWriter.JsonOptions);
            ResultValues.Write(writer, data);
        }

        output.Write("}"u8);
    }

    public void Dispose()
    {
        // holds no pooled memory
    }
}
