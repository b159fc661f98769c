using Xunit;

namespace GraphGateway.Http.Tests;

/// <summary>What is read from a request, and what is refused.</summary>
public sealed class RequestTests
{
    private const string Ok = "200 application/json; charset=utf-8\n";
    private const string Bad = "400 application/json; charset=utf-8\n";

    private static readonly GraphQLHttpOptions Batching = new() { AllowRequestBatching = true, AllowVariableBatching = true, MaxBatchSize = 3 };

    [Theory]
    [InlineData("""{"query":"{ a }"}""", "{ a }|||")]
    [InlineData("""{"query":"{ a }","operationName":"A","variables":{"x": [1, 2.50]},"extensions":{"k":{}},"other":[1]}""", "{ a }|A|{'x': [1, 2.50]}|{'k':{}}")]
    [InlineData("""{"operationName":null,"variables":null,"extensions":null,"query":"{\n\"ü\u00fc\"}"}""", """{\n'üü'}|||""")]
    [InlineData(""" {"operationName":"","query":"\u007b a }"} """, "{ a }|||")]
    [InlineData("""{"query":"{ a }","query":"{ b }"}""", "{ b }|||")]
    public async Task A_post_is_read(string body, string said)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.Equal($"{Ok}{{\"said\":\"{said}\"}}", await endpoint.PostAsync(body));
    }

    [Theory]
    [InlineData("?query=%7B%20a%20%7D", "{ a }|||")]
    [InlineData("?query=a&operationName=A&variables=%7B%22x%22%3A1%7D&extensions=%7B%7D", "a|A|{'x':1}|{}")]
    [InlineData("?query=a&operationName=&variables=&extensions=", "a|||")]
    [InlineData("?query=a&variables=null", "a|||")]
    public async Task A_get_is_read(string query, string said)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.Equal($"{Ok}{{\"said\":\"{said}\"}}", await endpoint.GetAsync(query));
    }

    [Theory]
    [InlineData("", "The request body is empty; a JSON object with \\\"query\\\" is expected.", "INVALID_GRAPHQL_REQUEST")]
    [InlineData("{", "The request body is not valid JSON at line 1, column 2: Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed.", "INVALID_GRAPHQL_REQUEST")]
    [InlineData("""{"query":"a"} x""", "The request body is not valid JSON at line 1, column 15: 'x' is invalid after a single JSON value. Expected end of data.", "INVALID_GRAPHQL_REQUEST")]
    [InlineData("{\n  \"query\": \"a\", \n}", "The request body is not valid JSON at line 3, column 1: There is a comma with nothing after it.", "INVALID_GRAPHQL_REQUEST")]
    [InlineData("""{"query":"a","variables":{"x":[1,]}}""", "The request body is not valid JSON at line 1, column 34: There is a comma with nothing after it.", "INVALID_GRAPHQL_REQUEST")]
    [InlineData("\"a\"", "The request body must be a JSON object with \\\"query\\\".", "INVALID_GRAPHQL_REQUEST")]
    [InlineData("{}", "The request has no \\\"query\\\": it must be a non-empty string.", "INVALID_GRAPHQL_REQUEST")]
    [InlineData("""{"query":""}""", "The request has no \\\"query\\\": it must be a non-empty string.", "INVALID_GRAPHQL_REQUEST")]
    [InlineData("""{"query":{}}""", "\\\"query\\\" must be a string.", "INVALID_GRAPHQL_REQUEST")]
    [InlineData("""{"query":"a","operationName":[]}""", "\\\"operationName\\\" must be a string or null.", "INVALID_GRAPHQL_REQUEST")]
    [InlineData("""{"query":"a","variables":"{}"}""", "\\\"variables\\\" must be a JSON object or null.", "INVALID_GRAPHQL_REQUEST")]
    [InlineData("""{"query":"a","extensions":[]}""", "\\\"extensions\\\" must be a JSON object or null.", "INVALID_GRAPHQL_REQUEST")]
    [InlineData("""{"query":"\ud800"}""", "The request body has a string that is not valid Unicode.", "INVALID_GRAPHQL_REQUEST")]
    [InlineData("""[{"query":"a"}]""", "Batching of requests is not enabled: send one request at a time.", "BATCHING_NOT_ENABLED")]
    [InlineData("""{"query":"a","variables":[{}]}""", "Batching of variables is not enabled: \\\"variables\\\" must be a JSON object or null.", "BATCHING_NOT_ENABLED")]
    public async Task A_post_that_is_no_request_is_refused(string body, string message, string code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.Equal(Bad + Error(message, code), await endpoint.PostAsync(body));
    }

    [Theory]
    [InlineData("?query=", "The request has no \\\"query\\\": it must be a non-empty string.")]
    [InlineData("?query=a&query=b", "The URL has more than one \\\"query\\\".")]
    [InlineData("?query=a&variables=%7B%22x%22%3A%22%FF%22%7D", "The URL's parameters are not valid UTF-8.")]
    [InlineData("?query=a&variables=x", "\\\"variables\\\" is not valid JSON.")]
    [InlineData("?query=a&variables=%5B%5D", "\\\"variables\\\" must be a JSON object.")]
    public async Task A_get_that_is_no_request_is_refused(string query, string message)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.Equal(Bad + Error(message, "INVALID_GRAPHQL_REQUEST"), await endpoint.GetAsync(query));
    }

    [Fact]
    public async Task Json_that_is_nested_too_deeply_is_refused_with_the_limit()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        string Variables(int levels) => $"{{\"x\":{new string('[', levels - 1)}{new string(']', levels - 1)}}}";
        string Body(int levels) => $"{{\"query\":\"a\",\"variables\":{Variables(levels - 1)}}}";

        Assert.StartsWith(Ok, await endpoint.PostAsync(Body(64)), StringComparison.Ordinal);
        Assert.Equal(
            Bad + Error("The request body is nested deeper than 64 levels of JSON, which is the limit, at line 1, column 93.", "INVALID_GRAPHQL_REQUEST"),
            await endpoint.PostAsync(Body(65)));
        Assert.StartsWith(Ok, await endpoint.GetAsync($"?query=a&variables={Uri.EscapeDataString(Variables(64))}"), StringComparison.Ordinal);
        Assert.Equal(
            Bad + Error("\\\"variables\\\" is nested deeper than 64 levels of JSON, which is the limit.", "INVALID_GRAPHQL_REQUEST"),
            await endpoint.GetAsync($"?query=a&variables={Uri.EscapeDataString(Variables(65))}"));
    }

    [Fact]
    public async Task A_persisted_query_is_told_to_be_unknown_so_that_clients_send_the_text()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.Equal(
            Ok + Error("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED"),
            await endpoint.PostAsync("""{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}"""));
    }

    [Fact]
    public async Task A_persisted_query_that_comes_with_its_text_runs()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.Equal(
            Ok + """{"said":"a|||{'persistedQuery':{'version':1,'sha256Hash':'00'}}"}""",
            await endpoint.PostAsync("""{"query":"a","extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}"""));
    }

    [Theory]
    [InlineData("documentId")]
    [InlineData("id")]
    [InlineData("doc_id")]
    public async Task The_id_of_a_persisted_operation_is_refused_by_name(string parameter)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var expected = Bad + Error(
            $"Persisted operations are not supported here. Send the text as \\\"query\\\", without \\\"{parameter}\\\".", "PERSISTED_QUERY_NOT_SUPPORTED");
        Assert.Equal(expected, await endpoint.PostAsync($$"""{"{{parameter}}":"sha256:00"}"""));
        Assert.Equal(expected, await endpoint.PostAsync($$"""{"query":"a","{{parameter}}":7}"""));
        Assert.Equal(expected, await endpoint.GetAsync($"?{parameter}=x&query=a"));
        Assert.Equal($"{Ok}{{\"said\":\"a|||\"}}", await endpoint.PostAsync($$"""{"query":"a","{{parameter}}":null}"""));
        Assert.Equal($"{Ok}{{\"said\":\"a|||\"}}", await endpoint.GetAsync($"?{parameter}=&query=a"));
    }

    [Theory]
    [InlineData("/persisted/00")]
    [InlineData("/persisted/00/Name?variables=%7B%7D")]
    public async Task The_path_of_a_persisted_operation_is_refused_by_name(string path)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.Equal(
            Bad + Error(
                "Persisted operations are not supported here. Send the text as \\\"query\\\" to the path of the GraphQL endpoint.",
                "PERSISTED_QUERY_NOT_SUPPORTED"),
            await endpoint.GetAsync(path));
    }

    [Fact]
    public async Task A_web_socket_is_refused_by_name_also_to_foreign_sites()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.Equal(
            Bad + Error("Subscriptions over WebSocket are not supported yet. Send queries and mutations with POST.", "NOT_SUPPORTED"),
            await endpoint.GetAsync(
                "", accept: "", ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Origin", "http://elsewhere"), ("Sec-WebSocket-Protocol", "graphql-transport-ws")));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    public async Task A_body_that_is_not_utf_8_is_refused_wherever_the_bytes_are(byte[] bytes)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        byte[] body = [.. "{\"query\":\"a\",\"variables\":{\"e\":\""u8, .. bytes, .. "\"}}"u8];
        Assert.Equal(Bad + Error("The request body is not valid UTF-8.", "INVALID_GRAPHQL_REQUEST"), await endpoint.PostAsync(body));
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.Equal(Ok + """{"said":"a||{'x':1}|"}""", await endpoint.PostAsync("\uFEFF" + """{"query":"a","variables":{"x":1}}"""));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new GraphQLHttpOptions { MaxRequestBytes = 20 });
        var expected = "413 application/json; charset=utf-8\n" + Error("The request body is larger than 20 bytes.", "INVALID_GRAPHQL_REQUEST");
        Assert.Equal(expected, await endpoint.PostAsync("""{"query":"0123456789"}"""));
        Assert.Equal($"{Ok}{{\"said\":\"01234567|||\"}}", await endpoint.PostAsync("""{"query":"01234567"}"""));
    }

    [Fact]
    public async Task A_variable_batch_has_an_answer_for_each_object()
    {
        await using var endpoint = await TestEndpoint.StartAsync(Batching);
        const string body = """{"query":"a","variables":[{"x":1},{"x":2}]}""";
        Assert.Equal($$$"""{{{Ok}}}[{"variableIndex":0,"said":"{'x':1}"},{"variableIndex":1,"said":"{'x':2}"}]""", await endpoint.PostAsync(body));
        Assert.Equal(
            """
            200 application/jsonl; charset=utf-8
            {"variableIndex":0,"said":"{'x':1}"}
            {"variableIndex":1,"said":"{'x':2}"}

            """,
            await endpoint.PostAsync(body, accept: "application/jsonl, text/event-stream, application/graphql-response+json, application/json"));
    }

    [Fact]
    public async Task A_request_batch_has_an_answer_for_each_entry()
    {
        await using var endpoint = await TestEndpoint.StartAsync(Batching);
        const string body = """[{"query":"a"},{"query":"broken"},{"query":"b","variables":[{},{}]}]""";
        Assert.Equal(
            """
            200 application/jsonl; charset=utf-8
            {"requestIndex":0,"said":"a|||"}
            {"requestIndex":1,"errors":[{"message":"It is broken.","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}
            {"requestIndex":2,"variableIndex":0,"said":"{}"}
            {"requestIndex":2,"variableIndex":1,"said":"{}"}

            """,
            await endpoint.PostAsync(body, accept: "application/jsonl"));
    }

    [Theory]
    [InlineData("[]", "The batch is empty.", "INVALID_GRAPHQL_REQUEST")]
    [InlineData("""[{"query":"a"},{"query":"a"},{"query":"a"},{"query":"a"}]""", "The batch has more than 3 entries.", "BATCH_LIMIT_EXCEEDED")]
    [InlineData("""{"query":"a","variables":[{},{},{},{}]}""", "The batch has more than 3 entries.", "BATCH_LIMIT_EXCEEDED")]
    [InlineData("""{"query":"a","variables":[]}""", "The list in \\\"variables\\\" is empty.", "INVALID_GRAPHQL_REQUEST")]
    [InlineData("""{"query":"a","variables":[1]}""", "Each entry of the list in \\\"variables\\\" must be a JSON object.", "INVALID_GRAPHQL_REQUEST")]
    public async Task A_batch_that_is_none_or_too_large_is_refused(string body, string message, string code)
    {
        await using var endpoint = await TestEndpoint.StartAsync(Batching);
        Assert.Equal(Bad + Error(message, code), await endpoint.PostAsync(body));
    }

    private static string Error(string message, string code) =>
        $$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"{{{code}}}""" + "\"}}]}";
}
