using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GraphGateway.Gateway.Tests.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Cost;

/// <summary>The cost of requests over HTTP: told, held against limits, measured.</summary>
public sealed class CostTests
{
    private const string Query = "query Q($n: Int) { shelf(first: $n) { title } }";
    private const string Data = """{"data":{"shelf":[{"title":"a"},{"title":"b"}]}}""";

    private const string Supergraph = """
        schema @gateway__supergraph(version: 1) { query: Query mutation: Mutation }
        enum gateway__Source { USERS @gateway__source(name: "users", dialect: COMPOSITE) }
        type Query @gateway__type(in: USERS) {
          shelf(first: Int): [Book] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false) @gateway__field(in: USERS)
          rows: [[Book!]!] @gateway__field(in: USERS)
          strict(first: Int, last: Int): [Book] @listSize(slicingArguments: ["first", "last"]) @gateway__field(in: USERS)
        }
        type Mutation @gateway__type(in: USERS) { burn: Book @gateway__field(in: USERS) }
        type Book @gateway__type(in: USERS) { title: String @cost(weight: "2") @gateway__field(in: USERS) }
        """;

    private static (string, string) Report => ("GraphQL-Cost", "report");

    private static (string, string) Validate => ("GraphQL-Cost", "validate");

    private static Task<RunningGateway> StartAsync(FakeSource source, params string[] settings) =>
        RunningGateway.StartAsync(Supergraph, [("users", $"{source.Url}/graphql")], settings);

    [Fact]
    public async Task Report_tells_the_estimate_and_what_the_answer_came_to()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source);

        Assert.Equal(
            """{"data":{"shelf":[{"title":"a"},{"title":"b"}]},"extensions":{"operationCost":{"fieldCost":7,"typeCost":4,"actual":{"fieldCost":5,"typeCost":3}}}}""",
            await gateway.QueryAsync(Query, """{"n":3}""", Report));
        Assert.Equal(
            """{"data":{"shelf":[{"title":"a"},{"title":"b"}]},"extensions":{"operationCost":{"fieldCost":21,"typeCost":11,"actual":{"fieldCost":5,"typeCost":3}}}}""",
            await gateway.QueryAsync(Query, header: ("graphql-cost", "REPORT")));
        Assert.Equal(Data, await gateway.QueryAsync(Query, """{"n":3}"""));
    }

    [Fact]
    public async Task Validate_tells_the_estimate_and_runs_nothing()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, "--Gateway:Cost:Mode=Enforce", "--Gateway:Cost:MaxFieldCost=1");

        using var response = await gateway.SendAsync(Query, """{"n":3}""", Validate);
        Assert.Equal((HttpStatusCode.OK, """{"extensions":{"operationCost":{"fieldCost":7,"typeCost":4}}}"""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("""{"extensions":{"operationCost":{"fieldCost":3,"typeCost":2}}}""", await gateway.QueryAsync("mutation { burn { title } }", header: Validate));
        Assert.Empty(source.Requests);
    }

    [Fact]
    public async Task Who_may_see_the_plan_is_told_what_each_source_is_asked()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, "--Gateway:QueryPlan=On");

        Assert.Equal(
            """{"extensions":{"operationCost":{"fieldCost":7,"typeCost":4,"planCost":9,"sources":{"users":9}}}}""", await gateway.QueryAsync(Query, """{"n":3}""", Validate));
        Assert.Equal(
            """{"extensions":{"operationCost":{"fieldCost":3,"typeCost":2,"planCost":13,"sources":{"users":13}}}}""",
            await gateway.QueryAsync("mutation { burn { title } }", header: Validate));
    }

    [Theory]
    [InlineData("vaildate", "The header GraphQL-Cost is neither \\\"report\\\" nor \\\"validate\\\".", "On")]
    [InlineData("", "The header GraphQL-Cost is neither \\\"report\\\" nor \\\"validate\\\".", "On")]
    [InlineData("validate", "Costs are not reported here, so the header GraphQL-Cost: validate is refused and nothing has run.", "Off")]
    public async Task Nothing_runs_where_the_header_is_not_understood(string value, string message, string report)
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, $"--Gateway:Cost:Report={report}");

        using var response = await gateway.SendAsync("mutation { burn { title } }", header: ("GraphQL-Cost", value));
        Assert.Equal(
            (HttpStatusCode.BadRequest, $$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"INVALID_GRAPHQL_REQUEST"}}]}"""),
            (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Empty(source.Requests);
    }

    [Fact]
    public async Task Where_costs_are_not_told_report_is_an_answer_like_any_other()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, "--Gateway:Cost:Report=Off");
        Assert.Equal(Data, await gateway.QueryAsync(Query, """{"n":3}""", Report));
    }

    [Theory]
    [InlineData("MaxFieldCost", 7, "field cost")]
    [InlineData("MaxTypeCost", 4, "type cost")]
    [InlineData("MaxPlanCost", 9, "plan cost")]
    public async Task A_request_beyond_a_limit_is_refused_before_anything_runs(string setting, int cost, string what)
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using (var wide = await StartAsync(source, "--Gateway:Cost:Mode=Enforce", $"--Gateway:Cost:{setting}={cost}"))
        {
            Assert.Equal(Data, await wide.QueryAsync(Query, """{"n":3}"""));
        }

        await using var gateway = await StartAsync(source, "--Gateway:Cost:Mode=Enforce", $"--Gateway:Cost:{setting}={cost - 1}");
        var refusal = $$$"""{"errors":[{"message":"Operation \"Q\" has an estimated {{{what}}} of {{{cost}}}; at most {{{cost - 1}}} are allowed (setting Gateway:Cost:{{{setting}}}).","locations":[{"line":1,"column":1}],"extensions":{"code":"COST_ESTIMATED_TOO_EXPENSIVE"}}]}""";
        Assert.Equal(refusal, await gateway.QueryAsync(Query, """{"n":3}"""));
        Assert.Equal(refusal, await gateway.QueryAsync(Query, """{"n":3}""", Report));
        Assert.Equal((HttpStatusCode.BadRequest, refusal), await AskAsync(gateway, "application/graphql-response+json"));
        Assert.Equal(Data, await gateway.QueryAsync(Query, """{"n":2}"""));
        Assert.Equal(2, source.Requests.Count);
    }

    [Fact]
    public async Task A_source_has_a_limit_of_its_own_and_clients_do_not_hear_its_name()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, "--Gateway:Subgraphs:users:Cost:Max=8", "--Gateway:Subgraphs:users:Cost:Mode=Enforce");

        Assert.Equal(
            """{"errors":[{"message":"Operation \"Q\" would ask a source for an estimated cost of 9; at most 8 are allowed.","locations":[{"line":1,"column":1}],"extensions":{"code":"SUBGRAPH_COST_ESTIMATED_TOO_EXPENSIVE"}}]}""",
            await gateway.QueryAsync(Query, """{"n":3}"""));
        Assert.Empty(source.Requests);
        Assert.Equal(Data, await gateway.QueryAsync(Query, """{"n":2}"""));
    }

    [Fact]
    public async Task What_All_says_of_a_list_holds_for_a_source_that_is_named()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(
            source, "--Gateway:QueryPlan=On", "--Gateway:Cost:DefaultListSize=4", "--Gateway:Subgraphs:All:Cost:DefaultListSize=2", "--Gateway:Subgraphs:users:Cost:Max=100");

        Assert.Equal(
            """{"extensions":{"operationCost":{"fieldCost":9,"typeCost":5,"planCost":6,"sources":{"users":6}}}}""", await gateway.QueryAsync("{ shelf { title } }", header: Validate));
    }

    [Fact]
    public async Task A_list_without_its_slicing_argument_is_refused_where_costs_are_enforced()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"strict":null}}""");
        await using (var measuring = await StartAsync(source))
        {
            Assert.Equal("""{"data":{"strict":null}}""", await measuring.QueryAsync("{ strict { title } }"));
        }

        await using var gateway = await StartAsync(source, "--Gateway:Cost:Mode=Enforce");
        Assert.Equal(
            """{"errors":[{"message":"Query.strict needs exactly one of first, last, and 0 are given.","locations":[{"line":1,"column":1}],"extensions":{"code":"BAD_USER_INPUT"}}]}""",
            await gateway.QueryAsync("{ strict { title } }"));
        Assert.Equal("""{"data":{"strict":null}}""", await gateway.QueryAsync("{ strict(last: 1) { title } }"));
    }

    [Fact]
    public async Task An_answer_costs_what_is_there()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"shelf":[{"title":"a"},null,{"title":null}]}}""");
        await using var gateway = await StartAsync(source);

        Assert.Equal(
            """{"data":{"shelf":[{"title":"a"},null,{"title":null}]},"extensions":{"operationCost":{"fieldCost":7,"typeCost":4,"actual":{"fieldCost":5,"typeCost":3}}}}""",
            await gateway.QueryAsync(Query, """{"n":3}""", Report));
    }

    [Fact]
    public async Task Objects_count_where_they_are_in_lists_of_lists()
    {
        const string rows = "{\"data\":{\"rows\":[[{\"title\":\"a\"},{\"title\":\"b\"}],[{\"title\":\"c\"}]]}";
        await using var source = await FakeSource.AnswersAsync(rows + "}");
        await using var gateway = await StartAsync(source);

        Assert.Equal(
            rows + ""","extensions":{"operationCost":{"fieldCost":201,"typeCost":101,"actual":{"fieldCost":7,"typeCost":4}}}}""",
            await gateway.QueryAsync("{ rows { title } }", header: Report));
    }

    [Fact]
    public async Task Equal_requests_that_share_an_execution_are_each_told_what_they_asked_for()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, "--Gateway:Deduplication:ClientRequests=On");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => gateway.QueryAsync(Query, """{"n":3}""", i % 2 == 0 ? Report : null)));
        Assert.Equal(
            Enumerable.Range(0, 8).Select(i => i % 2 == 1 ? Data
                : """{"data":{"shelf":[{"title":"a"},{"title":"b"}]},"extensions":{"operationCost":{"fieldCost":7,"typeCost":4,"actual":{"fieldCost":5,"typeCost":3}}}}"""),
            answers);
    }

    [Fact]
    public async Task Costs_and_limits_that_only_measure_are_told_to_those_who_run_the_gateway()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, "--Gateway:Cost:MaxFieldCost=6", "--Gateway:Subgraphs:users:Cost:Max=8");
        using var measurements = new Measurements(gateway);

        Assert.Equal(Data, await gateway.QueryAsync(Query, """{"n":3}"""));
        Assert.Equal(
            """
            graphgateway.limits.exceeded limit=Cost:MaxFieldCost mode=Measure: 1
            graphgateway.limits.exceeded limit=Subgraphs:users:Cost:Max mode=Measure: 1
            graphgateway.operation.cost stage=actual measure=field: 5
            graphgateway.operation.cost stage=actual measure=type: 3
            graphgateway.operation.cost stage=estimated measure=field: 7
            graphgateway.operation.cost stage=estimated measure=type: 4
            graphgateway.source.cost source=users: 9
            """,
            measurements.ToString());
    }

    private static async Task<(HttpStatusCode, string)> AskAsync(RunningGateway gateway, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent($$$"""{"query":"{{{Query}}}","variables":{"n":3}}""", Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Accept.ParseAdd(accept);
        using var response = await gateway.Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private sealed class Measurements : IDisposable
    {
        private readonly ConcurrentQueue<string> seen = [];
        private readonly MeterListener listener = new();

        public Measurements(RunningGateway gateway)
        {
            var ours = gateway.Services.GetRequiredService<IMeterFactory>().Create(GatewayTelemetry.Name);
            listener.InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter == ours && instrument.Name is "graphgateway.limits.exceeded" or "graphgateway.operation.cost" or "graphgateway.source.cost")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => See(instrument, value, tags));
            listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => See(instrument, value, tags));
            listener.Start();
        }

        public override string ToString() => string.Join('\n', seen.Order(StringComparer.Ordinal));

        public void Dispose() => listener.Dispose();

        private void See(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => seen.Enqueue(FormattableString.Invariant(
            $"{instrument.Name}{string.Concat(tags.ToArray().Select(tag => $" {tag.Key}={tag.Value}"))}: {value}"));
    }
}
