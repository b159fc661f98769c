using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GraphGateway.Gateway.Tests.Pipeline;
using Xunit;

namespace GraphGateway.Gateway.Tests.PersistedOperations;

/// <summary>Automatic persisted queries over HTTP, through the whole gateway: each step is what a client sends and what it is answered.</summary>
public sealed class AutomaticPersistedQueryTests
{
    private const string Hello = """{"data":{"hello":"you"}}""";
    private const string Query = "{ hello }";
    private const string NotFound = """200 {"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}""";
    private const string Mismatch =
        """400 {"errors":[{"message":"The identifier is not the SHA-256 of the text in \"query\": provided sha does not match query.","extensions":{"code":"PERSISTED_QUERY_HASH_MISMATCH"}}]}""";

    [Fact]
    public async Task A_hash_is_unknown_then_comes_with_its_text_and_is_known_by_every_form()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source);
        var hash = HashOf(Query);

        Assert.Equal(NotFound, await PostAsync(gateway, Extension(hash)));
        Assert.Equal(
            """200 {"errors":[{"message":"The gateway does not know this document, or no longer: send its text as \"query\" beside its identifier.","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}""",
            await PostAsync(gateway, $$"""{"documentId":"sha256:{{hash}}"}"""));
        Assert.Empty(source.Requests);

        Assert.Equal($"200 {Hello}", await PostAsync(gateway, $$"""{"query":"{{Query}}",{{Extension(hash)[1..]}}"""));
        Assert.Equal($"200 {Hello}", await PostAsync(gateway, Extension(hash)));
        Assert.Equal($"200 {Hello}", await PostAsync(gateway, $$"""{"documentId":"sha256:{{hash}}"}"""));
        Assert.Equal($"200 {Hello}", await PostAsync(gateway, $$"""{"id":"{{hash}}"}"""));
        Assert.Equal($"200 {Hello}", await PostAsync(gateway, $$"""{"doc_id":"{{hash}}"}"""));
        Assert.Equal($"200 {Hello}", await GetAsync(gateway, $"?documentId=sha256:{hash}"));
        Assert.Equal($"200 {Hello}", await GetAsync(gateway, $"?extensions={Uri.EscapeDataString(Persisted(hash))}"));
        Assert.Equal($"200 {Hello}", await GetAsync(gateway, $"/persisted/sha256:{hash}"));
        Assert.Equal(8, source.Requests.Count);
        Assert.Equal(1, gateway.Cache.Misses);
    }

    [Fact]
    public async Task The_text_beside_a_documentId_that_is_its_hash_is_remembered_too()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source);
        var hash = HashOf(Query);
        Assert.Equal($"200 {Hello}", await PostAsync(gateway, $$"""{"query":"{{Query}}","documentId":"sha256:{{hash}}"}"""));
        Assert.Equal($"200 {Hello}", await PostAsync(gateway, Extension(hash)));
    }

    [Fact]
    public async Task Variables_and_operation_name_come_with_the_hash()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source);
        const string query = "query A($n: String) { hello(name: $n) } query B { other }";
        var hash = HashOf(query);
        Assert.Equal($"200 {Hello}", await PostAsync(gateway, $$$"""{"query":"{{{query}}}","operationName":"A",{{{Extension(hash)[1..]}}}"""));
        Assert.Equal($"200 {Hello}", await GetAsync(gateway, $"/persisted/{hash}/A?variables={Uri.EscapeDataString("""{"n":"x"}""")}"));
        Assert.Equal(
            """
            {"query":"query($n: String) { hello(name: $n) }","variables":{}}
            {"query":"query($n: String) { hello(name: $n) }","variables":{"n":"x"}}
            """,
            string.Join("\n", source.Requests.Select(request => request.Body)));
    }

    [Fact]
    public async Task A_hash_of_another_text_is_refused_and_nothing_is_remembered()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source);
        var hash = HashOf("{ other }");
        Assert.Equal(Mismatch, await PostAsync(gateway, $$"""{"query":"{{Query}}",{{Extension(hash)[1..]}}"""));
        Assert.Equal(Mismatch, await PostAsync(gateway, $$"""{"query":"{{Query}}","documentId":"sha256:{{hash}}"}"""));
        Assert.Equal(Mismatch, await PostAsync(gateway, $$"""{"query":"{{Query}}",{{Extension("00")[1..]}}"""));
        Assert.Equal(NotFound, await PostAsync(gateway, Extension(hash)));
        Assert.Equal(NotFound, await PostAsync(gateway, Extension(HashOf(Query))));
        Assert.Empty(source.Requests);
    }

    [Fact]
    public async Task An_identifier_that_is_no_hash_is_not_taken_beside_a_text_and_is_unknown_without()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source);
        Assert.Equal(
            """400 {"errors":[{"message":"The request has an identifier and a text, and the identifier is not the text's hash, so nobody can tell whether they belong together: send one of the two.","extensions":{"code":"CANNOT_SEND_PQ_ID_AND_BODY"}}]}""",
            await PostAsync(gateway, $$"""{"query":"{{Query}}","documentId":"hello"}"""));
        Assert.Equal(
            """200 {"errors":[{"message":"The gateway knows no document by this identifier: send the text as \"query\", without it.","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}""",
            await PostAsync(gateway, """{"documentId":"hello"}"""));
        Assert.Empty(source.Requests);
    }

    [Fact]
    public async Task A_document_with_errors_is_not_remembered()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source);
        var hash = HashOf("{ hallo }");
        Assert.StartsWith(
            """200 {"errors":[{"message":"Cannot query field \"hallo\" on type \"Query\".""", await PostAsync(gateway, $$"""{"query":"{ hallo }",{{Extension(hash)[1..]}}"""), StringComparison.Ordinal);
        Assert.Equal(NotFound, await PostAsync(gateway, Extension(hash)));
    }

    [Fact]
    public async Task A_mutation_does_not_run_over_GET_by_its_hash_either()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"greet":"you"}}""");
        await using var gateway = await RunningGateway.StartAsync(source);
        var hash = HashOf("mutation { greet }");
        Assert.Equal("""200 {"data":{"greet":"you"}}""", await PostAsync(gateway, $$"""{"query":"mutation { greet }",{{Extension(hash)[1..]}}"""));
        const string refused = """405 {"errors":[{"message":"Mutations are not run over GET. Use POST.","extensions":{"code":"INVALID_GRAPHQL_REQUEST"}}]}""";
        Assert.Equal(refused, await GetAsync(gateway, $"/persisted/{hash}"));
        Assert.Equal(refused, await GetAsync(gateway, $"?documentId={hash}"));
        Assert.Single(source.Requests);
    }

    [Fact]
    public async Task Documents_are_forgotten_where_there_is_no_room_and_clients_send_them_again()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:PersistedOperations:AutomaticBytes=2000"]);
        for (var i = 0; i < 30; i++)
        {
            var query = $"{{ hello(name: \"{i}\") }}";
            Assert.Equal($"200 {Hello}", await PostAsync(gateway, JsonSerializer.Serialize(new { query, extensions = new { persistedQuery = new { version = 1, sha256Hash = HashOf(query) } } })));
        }

        Assert.Equal(NotFound, await PostAsync(gateway, Extension(HashOf("{ hello(name: \"0\") }"))));
        Assert.Equal($"200 {Hello}", await PostAsync(gateway, Extension(HashOf("{ hello(name: \"29\") }"))));
    }

    [Fact]
    public async Task Switched_off_clients_are_told_to_send_the_text_and_a_text_runs_whatever_its_hash()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:PersistedOperations:Automatic=Off"]);
        Assert.Equal(
            """200 {"errors":[{"message":"PersistedQueryNotSupported","extensions":{"code":"PERSISTED_QUERY_NOT_SUPPORTED"}}]}""", await PostAsync(gateway, Extension(HashOf(Query))));
        Assert.Equal($"200 {Hello}", await PostAsync(gateway, $$"""{"query":"{{Query}}",{{Extension("00")[1..]}}"""));
        Assert.Equal(
            """400 {"errors":[{"message":"Persisted operations are not supported here. Send the text as \"query\" to the path of the GraphQL endpoint.","extensions":{"code":"PERSISTED_QUERY_NOT_SUPPORTED"}}]}""",
            await GetAsync(gateway, $"/persisted/{HashOf(Query)}"));
    }

    private static string HashOf(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));

    private static string Persisted(string hash) => $$$"""{"persistedQuery":{"version":1,"sha256Hash":"{{{hash}}}"}}""";

    private static string Extension(string hash) => $$"""{"extensions":{{Persisted(hash)}}}""";

    private static async Task<string> PostAsync(RunningGateway gateway, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await DescribeAsync(await gateway.Client.PostAsync("/graphql", content));
    }

    private static async Task<string> GetAsync(RunningGateway gateway, string rest) => await DescribeAsync(await gateway.Client.GetAsync($"/graphql{rest}"));

    private static async Task<string> DescribeAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return $"{((int)response.StatusCode).ToString(CultureInfo.InvariantCulture)} {await response.Content.ReadAsStringAsync()}";
        }
    }
}
