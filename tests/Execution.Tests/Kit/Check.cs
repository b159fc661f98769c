using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphGateway.Language;
using GraphGateway.Planning;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>Runs a plan through the executor and through its naive twin.</summary>
internal static class Check
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Both give the expected answer, and send the same requests.</summary>
    public static async Task Answers(QueryPlan plan, (int, Answer)[] answers, string expected, ExecutionOptions? options = null)
    {
        var (fast, naive) = (new Script(answers), new Script(answers));
        var fastAnswer = await Run(plan, fast, options ?? new ExecutionOptions());
        var naiveAnswer = new NaiveExecutor(plan, naive, options ?? new ExecutionOptions()).Run();
        var formatted = Format(expected);
        Assert.Equal(formatted, Format(naiveAnswer));
        Assert.Equal(formatted, Format(fastAnswer));
        Assert.Equal(naive.Requests.Order(), fast.Requests.Order());
    }

    /// <summary>As <see cref="Answers"/>, and the executor gives the same answer in whatever order two sources answer.</summary>
    public static async Task AnswersInEachOrder(QueryPlan plan, (int, Answer)[] answers, string expected, ExecutionOptions? options = null)
    {
        await Answers(plan, answers, expected, options);
        var overtaken = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var order = new AnswerOrder(seed);
            Assert.Equal(Format(expected), Format(await order.RunAsync(() => Run(plan, new ScriptTransport(new Script(answers), order), options ?? new ExecutionOptions()))));
            overtaken += order.Overtaken;
        }

        Assert.True(overtaken > 0, "No answer overtook another");
    }

    /// <summary>The executor sends these requests in any order and gives the expected answer; for what its naive twin does not do.</summary>
    public static async Task Sends(QueryPlan plan, (int, Answer)[] answers, string[] requests, string expected, ExecutionOptions? options = null)
    {
        var script = new Script(answers);
        var answer = await Run(plan, script, options ?? new ExecutionOptions());
        Assert.Equal(requests.Order(), script.Requests.Order());
        Assert.Equal(Format(expected), Format(answer));
    }

    /// <summary>Both give the same answer, which is returned, and send the same requests, whatever the order in which the executor's are answered.</summary>
    public static Task<JsonObject> Agree(QueryPlan plan, Func<Script> script, string what, AnswerOrder order) => Agree(plan, script, what, order, text => text);

    /// <summary>As <see cref="Agree(QueryPlan, Func{Script}, string, AnswerOrder)"/>, but for the errors, of which there must be some where there are.</summary>
    public static Task<JsonObject> AgreeOnData(QueryPlan plan, Func<Script> script, string what, AnswerOrder order) => Agree(plan, script, what, order, text =>
    {
        var answer = JsonNode.Parse(text)!.AsObject();
        return $"{(answer.ContainsKey("errors") ? "with" : "without")} errors: {answer["data"]?.ToJsonString(Indented)}";
    });

    private static async Task<JsonObject> Agree(QueryPlan plan, Func<Script> script, string what, AnswerOrder order, Func<string, string> view)
    {
        var (fast, naive) = (script(), script());
        var naiveAnswer = Format(new NaiveExecutor(plan, naive, new ExecutionOptions()).Run());
        var fastAnswer = Format(await order.RunAsync(() => Run(plan, new ScriptTransport(fast, order), new ExecutionOptions())));
        var (naiveRequests, fastRequests) = (Lines(naive.Requests), Lines(fast.Requests));
        Assert.True(
            view(InOrder(naiveAnswer)) == view(InOrder(fastAnswer)) && naiveRequests == fastRequests,
            $"{what}, answers in the order of seed {order.Seed}\nnaive: {naiveAnswer}\n{naiveRequests}\nfast:  {fastAnswer}\n{fastRequests}\n{Lines(fast.Answers)}");
        return JsonNode.Parse(naiveAnswer)!.AsObject();

        static string Lines(List<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    // One error at several places: objects that stand in several of them are told of together, so the places come in another order.
    private static string InOrder(string text)
    {
        var answer = JsonNode.Parse(text)!.AsObject();
        if (answer["errors"] is not JsonArray { Count: > 1 } errors)
        {
            return text;
        }

        var (sorted, start) = (new List<string>(), 0);
        for (var i = 1; i <= errors.Count; i++)
        {
            if (i == errors.Count || What(errors[i]!) != What(errors[start]!))
            {
                sorted.AddRange(errors.Skip(start).Take(i - start).Select(error => error!.ToJsonString(Indented)).Order(StringComparer.Ordinal));
                start = i;
            }
        }

        answer["errors"] = new JsonArray([.. sorted.Select(error => JsonNode.Parse(error))]);
        return answer.ToJsonString(Indented);

        static string What(JsonNode error) => $"{error["message"]} {error["extensions"]?.ToJsonString()}";
    }

    public static async Task<string> Run(QueryPlan plan, Script script, ExecutionOptions options) =>
        await Run(plan, new ScriptTransport(script), options);

    public static async Task<string> Run(
        QueryPlan plan, ISubgraphTransport transport, ExecutionOptions options, CancellationToken cancellationToken = default)
    {
        var executor = new PlanExecutor(plan.Supergraph, transport, options);
        using var result = await executor.ExecuteAsync(
            executor.Prepare(plan), new ExecutionRequest { Document = new SourceText("") }, cancellationToken);
        var output = new ArrayBufferWriter<byte>();
        result.WriteTo(output);
        AssertSame(output.WrittenSpan, result);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    // In pieces it is the same.
    private static void AssertSame(ReadOnlySpan<byte> whole, ExecutionResult result)
    {
        var pieces = new ArrayBufferWriter<byte>();
        var next = result.InPieces();
        while (next(pieces))
        {
        }

        Assert.True(whole.SequenceEqual(pieces.WrittenSpan));
    }

    public static string Format(string json) => JsonNode.Parse(json)!.ToJsonString(Indented);
}
