using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.PersistedOperations;

/// <summary>Which requests run at each level of the safelist.</summary>
public sealed class SafelistTests
{
    private const string Hello = PublishedGateway.Hello;
    private const string Unknown = "403 QUERY_NOT_IN_SAFELIST: This gateway runs published operations only, and this one is not published for this client.";
    private const string Required = "400 PERSISTED_QUERY_ID_REQUIRED: This gateway runs published operations by their identifier only: send that, without a text.";
    private const string Both = "400 CANNOT_SEND_PQ_ID_AND_BODY: The request has an identifier and a text. This gateway runs published operations by their identifier only: leave the text out.";
    private const string NotInList = "404 PERSISTED_QUERY_NOT_IN_LIST: No operation is published for this client by this identifier.";
    private const string Unavailable = "503 PERSISTED_QUERIES_UNAVAILABLE: The published operations cannot be read now. Try again.";
    private const string Query = "query Greet { hello(name: \"ada\") }";
    private const string Introspection = "{ __schema { queryType { name } } }";

    [Fact]
    public async Task Where_it_is_known_only_published_texts_run_however_they_are_written()
    {
        await using var gateway = new PublishedGateway();
        await gateway.PublishAsync(null, "1", ("greet", "query Greet { ...A ...B }\nfragment A on Query { hello(name: \"ada\") }\nfragment B on Query { __typename hello(name: \"ada\") }"));
        await gateway.StartAsync("--Gateway:PersistedOperations:Safelist=Known");
        const string rewritten = "# by a build\nfragment B on Query{__typename,hello(name:\"ada\")} query Greet{...A,...B} fragment A on Query{hello(name:\"ada\")}";
        for (var i = 0; i < 3; i++)
        {
            Assert.StartsWith("200 {\"data\":{\"hello\":\"you\"", await gateway.AskTextAsync(rewritten), StringComparison.Ordinal);
        }

        Assert.Equal(("known:3", 1L), (gateway.Counts, gateway.Gateway.Cache.Misses));
        Assert.StartsWith("200 {\"data\":{\"hello\":\"you\"", await gateway.AskIdAsync("greet"), StringComparison.Ordinal);
        string[] others =
        [
            "query Greet { hello(name: \"ada\") }", rewritten.Replace("...A,...B", "...B,...A", StringComparison.Ordinal), rewritten.Replace("ada", "eve", StringComparison.Ordinal),
            rewritten.Replace("Greet", "Great", StringComparison.Ordinal), "{ nothing }", "{", rewritten + " query More { other }", "subscription { greetings }",
            "{ __schema { queryType { name } } hello }", "mutation { __typename }",
        ];
        var before = gateway.Fetches;
        foreach (var other in others)
        {
            Assert.Equal(Unknown, await gateway.AskTextAsync(other));
        }

        // Nothing of them is kept, and the sources hear nothing.
        Assert.Equal((before, 2), (gateway.Fetches, gateway.Gateway.Cache.Count));
        Assert.Equal($"published:1 unknown:{others.Length}", gateway.Counts);
        Assert.Contains($"An operation that is not published was refused: not looked at sha256:{PublishedGateway.HashOf("{ nothing }")} of client without a name", gateway.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("{ nothing }", gateway.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_is_published_for_its_client_and_no_other()
    {
        await using var gateway = new PublishedGateway();
        await gateway.PublishAsync("web", "1", ("greet", Query));
        await gateway.StartAsync("--Gateway:PersistedOperations:Safelist=Known");
        Assert.Equal(Hello, await gateway.AskTextAsync(Query, "web"));
        Assert.Equal(Unknown, await gateway.AskTextAsync(Query, "ios"));
        Assert.Equal(Unknown, await gateway.AskTextAsync(Query));
        Assert.Contains("Greet sha256:", gateway.Log.Text, StringComparison.Ordinal);
        Assert.Contains("of client ios", gateway.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_retired_no_longer_runs_though_it_is_kept()
    {
        await using var gateway = new PublishedGateway();
        await gateway.PublishAsync(null, "1", ("greet", Query));
        await gateway.StartAsync("--Gateway:PersistedOperations:Safelist=Known");
        Assert.Equal(Hello, await gateway.AskTextAsync(Query));
        Assert.Equal(Hello, await gateway.AskHashAsync(PublishedGateway.HashOf(Query + " "), Query + " "));
        await using (var store = await gateway.OpenAsync())
        {
            await store.RetireAsync(null, "1", default);
        }

        gateway.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Unknown, await gateway.AskTextAsync(Query));

        // Nor what was remembered with its hash.
        Assert.Equal(Unknown, await gateway.AskHashAsync(PublishedGateway.HashOf(Query + " ")));
    }

    [Fact]
    public async Task Only_published_texts_are_remembered_with_their_hash()
    {
        await using var gateway = new PublishedGateway();
        await gateway.PublishAsync(null, "1", ("greet", Query));
        await gateway.StartAsync("--Gateway:PersistedOperations:Safelist=Known");
        const string notFound = "200 PERSISTED_QUERY_NOT_FOUND: PersistedQueryNotFound";
        var (known, unknown) = (PublishedGateway.HashOf(Query + "\n"), PublishedGateway.HashOf("{ hello }"));
        Assert.Equal(notFound, await gateway.AskHashAsync(known));
        Assert.Equal(Hello, await gateway.AskHashAsync(known, Query + "\n"));
        Assert.Equal(Hello, await gateway.AskHashAsync(known));
        Assert.Equal(notFound, await gateway.AskHashAsync(unknown));
        Assert.Equal(Unknown, await gateway.AskHashAsync(unknown, "{ hello }"));
        Assert.Equal(notFound, await gateway.AskHashAsync(unknown));
    }

    [Fact]
    public async Task Introspection_runs_while_it_is_on_but_not_beside_anything_else()
    {
        await using var gateway = new PublishedGateway();
        await gateway.PublishAsync(null, "1", ("greet", Query));
        await gateway.StartAsync("--Gateway:PersistedOperations:Safelist=Known");
        Assert.Equal("""200 {"data":{"__schema":{"queryType":{"name":"Query"}}}}""", await gateway.AskTextAsync(Introspection));
        Assert.Equal("""200 {"data":{"__typename":"Query"}}""", await gateway.AskTextAsync("query A { ...F } fragment F on Query { ... { __typename } }"));
        Assert.Equal("introspection:2", gateway.Counts);
        await using var closed = new PublishedGateway();
        await closed.PublishAsync(null, "1", ("greet", Query));
        await closed.StartAsync("--Gateway:PersistedOperations:Safelist=Known", "--Gateway:Introspection=Off");
        Assert.Equal(Unknown, await closed.AskTextAsync(Introspection));
        Assert.Equal(Unknown, await closed.AskTextAsync("{ __typename }"));
    }

    [Fact]
    public async Task Where_identifiers_are_required_no_text_runs()
    {
        await using var gateway = new PublishedGateway();
        await gateway.PublishAsync(null, "1", ("greet", Query));
        await gateway.StartAsync("--Gateway:PersistedOperations:Safelist=RequireId");
        Assert.Equal(Hello, await gateway.AskIdAsync("greet"));
        Assert.Equal(Hello, await gateway.AskHashAsync(PublishedGateway.HashOf(Query)));
        Assert.Equal(Required, await gateway.AskTextAsync(Query));
        Assert.Equal(Required, await gateway.AskTextAsync(Introspection));
        Assert.Equal(Required, await gateway.AskTextAsync("{"));
        Assert.Equal(Both, await gateway.AskHashAsync(PublishedGateway.HashOf(Query), Query));
        Assert.Equal(Both, await gateway.PostAsync("""{"documentId":"greet","query":"{ hello }"}"""));
        Assert.Equal(NotInList, await gateway.AskHashAsync(PublishedGateway.HashOf("{ hello }")));
        Assert.Equal("miss:1 published:2 text:3", gateway.Counts);
    }

    [Fact]
    public async Task Where_it_only_logs_all_runs_and_each_unknown_text_is_told()
    {
        await using var gateway = new PublishedGateway();
        await gateway.PublishAsync(null, "1", ("greet", Query));
        await gateway.StartAsync("--Gateway:PersistedOperations:Safelist=LogUnknown");
        Assert.Equal(Hello, await gateway.AskTextAsync(Query));
        Assert.Equal(Hello, await gateway.AskTextAsync("query Mine { hello }", "ios"));
        Assert.StartsWith("200 GRAPHQL_VALIDATION_FAILED", await gateway.AskTextAsync("{ nothing }"), StringComparison.Ordinal);
        Assert.Equal("known:1 unknown:1", gateway.Counts);
        Assert.Contains($"An operation that is not published ran: Mine sha256:{PublishedGateway.HashOf("query Mine { hello }")} of client ios (0 more like it since the last line)", gateway.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Known", "known:1 unknown:2")]
    [InlineData("RequireId", "miss:1 text:3")]
    public async Task Where_it_only_measures_all_runs_and_what_would_be_refused_is_counted(string level, string counts)
    {
        await using var gateway = new PublishedGateway();
        await gateway.PublishAsync(null, "1", ("greet", Query));
        await gateway.StartAsync($"--Gateway:PersistedOperations:Safelist={level}", "--Gateway:PersistedOperations:Mode=Measure");
        Assert.Equal(Hello, await gateway.AskTextAsync(Query));
        Assert.Equal(Hello, await gateway.AskTextAsync("{ hello }"));
        Assert.Equal(Hello, await gateway.AskTextAsync("{ hello }"));
        if (level == "RequireId")
        {
            Assert.Equal("200 PERSISTED_QUERY_NOT_FOUND: PersistedQueryNotFound", await gateway.AskHashAsync(PublishedGateway.HashOf("{ hello }")));
        }

        Assert.Equal(counts, gateway.Counts);
    }

    [Theory]
    [InlineData("Known", Unavailable)]
    [InlineData("RequireId", Required)]
    public async Task A_store_that_was_never_read_lets_nothing_through(string level, string text)
    {
        await using var gateway = new PublishedGateway();
        await gateway.StartAsync($"--Gateway:PersistedOperations:Safelist={level}");
        Assert.Equal(text, await gateway.AskTextAsync(Query));
        Assert.Equal(text, await gateway.AskTextAsync("{ __typename }"));
        Assert.Equal(Unavailable, await gateway.AskIdAsync("greet"));
        Assert.Equal(Unavailable, await gateway.AskIdAsync(PublishedGateway.HashOf(Query)));
        Assert.Equal(Unavailable, await gateway.AskIdAsync($"sha256:{PublishedGateway.HashOf(Query)}"));
        Assert.Equal(Unavailable, await gateway.AskHashAsync(PublishedGateway.HashOf(Query)));
        Assert.Equal(0, gateway.Fetches);
        await gateway.PublishAsync(null, "1", ("greet", Query));
        gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Hello, await gateway.AskIdAsync("greet"));
    }

    // It would refuse every request; and nobody sends it one before it is ready, so that it reads by itself.
    [Theory]
    [InlineData("Known", "Enforce", false)]
    [InlineData("RequireId", "Enforce", false)]
    [InlineData("Known", "Measure", true)]
    [InlineData("LogUnknown", "Enforce", true)]
    public async Task Who_can_let_nothing_through_is_not_ready(string level, string mode, bool isReady)
    {
        await using var gateway = new PublishedGateway();
        await gateway.StartAsync($"--Gateway:PersistedOperations:Safelist={level}", $"--Gateway:PersistedOperations:Mode={mode}");
        Assert.Equal(isReady ? """200 {"status":"ready"}""" : """503 {"status":"unpublished"}""", await ReadyAsync());
        await gateway.PublishAsync(null, "1", ("greet", Query));
        for (var i = 0; i < 1_000 && await ReadyAsync() != """200 {"status":"ready"}"""; i++)
        {
            gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("""200 {"status":"ready"}""", await ReadyAsync());

        async Task<string> ReadyAsync()
        {
            using var response = await gateway.Gateway.Client.GetAsync("/health/ready");
            return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
        }
    }

    [Fact]
    public async Task Many_clients_at_once_are_judged_each_for_itself()
    {
        await using var gateway = new PublishedGateway();
        await gateway.PublishAsync("web", "1", ("greet", Query));
        await gateway.StartAsync("--Gateway:PersistedOperations:Safelist=Known");
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => gateway.AskTextAsync(i % 4 == 3 ? "{ hello }" : Query, i % 2 == 0 ? "web" : "ios")));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? Hello : Unknown), answers);
    }

    [Theory]
    [InlineData("--Gateway:PersistedOperations:Safelist=Known", "Gateway:PersistedOperations:Safelist: needs Store: what is published there is what may run.")]
    [InlineData("--Gateway:PersistedOperations:Store=Host=x;Passwort=secret", "Gateway:PersistedOperations:Store: is neither the name of a file nor a connection string of PostgreSQL such as Host=127.0.0.1;Database=graphgateway.")]
    [InlineData("--Gateway:PersistedOperations:Mode=Maybe", "Gateway:PersistedOperations:Mode: 'Maybe' is not one of Measure, Enforce.")]
    public async Task Wrong_settings_are_told_at_the_start(string argument, string expected)
    {
        using var folder = new TemporaryFolder();
        var build = await GatewayHost.BuildAsync(
            [$"--Gateway:Supergraph={folder.Write("supergraph.graphql", GatewayUnderTest.Supergraph)}", "--Gateway:Subgraphs:users:Url=http://127.0.0.1:1/graphql", argument]);
        Assert.Equal(expected, Assert.Single(build.Problems));
    }
}
