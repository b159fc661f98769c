using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphGateway.Composition;
using GraphGateway.Execution;
using GraphGateway.Http;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;
using Xunit;

namespace GraphGateway.Conformance;

/// <summary>
/// The same request through the gateway's engine, with the service as its only source: composed, validated, planned, executed and merged.
/// What the client gets is the same, but that errors of a source carry no places in the client's document, and codes of the gateway's own.
/// </summary>
internal static class ThroughGateway
{
    /// <summary>Compares with the answer of the service.</summary>
    /// <param name="sdl">The schema.</param>
    /// <param name="ask">The service: document, variables, and its answer.</param>
    /// <param name="document">The client's document.</param>
    /// <param name="expected">The service's answer to the same request.</param>
    /// <param name="variables">As JSON.</param>
    /// <param name="operationName">The operation.</param>
    public static async Task Answers(
        string sdl, Func<string, string?, Task<string>> ask, string document, string expected, string? variables, string? operationName)
    {
        var answer = await AnswerAsync(Compose(sdl), new Transport(ask), document, variables, operationName);

        Assert.Equal(Comparable(expected), Comparable(answer));
    }

    private static Supergraph Compose(string sdl)
    {
        var result = Composer.Compose(
            [new SourceInput { Name = "service", Documents = [new SourceText(sdl)], Settings = new SourceSettings { Dialect = SourceDialect.Composite } }]);
        Assert.Equal("", string.Join('\n', result.Problems.Where(problem => result.Supergraph is null)));
        return result.Supergraph!;
    }

    private static async Task<string> AnswerAsync(
        Supergraph supergraph, Transport transport, string document, string? variables, string? operationName)
    {
        var parsed = Parser.ParseDocument(new SourceText(document));
        if (!parsed.IsSuccess)
        {
            return Refusal(parsed.Error);
        }

        var validated = Validator.Validate(supergraph.PublicSchema, parsed.Value);
        if (!validated.IsValid)
        {
            return Refusal([.. validated.Errors]);
        }

        var (operation, unknown) = validated.Document.SelectOperation(operationName);
        if (operation is null)
        {
            return Refusal(unknown!);
        }

        using var json = JsonDocument.Parse(variables ?? "{}");
        var coerced = VariableCoercion.Coerce(operation, json.RootElement);
        if (!coerced.IsSuccess)
        {
            return Refusal([.. coerced.Errors]);
        }

        var conditions = OperationConditions.Of(operation).Read(coerced.Values);
        if (conditions.Values is null)
        {
            return Refusal(conditions.Error!);
        }

        var normalized = Normalizer.Normalize(operation, conditions.Values);
        var executor = new PlanExecutor(supergraph, transport, new ExecutionOptions { ForwardsErrors = _ => true });
        using var result = await executor.ExecuteAsync(
            executor.Prepare(QueryPlanner.Plan(supergraph, normalized.Operation!)),
            new ExecutionRequest { Document = parsed.Value.Source, Variables = coerced.Values },
            CancellationToken.None);
        var output = new ArrayBufferWriter<byte>();
        result.WriteTo(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Refusal(params IReadOnlyList<GraphQLError> errors)
    {
        var output = new ArrayBufferWriter<byte>();
        ErrorWriter.WriteErrors(output, errors);
        return $$"""{"errors":{{Encoding.UTF8.GetString(output.WrittenSpan)}}}""";
    }

    // The order of errors of fields is free.
    private static string Comparable(string answer)
    {
        var response = JsonNode.Parse(answer)!.AsObject();
        if (!response.TryGetPropertyValue("data", out var data))
        {
            return answer;
        }

        var errors = (response["errors"]?.AsArray() ?? []).Select(error => $"{error!["path"]?.ToJsonString()} {error["message"]}").Order();
        return $"{data?.ToJsonString() ?? "null"}\n{string.Join('\n', errors)}";
    }

    private sealed class Transport(Func<string, string?, Task<string>> ask) : ISubgraphTransport
    {
        public async ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, CancellationToken cancellationToken)
        {
            using var body = JsonDocument.Parse(request.Body);
            var variables = body.RootElement.TryGetProperty("variables", out var given) ? given.GetRawText() : null;
            var answer = Encoding.UTF8.GetBytes(await ask(body.RootElement.GetProperty("query").GetString()!, variables));
            var pooled = ArrayPool<byte>.Shared.Rent(answer.Length);
            answer.CopyTo(pooled, 0);
            return SubgraphResponse.Received(200, "application/graphql-response+json", pooled, answer.Length);
        }
    }
}
