using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.Planning;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Telemetry;

/// <summary>The spans of requests, heard from this gateway's own source alone.</summary>
public sealed class SpanTests
{
    private const string Parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private const string Query = "query Greeting($n: String) { hello(name: $n) }";
    private const string Hash = "{HASH}";

    [Fact]
    public async Task A_request_has_a_tree_of_spans_below_the_clients_and_the_source_gets_its_fetchs()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Health:Interval=1h"]);
        using var spans = new Spans(gateway);
        await gateway.QueryAsync(Query, """{"n":"secret-variable"}""", ("traceparent", Parent));
        var request = await spans.RequestAsync();
        Assert.Equal("00f067aa0ba902b7", request.ParentSpanId.ToHexString());
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", request.TraceId.ToHexString());
        Assert.Equal(
            $"""
            query Server Unset graphgateway.fetches=1 graphgateway.operation.hash={Hash} graphgateway.outcome=ok graphql.operation.name=Greeting graphql.operation.type=query
              graphql.parse Internal Unset
              graphql.validate Internal Unset
              graphql.plan Internal Unset
              graphql.execute Internal Unset
                fetch users Client Unset graphgateway.fetch.entities=1 graphgateway.fetch.shared=False graphgateway.fetch.step=0 graphgateway.source=users http.request.body.size=85 http.request.method=POST http.response.body.size=24 http.response.status_code=200 server.address=127.0.0.1 server.port=PORT

            """.Replace(Hash, OperationIdentity.HashOf(System.Text.Encoding.UTF8.GetBytes(Query)), StringComparison.Ordinal),
            spans.Tree(request, source));
        var fetch = spans.Ended.Single(span => span.DisplayName == "fetch users");
        Assert.Equal(fetch.Id, Assert.Single(source.Requests).Headers.TraceParent.ToString());
    }

    [Fact]
    public async Task A_source_that_fails_is_seen_in_its_fetch_and_in_the_request()
    {
        await using var source = await FakeSource.AnswersAsync("secret-answer");
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Health:Interval=1h"]);
        using var spans = new Spans(gateway);
        await gateway.QueryAsync("{ hello }");
        var request = await spans.RequestAsync();
        Assert.Equal((ActivityStatusCode.Error, "SUBREQUEST_MALFORMED_RESPONSE"), (request.Status, request.GetTagItem("error.type")));
        var fetch = spans.Ended.Single(span => span.DisplayName == "fetch users");
        Assert.Equal((ActivityStatusCode.Error, "malformed"), (fetch.Status, fetch.GetTagItem("error.type")));
        Assert.DoesNotContain("secret", spans.Tree(request, source), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ hello }", "failed PLAN_NOT_VERIFIED Error")]
    [InlineData("{ nothing }", "refused GRAPHQL_VALIDATION_FAILED Unset")]
    public async Task What_the_gateway_could_not_do_has_failed_and_a_clients_mistake_is_refused(string query, string expected)
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"Hi"}}""");
        await using var gateway = await RunningGateway.StartAsync(
            source,
            ["--Gateway:VerifyPlans=On", "--Gateway:Health:Interval=1h"],
            services: services => services.AddSingleton<Func<QueryPlan, ImmutableHashSet<string>?, ImmutableArray<string>>>((_, _) => ["The plan is wrong."]));
        using var spans = new Spans(gateway);
        using var response = await gateway.SendAsync(query);
        var request = await spans.RequestAsync();
        Assert.Equal(expected, $"{request.GetTagItem("graphgateway.outcome")} {request.GetTagItem("error.type")} {request.Status}");
    }

    private sealed class Spans : IDisposable
    {
        private readonly ActivityListener listener;
        private readonly TaskCompletionSource<Activity> request = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Spans(RunningGateway gateway)
        {
            var ours = gateway.Services.GetRequiredService<GatewayTelemetry>().Source;
            listener = new ActivityListener
            {
                ShouldListenTo = source => source == ours,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = span =>
                {
                    Ended.Enqueue(span);
                    if (span.Kind == ActivityKind.Server)
                    {
                        request.TrySetResult(span);
                    }
                },
            };
            ActivitySource.AddActivityListener(listener);
        }

        public ConcurrentQueue<Activity> Ended { get; } = [];

        public Task<Activity> RequestAsync() => request.Task;

        public string Tree(Activity root, FakeSource source, string indent = "")
        {
            var tags = root.TagObjects.OrderBy(tag => tag.Key, StringComparer.Ordinal)
                .Select(tag => string.Create(CultureInfo.InvariantCulture, $" {tag.Key}={tag.Value}"));
            var line = $"{indent}{root.DisplayName} {root.Kind} {root.Status}{string.Concat(tags)}\n"
                .Replace(new Uri(source.Url).Port.ToString(CultureInfo.InvariantCulture), "PORT", StringComparison.Ordinal);
            return line + string.Concat(Ended.Where(span => span.ParentSpanId == root.SpanId).OrderBy(span => span.StartTimeUtc)
                .Select(span => Tree(span, source, indent + "  ")));
        }

        public void Dispose() => listener.Dispose();
    }
}
