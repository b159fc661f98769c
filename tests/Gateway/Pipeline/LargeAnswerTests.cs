using System.IO.Compression;
using System.Text;
using Xunit;

namespace GraphGateway.Gateway.Tests.Pipeline;

/// <summary>Large answers go out in pieces, and those that are larger than allowed not at all.</summary>
public sealed class LargeAnswerTests
{
    // Several pieces, and not a whole number of them.
    private static readonly string Long = new('x', 3_000_001);
    private static readonly string Answer = $$$"""{"data":{"hello":"{{{Long}}}"}}""";

    [Theory]
    [InlineData("Off")]
    [InlineData("On")]
    public async Task All_of_it_arrives_compressed_or_not(string compression)
    {
        await using var source = await FakeSource.AnswersAsync(Answer);
        await using var gateway = await RunningGateway.StartAsync(source, [$"--Gateway:Compression={compression}"]);
        using var response = await gateway.SendAsync("{ hello }", header: ("Accept-Encoding", "gzip"));
        Assert.Equal(compression == "On" ? ["gzip"] : [], response.Content.Headers.ContentEncoding);
        await using var body = await response.Content.ReadAsStreamAsync();
        await using var plain = compression == "On" ? new GZipStream(body, CompressionMode.Decompress) : body;
        using var reader = new StreamReader(plain, Encoding.UTF8);
        Assert.Equal(Answer, await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task What_is_larger_than_allowed_is_an_error_before_the_first_byte()
    {
        await using var source = await FakeSource.AnswersAsync(Answer);
        await using var gateway = await RunningGateway.StartAsync(source, [$"--Gateway:Limits:AnswerBytes={Long.Length}"]);
        Assert.Equal(
            """{"errors":[{"message":"The answer is larger than allowed. Ask for fewer objects at a time.","extensions":{"code":"ANSWER_TOO_LARGE"}}],"data":null}""",
            await gateway.QueryAsync("{ hello }"));
    }
}
