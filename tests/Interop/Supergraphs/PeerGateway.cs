using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GraphGateway.Composition;
using GraphGateway.Execution;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;
using Xunit;

namespace GraphGateway.Interop.Supergraphs;

/// <summary>npm's @apollo/gateway, and ours, over the same services. Not for several threads at once.</summary>
internal sealed partial class PeerGateway : IDisposable
{
    /// <summary>
    /// What Apollo's composition throws while it words why it refuses a <c>@provides</c> whose field has a required argument: the set is refused, and
    /// nobody is told why.
    /// </summary>
    public const string ThrownAtRefusal = "Unexpected element: federation__provides";

    private readonly NodeReference reference = NodeReference.Start("supergraphs");

    /// <summary>An answer; whom the peer asked is empty for ours.</summary>
    /// <param name="Data">The data, as JSON.</param>
    /// <param name="Errors">The errors' messages, a JSON array.</param>
    /// <param name="Asked">The services that were asked, sorted, a JSON array.</param>
    internal sealed record Answer(string Data, string Errors, string Asked);

    public void Dispose() => reference.Dispose();

    /// <summary>Starts the services; those before are gone. What Apollo's own composition makes of them: a supergraph, or problems and no services.</summary>
    internal (string? Supergraph, string? Problems) Start(IReadOnlyCollection<(string Name, string Sdl)> services)
    {
        var definitions = new JsonArray([.. services.Select(service => new JsonObject { ["name"] = service.Name, ["sdl"] = service.Sdl })]);
        var composed = reference.Ask("compose", definitions.DeepClone())!;
        if (composed["thrown"]?.GetValue<string>() is { } thrown)
        {
            return thrown == ThrownAtRefusal ? (null, thrown) : throw new InvalidOperationException($"Apollo's composition throws: {thrown}");
        }

        if (composed["supergraph"] is null)
        {
            return (null, composed["errors"]!.ToJsonString());
        }

        reference.Ask("start", definitions);
        return (composed["supergraph"]!.GetValue<string>(), null);
    }

    /// <summary>Our composition of the services.</summary>
    internal static CompositionResult Compose(IReadOnlyCollection<(string Name, string Sdl)> services) => Composer.Compose([.. services.Select(service => new SourceInput
    {
        Name = service.Name,
        Documents = [new SourceText(service.Sdl, service.Name)],
        Settings = new SourceSettings { Url = new Uri("http://" + service.Name), Dialect = SourceDialect.Apollo },
    })]);

    /// <summary>
    /// What we wrote for Apollo is read as the graph that it was written of. Where a Query is that only the peers need, nothing is served,
    /// and what a source calls its root types nobody there needs; the rest is the same, byte for byte.
    /// </summary>
    internal static void AssertReadBack(Supergraph supergraph, string join)
    {
        var read = SupergraphReader.Read(new SourceText(join, "join"));
        Assert.Empty(read.Errors);
        Assert.Equal(WithoutRootNames(SupergraphWriter.Write(supergraph)), WithoutRootNames(SupergraphWriter.Write(read.Supergraph!)));
        Assert.Equal(join, ApolloSupergraphWriter.Write(read.Supergraph!).Text);
    }

    /// <summary>The peer's answer with a supergraph; null where it throws, having taken the supergraph.</summary>
    /// <exception cref="InvalidOperationException">It does not take the supergraph.</exception>
    internal Answer? Ask(string supergraph, string query)
    {
        var answer = reference.Ask("gateway", new JsonObject { ["supergraph"] = supergraph, ["query"] = query });
        return answer is null ? null : new Answer(answer["data"]?.ToJsonString() ?? "null", answer["errors"]!.ToJsonString(), answer["asked"]!.ToJsonString());
    }

    /// <summary>Our answer.</summary>
    internal Answer AskUs(Supergraph supergraph, string query)
    {
        var document = Parser.ParseDocument(new SourceText(query)).Value!;
        var valid = Validator.Validate(supergraph.PublicSchema, document).Document!;
        var operation = Normalizer.Normalize(valid.SelectOperation(null).Operation!, ConditionValues.None).Operation!;
        var executor = new PlanExecutor(supergraph, new Transport(reference), new ExecutionOptions());
        using var result = executor.ExecuteAsync(
            executor.Prepare(QueryPlanner.Plan(supergraph, operation)), new ExecutionRequest { Document = new SourceText(query) }, CancellationToken.None)
            .AsTask().GetAwaiter().GetResult();
        var output = new ArrayBufferWriter<byte>();
        result.WriteTo(output);
        var answer = JsonNode.Parse(output.WrittenSpan)!;
        return new Answer(answer["data"]?.ToJsonString() ?? "null", answer["errors"]?.ToJsonString() ?? "[]", "");
    }

    private static string WithoutRootNames(string text)
    {
        var at = text.IndexOf("type Query\n", StringComparison.Ordinal);
        return RootName().Replace(text[..at], "") + text[text.IndexOf("\n{", at, StringComparison.Ordinal)..];
    }

    [GeneratedRegex(", (query|mutation): \"\\w+\"")]
    private static partial Regex RootName();

    /// <summary>The services of the reference process, without HTTP.</summary>
    private sealed class Transport(NodeReference reference) : ISubgraphTransport
    {
        private readonly Lock gate = new();

        public ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, CancellationToken cancellationToken)
        {
            JsonNode answer;
            lock (gate)
            {
                answer = reference.Ask("ask", new JsonObject { ["service"] = request.Source.Name, ["body"] = Encoding.UTF8.GetString(request.Body.Span) })!;
            }

            var bytes = Encoding.UTF8.GetBytes(answer.ToJsonString());
            var pooled = ArrayPool<byte>.Shared.Rent(bytes.Length);
            bytes.CopyTo(pooled, 0);
            return ValueTask.FromResult(SubgraphResponse.Received(200, "application/json", pooled, bytes.Length));
        }
    }
}
