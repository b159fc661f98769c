using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
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
        using var certificate = Certificate("127.0.0.1");
        await using var source = await ServeAsync(certificate, spoken);
        Assert.Equal($$$"""{"data":{"hello":"{{{seen}}} over https"}}""", await AskAsync(source, trusted: certificate, setting));
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.0.0.2", true)]
    public async Task A_certificate_that_is_not_trusted_or_of_another_host_is_refused(string host, bool isTrusted)
    {
        using var certificate = Certificate(host);
        await using var source = await ServeAsync(certificate, HttpProtocols.Http1AndHttp2);
        using var other = Certificate("127.0.0.1");
        Assert.Equal(Unreachable, await AskAsync(source, isTrusted ? certificate : other, "Http1"));
    }

    private static X509Certificate2 Certificate(string host)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=GraphGateway test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(host));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private static async Task<WebApplication> ServeAsync(X509Certificate2 certificate, HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
        {
            endpoint.Protocols = protocols;
            endpoint.UseHttps(certificate);
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
