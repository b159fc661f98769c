using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Gateway.Tests.Upstream;

/// <summary>Sources behind TLS. The gateway runs as a program of its own: which certificates the system trusts is decided when a process starts.</summary>
public sealed class HttpsTests : IDisposable
{
    private const string Unreachable =
        """{"errors":[{"message":"A source could not be reached.","path":["hello"],"extensions":{"code":"SUBREQUEST_HTTP_ERROR"}}],"data":{"hello":null}}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Http1", HttpProtocols.Http1AndHttp2, "HTTP/1.1")]
    [InlineData("Http2", HttpProtocols.Http1AndHttp2, "HTTP/2")]
    [InlineData("Http2", HttpProtocols.Http1, "HTTP/1.1")]
    public async Task A_source_whose_certificate_is_trusted_is_asked_in_the_protocol_that_both_know(string setting, HttpProtocols spoken, string seen)
    {
        using var certificate = TestCertificates.SelfSigned("127.0.0.1");
        await using var source = await ServeAsync(certificate, spoken);
        Assert.Equal($$$"""{"data":{"hello":"{{{seen}}} over https"}}""", await AskAsync(source, trusted: certificate, setting));
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.0.0.2", true)]
    public async Task A_certificate_that_is_not_trusted_or_of_another_host_is_refused(string host, bool isTrusted)
    {
        using var certificate = TestCertificates.SelfSigned(host);
        await using var source = await ServeAsync(certificate, HttpProtocols.Http1AndHttp2);
        using var other = TestCertificates.SelfSigned("127.0.0.1");
        Assert.Equal(Unreachable, await AskAsync(source, isTrusted ? certificate : other, "Http1"));
    }

    [Fact]
    public async Task A_certificate_of_an_authority_that_is_trusted_is_taken()
    {
        using var authority = TestCertificates.SelfSigned("127.0.0.9");
        using var certificate = TestCertificates.SignedBy(authority, "127.0.0.1");
        await using var source = await ServeAsync(certificate, HttpProtocols.Http1AndHttp2);
        Assert.Equal("""{"data":{"hello":"HTTP/1.1 over https"}}""", await AskAsync(source, authority, "Http1"));
    }

    [Theory]
    [InlineData(-10, -1)]
    [InlineData(1, 10)]
    public async Task A_certificate_that_has_expired_or_does_not_hold_yet_is_refused(int fromDays, int toDays)
    {
        using var certificate = TestCertificates.SelfSigned("127.0.0.1", fromDays, toDays);
        await using var source = await ServeAsync(certificate, HttpProtocols.Http1AndHttp2);
        Assert.Equal(Unreachable, await AskAsync(source, certificate, "Http1"));
    }

    // There is no setting for one (docs/status.md).
    [Theory]
    [InlineData("Http1", SslProtocols.Tls12)]
    [InlineData("Http1", SslProtocols.Tls13)]
    [InlineData("Http2", SslProtocols.Tls13)]
    public async Task A_source_that_wants_a_certificate_of_the_gateway_is_not_reached(string protocol, SslProtocols version)
    {
        using var certificate = TestCertificates.SelfSigned("127.0.0.1");
        await using var source = await ServeAsync(certificate, HttpProtocols.Http1AndHttp2, version, ClientCertificateMode.RequireCertificate);
        Assert.Equal(Unreachable, await AskAsync(source, certificate, protocol));
    }

    // The first takes the connection and says nothing, the other does not speak TLS.
    [Theory]
    [InlineData(null)]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")]
    public async Task A_source_that_does_not_answer_in_TLS_is_not_waited_for_beyond_the_time_for_connecting(string? says)
    {
        await using var source = says is null ? SocketSource.Start(_ => Task.CompletedTask) : SocketSource.StartEager(says);
        await using var gateway = await RunningGateway.StartAsync(
            RunningGateway.Supergraph,
            [("users", source.Url.Replace("http://", "https://", StringComparison.Ordinal))],
            ["--Gateway:Subgraphs:users:ConnectTimeout=300ms", "--Gateway:Health:Interval=1h"],
            new FakeTimeProvider());
        Assert.Equal(Unreachable, await gateway.QueryAsync("{ hello }"));
    }

    private static async Task<WebApplication> ServeAsync(
        X509Certificate2 certificate,
        HttpProtocols protocols,
        SslProtocols versions = SslProtocols.None,
        ClientCertificateMode asks = ClientCertificateMode.NoCertificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
        {
            endpoint.Protocols = protocols;
            endpoint.UseHttps(certificate, https => (https.SslProtocols, https.ClientCertificateMode) = (versions, asks));
        }));
        var application = builder.Build();
        application.Run(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync($$$"""{"data":{"hello":"{{{context.Request.Protocol}}} over {{{context.Request.Scheme}}}"}}""");
        });
        await application.StartAsync();
        return application;
    }

    private async Task<string> AskAsync(WebApplication source, X509Certificate2 trusted, string protocol)
    {
        var address = source.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await using var gateway = ChildProcess.StartDotnet(
            Repository.Output("src/Gateway", "GraphGateway.Gateway.dll"),
            [
                "--urls", "http://127.0.0.1:0", $"--Gateway:Supergraph={folder.Write("supergraph.graphql", GatewayUnderTest.Supergraph)}",
                $"--Gateway:Subgraphs:users:Url={address}/graphql", $"--Gateway:Subgraphs:users:Protocol={protocol}",
            ],
            folder.Path,
            new Dictionary<string, string?> { ["SSL_CERT_FILE"] = folder.Write("trusted.pem", trusted.ExportCertificatePem()) });
        var line = await gateway.WaitForLineAsync(text => text.Contains("Now listening on: ", StringComparison.Ordinal));
        using var client = new HttpClient { BaseAddress = new Uri(line.Split("on: ")[1]) };
        using var content = new StringContent("""{"query":"{ hello }"}""", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/graphql", UriKind.Relative), content);
        return await response.Content.ReadAsStringAsync();
    }
}
