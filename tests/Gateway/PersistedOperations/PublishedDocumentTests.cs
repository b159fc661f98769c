using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Gateway.Tests.PersistedOperations;

/// <summary>Published documents over HTTP, without a safelist: what an identifier stands for.</summary>
public sealed class PublishedDocumentTests
{
    private const string Hello = PublishedGateway.Hello;
    private const string NotInList = "404 PERSISTED_QUERY_NOT_IN_LIST: No operation is published for this client by this identifier.";
    private const string Unavailable = "503 PERSISTED_QUERIES_UNAVAILABLE: The published operations cannot be read now. Try again.";
    private const string Query = "query Greet { hello }";

    [Fact]
    public async Task A_published_document_is_found_by_its_identifier_and_by_its_hash_in_every_form()
    {
        await using var gateway = new PublishedGateway();
        await gateway.PublishAsync(null, "1", ("greet", Query), (PublishedGateway.HashOf("{ other }"), "{ other }"));
        await gateway.StartAsync();
        var hash = PublishedGateway.HashOf(Query);
        Assert.Equal(Hello, await gateway.AskIdAsync("greet"));
        Assert.Equal(Hello, await gateway.AskIdAsync(hash));
        Assert.Equal(Hello, await gateway.AskIdAsync($"sha256:{hash}"));
        Assert.Equal(Hello, await gateway.AskHashAsync(hash));
        Assert.Equal(Hello, await gateway.AskHashAsync("greet"));
        Assert.Equal(Hello, await gateway.PostAsync("""{"doc_id":"greet"}"""));
        Assert.Equal(Hello, await gateway.PostAsync("""{"id":"greet","operationName":"Greet"}"""));
        using (var response = await gateway.Gateway.Client.GetAsync("/graphql/persisted/greet/Greet"))
        {
            Assert.Equal("""{"data":{"hello":"you"}}""", await response.Content.ReadAsStringAsync());
        }

        Assert.StartsWith("200 ", await gateway.AskIdAsync($"sha256:{PublishedGateway.HashOf("{ other }")}"), StringComparison.Ordinal);
        Assert.Equal(NotInList, await gateway.AskIdAsync("unknown"));
        Assert.Equal("miss:1 published:9", gateway.Counts);

        // With the operation's name it is another entry of the cache.
        Assert.Equal(3, gateway.Gateway.Cache.Misses);
    }

    [Fact]
    public async Task A_client_finds_its_own_documents_before_those_for_all_and_never_anothers()
    {
        await using var gateway = new PublishedGateway();
        await gateway.PublishAsync("web", "1", ("own", Query), ("both", Query));
        await gateway.PublishAsync(null, "1", ("both", "{ nothing }"), ("all", Query));
        await gateway.StartAsync();
        Assert.Equal(Hello, await gateway.AskIdAsync("own", "web"));
        Assert.Equal(Hello, await gateway.AskIdAsync("both", "web"));
        Assert.Equal(Hello, await gateway.AskIdAsync("all", "web"));
        Assert.Equal(Hello, await gateway.AskIdAsync("all", "ios"));
        Assert.Equal(Hello, await gateway.AskIdAsync("all"));
        Assert.Equal(Hello, await gateway.PostAsync("""{"documentId":"own"}""", "web", "apollographql-client-name"));
        Assert.Equal(NotInList, await gateway.AskIdAsync("own", "ios"));
        Assert.Equal(NotInList, await gateway.AskIdAsync("own", "Web"));
        Assert.Equal(NotInList, await gateway.AskIdAsync("own"));
        Assert.StartsWith("200 GRAPHQL_VALIDATION_FAILED: Cannot query field \"nothing\"", await gateway.AskIdAsync("both", "ios"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_identifier_that_claims_to_be_a_hash_finds_no_other_text()
    {
        await using var gateway = new PublishedGateway();
        var hash = PublishedGateway.HashOf(Query);
        await gateway.PublishAsync(null, "1", (hash, "{ other }"));
        await gateway.StartAsync();
        Assert.Equal("200 PERSISTED_QUERY_NOT_FOUND: The gateway does not know this document, or no longer: send its text as \"query\" beside its identifier.", await gateway.AskIdAsync($"sha256:{hash}"));
        Assert.Equal(0, gateway.Fetches);
    }

    [Fact]
    public async Task What_changes_in_the_store_is_known_within_ten_seconds_and_what_is_new_within_one()
    {
        await using var gateway = new PublishedGateway();
        await gateway.PublishAsync(null, "1", ("greet", Query));
        await gateway.StartAsync();
        Assert.Equal(Hello, await gateway.AskIdAsync("greet"));
        await gateway.PublishAsync(null, "2", ("new", Query));
        gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Hello, await gateway.AskIdAsync("new"));

        await using (var store = await gateway.OpenAsync())
        {
            Assert.Equal(1, await store.RetireAsync(null, "1", default));
        }

        // Nobody has asked in between: the first one does not get through either.
        gateway.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(NotInList, await gateway.AskIdAsync("greet"));
        Assert.Equal(Hello, await gateway.AskIdAsync("new"));
    }

    [Fact]
    public async Task A_store_that_is_gone_takes_nothing_away()
    {
        await using var gateway = new PublishedGateway();
        await gateway.PublishAsync(null, "1", ("greet", Query));
        await gateway.StartAsync();
        Assert.Equal(Hello, await gateway.AskIdAsync("greet"));
        SqliteConnection.ClearAllPools();
        File.Delete(gateway.Place);
        gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Hello, await gateway.AskIdAsync("greet"));
        Assert.Contains(
            "The store of published operations cannot be read: SQLite Error 14: 'unable to open database file'. What is known stays as it is. (0 more like it since the last line)",
            gateway.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_was_never_read_knows_nothing_and_comes_back_by_itself()
    {
        await using var gateway = new PublishedGateway();
        await gateway.StartAsync();
        Assert.Equal(Unavailable, await gateway.AskIdAsync("greet"));
        Assert.Equal(Unavailable, await gateway.AskIdAsync(PublishedGateway.HashOf(Query)));
        Assert.Equal(Unavailable, await gateway.AskIdAsync($"sha256:{PublishedGateway.HashOf(Query)}"));

        // Apollo's clients have the text, and send it then.
        Assert.Equal("200 PERSISTED_QUERY_NOT_FOUND: PersistedQueryNotFound", await gateway.AskHashAsync(PublishedGateway.HashOf(Query)));
        Assert.Equal(Hello, await gateway.AskTextAsync(Query));
        Assert.Equal("""{"status":"ready"}""", await gateway.Gateway.Client.GetStringAsync("/health/ready"));
        Assert.Contains("No published document is known until it can be.", gateway.Log.Text, StringComparison.Ordinal);
        await gateway.PublishAsync(null, "1", ("greet", Query));
        gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Hello, await gateway.AskIdAsync("greet"));
    }

    [Fact]
    public async Task A_row_whose_text_is_not_what_was_published_is_left_out_and_told()
    {
        await using var gateway = new PublishedGateway();
        await gateway.PublishAsync("web", "1", ("greet", Query), ("other", "{ other }"));
        await using (var connection = new SqliteConnection($"Data Source={gateway.Place};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = new SqliteCommand("UPDATE graphgateway_operations SET document = '{ hello other }' WHERE id = 'other'", connection);
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        await gateway.StartAsync();
        Assert.Equal(Hello, await gateway.AskIdAsync("greet", "web"));
        Assert.Equal(NotInList, await gateway.AskIdAsync("other", "web"));
        Assert.Contains(
            "1 published operation is left out, for the text is not what was published (web other): retire the releases that have it and publish them again",
            gateway.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_published_mutation_does_not_run_over_GET()
    {
        await using var gateway = new PublishedGateway();
        await gateway.PublishAsync(null, "1", ("greet", "mutation { greet }"));
        await gateway.StartAsync();
        using var response = await gateway.Gateway.Client.GetAsync("/graphql?documentId=greet");
        Assert.Equal(405, (int)response.StatusCode);
        Assert.Equal(0, gateway.Fetches);
    }

    [Fact]
    public async Task Without_automatic_queries_what_is_not_published_is_not_remembered()
    {
        await using var gateway = new PublishedGateway();
        await gateway.PublishAsync(null, "1", ("greet", Query));
        await gateway.StartAsync("--Gateway:PersistedOperations:Automatic=Off");
        var hash = PublishedGateway.HashOf("{ hello }");
        Assert.Equal(NotInList, await gateway.AskHashAsync(hash));
        Assert.Equal(Hello, await gateway.AskHashAsync(hash, "{ hello }"));
        Assert.Equal(NotInList, await gateway.AskHashAsync(hash));
        Assert.Equal(Hello, await gateway.AskIdAsync("greet"));
    }
}
