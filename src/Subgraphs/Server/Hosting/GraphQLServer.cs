using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using GraphGateway.Http;
using GraphGateway.Language;
using GraphGateway.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Subgraphs.Server;

/// <summary>Runs GraphQL requests against a bound schema. One for the whole program.</summary>
public sealed class GraphQLServer : IGraphQLRequestExecutor
{
    private readonly ILogger logger;
    private readonly DocumentCache documents;

    /// <summary>A server for the schema.</summary>
    /// <param name="schema">The schema with its resolvers.</param>
    /// <param name="logger">Gets the exceptions of resolvers.</param>
    /// <param name="documentCacheSize">Parsed and validated documents to keep.</param>
    /// <param name="limits">Limits on the shape of operations; null for none.</param>
    public GraphQLServer(BoundSchema schema, ILogger logger, int documentCacheSize = 1_000, OperationLimits? limits = null)
    {
        Schema = schema;
        this.logger = logger;
        documents = new DocumentCache(schema, documentCacheSize, new DocumentLimits(limits ?? OperationLimits.None, logger));
    }

    /// <summary>What it serves.</summary>
    public BoundSchema Schema { get; }

    /// <inheritdoc/>
    public ValueTask<GraphQLHttpResult> ExecuteAsync(GraphQLRequest request, HttpContext context, CancellationToken cancellationToken) =>
        RunAsync(request.Document, request.OperationName, request.Variables, request.IsGet, context.RequestServices, cancellationToken);

    /// <summary>Runs a request without HTTP and gives the response's JSON; for tests and tools.</summary>
    /// <param name="document">The GraphQL document.</param>
    /// <param name="services">Where resolvers get their services from.</param>
    /// <param name="variablesJson">The variables as a JSON object, or a list of them; null for none. A list gives one response a line.</param>
    /// <param name="operationName">The operation to run; null when there is one.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public async Task<string> ExecuteAsync(
        string document,
        IServiceProvider services,
        string? variablesJson = null,
        string? operationName = null,
        CancellationToken cancellationToken = default)
    {
        using var variables = variablesJson is null ? null : JsonDocument.Parse(variablesJson);
        using var result = await RunAsync(
            Encoding.UTF8.GetBytes(document), operationName, variables?.RootElement ?? default, isGet: false, services, cancellationToken);
        var output = new ArrayBufferWriter<byte>();
        for (var i = 0; i < result.Bodies.Length; i++)
        {
            result.Bodies[i].WriteTo(output, result.IsBatch ? new ResultPosition(-1, i) : ResultPosition.None);
            output.Write(result.IsBatch ? "\n"u8 : []);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private async ValueTask<GraphQLHttpResult> RunAsync(
        ReadOnlyMemory<byte> document,
        string? operationName,
        JsonElement variables,
        bool isGet,
        IServiceProvider services,
        CancellationToken cancellationToken)
    {
        // Spec §6.1, ExecuteRequest. 1. The document.
        var prepared = documents.Get(document);
        if (!prepared.Errors.IsEmpty)
        {
            return GraphQLHttpResult.RequestError(prepared.Errors);
        }

        // 2. The operation.
        var operation = prepared.FindOperation(operationName, out var message);
        if (operation is null)
        {
            return GraphQLHttpResult.RequestError(new GraphQLError { Message = message, Code = ErrorCode.GraphqlUnknownOperationName });
        }

        if (Refuse(operation, isGet) is { } refusal)
        {
            return refusal;
        }

        // 3. The variables, and 4. the fields.
        await using var request = new RequestScope(services, logger, cancellationToken);
        if (variables.ValueKind == JsonValueKind.Array)
        {
            var responses = await request.RunAsync(() => ExecuteRequest.ExecuteBatchAsync(Schema, prepared, operation, variables, request));
            return GraphQLHttpResult.Batch(ImmutableArray<IGraphQLResponseBody>.CastUp(responses));
        }

        var response = await request.RunAsync(() => ExecuteRequest.ExecuteAsync(Schema, prepared, operation, variables, request));
        return response.HasData ? GraphQLHttpResult.Executed(response) : GraphQLHttpResult.RequestError([.. response.Errors]);
    }

    private static GraphQLHttpResult? Refuse(OperationDefinitionNode operation, bool isGet) => operation.Operation switch
    {
        OperationType.Subscription => GraphQLHttpResult.RequestError(
            new GraphQLError { Message = "Subscriptions are not supported.", Code = ErrorCode.NotSupported }),
        OperationType.Mutation when isGet => GraphQLHttpResult.MethodNotAllowed("Can only perform a mutation operation from a POST request.", allow: "POST"),
        _ => null,
    };
}
