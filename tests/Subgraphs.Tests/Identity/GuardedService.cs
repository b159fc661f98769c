using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Http;
using GraphGateway.Subgraphs.Tests.Services;
using GraphGateway.Subgraphs.Users;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace GraphGateway.Subgraphs.Tests.Identity;

/// <summary>The users service that answers the gateway alone, with a clock that stands still. The test is the gateway.</summary>
internal sealed class GuardedService : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly TemporaryFolder folder;
    private readonly HttpClient client;

    private GuardedService(WebApplication application, TemporaryFolder folder, ECDsa key, FakeTimeProvider clock)
    {
        this.application = application;
        this.folder = folder;
        Key = key;
        Clock = clock;
        client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    /// <summary>The gateway's.</summary>
    public ECDsa Key { get; }

    public FakeTimeProvider Clock { get; }

    public static Task<GuardedService> StartAsync(params string[] settings) => StartAsync(ECDsa.Create(ECCurve.NamedCurves.nistP256), settings);

    public static async Task<GuardedService> StartAsync(ECDsa key, params string[] settings)
    {
        var folder = new TemporaryFolder();
        var clock = new FakeTimeProvider();
        var known = settings.Any(setting => setting.StartsWith("--GatewayIdentity:JwksUrl", StringComparison.Ordinal))
            ? Array.Empty<string>()
            : [$"--GatewayIdentity:KeyFiles={folder.Write("public.pem", key.ExportSubjectPublicKeyInfoPem())}"];
        var application = await UsersService.Definition.CreateAsync(
            [.. await TestDatabase.SqliteAsync(UsersService.Definition), "--urls=http://127.0.0.1:0", "--GatewayIdentity:Required=On", .. known, .. settings],
            services => services.AddSingleton<TimeProvider>(clock));
        await application.StartAsync();
        return new GuardedService(application, folder, key, clock);
    }

    /// <summary>A token as the gateway makes it.</summary>
    public string Token(string? subject = "1", ClientKind kind = ClientKind.Token, string audience = "users", string issuer = IdentityToken.DefaultIssuer, ECDsa? key = null, string? consumer = null, string? clientIssuer = "dotnet-user-jwts") =>
        IdentityToken.Write(
            EllipticKey.FromPem((key ?? Key).ExportPkcs8PrivateKeyPem()),
            issuer,
            audience,
            new ClientIdentity { Kind = kind, Subject = subject, Consumer = consumer, Issuer = kind == ClientKind.Token ? clientIssuer : null },
            [],
            Clock.GetUtcNow(),
            Clock.GetUtcNow().AddMinutes(2));

    /// <summary>What the payload of such a token says, to be changed.</summary>
    public string Payload() => Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(Token().Split('.')[1]));

    /// <summary>A token that is made by hand and right but for what is changed.</summary>
    public string Forged(string header = "{}", string payload = "{}", Func<byte[], byte[]>? sign = null) => SignedToken.Make(
        SignedToken.With($$"""{"alg":"ES256","typ":"JWT","kid":"{{EllipticKey.FromPem(Key.ExportSubjectPublicKeyInfoPem()).Id}}"}""", header),
        SignedToken.With(Payload(), payload),
        sign ?? (bytes => SignedToken.Es256(Key, bytes)));

    public Task<string> AskAsync(string? token, string query = "{ me { name } }") =>
        SendAsync(HttpMethod.Post, "/graphql", $$"""{"query":"{{query}}"}""", token is null ? [] : [(IdentityToken.DefaultHeader, token)]);

    /// <summary>The status, where it is not 200, and the body.</summary>
    public async Task<string> SendAsync(HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        var text = (await response.Content.ReadAsStringAsync()).TrimEnd('\n');
        return response.StatusCode == HttpStatusCode.OK ? text : $"{(int)response.StatusCode} {text}";
    }

    /// <summary>The same with headers as they stand: HttpClient would put two of a name into one line.</summary>
    public async Task<string> SendRawAsync(string headers)
    {
        const string body = """{"query":"{ me { name } }"}""";
        using var connection = new TcpClient();
        await connection.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n{headers}\r\n\r\n{body}"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        var status = answer.Split(' ')[1];
        var text = answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)];
        return status == "200" ? text : $"{status} {text}";
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await application.DisposeAsync();
        folder.Dispose();
        Key.Dispose();
    }
}
