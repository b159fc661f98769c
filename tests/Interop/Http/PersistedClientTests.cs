using System.Text.Json.Nodes;
using Xunit;

namespace GraphGateway.Interop;

/// <summary>
/// Persisted queries by the clients that applications use, unchanged: npm's <c>@apollo/client</c> and <c>urql</c>. Each test has what goes over the wire, and
/// what the application gets.
/// </summary>
public sealed class PersistedClientTests
{
    private const string Hello = """{"data":{"hello":"world"}}""";
    private const string NotFound = """{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}""";
    private const string NotSupported = """{"errors":[{"message":"PersistedQueryNotSupported","extensions":{"code":"PERSISTED_QUERY_NOT_SUPPORTED"}}]}""";
    private const string Mismatch =
        """{"errors":[{"message":"The identifier is not the SHA-256 of the text in \"query\": provided sha does not match query.","extensions":{"code":"PERSISTED_QUERY_HASH_MISMATCH"}}]}""";

    [InteropTheory]
    [InlineData("apollo")]
    [InlineData("urql")]
    public async Task A_query_is_missed_registered_and_hit(string client)
    {
        await using var running = await Running.StartAsync();
        Assert.Equal(
            $$$"""
            POST hash: 200 {{{NotFound}}}
            POST text and hash: 200 {{{Hello}}}
            POST hash: 200 {{{Hello}}}
            = {"hello":"world"}
            = {"hello":"world"}
            """,
            running.Ask(client, "query Hello { hello }", "query Hello { hello }"));
    }

    [InteropTheory]
    [InlineData("apollo", "POST")]
    [InlineData("urql", "GET")]
    public async Task Over_GET_the_hash_is_asked_for_and_the_text_sent_as_the_client_likes(string client, string registration)
    {
        await using var running = await Running.StartAsync();
        Assert.Equal(
            $$$"""
            GET hash: 200 {{{NotFound}}}
            {{{registration}}} text and hash: 200 {{{Hello}}}
            GET hash: 200 {{{Hello}}}
            = {"hello":"world"}
            = {"hello":"world"}
            """,
            running.Ask(client, useGet: true, hash: null, "query Hello { hello }", "query Hello { hello }"));
    }

    [InteropTheory]
    [InlineData("apollo")]
    [InlineData("urql")]
    public async Task Where_they_are_off_the_client_sends_texts_from_then_on(string client)
    {
        await using var running = await Running.StartAsync("--Gateway:PersistedOperations:Automatic=Off");
        Assert.Equal(
            $$$"""
            POST hash: 200 {{{NotSupported}}}
            POST text: 200 {{{Hello}}}
            POST text: 200 {{{Hello}}}
            = {"hello":"world"}
            = {"hello":"world"}
            """,
            running.Ask(client, "query Hello { hello }", "query Hello { hello }"));
    }

    [InteropTheory]
    [InlineData("apollo", "")]
    [InlineData("urql", "[GraphQL] ")]
    public async Task A_hash_that_is_not_the_texts_is_an_error_for_the_application(string client, string prefix)
    {
        await using var running = await Running.StartAsync();
        Assert.Equal(
            $$$"""
            POST hash: 200 {{{NotFound}}}
            POST text and hash: 400 {{{Mismatch}}}
            = {{{prefix}}}The identifier is not the SHA-256 of the text in "query": provided sha does not match query.
            """,
            running.Ask(client, useGet: false, hash: new string('0', 64), "query Hello { hello }"));
    }

    private sealed class Running(ClientGateway gateway) : IAsyncDisposable
    {
        private readonly NodeReference reference = NodeReference.Start("clients");

        public static async Task<Running> StartAsync(params string[] settings) => new(await ClientGateway.StartAsync(settings));

        public string Ask(string client, params string[] queries) => Ask(client, useGet: false, hash: null, queries);

        /// <summary>The traffic, a line a request, and then what the application got for each query.</summary>
        public string Ask(string client, bool useGet, string? hash, params string[] queries) => ClientGateway.TextOf(reference.Ask(client, new JsonObject
        {
            ["url"] = gateway.Url,
            ["queries"] = new JsonArray([.. queries.Select(query => (JsonNode)query)]),
            ["useGet"] = useGet,
            ["hash"] = hash,
        }));

        public async ValueTask DisposeAsync()
        {
            reference.Dispose();
            await gateway.DisposeAsync();
        }
    }
}
