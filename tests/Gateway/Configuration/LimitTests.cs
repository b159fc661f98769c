using System.Net;
using System.Text.Json;
using GraphGateway.Gateway.Tests.Pipeline;
using Xunit;

namespace GraphGateway.Gateway.Tests.Configuration;

/// <summary>Each limit of a request does what it says: one setting below what the request needs refuses it, by name.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData("RequestBytes=30", HttpStatusCode.RequestEntityTooLarge, "INVALID_GRAPHQL_REQUEST", "The request body is larger than 30 bytes.")]
    [InlineData("DocumentBytes=10", HttpStatusCode.OK, "GRAPHQL_PARSING_FAILED", "Syntax Error: Document contains more than 10 bytes. Parsing aborted.")]
    [InlineData("Tokens=3", HttpStatusCode.OK, "TOKEN_LIMIT_EXCEEDED", "Syntax Error: Document contains more that 3 tokens. Parsing aborted. (Setting Gateway:Limits:Tokens.)")]
    [InlineData("Nesting=1", HttpStatusCode.OK, "MAX_DEPTH_EXCEEDED", "Syntax Error: Document is nested deeper than 1 levels. Parsing aborted. (Setting Gateway:Limits:Nesting.)")]
    public async Task A_request_beyond_a_limit_is_refused_before_any_source_is_asked(string setting, HttpStatusCode status, string code, string message)
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        const string query = """{ ... { hello(name: "you") } }""";
        await using (var open = await RunningGateway.StartAsync(source))
        {
            Assert.Equal("""{"data":{"hello":"you"}}""", await open.QueryAsync(query));
        }

        await using var gateway = await RunningGateway.StartAsync(source, [$"--Gateway:Limits:{setting}"]);
        using var response = await gateway.SendAsync(query);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var error = Assert.Single(answer.RootElement.GetProperty("errors").EnumerateArray());
        Assert.Equal(
            (status, code, message),
            (response.StatusCode, error.GetProperty("extensions").GetProperty("code").GetString(), error.GetProperty("message").GetString()));
        Assert.Single(source.Requests);
    }
}
