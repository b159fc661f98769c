using System.Buffers;
using System.Text;
using System.Text.Json;
using GraphGateway.Composition;
using GraphGateway.Execution;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;
using Xunit;

namespace GraphGateway.Differential;

/// <summary>A few sources, composed, that give prepared answers: for what must be said word by word.</summary>
internal sealed class ScriptedSources : ISubgraphTransport
{
    private readonly Supergraph supergraph;
    private readonly Dictionary<string, Queue<string>> answers;
    private readonly StringBuilder traffic = new();

    private ScriptedSources(Supergraph supergraph, Dictionary<string, Queue<string>> answers)
    {
        this.supergraph = supergraph;
        this.answers = answers;
    }

    /// <summary>Composes the sources, asks, and compares what was sent (a line each, with its source) and answered.</summary>
    /// <param name="sources">Schemas, each after a line <c>--- name</c>, with <c>apollo</c> behind it for that dialect.</param>
    /// <param name="query">The client's.</param>
    /// <param name="answers">By source: its answers in their order.</param>
    /// <param name="expected">All requests' variables, then the answer.</param>
    public static async Task Answer(string sources, string query, (string Source, string Answer)[] answers, string expected)
    {
        var supergraph = Compose(sources);
        var scripted = new ScriptedSources(
            supergraph, answers.GroupBy(answer => answer.Source).ToDictionary(group => group.Key, group => new Queue<string>(group.Select(answer => answer.Answer))));
        Assert.Equal(expected.ReplaceLineEndings("\n"), await scripted.AskAsync(query));
    }

    /// <inheritdoc/>
    public ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, CancellationToken cancellationToken)
    {
        using var body = JsonDocument.Parse(request.Body);
        traffic.Append(request.Source.Name).Append(' ')
            .Append(body.RootElement.TryGetProperty("variables", out var variables) ? variables.GetRawText() : "{}").Append('\n');
        var answer = Encoding.UTF8.GetBytes(answers[request.Source.Name].Dequeue());
        var pooled = ArrayPool<byte>.Shared.Rent(answer.Length);
        answer.CopyTo(pooled, 0);
        return new(SubgraphResponse.Received(200, "application/graphql-response+json", pooled, answer.Length));
    }

    private static Supergraph Compose(string sources)
    {
        var inputs = sources.ReplaceLineEndings("\n").Split("--- ", StringSplitOptions.RemoveEmptyEntries).Select(part =>
        {
            var header = part[..part.IndexOf('\n', StringComparison.Ordinal)].Split(' ');
            return new SourceInput
            {
                Name = header[0],
                Documents = [new SourceText(part[part.IndexOf('\n', StringComparison.Ordinal)..], header[0])],
                Settings = new SourceSettings { Dialect = header.Contains("apollo") ? SourceDialect.Apollo : SourceDialect.Composite, Batching = SourceBatching.Aliases },
            };
        });
        var result = Composer.Compose([.. inputs]);
        Assert.Equal("", string.Join('\n', result.Problems.Where(_ => result.Supergraph is null).Select(problem => problem.Message)));
        return result.Supergraph!;
    }

    private async Task<string> AskAsync(string query)
    {
        var parsed = Parser.ParseDocument(new SourceText(query));
        var operation = Validator.Validate(supergraph.PublicSchema, parsed.Value!).Document!.Operations.Single();
        using var none = JsonDocument.Parse("{}");
        var values = VariableCoercion.Coerce(operation, none.RootElement.Clone()).Values!;
        var plan = QueryPlanner.Plan(supergraph, Normalizer.Normalize(operation, OperationConditions.Of(operation).Read(values).Values!).Operation!);
        Assert.Empty(PlanVerifier.Verify(plan));
        var executor = new PlanExecutor(supergraph, this, new ExecutionOptions { ForwardsErrors = _ => true });
        using var result = await executor.ExecuteAsync(
            executor.Prepare(plan), new ExecutionRequest { Document = operation.Document.Document.Source, Variables = values }, CancellationToken.None);
        var output = new ArrayBufferWriter<byte>();
        result.WriteTo(output);
        return traffic + Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
