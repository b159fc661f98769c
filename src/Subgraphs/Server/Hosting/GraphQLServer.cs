using System.Buffers;
using System.Runtime.CompilerServices;
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
    /// <param name="parser">Limits on the text of documents; null for those of <see cref="ParserOptions.Default"/>.</param>
    public GraphQLServer(
        BoundSchema schema, ILogger logger, int documentCacheSize = 1_000, OperationLimits? limits = null, ParserOptions? parser = null)
    {
        Schema = schema;
        this.logger = logger;
        documents = new DocumentCache(schema, documentCacheSize, new DocumentLimits(parser ?? ParserOptions.Default, limits ?? OperationLimits.None, logger));
    }

    /// <summary>What it serves.</summary>
    public BoundSchema Schema { get; }

    /// <inheritdoc/>
    public ValueTask<GraphQLHttpResult> ExecuteAsync(GraphQLRequest request, HttpContext context, CancellationToken cancellationToken) =>
        RunAsync(
            new Call(request.Document, request.OperationName, request.Variables, request.IsGet, request.AcceptsStream), context.RequestServices, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// Queries run at the same time and share loaders, so that a hundred small ones are as few statements as one large one. A mutation waits
    /// for what stands before it, and what stands after it waits for the mutation and loads anew.
    /// </remarks>
    public async ValueTask<IReadOnlyList<GraphQLHttpResult>> ExecuteBatchAsync(
        IReadOnlyList<GraphQLRequest> requests, HttpContext context, CancellationToken cancellationToken)
    {
        await using var shared = new RequestScope(context.RequestServices, logger, cancellationToken);
        return await shared.RunAsync(() => RunBatchAsync(requests, shared));
    }

    private async Task<GraphQLHttpResult[]> RunBatchAsync(IReadOnlyList<GraphQLRequest> requests, RequestScope shared)
    {
        var running = new Task<GraphQLHttpResult>[requests.Count];
        for (var i = 0; i < running.Length; i++)
        {
            var request = requests[i];
            var call = new Call(request.Document, request.OperationName, request.Variables, request.IsGet, AcceptsStream: false);
            if (Admit(call, out var prepared, out var operation) is { } refusal)
            {
                running[i] = Task.FromResult(refusal);
                continue;
            }

            if (operation.Operation != OperationType.Mutation)
            {
                running[i] = ExecuteRequest.RunAsync(Schema, prepared, operation, call.Variables, shared);
                continue;
            }

            await Task.WhenAll(running[..i]);
            running[i] = ExecuteRequest.RunAsync(Schema, prepared, operation, call.Variables, shared);
            await running[i];
            shared.Loaders.Clear();
        }

        return await Task.WhenAll(running);
    }

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
            new Call(Encoding.UTF8.GetBytes(document), operationName, variables?.RootElement ?? default, IsGet: false, AcceptsStream: false), services, cancellationToken);
        var output = new ArrayBufferWriter<byte>();
        for (var i = 0; i < result.Bodies.Length; i++)
        {
            result.Bodies[i].WriteTo(output, result.IsBatch ? new ResultPosition(-1, i) : ResultPosition.None);
            output.Write(result.IsBatch ? "\n"u8 : []);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>
    /// Runs a subscription without HTTP and gives each response's JSON; for tests and tools. What is no subscription gives its one response.
    /// Leaving the loop unsubscribes.
    /// </summary>
    /// <param name="document">The GraphQL document.</param>
    /// <param name="services">Where resolvers get their services from; must live as long as the stream.</param>
    /// <param name="variablesJson">The variables as a JSON object; null for none.</param>
    /// <param name="operationName">The operation to run; null when there is one.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<string> SubscribeAsync(
        string document,
        IServiceProvider services,
        string? variablesJson = null,
        string? operationName = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var variables = variablesJson is null ? null : JsonDocument.Parse(variablesJson);
        using var result = await RunAsync(
            new Call(Encoding.UTF8.GetBytes(document), operationName, variables?.RootElement ?? default, IsGet: false, AcceptsStream: true), services, cancellationToken);
        await foreach (var body in (result.Events ?? result.Bodies.ToAsyncEnumerable()).WithCancellation(cancellationToken))
        {
            var output = new ArrayBufferWriter<byte>();
            body.WriteTo(output, ResultPosition.None);
            yield return Encoding.UTF8.GetString(output.WrittenSpan);
        }
    }

    private async ValueTask<GraphQLHttpResult> RunAsync(Call call, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (Admit(call, out var prepared, out var operation) is { } refusal)
        {
            return refusal;
        }

        if (operation.Operation == OperationType.Subscription)
        {
            return await new Subscribe(Schema, prepared, operation, services, logger).RunAsync(call.Variables, cancellationToken);
        }

        await using var request = new RequestScope(services, logger, cancellationToken);
        return await request.RunAsync(() => ExecuteRequest.RunAsync(Schema, prepared, operation, call.Variables, request));
    }

    /// <summary>
    /// ExecuteRequest(): <see href="https://spec.graphql.org/September2025/#sec-Executing-Requests">Spec §6.1</see>, up to where the operation
    /// is known. Null when it can run.
    /// </summary>
    private GraphQLHttpResult? Admit(Call call, out PreparedDocument prepared, out OperationDefinitionNode operation)
    {
        operation = null!;
        prepared = documents.Get(call.Document);
        if (!prepared.Errors.IsEmpty)
        {
            return GraphQLHttpResult.RequestError(prepared.Errors);
        }

        if (prepared.FindOperation(call.OperationName, out var message) is not { } found)
        {
            return GraphQLHttpResult.RequestError(new GraphQLError { Message = message, Code = ErrorCode.GraphqlUnknownOperationName });
        }

        operation = found;
        return Refuse(found, call);
    }

    private static GraphQLHttpResult? Refuse(OperationDefinitionNode operation, Call call) => operation.Operation switch
    {
        OperationType.Subscription when !call.AcceptsStream => GraphQLHttpResult.Refused(
            StatusCodes.Status406NotAcceptable,
            new GraphQLError { Message = "A subscription is answered with server-sent events: send Accept: text/event-stream.", Code = ErrorCode.InvalidGraphqlRequest }),
        OperationType.Subscription when call.Variables.ValueKind == JsonValueKind.Array => GraphQLHttpResult.Refused(
            StatusCodes.Status400BadRequest,
            new GraphQLError { Message = "A subscription takes one set of variables, not a list.", Code = ErrorCode.InvalidGraphqlRequest }),
        OperationType.Mutation when call.IsGet => GraphQLHttpResult.MethodNotAllowed("Can only perform a mutation operation from a POST request.", allow: "POST"),
        _ => null,
    };

    private readonly record struct Call(ReadOnlyMemory<byte> Document, string? OperationName, JsonElement Variables, bool IsGet, bool AcceptsStream);
}
