using System.Buffers;
using System.Text;
using GraphGateway.Language;
using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>What a request leaves behind is used again for others: nothing of it may be seen there.</summary>
public sealed class ReusedMemoryTests
{
    private static readonly QueryPlan Plan = TestPlan.Build("{ user { id name } }", new StepSpec("a"));

    [Fact]
    public async Task An_answer_that_is_disposed_twice_gives_its_memory_to_one_other()
    {
        var first = await Execute("first");
        first.Dispose();
        first.Dispose();
        using var second = await Execute("second");
        using var third = await Execute("third");
        Assert.Equal("""{"data":{"user":{"id":"1","name":"second"}}}""", Written(second));
        Assert.Equal("""{"data":{"user":{"id":"1","name":"third"}}}""", Written(third));
    }

    [Fact]
    public async Task A_disposed_answer_is_not_written()
    {
        var first = await Execute("first");
        first.Dispose();
        using var second = await Execute("second");
        Assert.Throws<ObjectDisposedException>(() => Written(first));
    }

    [Fact]
    public async Task Flaws_of_one_request_are_not_those_of_the_next()
    {
        using (var flawed = await Execute((Answer)("""{"data":{"user":{"id":"1","name":null}},"errors":[{"message":"no"}]}""")))
        {
            Assert.Equal(1, flawed.ErrorCount);
        }

        using var clean = await Execute("clean");
        Assert.Equal(0, clean.ErrorCount);
        Assert.Equal("""{"data":{"user":{"id":"1","name":"clean"}}}""", Written(clean));
    }

    [Fact]
    public void A_pool_keeps_no_more_than_its_bound()
    {
        var pool = new Pool<object>(bound: 3);
        Assert.Null(pool.Take());
        Assert.Equal([true, true, true, false, false], Enumerable.Range(0, 5).Select(_ => pool.Give(new object())));
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => pool.Take() is not null));
    }

    private static Task<ExecutionResult> Execute(string name) =>
        Execute((Answer)("""{"data":{"user":{"id":"1","name":"NAME"}}}""".Replace("NAME", name, StringComparison.Ordinal)));

    private static async Task<ExecutionResult> Execute(Answer answer)
    {
        var executor = new PlanExecutor(Plan.Supergraph, new ScriptTransport(new Script([(0, answer)])), new ExecutionOptions());
        return await executor.ExecuteAsync(executor.Prepare(Plan), new ExecutionRequest { Document = new SourceText("") }, CancellationToken.None);
    }

    private static string Written(ExecutionResult result)
    {
        var output = new ArrayBufferWriter<byte>();
        result.WriteTo(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
