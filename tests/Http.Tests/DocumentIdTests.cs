using System.Text;
using Xunit;

namespace GraphGateway.Http.Tests;

/// <summary>Requests that name their document, where that is allowed (GraphQL over HTTP, Appendix A: Persisted Documents; Apollo's persisted queries).</summary>
public sealed class DocumentIdTests
{
    private const string Ok = "200 application/json; charset=utf-8\n";
    private const string Bad = "400 application/json; charset=utf-8\n";

    private static readonly GraphQLHttpOptions Named = new() { AllowDocumentIds = true, AllowRequestBatching = true };

    // The example of the appendix: a document and its identifier.
    [Theory]
    [InlineData("""{"documentId":"sha256:7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e","variables":{"id":"QVBJcy5ndXJ1"}}""", "id sha256:7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e ||{'id':'QVBJcy5ndXJ1'}|")]
    [InlineData("""{"id":"x-md5:abc"}""", "id x-md5:abc |||")]
    [InlineData("""{"doc_id":"\u0031"}""", "id 1 |||")]
    [InlineData("""{"documentId":"A","id":"A","query":"a","operationName":"O"}""", "id A a|O||")]
    [InlineData("""{"documentId":null,"id":"","doc_id":"A"}""", "id A |||")]
    [InlineData("""{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}""", "hash 00 |||{'persistedQuery':{'version':1,'sha256Hash':'00'}}")]
    [InlineData("""{"extensions":{"a":[{}],"\u0070ersistedQuery":{"sha256Hash":"00","more":{}}},"documentId":"00","query":"a"}""", "hash 00 a|||{'a':[{}],'\\\\u0070ersistedQuery':{'sha256Hash':'00','more':{}}}")]
    [InlineData("""{"query":"a","extensions":{"persistedQuery":null}}""", "a|||{'persistedQuery':null}")]
    public async Task A_post_can_name_its_document(string body, string said)
    {
        await using var endpoint = await TestEndpoint.StartAsync(Named);
        Assert.Equal($"{Ok}{{\"said\":\"{said}\"}}", await endpoint.PostAsync(body));
    }

    [Theory]
    [InlineData("?documentId=sha256:71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b&variables=%7B%22id%22%3A%22QVBJcy5ndXJ1%22%7D", "id sha256:71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b ||{'id':'QVBJcy5ndXJ1'}|")]
    [InlineData("?id=A&operationName=O", "id A |O||")]
    [InlineData("?extensions=%7B%22persistedQuery%22%3A%7B%22version%22%3A1%2C%22sha256Hash%22%3A%2200%22%7D%7D", "hash 00 |||{'persistedQuery':{'version':1,'sha256Hash':'00'}}")]
    [InlineData("?documentId=sha256:71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b&id=71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b", "id sha256:71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b |||")]
    [InlineData("?id=71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b&documentId=sha256:71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b", "id sha256:71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b |||")]
    [InlineData("/persisted/sha256:00", "id sha256:00 |||")]
    [InlineData("/persisted/sha256%3A00/Name?variables=%7B%7D", "id sha256:00 |Name|{}|")]
    [InlineData("/persisted/A/Name?operationName=Name&documentId=A", "id A |Name||")]
    public async Task A_get_can_name_its_document(string query, string said)
    {
        await using var endpoint = await TestEndpoint.StartAsync(Named);
        Assert.Equal($"{Ok}{{\"said\":\"{said}\"}}", await endpoint.GetAsync(query));
    }

    [Theory]
    [InlineData("", "id A |Name||")]
    [InlineData("{}", "id A |Name||")]
    [InlineData("""{"variables":{"x":1},"extensions":{"k":1}}""", "id A |Name|{'x':1}|{'k':1}")]
    public async Task A_post_to_the_documents_path_has_what_is_left_to_say(string body, string said)
    {
        await using var endpoint = await TestEndpoint.StartAsync(Named);
        Assert.Equal($"{Ok}{{\"said\":\"{said}\"}}", await PostToPathAsync(endpoint, body));
    }

    [Theory]
    [InlineData("""{"documentId":7}""", "\\\"documentId\\\" must be a string.")]
    [InlineData("""{"documentId":"A","id":"B"}""", "The request names two different documents: send one identifier.")]
    [InlineData("""{"documentId":"A","extensions":{"persistedQuery":{"version":1,"sha256Hash":"B"}}}""", "The request names two different documents: send one identifier.")]
    [InlineData("""{"extensions":{"persistedQuery":{"sha256Hash":"A"},"persistedQuery":{"sha256Hash":"B"}}}""", "The request names two different documents: send one identifier.")]
    [InlineData("""{"extensions":{"persistedQuery":"A"}}""", "\\\"extensions.persistedQuery\\\" must be a JSON object.")]
    [InlineData("""{"extensions":{"persistedQuery":{"version":1}}}""", "\\\"extensions.persistedQuery.sha256Hash\\\" must be a non-empty string.")]
    [InlineData("""{"extensions":{"persistedQuery":{"version":1,"sha256Hash":7}}}""", "\\\"extensions.persistedQuery.sha256Hash\\\" must be a non-empty string.")]
    [InlineData("""{"query":"a","extensions":{"persistedQuery":{"version":2,"sha256Hash":"A"}}}""", "Unsupported persisted query version: \\\"extensions.persistedQuery.version\\\" must be 1.")]
    [InlineData("""{"query":"a","extensions":{"persistedQuery":{"version":1,"sha256Hash":"\ud800"}}}""", "\\\"extensions\\\" has a string that is not valid Unicode.")]
    [InlineData("""{"variables":{}}""", "The request has no \\\"query\\\": it must be a non-empty string.")]
    public async Task A_name_that_is_none_is_refused(string body, string message)
    {
        await using var endpoint = await TestEndpoint.StartAsync(Named);
        Assert.Equal(Bad + Error(message), await endpoint.PostAsync(body));
    }

    [Fact]
    public async Task A_get_with_names_that_contradict_each_other_is_refused()
    {
        await using var endpoint = await TestEndpoint.StartAsync(Named);
        Assert.Equal(Bad + Error("The URL has more than one \\\"id\\\"."), await endpoint.GetAsync("?id=A&id=B"));
        Assert.Equal(Bad + Error("The request names two different documents: send one identifier."), await endpoint.GetAsync("/persisted/A?doc_id=B"));
        Assert.Equal(Bad + Error("The path and \\\"operationName\\\" name two different operations."), await endpoint.GetAsync("/persisted/A/N?operationName=O"));
        Assert.Equal(
            Bad + Error("The path names the document: leave \\\"query\\\" out, or send it to the path of the GraphQL endpoint."),
            await endpoint.GetAsync("/persisted/A?query=a"));
        Assert.Equal(
            Bad + Error("\\\"extensions\\\" has a string that is not valid Unicode."),
            await endpoint.GetAsync("?extensions=%7B%22persistedQuery%22%3A%7B%22sha256Hash%22%3A%22%5Cud800%22%7D%7D"));
    }

    [Fact]
    public async Task An_identifier_has_a_bounded_length()
    {
        await using var endpoint = await TestEndpoint.StartAsync(Named);
        Assert.StartsWith(Ok, await endpoint.GetAsync($"?id={new string('a', 512)}"), StringComparison.Ordinal);
        var expected = Bad + Error("The identifier of the document is longer than 512 characters.");
        Assert.Equal(expected, await endpoint.GetAsync($"?id={new string('a', 513)}"));
        Assert.Equal(expected, await endpoint.GetAsync($"/persisted/{new string('a', 513)}"));
    }

    [Fact]
    public async Task Each_request_of_a_list_names_its_own_and_the_path_takes_no_list()
    {
        await using var endpoint = await TestEndpoint.StartAsync(Named);
        Assert.Equal(
            """
            200 application/json; charset=utf-8
            [{"requestIndex":0,"said":"id A |||"},{"requestIndex":1,"said":"a|||"}]
            """,
            await endpoint.PostAsync("""[{"id":"A"},{"query":"a"}]"""));
        Assert.Equal(
            Bad + Error("The path names one document: a list of requests goes to the path of the GraphQL endpoint."),
            await PostToPathAsync(endpoint, "[{}]"));
    }

    [Fact]
    public async Task The_path_is_guarded_like_the_endpoint()
    {
        await using var endpoint = await TestEndpoint.StartAsync(Named);
        Assert.StartsWith("403 ", await endpoint.GetAsync("/persisted/A", headers: ("Sec-Fetch-Site", "cross-site")), StringComparison.Ordinal);
        Assert.StartsWith("406 ", await endpoint.GetAsync("/persisted/A", accept: "image/png"), StringComparison.Ordinal);
        using var put = new HttpRequestMessage(HttpMethod.Put, "/graphql/persisted/A");
        Assert.StartsWith("405 application/json; charset=utf-8 Allow: GET, HEAD, POST", await endpoint.DescribeAsync(put, "application/json"), StringComparison.Ordinal);
    }

    private static Task<string> PostToPathAsync(TestEndpoint endpoint, string body) =>
        endpoint.DescribeAsync(
            new HttpRequestMessage(HttpMethod.Post, "/graphql/persisted/A/Name") { Content = new StringContent(body, Encoding.UTF8, "application/json") }, "application/json");

    private static string Error(string message) => $$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"INVALID_GRAPHQL_REQUEST"}}]}""";
}
