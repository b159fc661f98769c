using System.Buffers;
using System.Text;
using System.Text.Json;
using GraphGateway.Execution;
using GraphGateway.TestKit;

namespace GraphGateway.Differential;

/// <summary>Hands requests to the sources' servers, by way of the same bytes that HTTP would carry.</summary>
internal sealed class InProcessTransport(IReadOnlyDictionary<string, SourceServer> servers) : ISubgraphTransport
{
    public Faults Faults { get; set; } = Faults.None;

    /// <summary>The order in which the answers come.</summary>
    public AnswerOrder Order { get; set; } = new(0);

    /// <summary>What was sent and answered since the last time, in the order of the answers, for whoever looks into a mismatch.</summary>
    public List<string> Traffic { get; } = [];

    /// <summary>In which forms sources were asked for many entities.</summary>
    public HashSet<string> Forms { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, CancellationToken cancellationToken)
    {
        Forms.Add(FormOf(request));
        var body = Encoding.UTF8.GetString(request.Body.Span);
        var fault = Faults.Of(request.Source.Name, body);
        var answer = fault is null ? await AnswerAsync(request).ConfigureAwait(false) : "";
        await Order.TurnAsync().ConfigureAwait(false);
        Traffic.Add($"{request.Source.Name} <- {body}\n    -> {fault?.ToString() ?? answer}");
        return fault is { } kind ? Fail(kind) : Answer(200, answer, request.IsVariableBatch ? "application/jsonl" : "application/graphql-response+json");
    }

    private static string FormOf(SubgraphRequest request) => request.IsVariableBatch ? "variables in a list"
        : request.IsRequestBatch ? "requests in a list"
        : request.EntityCount < 2 ? "one at a time"
        : request.Body.Span.IndexOf("_entities("u8) >= 0 ? "representations in a list"
        : "aliases";

    private async Task<string> AnswerAsync(SubgraphRequest request)
    {
        using var json = JsonDocument.Parse(request.Body);
        if (!request.IsRequestBatch)
        {
            return await ExecuteAsync(request.Source.Name, json.RootElement).ConfigureAwait(false);
        }

        var answers = new List<string>();
        foreach (var one in json.RootElement.EnumerateArray())
        {
            answers.Add(await ExecuteAsync(request.Source.Name, one).ConfigureAwait(false));
        }

        return $"[{string.Join(',', answers)}]";
    }

    private Task<string> ExecuteAsync(string source, JsonElement request) => servers[source].ExecuteAsync(
        Federation.AsQuery(request.GetProperty("query").GetString()!),
        request.TryGetProperty("variables", out var given) ? given.GetRawText() : null);

    private static SubgraphResponse Fail(RequestFault fault) => fault switch
    {
        RequestFault.Unreachable => SubgraphResponse.Failed(SubgraphOutcome.Unreachable),
        RequestFault.Status => Answer(503, "<html>busy</html>", "text/html"),
        RequestFault.Malformed => Answer(200, """{"data":{"a":""", "application/json"),
        RequestFault.ErrorsWithoutData => Answer(200, """{"errors":[{"message":"no"}]}""", "application/json"),
        _ => Answer(200, "{}", "application/json"),
    };

    private static SubgraphResponse Answer(int status, string text, string type)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var pooled = ArrayPool<byte>.Shared.Rent(length);
        Encoding.UTF8.GetBytes(text, pooled);
        return SubgraphResponse.Received(status, type, pooled, length);
    }
}
