using System.Net;
using Xunit;

namespace GraphGateway.Gateway.Tests.Pipeline;

/// <summary>Requests over HTTP, through the whole gateway, to a source over HTTP.</summary>
public sealed class PipelineTests
{
    private const string Hello = """{"data":{"hello":"you"}}""";

    [Fact]
    public async Task A_query_is_answered_by_the_source_with_the_clients_variables()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source);
        Assert.Equal(Hello, await gateway.QueryAsync("query($n: String) { hello(name: $n) }", """{"n":"y\u00f6u"}"""));
        Assert.Equal(
            """{"query":"query($n: String) { hello(name: $n) }","variables":{"n":"y\u00f6u"}}""", Assert.Single(source.Requests).Body);
    }

    [Fact]
    public async Task The_same_document_is_planned_once_and_once_more_for_other_conditions()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you","other":"o"}}""");
        await using var gateway = await RunningGateway.StartAsync(source);
        const string query = "query($on: Boolean! = false) { hello other @include(if: $on) }";
        Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync(query));
        Assert.Equal("""{"data":{"hello":"you","other":"o"}}""", await gateway.QueryAsync(query, """{"on":true}"""));
        Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync(query, """{"on":false}"""));
        Assert.Equal(1, gateway.Cache.Misses);
        Assert.Equal(1, gateway.Cache.Count);
    }

    [Theory]
    [InlineData("{ hello ", "GRAPHQL_PARSING_FAILED", "Syntax Error: Expected Name, found <EOF>.")]
    [InlineData("{ hallo }", "GRAPHQL_VALIDATION_FAILED", "Cannot query field \\\"hallo\\\" on type \\\"Query\\\". Did you mean \\\"hello\\\"?")]
    [InlineData("query($n: Int!) { hello }", "GRAPHQL_VALIDATION_FAILED", "Variable \\\"$n\\\" is never used.")]
    [InlineData("query A { hello } query B { hello }", "GRAPHQL_UNKNOWN_OPERATION_NAME", "Must provide operation name if query contains multiple operations.")]
    [InlineData("subscription { greetings }", "NOT_SUPPORTED", "Subscriptions are not supported.")]
    [InlineData("{ ... @defer { hello } }", "NOT_SUPPORTED", "@defer is not supported: the answer always comes in one piece. Leave the directive out.")]
    public async Task What_cannot_run_is_refused_before_any_source_is_asked(string query, string code, string message)
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source);
        var answer = await gateway.QueryAsync(query);
        Assert.StartsWith($$"""{"errors":[{"message":"{{message}}",""", answer, StringComparison.Ordinal);
        Assert.EndsWith($$$""""extensions":{"code":"{{{code}}}"}}]}"""", answer, StringComparison.Ordinal);
        Assert.Empty(source.Requests);
    }

    [Fact]
    public async Task Variables_that_do_not_fit_are_refused()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source);
        Assert.Equal(
            """
            {"errors":[{"message":"Variable \"$n\" got invalid value 1; String cannot represent a non string value: 1","locations":[{"line":1,"column":7}],"extensions":{"code":"BAD_USER_INPUT"}}]}
            """,
            await gateway.QueryAsync("query($n: String) { hello(name: $n) }", """{"n":1}"""));
        Assert.Empty(source.Requests);
    }

    [Fact]
    public async Task A_mutation_needs_post()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"greet":"hi"}}""");
        await using var gateway = await RunningGateway.StartAsync(source);
        using var response = await gateway.Client.GetAsync(new Uri("/graphql?query=mutation{greet}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Empty(source.Requests);
        Assert.Equal("""{"data":{"greet":"hi"}}""", await gateway.QueryAsync("mutation { greet }"));
    }

    [Fact]
    public async Task Introspection_is_answered_without_any_source()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source);
        Assert.Equal(
            """{"data":{"__schema":{"queryType":{"name":"Query"}},"t":{"kind":"OBJECT"},"no":null,"__typename":"Query"}}""",
            await gateway.QueryAsync("""{ __schema { queryType { name } } t: __type(name: "Mutation") { kind } no: __type(name: "X") { kind } __typename }"""));
        Assert.Empty(source.Requests);
    }

    [Fact]
    public async Task Introspection_that_is_off_is_refused_and_names_are_not_suggested()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Introspection=Off"]);
        Assert.Equal(
            """{"errors":[{"message":"Introspection is switched off.","locations":[{"line":1,"column":9}],"extensions":{"code":"INTROSPECTION_DISABLED"}}]}""",
            await gateway.QueryAsync("{ hello __schema { description } }"));
        Assert.DoesNotContain("Did you mean", await gateway.QueryAsync("{ hallo }"), StringComparison.Ordinal);
        Assert.Equal(
            """{"errors":[{"message":"Variable \"$k\" got invalid value \"SHOR\"; Value \"SHOR\" does not exist in \"Kind\" enum.","locations":[{"line":1,"column":7}],"extensions":{"code":"BAD_USER_INPUT"}}]}""",
            await gateway.QueryAsync("query($k: Kind) { other(kind: $k) }", """{"k":"SHOR"}"""));
    }

    [Theory]
    [InlineData("On", true)]
    [InlineData("Off", false)]
    public async Task The_plan_is_shown_on_request_where_the_configuration_allows_it(string setting, bool isShown)
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source, [$"--Gateway:QueryPlan={setting}"]);
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        var answer = await gateway.QueryAsync("{ hello }", header: ("GraphQL-Query-Plan", "include"));
        Assert.Equal(isShown, answer.Contains("""
            "extensions":{"queryPlan":{"requests":1,"depth":1,
            """.Trim(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_headers_that_are_named_go_on()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Subgraphs:users:Headers:Propagate=authorization"]);
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }", header: ("Authorization", "Bearer x")));
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }", header: ("X-Other", "y")));
        var headers = source.Requests.Select(request => request.Headers).ToList();
        Assert.Equal("Bearer x", headers[0].Authorization.ToString());
        Assert.Equal("application/json", headers[0].ContentType.ToString());
        Assert.Equal("application/graphql-response+json, application/json", headers[0].Accept.ToString());
        Assert.False(headers[1].ContainsKey("X-Other"));
        Assert.False(headers[1].ContainsKey("Authorization"));
    }

    [Fact]
    public async Task A_sources_errors_are_masked_unless_the_setting_forwards_them()
    {
        const string failed = """{"errors":[{"message":"table users is gone","path":["hello"],"extensions":{"code":"DB"}}],"data":{"hello":null}}""";
        await using var source = await FakeSource.AnswersAsync(failed);
        await using var masking = await RunningGateway.StartAsync(source);
        await using var forwarding = await RunningGateway.StartAsync(source, ["--Gateway:Subgraphs:All:Errors=Forward"]);
        Assert.Equal(
            """{"errors":[{"message":"Unexpected error from a source.","path":["hello"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"hello":null}}""",
            await masking.QueryAsync("{ hello }"));
        Assert.Equal(failed, await forwarding.QueryAsync("{ hello }"));
    }
}
