using System.Net;
using System.Net.Sockets;
using System.Text;
using GraphGateway.Execution;
using GraphGateway.Gateway.Tests.Deduplication;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.Gateway.Tests.Shutdown;
using GraphGateway.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Delivery;

/// <summary>Clients that come over HTTP/2, leave in the middle, or send slowly.</summary>
public sealed class ClientConnectionTests
{
    private const string Hello = """{"data":{"hello":"you"}}""";
    private const string Request = """{"query":"{ hello }"}""";
    private const string Other = """{"query":"{ other }"}""";

    private static readonly string[] Http2 = ["--Kestrel:EndpointDefaults:Protocols=Http2", "--Gateway:Health:Interval=1h"];

    [Fact]
    public async Task A_stream_that_the_client_resets_ends_its_requests_to_sources_and_no_other_stream()
    {
        await using var source = await HeldSource.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(source.Source, Http2);
        using var client = await Http2Client.ConnectAsync(gateway.Client.BaseAddress!);
        await client.PostAsync(1, Request);
        var left = await source.AskedAsync();
        await client.PostAsync(3, Other);
        var stays = await source.AskedAsync();

        await client.ResetAsync(1);
        await left.LeftAsync();
        stays.Answer("""{"data":{"other":"stays"}}""");
        Assert.Equal((3, """{"data":{"other":"stays"}}"""), await AnswerAsync(client));

        // Many times over: what was reset is not kept.
        for (var stream = 5; stream < 205; stream += 2)
        {
            await client.PostAsync(stream, Request);
            await client.ResetAsync(stream);
        }

        await client.PostAsync(205, """{"query":"{ __typename }"}""");
        Assert.Equal((205, """{"data":{"__typename":"Query"}}"""), await AnswerAsync(client));
    }

    // RFC 9113, 6.8: it opens no more streams; those that are open are answered.
    [Fact]
    public async Task What_was_asked_before_the_client_says_that_it_leaves_is_answered()
    {
        await using var source = await HeldSource.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(source.Source, Http2);
        using var client = await Http2Client.ConnectAsync(gateway.Client.BaseAddress!);
        await client.PostAsync(1, Request);
        var asked = await source.AskedAsync();
        await client.LeaveAsync();
        asked.Answer(Hello);
        Assert.Equal((1, Hello), await AnswerAsync(client));
    }

    [Fact]
    public async Task A_connection_that_breaks_ends_the_requests_of_all_its_streams()
    {
        await using var source = await HeldSource.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(source.Source, Http2);
        using (var client = await Http2Client.ConnectAsync(gateway.Client.BaseAddress!))
        {
            await client.PostAsync(1, Request);
            await client.PostAsync(3, Other);
            var (one, two) = (await source.AskedAsync(), await source.AskedAsync());
            client.Dispose();
            await one.LeftAsync();
            await two.LeftAsync();
        }

        var memory = gateway.Services.GetRequiredService<AnswerMemory>();
        while (memory.HeldBytes != 0)
        {
            await Task.Yield();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Clients_are_answered_over_http2_in_clear_text_and_in_TLS(bool withTls)
    {
        using var folder = new TemporaryFolder();
        using var certificate = Upstream.TestCertificates.SelfSigned("127.0.0.1");
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(
            source,
            withTls
                ?
                [
                    "--urls", "https://127.0.0.1:0",
                    $"--Kestrel:Certificates:Default:Path={folder.Write("server.pem", certificate.ExportCertificatePem())}",
                    $"--Kestrel:Certificates:Default:KeyPath={folder.Write("server.key", Upstream.TestCertificates.KeyOf(certificate))}",
                ]
                : Http2);
#pragma warning disable CA5359 // It is the test's own server.
        using var handler = new SocketsHttpHandler { SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true } };
#pragma warning restore CA5359
        using var client = new HttpClient(handler) { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var content = new StringContent(Request, Encoding.UTF8, "application/json");
            using var response = await client.PostAsync(new Uri(gateway.Client.BaseAddress!, "/graphql"), content);
            Assert.Equal((HttpVersion.Version20, Hello), (response.Version, await response.Content.ReadAsStringAsync()));
        }));
    }

    // The server's clock is the system's, and its grace period more than a second.
    [Theory]
    [InlineData("Content-Length: 1000\r\n\r\n{\"query\":")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n9\r\n{\"query\":\r\n")]
    [InlineData("Content-Encoding: gzip\r\nContent-Length: 1000\r\n\r\n\u001F")]
    public async Task A_body_that_comes_too_slowly_is_given_up(string sent)
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(
            source, ["--Gateway:MinRequestDataRate:BytesPerSecond=1000", "--Gateway:MinRequestDataRate:GracePeriod=1100ms", "--Gateway:Health:Interval=1h"]);
        using var connection = new TcpClient();
        var url = gateway.Client.BaseAddress!;
        await connection.ConnectAsync(url.Host, url.Port);
        await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"POST /graphql HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n{sent}"));
        using var reader = new StreamReader(connection.GetStream());
        var answer = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.Contains("""{"errors":[{"message":"The request body came too slowly.","extensions":{"code":"INVALID_GRAPHQL_REQUEST"}}]}""", answer, StringComparison.Ordinal);
        Assert.Empty(source.Requests);
    }

    [Fact]
    public async Task A_body_whose_chunks_are_none_is_refused()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Health:Interval=1h"]);
        using var connection = new TcpClient();
        var url = gateway.Client.BaseAddress!;
        await connection.ConnectAsync(url.Host, url.Port);
        await connection.GetStream().WriteAsync("POST /graphql HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"u8.ToArray());
        using var reader = new StreamReader(connection.GetStream());
        var answer = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("""{"errors":[{"message":"The request body could not be read to its end.","extensions":{"code":"INVALID_GRAPHQL_REQUEST"}}]}""", answer, StringComparison.Ordinal);
    }

    private static async Task<(int Stream, string Body)> AnswerAsync(Http2Client client)
    {
        var body = "";
        while (await client.ReadAsync() is { } frame)
        {
            Assert.Contains(frame.Type, (byte[])[Http2Frame.Headers, Http2Frame.Data]);
            body += frame.Type == Http2Frame.Data ? Encoding.UTF8.GetString(frame.Payload) : "";
            if (frame.EndsStream)
            {
                return (frame.Stream, body);
            }
        }

        throw new InvalidOperationException("The connection ended before the answer did.");
    }
}
