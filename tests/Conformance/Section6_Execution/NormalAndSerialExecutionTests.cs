using GraphGateway.Subgraphs.Server;
using Xunit;

namespace GraphGateway.Conformance.Section6;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Normal-and-Serial-Execution">Normal and Serial Execution</see>.
/// </summary>
public sealed class NormalAndSerialExecutionTests
{
    private const string Sdl = """
        type Query { number: Number }
        type Mutation { change(to: Int!): Number fail: Number must(to: Int!): Int! }
        type Number { the: Int }
        """;

    [Fact]
    public Task Fields_of_a_mutation_run_one_after_the_other() => Service.Answers(
        Server(out _),
        "mutation { first: change(to: 1) { the } second: change(to: 3) { the } third: change(to: 2) { the } }",
        """{"data":{"first":{"the":1},"second":{"the":3},"third":{"the":2}}}""");

    [Fact]
    public async Task In_the_order_of_the_document_whatever_is_slow()
    {
        await Service.Answers(
            Server(out var log),
            "mutation { ...Late change(to: 5) { the } } fragment Late on Mutation { a: change(to: 9) { the } change(to: 5) { the } }",
            """{"data":{"a":{"the":9},"change":{"the":5}}}""");

        Assert.Equal(["change 9", "the 9", "change 5", "the 5"], log);
    }

    [Fact]
    public async Task An_error_of_one_does_not_stop_the_next()
    {
        await Service.Answers(
            Server(out var log),
            "mutation { fail { the } change(to: 1) { the } }",
            """{"errors":[{"message":"It failed.","locations":[{"line":1,"column":12}],"path":["fail"]}],"data":{"fail":null,"change":{"the":1}}}""");

        Assert.Equal(["fail", "change 1", "the 1"], log);
    }

    [Fact]
    public async Task One_field_twice_is_run_once()
    {
        await Service.Answers(
            Server(out var log), "mutation { change(to: 1) { the } change(to: 1) { again: the } }", """{"data":{"change":{"the":1,"again":1}}}""");

        Assert.Equal(["change 1", "the 1", "the 1"], log);
    }

    // A field gives way before it is done: were the next one begun meanwhile, the log would say so.
    private static GraphQLServerBuilder Server(out List<string> log)
    {
        var (lines, current) = (new List<string>(), 0);
        log = lines;
        return new GraphQLServerBuilder().AddSchema(Sdl)
            .Resolve("Mutation", "change", async context =>
            {
                current = (int)context.Arguments["to"]!;
                lines.Add($"change {current}");
                await Task.Yield();
                return new object();
            })
            .Resolve("Mutation", "fail", async _ =>
            {
                lines.Add("fail");
                await Task.Yield();
                throw new GraphQLException("It failed.");
            })
            .Resolve("Number", "the", async _ =>
            {
                lines.Add($"the {current}");
                await Task.Yield();
                return current;
            })
            .ResolveOthers(_ => new ValueTask<object?>((object?)null));
    }
}
