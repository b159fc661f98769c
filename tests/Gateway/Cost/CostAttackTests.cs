using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.Gateway.Tests.RateLimiting;
using Xunit;

namespace GraphGateway.Gateway.Tests.Cost;

/// <summary>Operations that would like to be cheaper than they are, before a gateway that enforces a field cost of 20: each is refused, and no source is asked.</summary>
public sealed class CostAttackTests
{
    private const string Refused = "COST_ESTIMATED_TOO_EXPENSIVE";

    [Theory]
    [InlineData("aliases", "{ a: shelf(first: 3) { title } b: shelf(first: 3) { title } c: shelf(first: 3) { title } }")]
    [InlineData("aliases below", "{ shelf(first: 3) { a: title b: title c: title d: title } }")]
    [InlineData("a fragment that is spread often", "{ a: shelf(first: 3) { ...F } b: shelf(first: 3) { ...F } c: shelf(first: 3) { ...F } } fragment F on Book { title }")]
    [InlineData("fragments in fragments", "{ ...A } fragment A on Query { ...B c: shelf(first: 3) { title } } fragment B on Query { a: shelf(first: 3) { title } b: shelf(first: 3) { title } }")]
    [InlineData("a fragment of a list in a list", "{ shelf(first: 3) { ...F } } fragment F on Book { similar(first: 3) { title } }")]
    [InlineData("fields that are merged from fragments", "{ shelf(first: 3) { similar(first: 1) { a: title } ...F } } fragment F on Book { similar(first: 1) { b: title c: title } }")]
    [InlineData("no size", "{ shelf { title } }")]
    [InlineData("a size of null", "{ shelf(first: null) { title } }")]
    [InlineData("a negative size beside", "{ a: shelf(first: -2147483648) { title } b: shelf(first: 10) { title } }")]
    [InlineData("a variable's default", "query ($n: Int = 10) { shelf(first: $n) { title } }")]
    [InlineData("a variable", "query ($n: Int) { shelf(first: $n) { title } }", """{"n":10}""")]
    [InlineData("a variable of null", "query ($n: Int = 1) { shelf(first: $n) { title } }", """{"n":null}""")]
    [InlineData("a variable that is not given", "query ($n: Int) { shelf(first: $n) { title } }", "{}")]
    [InlineData("conditions", "query ($on: Boolean!, $off: Boolean!) { shelf(first: 10) @include(if: $on) @skip(if: $off) { title } }", """{"on":true,"off":false}""")]
    [InlineData("more than can be counted", "{ shelf(first: 2147483647) { similar(first: 2147483647) { similar(first: 2147483647) { title } } } }")]
    [InlineData("what makes an integer negative", "{ shelf(first: 2147483647) { similar(first: 2) { title } } }")]
    public async Task A_trick_is_refused(string trick, string query, string variables = "null")
    {
        await using var source = await FakeSource.AnswersAsync(BudgetedGateway.Data);
        await using var gateway = await StartAsync(source);
        var answer = await gateway.QueryAsync(query, variables);
        Assert.True(answer.Contains(Refused, StringComparison.Ordinal) && !answer.Contains("\"data\"", StringComparison.Ordinal), $"{trick}: {answer}");
        Assert.Empty(source.Requests);
    }

    [Fact]
    public async Task A_document_that_was_cheap_with_other_variables_is_counted_anew()
    {
        await using var source = await FakeSource.AnswersAsync(BudgetedGateway.Data);
        await using var gateway = await StartAsync(source);
        const string query = "query ($n: Int, $all: Boolean!) { shelf(first: $n) { title similar(first: $n) @include(if: $all) { title } } }";
        for (var i = 0; i < 2; i++)
        {
            Assert.DoesNotContain(Refused, await gateway.QueryAsync(query, """{"n":3,"all":false}"""), StringComparison.Ordinal);
            Assert.Contains(Refused, await gateway.QueryAsync(query, """{"n":3,"all":true}"""), StringComparison.Ordinal);
            Assert.Contains(Refused, await gateway.QueryAsync(query, """{"n":10,"all":false}"""), StringComparison.Ordinal);
        }
    }

    // Which objects come nobody knows beforehand: they may all be of the kind that costs the most.
    [Theory]
    [InlineData("{ any(first: 3) { ... on Cheap { name } ... on Dear { name } } }")]
    [InlineData("{ any(first: 3) { ...C ...D } } fragment D on Dear { name } fragment C on Cheap { name }")]
    public async Task What_is_dear_behind_a_fragment_on_one_of_several_types_counts(string query)
    {
        const string supergraph = """
            schema @gateway__supergraph(version: 1) { query: Query }
            enum gateway__Source { USERS @gateway__source(name: "users", dialect: COMPOSITE) }
            type Query @gateway__type(in: USERS) { any(first: Int): [Any] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false) @gateway__field(in: USERS) }
            type Cheap @gateway__type(in: USERS) { name: String @gateway__field(in: USERS) }
            type Dear @gateway__type(in: USERS) { name: String @cost(weight: "9") @gateway__field(in: USERS) }
            union Any @gateway__type(in: USERS) @gateway__member(in: USERS, type: "Cheap") @gateway__member(in: USERS, type: "Dear") = Cheap | Dear
            """;
        await using var source = await FakeSource.AnswersAsync("""{"data":{"any":[]}}""");
        await using var gateway = await RunningGateway.StartAsync(
            supergraph, [("users", $"{source.Url}/graphql")], ["--Gateway:Cost:Mode=Enforce", "--Gateway:Cost:MaxFieldCost=20"]);
        Assert.Equal(
            """{"errors":[{"message":"The operation has an estimated field cost of 28; at most 20 are allowed (setting Gateway:Cost:MaxFieldCost).","locations":[{"line":1,"column":1}],"extensions":{"code":"COST_ESTIMATED_TOO_EXPENSIVE"}}]}""",
            await gateway.QueryAsync(query));
        Assert.Empty(source.Requests);
    }

    // A source that takes the first of two would give a thousand.
    [Fact]
    public async Task A_field_of_a_variable_that_is_given_twice_is_refused()
    {
        const string supergraph = """
            schema @gateway__supergraph(version: 1) { query: Query }
            enum gateway__Source { USERS @gateway__source(name: "users", dialect: COMPOSITE) }
            type Query @gateway__type(in: USERS) { page(in: Page): [Int] @listSize(slicingArguments: ["in.size"], requireOneSlicingArgument: false) @gateway__field(in: USERS) }
            input Page @gateway__type(in: USERS) { size: Int @gateway__inputField(in: USERS) }
            """;
        await using var source = await FakeSource.AnswersAsync("""{"data":{"page":[1]}}""");
        await using var gateway = await RunningGateway.StartAsync(supergraph, [("users", $"{source.Url}/graphql")]);
        Assert.Contains("is given more than once", await gateway.QueryAsync("query ($in: Page) { page(in: $in) }", """{"in":{"size":1000,"size":1}}"""), StringComparison.Ordinal);
        Assert.Empty(source.Requests);
        await gateway.QueryAsync("query ($in: Page) { page(in: $in) }", """{"in":{"size":1000},"in":{"size":1}}""");
        Assert.EndsWith("""{"in":{"size":1}}}""", Assert.Single(source.Requests).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"query":"{ shelf(first: 3) { title } }"},{"query":"{ shelf(first: 3) { title } }"},{"query":"{ shelf(first: 3) { title } }"}]""")]
    [InlineData("""{"query":"query ($n: Int) { shelf(first: $n) { title } }","variables":[{"n":3},{"n":3},{"n":3}]}""")]
    public async Task A_batch_is_no_way_around(string body)
    {
        await using var source = await FakeSource.AnswersAsync(BudgetedGateway.Data);
        await using var gateway = await StartAsync(source);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await gateway.Client.PostAsync("/graphql", content);
        Assert.Contains("BATCHING_NOT_ENABLED", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(source.Requests);
    }

    private static Task<RunningGateway> StartAsync(FakeSource source) => RunningGateway.StartAsync(
        BudgetedGateway.Supergraph, [("users", $"{source.Url}/graphql")], ["--Gateway:Cost:Mode=Enforce", "--Gateway:Cost:MaxFieldCost=20"]);
}
