using System.IO.Compression;
using System.Text;
using Xunit;

namespace GraphGateway.Http.Tests;

/// <summary>Bodies of requests that clients have compressed.</summary>
public sealed class ContentCodingTests
{
    private const string Request = """{"query":"{ a }"}""";
    private const string Read = "200 application/json; charset=utf-8\n{\"said\":\"{ a }|||\"}";

    [Theory]
    [InlineData("gzip", "gzip", Read)]
    [InlineData("GZIP", "gzip", Read)]
    [InlineData("br", "br", Read)]
    [InlineData("deflate", "deflate", Read)]
    [InlineData("identity", "", Read)]
    [InlineData("gzip", "", "400 application/json; charset=utf-8\n{\"errors\":[{\"message\":\"The request body does not have the coding that its Content-Encoding names, or it is longer than allowed.\",\"extensions\":{\"code\":\"INVALID_GRAPHQL_REQUEST\"}}]}")]
    [InlineData("br", "", "400 application/json; charset=utf-8\n{\"errors\":[{\"message\":\"The request body does not have the coding that its Content-Encoding names, or it is longer than allowed.\",\"extensions\":{\"code\":\"INVALID_GRAPHQL_REQUEST\"}}]}")]
    [InlineData("zstd", "", "415 application/json; charset=utf-8\n{\"errors\":[{\"message\":\"The request's Content-Encoding cannot be read. Send gzip, br, deflate, or none.\",\"extensions\":{\"code\":\"INVALID_GRAPHQL_REQUEST\"}}]}")]
    public async Task A_body_is_read_in_the_coding_that_it_names(string named, string coding, string expected)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.Equal(expected, await SendAsync(endpoint, named, Compress(coding, Encoding.UTF8.GetBytes(Request))));
    }

    [Fact]
    public async Task A_coding_that_is_not_known_is_answered_with_those_that_are()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = Content("zstd", [1]) };
        using var response = await endpoint.SendAsync(request);
        Assert.Equal("gzip, br, deflate", string.Join(", ", response.Headers.GetValues("Accept-Encoding")));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task What_becomes_larger_than_the_limit_is_refused(string coding)
    {
        await using var endpoint = await TestEndpoint.StartAsync(new GraphQLHttpOptions { MaxRequestBytes = 100_000 });
        Assert.Equal(
            "413 application/json; charset=utf-8\n{\"errors\":[{\"message\":\"The request body is larger than 100000 bytes.\",\"extensions\":{\"code\":\"INVALID_GRAPHQL_REQUEST\"}}]}",
            await SendAsync(endpoint, coding, Compress(coding, new byte[10_000_000])));
    }

    [Theory]
    [InlineData(16 * 1024)]
    [InlineData(50_000)]
    public async Task A_body_up_to_the_limit_is_read(int length)
    {
        await using var endpoint = await TestEndpoint.StartAsync(new GraphQLHttpOptions { MaxRequestBytes = length });
        var body = Request + new string(' ', length - Request.Length);
        Assert.Equal(Read, await SendAsync(endpoint, "gzip", Compress("gzip", Encoding.UTF8.GetBytes(body))));
    }

    private static Task<string> SendAsync(TestEndpoint endpoint, string coding, byte[] body) =>
        endpoint.DescribeAsync(new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = Content(coding, body) }, "application/json");

    private static ByteArrayContent Content(string coding, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        return content;
    }

    private static byte[] Compress(string coding, byte[] bytes)
    {
        using var output = new MemoryStream();
        using (Stream stream = coding switch
        {
            "gzip" => new GZipStream(output, CompressionLevel.Fastest),
            "br" => new BrotliStream(output, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(output, CompressionLevel.Fastest),
            _ => output,
        })
        {
            stream.Write(bytes);
        }

        return output.ToArray();
    }
}
