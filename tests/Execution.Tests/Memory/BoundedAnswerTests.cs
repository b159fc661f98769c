using System.Buffers;
using System.Text;
using GraphGateway.Language;
using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests.Memory;

/// <summary>What sources can make large stays bounded, in memory and in time, and whatever happens all is given back.</summary>
public sealed class BoundedAnswerTests
{
    private const string TooLarge =
        """{"errors":[{"message":"The answer is larger than allowed. Ask for fewer objects at a time.","extensions":{"code":"ANSWER_TOO_LARGE"}}],"data":null}""";

    private const string Full =
        """{"errors":[{"message":"The gateway holds as much of answers as it may at the moment. Send the request again later.","extensions":{"code":"ANSWER_MEMORY_FULL"}}],"data":null}""";

    private static readonly QueryPlan Wide = TestPlan.Build(
        $"{{ users {{ {string.Join(' ', Enumerable.Range(0, 60).Select(index => $"n{index}: name"))} }} }}", new StepSpec("a"));

    [Fact]
    public async Task Fields_that_a_source_leaves_out_count_as_what_they_take()
    {
        // 350 KB of text are 350 MB of values.
        var answer = $$"""{"data":{"users":[{{Repeat("{}", 350_000)}}]} }""";
        foreach (var (all, one, expected) in ((long, int, string)[])[(long.MaxValue, 16_000_000, TooLarge), (16_000_000, int.MaxValue, Full)])
        {
            var memory = new AnswerMemory(all);
            var run = await RunAsync(Wide, answer, new ExecutionOptions { Memory = memory, MaxAnswerBytes = one });
            Assert.Equal(expected, run.Text);
            Assert.InRange(run.Allocated, 0, 40_000_000);
            Assert.Equal(0, memory.HeldBytes);
        }
    }

    [Theory]
    [InlineData(1_700_000, false)]
    [InlineData(1_900_000, true)]
    public async Task While_the_values_become_more_both_of_their_arrays_count(int bytes, bool isThere)
    {
        // 16,384 users and what they hold fill 512 KB. The next one makes it 1 MB, to which the 512 KB are copied, and 256 KB are the list's as far as it is read.
        var plan = TestPlan.Build("{ users { name } }", new StepSpec("a"));
        var answer = """{"data":{"users":[""" + Repeat("""{"name":""}""", 20_000) + "]}}";
        var memory = new AnswerMemory(long.MaxValue);
        var run = await RunAsync(plan, answer, new ExecutionOptions { Memory = memory, MaxAnswerBytes = bytes });
        Assert.Equal(isThere ? answer : TooLarge, run.Text);
        Assert.Equal(0, memory.HeldBytes);
    }

    [Fact]
    public async Task Errors_that_nobody_is_told_of_cost_nothing()
    {
        const int objects = 20_000;
        var run = await RunAsync(Wide, $$"""{"data":{"users":[{{Repeat("{}", objects)}}]} }""", new ExecutionOptions { MaxErrors = 1 });
        Assert.StartsWith(
            """
            {"errors":[{"message":"A source's answer lacks the field.","path":["users",0,"n0"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},{"message":"1199999 more errors were left out.","extensions":{"code":"TOO_MANY_ERRORS"}}],"data":{"users":[{"n0":null,
            """.Trim(),
            run.Text,
            StringComparison.Ordinal);

        // The values are 20 MB, in arrays of 64 MB together that grow; an error would take 200 bytes.
        Assert.InRange(run.Allocated, 0, 100_000_000);
    }

    [Fact]
    public async Task Of_millions_of_errors_of_a_source_some_are_read()
    {
        const int errors = 5_000_000;
        var run = await RunAsync(
            TestPlan.Build("{ user { name } }", new StepSpec("a")), $$"""{"errors":[{{Repeat("{}", errors)}}],"data":{"user":null} }""", new ExecutionOptions { MaxErrors = 1 });
        Assert.Equal(
            """
            {"errors":[{"message":"Unexpected error from a source.","extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},{"message":"4999999 more errors were left out.","extensions":{"code":"TOO_MANY_ERRORS"}}],"data":{"user":null}}
            """.Trim(),
            run.Text);
        Assert.InRange(run.Allocated, 0, 5_000_000);
    }

    [Fact]
    public async Task What_a_source_writes_into_an_error_is_not_copied()
    {
        var text = new string('x', 1_000_000);
        var path = Repeat("1", 1_000_000);
        Task<(string Text, long Allocated)> RunOnce() => RunAsync(
            TestPlan.Build("{ user { name } }", new StepSpec("a")),
            $$"""{"errors":[{"message":"{{text}}","path":["user",{{path}}],"extensions":{"a":"{{text}}"} },{"message":"m","path":["{{text}}"] }],"data":{"user":{"name":"n"} } }""",
            new ExecutionOptions { ForwardsErrors = static _ => true });

        // What the runtime pools is made by the first one.
        await RunOnce();
        var run = await RunOnce();
        Assert.Equal(
            $$$$"""{"errors":[{"message":"{{{{text}}}}","extensions":{"code":"DOWNSTREAM_SERVICE_ERROR","a":"{{{{text}}}}"}},{"message":"m","extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"user":{"name":"n"}}}""",
            run.Text);

        // The runtime's parser looks at the extensions; the path alone was 40 MB.
        Assert.InRange(run.Allocated, 0, 6_000_000);
    }

    [Fact]
    public async Task What_nobody_asked_for_takes_no_memory()
    {
        var keys = string.Join(',', Enumerable.Range(0, 300_000).Select(index => $"\"k{index}\":[{{}},1,\"\"]"));
        var run = await RunAsync(
            TestPlan.Build("{ user { name } }", new StepSpec("a")), $$$"""{"extensions":{{{{keys}}}},"data":{"user":{{{{keys}}},"name":"n"},{{{keys}}}}}""", new ExecutionOptions());
        Assert.Equal("""{"data":{"user":{"name":"n"}}}""", run.Text);
        Assert.InRange(run.Allocated, 0, 50_000);
    }

    [Theory]
    [InlineData(399_000, true)]
    [InlineData(401_000, false)]
    public async Task An_entity_that_many_share_counts_in_each_of_its_places(int bytes, bool fits)
    {
        var plan = TestPlan.Build("{ users { id name @s(n: [1]) } }", new StepSpec("a"), new StepSpec("b", FetchKind.Representations, "users") { After = [0] });
        var script = new Script(
            (0, $$"""{"data":{"users":[{{Repeat("""{"id":"1"}""", 1_000)}}]} }"""), (1, $$$"""{"data":{"_entities":[{"name":"{{{new string('x', bytes / 1_000)}}}"}]}}"""));
        var answer = await Check.Run(plan, script, new ExecutionOptions { MaxAnswerBytes = 400_000 + (1_000 * """{"id":"1","name":""},""".Length) + """{"data":{"users":[]}}""".Length });
        Assert.Equal(!fits, answer == TooLarge);
    }

    /// <summary>Levels, and whether the innermost objects lack what must not be null.</summary>
    public static TheoryData<int, bool> Levels { get; } = new() { { 2, false }, { 2, true }, { 20, false }, { 20, true } };

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Shared_entities_below_shared_entities_take_no_longer_with_each_level(int levels, bool isFlawed)
    {
        var inner = Enumerable.Range(1, levels).Aggregate("id nick @s(n: [LAST])", (text, level) => $"id friends @s(n: [{levels + 1 - level}]) {{ {text} }}")
            .Replace("LAST", $"{levels}", StringComparison.Ordinal);
        var plan = TestPlan.Build(
            $"{{ users {{ {inner} }} }}",
            [
                new StepSpec("a"),
                .. Enumerable.Range(1, levels).Select(level => new StepSpec(
                    "b", FetchKind.Representations, "users" + string.Concat(Enumerable.Repeat(".friends", level - 1))) { After = [level - 1] }),
            ]);
        var nick = isFlawed ? "null" : "\"n\"";
        Answer Answer(int step) => step == 0
            ? $$"""{"data":{"users":[{{Repeat("""{"id":"1"}""", 10)}}]} }"""
            : $$"""{"data":{"_entities":[{"friends":[{{Repeat($$"""{"id":"1"{{(step == levels ? $",\"nick\":{nick}" : "")}} }""", 10)}}]}]} }""";

        var options = new ExecutionOptions { MaxAnswerBytes = 1_000_000 };
        var answer = await Check.Run(plan, new Script((step, _) => Answer(step)), options);
        if (levels == 2)
        {
            Assert.Equal(Check.Format(new NaiveExecutor(plan, new Script((step, _) => Answer(step)), options).Run()), Check.Format(answer));
        }
        else
        {
            Assert.Equal(TooLarge, answer);
        }
    }

    private static string Repeat(string text, int count) => string.Join(',', Enumerable.Repeat(text, count));

    /// <summary>What the source's answer becomes, and the bytes that it takes to allocate, those of the answers of both sides apart.</summary>
    private static async Task<(string Text, long Allocated)> RunAsync(QueryPlan plan, string answer, ExecutionOptions options)
    {
        var transport = new OneAnswer(answer);
        var executor = new PlanExecutor(plan.Supergraph, transport, options);
        var output = new ArrayBufferWriter<byte>(40_000_000);
        var prepared = executor.Prepare(plan);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using (var result = await executor.ExecuteAsync(prepared, new ExecutionRequest { Document = new SourceText("") }, CancellationToken.None))
        {
            result.WriteTo(output);
        }

        return (Encoding.UTF8.GetString(output.WrittenSpan), GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private sealed class OneAnswer(string text) : ISubgraphTransport
    {
        private readonly byte[] bytes = ArrayPool<byte>.Shared.Rent(text.Length);

        public ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(SubgraphResponse.Received(200, "application/json", bytes, Encoding.UTF8.GetBytes(text, bytes)));
    }
}
