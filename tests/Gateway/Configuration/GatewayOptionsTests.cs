using System.Text.Json;
using GraphGateway.Gateway;
using GraphGateway.TestKit;
using GraphGateway.Validation;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace GraphGateway.Gateway.Tests.Configuration;

public sealed class GatewayOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _supergraph;

    public GatewayOptionsTests() => _supergraph = _folder.Write("supergraph.graphql", "");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_key_has_a_default_but_the_supergraph()
    {
        var options = Read().Options!;
        Assert.Equal(_supergraph, options.Supergraph);
        Assert.True(options.Ide);
        Assert.True(options.Introspection);
        Assert.False(options.QueryPlan);
        Assert.False(options.VerifyPlans);
        Assert.Equal(new SubgraphOptions().Timeout, options.Subgraphs.For("users").Timeout);
        Assert.Equal(SubgraphErrors.Mask, options.Subgraphs.For("users").Errors);
        Assert.Equal(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4, options.Limits.AnswerMemoryBytes);
        Assert.True(HeaderRules.Of(options.Subgraphs.For("users"), []).IsEmpty);

        Assert.Equal(
            ["Gateway:Supergraph: is missing. Name the composed graph: --Gateway:Supergraph=FILE (`graphgateway compose` makes one)."],
            Problems(new ConfigurationBuilder().Build()));
    }

    [Fact]
    public void Values_are_read_whatever_their_case_and_form()
    {
        var options = Read(
            ("Ide", "off"), ("Introspection", "FALSE"), ("QueryPlan", "On"), ("VerifyPlans", "On"), ("RequestTimeout", "00:01:30"), ("Limits:Tokens", "77"), ("Limits:Depth:Mode", "measure"),
            ("Limits:Breadth:Max", "9"), ("Limits:AnswerMemoryBytes", "12.5%"), ("Limits:SourceRequests", "60000"),
            ("Health:Interval", "250ms")).Options!;
        Assert.False(options.Ide);
        Assert.False(options.Introspection);
        Assert.True(options.QueryPlan);
        Assert.True(options.VerifyPlans);
        Assert.Equal(TimeSpan.FromSeconds(90), options.RequestTimeout);
        Assert.Equal(new OperationLimit(77), options.Limits.Tokens);
        Assert.Equal(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8, options.Limits.AnswerMemoryBytes);
        Assert.Equal(5_000_000_000, Read(("Limits:AnswerMemoryBytes", "5000000000")).Options!.Limits.AnswerMemoryBytes);
        Assert.Equal(60_000, options.Limits.SourceRequests);
        Assert.Equal(new OperationLimit(50, LimitMode.Measure), options.Limits.Operation.Depth);
        Assert.Equal(new OperationLimit(9), options.Limits.Operation.Breadth);
        Assert.Equal(new OperationLimit(1_000), options.Limits.Operation.Aliases);
        Assert.Equal(TimeSpan.FromMilliseconds(250), options.Health.Interval);
    }

    [Fact]
    public void A_named_source_differs_from_all_only_where_it_says_so()
    {
        var options = Read(
            ("Subgraphs:All:Timeout", "5s"), ("Subgraphs:All:Headers:Propagate:0", "Authorization"), ("Subgraphs:All:Headers:Propagate:1", "X-Tenant"),
            ("Subgraphs:orders:Url", "http://orders/graphql"), ("Subgraphs:orders:Errors", "forward"),
            ("Subgraphs:payments:Headers:Propagate", "traceparent, tracestate")).Options!.Subgraphs;

        Assert.Equal(new Uri("http://orders/graphql"), options.For("Orders").Url);
        Assert.Equal(SubgraphErrors.Forward, options.For("orders").Errors);
        Assert.Equal(TimeSpan.FromSeconds(5), options.For("orders").Timeout);
        Assert.Equal("Authorization X-Tenant", Propagated(options.For("orders")));
        Assert.Equal("Authorization X-Tenant traceparent tracestate", Propagated(options.For("payments")));
        Assert.Equal("Authorization X-Tenant", Propagated(options.For("users")));
        Assert.Null(options.For("users").Url);
    }

    [Fact]
    public void All_problems_are_told_each_with_its_key_and_what_to_do() =>
        Assert.Equal(
            """
            Gateway:Introspection: 'Maybe' is neither On nor Off.
            Gateway:RequestTimeout: '5 parsecs' is not a duration between 1ms and 24h. Write for example 500ms, 30s, 2m or 00:00:30.
            Gateway:Limits:Nesting: '1001' is not a whole number from 1 to 1000.
            Gateway:Limits:Depth: '0' is not a whole number from 1 to 2147483647.
            Gateway:Limits:Aliases: is given as the number '5' and with settings of its own. Write Aliases:Max instead of the number.
            Gateway:Limits:Breadth:Mode: 'Log' is not one of Measure, Enforce.
            Gateway:Limits:Breadth:Maximum: There is no such setting. Known here: Max, Mode.
            Gateway:Limits:AnswerMemoryBytes: '0%' is neither a number of bytes nor a part of the memory. Write for example 500000000 or 25%.
            Gateway:Limits:SourceRequests: '60001' is not a whole number from 1 to 60000.
            Gateway:Limits:Dept: There is no such setting. Known here: Aliases, AnswerBytes, AnswerMemoryBytes, Breadth, Depth, Directives, DocumentBytes, Nesting, OperationCacheBytes, RequestBytes, RootFields, SourceRequests, Tokens.
            Gateway:Subgraphs:All:Url: is for one source, not for all. Write Gateway:Subgraphs:NAME:Url.
            Gateway:Subgraphs:orders:Url: 'orders:80' is not an address such as http://127.0.0.1:5101/graphql.
            Gateway:Subgraphs:orders:Protocol: 'h2' is not one of Http1, Http2.
            Gateway:Subgraphs:orders:ResponseBytes: '2000000000' is not a whole number from 1 to 1000000000.
            Gateway:Subgraphs:orders:DeadlineHeader: 'Host' is not the name of a header that can tell the time. Write for example X-Request-Timeout-Ms, or Off.
            Gateway:Subgraphs:orders:Errors: 'Hide' is not one of Mask, Forward.
            Gateway:Subgraphs:orders:Headers:Propagate:2:Name: is missing: the client's header.
            Gateway:Subgraphs:orders:Headers:Propagate:3:Rename: There is no such setting. Known here: As, Default, Name.
            Gateway:Subgraphs:orders:Headers:Insert:X-*: is a pattern; a header that is inserted needs a name.
            Gateway:Subgraphs:orders:Headers:Insert:X-Lines: the value of 'X-Lines' has a line break or another control character.
            Gateway:Subgraphs:orders:Headers:Propagate: 'Content-Length' belongs to one connection and cannot be passed on.
            Gateway:Subgraphs:orders:Headers:Propagate: 'not a header' is not the name of a header.
            Gateway:Subgraphs:orders:Headers:Propagate: 'X-*' is a pattern: As and Default are for one header, by its name.
            Gateway:Subgraphs:orders:Headers:Propagate: 'Host' belongs to one connection and cannot be passed on.
            Gateway:Subgraphs:orders:Headers:Remove: 'X_(a|b)' is not the name of a header, nor a pattern such as X-*.
            Gateway:Health: takes settings of its own, not the value 'On'.
            Gateway:Shutdown:Delay: '-1s' is not a duration between 0s and 24h. Write for example 500ms, 30s, 2m or 00:00:30.
            Gateway:Intospection: There is no such setting. Known here: Access, Authentication, Authorization, Compression, Cors, Cost, Deduplication, FollowSupergraph, Health, Ide, Identity, Introspection, Limits, MinRequestDataRate, MinResponseDataRate, OverrideLabels, PersistedOperations, PlanStatistics, QueryPlan, RateLimits, Registry, RequestTimeout, ResponseCache, Shutdown, StrictTransportSecurityDays, Subgraphs, Supergraph, SupergraphKeys, Telemetry, UnservableFields, VerifyPlans, WarmUp.
            """,
            string.Join('\n', Problems(Configuration(
                ("Introspection", "Maybe"), ("Intospection", "Off"), ("RequestTimeout", "5 parsecs"), ("Limits:Depth", "0"), ("Limits:Dept", "5"),
                ("Limits:Nesting", "1001"), ("Limits:Aliases", "5"), ("Limits:Aliases:Mode", "Measure"), ("Limits:Breadth:Mode", "Log"),
                ("Limits:Breadth:Maximum", "5"), ("Limits:AnswerMemoryBytes", "0%"), ("Limits:SourceRequests", "60001"),
                ("Subgraphs:All:Url", "http://all/graphql"), ("Subgraphs:orders:Url", "orders:80"), ("Subgraphs:orders:Errors", "Hide"),
                ("Subgraphs:orders:Protocol", "h2"), ("Subgraphs:orders:ResponseBytes", "2000000000"), ("Subgraphs:orders:DeadlineHeader", "Host"),
                ("Subgraphs:orders:Headers:Propagate:0", "Content-Length"), ("Subgraphs:orders:Headers:Propagate:1", "not a header"),
                ("Subgraphs:orders:Headers:Propagate:2:As", "X-Nameless"), ("Subgraphs:orders:Headers:Propagate:3:Name", "X-*"),
                ("Subgraphs:orders:Headers:Propagate:3:Default", "1"), ("Subgraphs:orders:Headers:Propagate:3:Rename", "1"),
                ("Subgraphs:orders:Headers:Propagate:4:Name", "X-Host"), ("Subgraphs:orders:Headers:Propagate:4:As", "Host"),
                ("Subgraphs:orders:Headers:Remove", "X-*, X_(a|b)"), ("Subgraphs:orders:Headers:Insert:X-*", "1"),
                ("Subgraphs:orders:Headers:Insert:X-Lines", "a\r\nb: c"), ("Shutdown:Delay", "-1s"), ("Health", "On")))));

    [Fact]
    public void Two_pages_do_not_share_a_port() => Assert.Equal(
        ["Gateway:ResponseCache:Invalidation:Url: has port 9464, as Gateway:Telemetry:PrometheusUrl has: each needs one of its own."],
        Problems(Configuration(
            ("Telemetry:Prometheus", "On"), ("ResponseCache:Invalidation:Key", "a-key-of-its-own"), ("ResponseCache:Invalidation:Url", "http://127.0.0.1:9464/invalidation"))));

    [Fact]
    public void Plans_are_kept_in_a_folder_that_is_there_for_operations_that_are_noted()
    {
        var folder = Path.GetFullPath(AppContext.BaseDirectory);
        Assert.Equal(folder, Read(("WarmUp:Plans", folder), ("WarmUp:File", Path.Combine(folder, "hot.json"))).Options!.WarmUp.Plans);
        Assert.Equal(folder, Read(("WarmUp:Plans", folder), ("PersistedOperations:Store", "operations.db")).Options!.WarmUp.Plans);
        Assert.Null(Read().Options!.WarmUp.Plans);
        Assert.Equal(
            [
                $"Gateway:WarmUp:Plans: there is no folder {Path.Combine(folder, "none")}.",
                "Gateway:WarmUp:Plans: keeps the plans of operations that nobody notes. Name a file for their texts, Gateway:WarmUp:File, or publish operations (Gateway:PersistedOperations:Store).",
            ],
            Problems(Configuration(("WarmUp:Plans", Path.Combine(folder, "none")))));
    }

    [Fact]
    public void The_schema_of_the_file_knows_exactly_the_keys_that_the_gateway_knows()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src/Gateway/gateway.schema.json")));
        var gateway = schema.RootElement.GetProperty("properties").GetProperty("Gateway");
        var subgraphs = gateway.GetProperty("properties").GetProperty("Subgraphs");

        Assert.Equal(KnownKeys(""), Keys(gateway));
        Assert.Equal(KnownKeys("Limits:"), Keys(gateway.GetProperty("properties").GetProperty("Limits")));
        var definitions = schema.RootElement.GetProperty("definitions");
        Assert.Equal(KnownKeys("MinResponseDataRate:"), Keys(gateway.GetProperty("properties").GetProperty("MinResponseDataRate")));
        Assert.Equal(KnownKeys("MinRequestDataRate:"), Keys(gateway.GetProperty("properties").GetProperty("MinRequestDataRate")));
        Assert.Equal(KnownKeys("WarmUp:"), Keys(gateway.GetProperty("properties").GetProperty("WarmUp")));
        Assert.Equal(KnownKeys("Shutdown:"), Keys(gateway.GetProperty("properties").GetProperty("Shutdown")));
        Assert.Equal(KnownKeys("Telemetry:"), Keys(gateway.GetProperty("properties").GetProperty("Telemetry")));
        Assert.Equal(KnownKeys("Subgraphs:users:Headers:"), Keys(definitions.GetProperty("headers")));
        Assert.Equal(KnownKeys("Subgraphs:users:Connections:"), Keys(definitions.GetProperty("connections")));
        var authentication = gateway.GetProperty("properties").GetProperty("Authentication");
        Assert.Equal(KnownKeys("Identity:"), Keys(gateway.GetProperty("properties").GetProperty("Identity")));
        Assert.Equal(KnownKeys("Subgraphs:users:Identity:"), Keys(definitions.GetProperty("identity")));
        Assert.Equal(KnownKeys("Access:"), Keys(gateway.GetProperty("properties").GetProperty("Access")));
        Assert.Equal(KnownKeys("Cors:"), Keys(gateway.GetProperty("properties").GetProperty("Cors")));
        Assert.Equal(KnownKeys("Authentication:"), Keys(authentication));
        Assert.Equal(KnownKeys("Authentication:Jwt:"), Keys(authentication.GetProperty("properties").GetProperty("Jwt")));
        Assert.Equal(KnownKeys("Authentication:ApiKeys:"), Keys(authentication.GetProperty("properties").GetProperty("ApiKeys")));
        Assert.Equal(KnownKeys("Authentication:Jwt:Issuers:0:"), Keys(definitions.GetProperty("jwtIssuer")));
        Assert.Equal(KnownKeys("Authentication:Jwt:Places:0:"), Keys(definitions.GetProperty("tokenPlace")));
        Assert.Equal(KnownKeys("RateLimits:"), Keys(gateway.GetProperty("properties").GetProperty("RateLimits")));
        Assert.Equal(KnownKeys("RateLimits:Plans:gold:"), Keys(definitions.GetProperty("budget")));
        Assert.Equal(KnownKeys("RateLimits:Operations:pay:"), Keys(definitions.GetProperty("operationRate")));
        Assert.Equal(KnownKeys("Cost:"), Keys(gateway.GetProperty("properties").GetProperty("Cost")));
        Assert.Equal(KnownKeys("Subgraphs:users:Cost:"), Keys(definitions.GetProperty("subgraphCost")));
        Assert.Equal(KnownKeys("Health:"), Keys(gateway.GetProperty("properties").GetProperty("Health")));
        Assert.Equal(KnownKeys("Subgraphs:users:"), Keys(subgraphs.GetProperty("additionalProperties")));

        static string Keys(JsonElement section) =>
            string.Join(", ", section.GetProperty("properties").EnumerateObject().Select(key => key.Name).Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_setting_for_a_source_that_the_supergraph_does_not_have_is_refused()
    {
        var supergraph = TypeSystem.Supergraphs.SupergraphReader.Read(new Language.SourceText(GatewayUnderTest.Supergraph)).Supergraph!;
        var options = Read(("Subgraphs:oders:Timeout", "5s")).Options!;
        Assert.Equal(
            [
                "Gateway:Subgraphs:oders: The supergraph has no source of that name. It has: users.",
                "Gateway:Subgraphs:users:Url: is missing, and the supergraph does not tell where users answers. Set it: --Gateway:Subgraphs:users:Url=http://...",
            ],
            SupergraphFile.Resolve(supergraph, options).Problems.AsEnumerable());
    }

    private static string Propagated(SubgraphOptions options) =>
        string.Join(' ', options.Headers.SelectMany(layer => layer.Propagate).Select(header => header.Name));

    private string KnownKeys(string section)
    {
        var problem = Problems(Configuration(($"{section}Nonsense", "1"))).Single(text => text.Contains("Nonsense", StringComparison.Ordinal));
        return problem[(problem.IndexOf("Known here: ", StringComparison.Ordinal) + "Known here: ".Length)..].TrimEnd('.');
    }

    private IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(
        [
            KeyValuePair.Create("Gateway:Supergraph", (string?)_supergraph),
            .. settings.Select(setting => KeyValuePair.Create($"Gateway:{setting.Key}", (string?)setting.Value)),
        ]).Build();

    private GatewayOptionsResult Read(params (string Key, string Value)[] settings) => GatewayOptionsReader.Read(Configuration(settings));

    private static IEnumerable<string> Problems(IConfiguration configuration) =>
        GatewayOptionsReader.Read(configuration).Problems.Select(problem => problem.ToString());
}
