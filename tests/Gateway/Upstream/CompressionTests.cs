using System.IO.Compression;
using System.Text;
using GraphGateway.Gateway.Tests.Pipeline;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GraphGateway.Gateway.Tests.Upstream;

/// <summary>Compressed answers of sources, and compressed answers to clients. What is allocated is told of all threads: these run alone.</summary>
[Collection(nameof(PeerLeakTests))]
public sealed class CompressionTests
{
    private const string Hello = """{"data":{"hello":"you"}}""";
    private const string Malformed =
        """{"errors":[{"message":"A source's answer is no GraphQL response.","path":["hello"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],"data":{"hello":null}}""";
    private const string TooLarge =
        """{"errors":[{"message":"A source's answer is larger than allowed.","path":["hello"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],"data":{"hello":null}}""";

    [Theory]
    [InlineData("gzip", "gzip", Hello)]
    [InlineData("x-gzip", "gzip", Hello)]
    [InlineData("br", "br", Hello)]
    [InlineData("deflate", "deflate", Hello)]
    [InlineData("identity", "identity", Hello)]
    [InlineData("gzip", "identity", Malformed)]
    [InlineData("br", "identity", Malformed)]
    [InlineData("deflate", "identity", Malformed)]
    [InlineData("zstd", "identity", Malformed)]
    [InlineData("gzip, br", "gzip", Malformed)]
    public async Task An_answer_is_read_in_the_coding_that_it_names(string named, string coding, string expected)
    {
        await using var source = await CodedAsync(named, Compress(coding, Encoding.UTF8.GetBytes(Hello)));
        await using var gateway = await RunningGateway.StartAsync(source);
        Assert.Equal(expected, await gateway.QueryAsync("{ hello }"));
        Assert.Equal("", Assert.Single(source.Requests).Headers.AcceptEncoding.ToString());
    }

    [Fact]
    public async Task A_source_is_told_that_it_may_compress_where_that_is_on()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Subgraphs:users:Compression=On"]);
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        Assert.Equal("gzip, br, deflate", Assert.Single(source.Requests).Headers.AcceptEncoding.ToString());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task What_becomes_larger_than_the_limit_is_not_decompressed_to_its_end(string coding)
    {
        // A gigabyte, in some hundred kilobytes or less.
        await using var source = await CodedAsync(coding, Compress(coding, """{"data":{"hello":" """u8, times: 1000, new byte[1_000_000]));
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Subgraphs:users:ResponseBytes=2000000"]);
        var before = GC.GetTotalAllocatedBytes();
        Assert.Equal(TooLarge, await gateway.QueryAsync("{ hello }"));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 40_000_000);
    }

    [Fact]
    public async Task What_decompresses_to_nothing_is_not_read_for_ever()
    {
        var nothing = Compress("gzip", []);
        var many = Enumerable.Repeat(nothing, 100_000).SelectMany(bytes => bytes).ToArray();
        await using var source = await CodedAsync("gzip", many, tellsLength: false);
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Subgraphs:users:ResponseBytes=1000000"]);
        Assert.Equal(Malformed, await gateway.QueryAsync("{ hello }"));
    }

    [Fact]
    public async Task A_compressed_answer_that_ends_early_is_an_error()
    {
        var whole = Compress("gzip", Encoding.UTF8.GetBytes(Hello));
        await using var source = await CodedAsync("gzip", whole[..^12]);
        await using var gateway = await RunningGateway.StartAsync(source);
        Assert.Equal(Malformed, await gateway.QueryAsync("{ hello }"));
    }

    [Theory]
    [InlineData("On", "gzip", 2_000, "gzip")]
    [InlineData("On", "br, gzip", 2_000, "br")]
    [InlineData("On", "gzip;q=1, br;q=0.5", 2_000, "gzip")]
    [InlineData("On", "*", 2_000, "br")]
    [InlineData("On", "br;q=0, *", 2_000, "gzip")]
    [InlineData("On", "gzip", 100, "")]
    [InlineData("On", "deflate, zstd", 2_000, "")]
    [InlineData("On", "gzip;q=0", 2_000, "")]
    [InlineData("On", "", 2_000, "")]
    [InlineData("Off", "gzip", 2_000, "")]
    public async Task Clients_get_the_coding_that_they_like_best(string setting, string accept, int length, string coding)
    {
        var answer = $$$"""{"data":{"hello":"{{{new string('x', length)}}}"}}""";
        await using var source = await FakeSource.AnswersAsync(answer);
        await using var gateway = await RunningGateway.StartAsync(source, [$"--Gateway:Compression={setting}"]);
        using var response = await gateway.SendAsync("{ hello }", header: ("Accept-Encoding", accept));
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(coding, string.Join(',', response.Content.Headers.ContentEncoding));
        Assert.Equal(setting == "On" ? "Accept, Accept-Encoding" : "Accept", string.Join(", ", response.Headers.Vary));
        Assert.Equal(answer, Encoding.UTF8.GetString(Decompress(coding, body)));
        Assert.True(coding.Length == 0 || body.Length < 200, $"{body.Length} bytes");
    }

    private static Task<FakeSource> CodedAsync(string coding, byte[] body, bool tellsLength = true) => FakeSource.StartAsync(async context =>
    {
        context.Response.Headers.ContentEncoding = coding;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = tellsLength ? body.Length : null;
        try
        {
            await context.Response.Body.WriteAsync(body);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The gateway has read enough.
        }
    });

    private static byte[] Compress(string coding, ReadOnlySpan<byte> text, int times = 0, byte[]? more = null)
    {
        var output = new MemoryStream();
        using (Stream stream = coding switch
        {
            "gzip" => new GZipStream(output, CompressionLevel.Fastest),
            "br" => new BrotliStream(output, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(output, CompressionLevel.Fastest),
            _ => output,
        })
        {
            stream.Write(text);
            for (var i = 0; i < times; i++)
            {
                stream.Write(more!);
            }
        }

        return output.ToArray();
    }

    private static byte[] Decompress(string coding, byte[] body)
    {
        using Stream stream = coding switch
        {
            "gzip" => new GZipStream(new MemoryStream(body), CompressionMode.Decompress),
            "br" => new BrotliStream(new MemoryStream(body), CompressionMode.Decompress),
            _ => new MemoryStream(body),
        };
        var output = new MemoryStream();
        stream.CopyTo(output);
        return output.ToArray();
    }
}
