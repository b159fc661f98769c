using Xunit;

namespace GraphGateway.Http.Tests;

/// <summary>Media types, status codes, methods and foreign sites.</summary>
public sealed class NegotiationTests
{
    private const string Query = """{"query":"a"}""";

    [Theory]
    [InlineData("", "application/json; charset=utf-8")]
    [InlineData("*/*", "application/json; charset=utf-8")]
    [InlineData("application/*", "application/json; charset=utf-8")]
    [InlineData("application/json", "application/json; charset=utf-8")]
    [InlineData("application/graphql-response+json", "application/graphql-response+json; charset=utf-8")]
    [InlineData("application/graphql-response+json; charset=utf-8, application/json", "application/graphql-response+json; charset=utf-8")]
    [InlineData("application/json;q=0.5, application/graphql-response+json;q=0.9", "application/graphql-response+json; charset=utf-8")]
    [InlineData("text/html, application/xhtml+xml, */*;q=0.8", "application/json; charset=utf-8")]
    [InlineData("application/jsonl, text/event-stream, application/graphql-response+json, application/json", "application/graphql-response+json; charset=utf-8")]
    public async Task The_media_type_is_the_best_that_the_client_accepts(string accept, string contentType)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.Equal($"200 {contentType}\n{{\"said\":\"a|||\"}}", await endpoint.PostAsync(Query, accept));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json;q=0")]
    [InlineData("application/json; charset=latin1")]
    public async Task Nothing_acceptable_is_406(string accept)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.StartsWith("406 application/json; charset=utf-8\n{\"errors\":[{\"message\":\"None of the accepted media types can be given.", await endpoint.PostAsync(Query, accept), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("application/graphql-response+json", 400)]
    public async Task A_request_errors_status_depends_on_the_media_type(string accept, int status)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.Equal(
            $"{status} {accept}; charset=utf-8\n" + """{"errors":[{"message":"It is broken.","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""",
            await endpoint.PostAsync("""{"query":"broken"}""", accept));
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/json;charset=\"UTF-8\"", 200)]
    [InlineData("application/json; charset=latin1", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("", 415)]
    public async Task A_post_is_json_in_utf8(string contentType, int status)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.StartsWith($"{status} ", await endpoint.PostAsync(Query, contentType: contentType), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_methods_and_mutations_over_get_are_405_with_what_is_allowed()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.Equal(
            "405 application/json; charset=utf-8 Allow: GET, HEAD, POST\n" + """{"errors":[{"message":"GraphQL is served over GET, HEAD and POST.","extensions":{"code":"INVALID_GRAPHQL_REQUEST"}}]}""",
            await endpoint.DescribeAsync(new HttpRequestMessage(HttpMethod.Put, "/graphql"), "application/json"));
        Assert.Equal(
            "405 application/json; charset=utf-8 Allow: POST\n" + """{"errors":[{"message":"Not over GET.","extensions":{"code":"INVALID_GRAPHQL_REQUEST"}}]}""",
            await endpoint.GetAsync("?query=mutation"));
    }

    [Fact]
    public async Task Every_answer_varies_by_accept()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var response = await endpoint.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/graphql?query=a"));
        Assert.Equal(["Accept"], response.Headers.Vary);
    }

    // Who asks, and from which page, decides: a cache that kept it would give it to others. Of a POST no cache keeps anything that says no time.
    [Theory]
    [InlineData("GET", "/graphql?query=a", "200 no-store")]
    [InlineData("GET", "/graphql?sdl", "200 no-store")]
    [InlineData("GET", "/graphql/schema.graphql", "200 no-store")]
    [InlineData("GET", "/graphql?query=mutation", "405 no-store")]
    [InlineData("GET", "/graphql", "400 no-store")]
    [InlineData("GET", "/graphql/persisted/abc", "400 no-store")]
    [InlineData("PUT", "/graphql", "405 no-store")]
    [InlineData("POST", "/graphql", "415 ")]
    public async Task No_cache_keeps_an_answer_for_somebody_else(string method, string path, string expected)
    {
        await using var endpoint = await TestEndpoint.StartAsync(new GraphQLHttpOptions { Sdl = () => "type Query"u8.ToArray() });
        using var response = await endpoint.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(expected, $"{(int)response.StatusCode} {response.Headers.CacheControl}");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", "", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", "", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", "", 200)]
    [InlineData("Sec-Fetch-Site", "none", "", 200)]
    [InlineData("Origin", "https://elsewhere.example", "", 403)]
    [InlineData("Origin", "null", "", 403)]
    [InlineData("Origin", "http://localhost", "", 200)]
    [InlineData("Origin", "https://elsewhere.example", "GraphQL-Preflight", 200)]
    [InlineData("Origin", "https://elsewhere.example", "apollo-require-preflight", 200)]
    [InlineData("Origin", "https://elsewhere.example", "x-apollo-operation-name", 200)]
    public async Task A_get_of_a_foreign_site_needs_a_preflight_header(string header, string value, string preflight, int status)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        (string, string)[] headers = preflight.Length == 0 ? [(header, value)] : [(header, value), (preflight, "1")];
        Assert.StartsWith($"{status} ", await endpoint.GetAsync("?query=a", "application/json", headers), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("text/plain", 403)]
    [InlineData("application/x-www-form-urlencoded", 403)]
    [InlineData("multipart/form-data; boundary=x", 403)]
    public async Task A_post_of_a_foreign_site_is_refused_when_a_form_could_send_it(string contentType, int status)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.StartsWith($"{status} ", await endpoint.PostAsync(Query, "*/*", contentType, ("Origin", "https://elsewhere.example")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/graphql?sdl")]
    [InlineData("/graphql/schema.graphql")]
    public async Task The_sdl_is_served(string path)
    {
        await using var endpoint = await TestEndpoint.StartAsync(new GraphQLHttpOptions { Sdl = () => "type Query { a: Int }"u8.ToArray() });
        Assert.Equal(
            "200 text/plain; charset=utf-8\ntype Query { a: Int }",
            await endpoint.DescribeAsync(new HttpRequestMessage(HttpMethod.Get, path), "*/*"));
    }
}
