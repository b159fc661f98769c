using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Gateway.Tests.Authentication;

/// <summary>An issuer of tokens over real HTTP: a discovery document, and keys that the test changes.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    // Making a key takes long.
    private static readonly ConcurrentDictionary<string, RSA> Keys = [];

    private readonly WebApplication application;

    private FakeIssuer(WebApplication application)
    {
        this.application = application;
        Url = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Documents["/.well-known/openid-configuration"] = $$"""{"issuer":"{{Url}}","jwks_uri":"{{Url}}/keys"}""";
        Publish("one");
    }

    /// <summary>Its name too.</summary>
    public string Url { get; }

    /// <summary>What was fetched, in order.</summary>
    public ConcurrentQueue<string> Fetched { get; } = [];

    /// <summary>What it answers, by path.</summary>
    public ConcurrentDictionary<string, string> Documents { get; } = [];

    /// <summary>Takes the place of its answers.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    public static async Task<FakeIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var application = builder.Build();
        FakeIssuer? issuer = null;
        application.Run(context => issuer!.ServeAsync(context));
        await application.StartAsync();
        return issuer = new FakeIssuer(application);
    }

    public static RSA KeyOf(string id) => Keys.GetOrAdd(id, static _ => RSA.Create(2048));

    /// <summary>From now on it has these keys.</summary>
    public void Publish(params string[] ids) =>
        Documents["/keys"] = $$"""{"keys":[{{string.Join(',', ids.Select(JsonOf))}}]}""";

    public static string JsonOf(string id)
    {
        var key = KeyOf(id).ExportParameters(includePrivateParameters: false);
        return $$"""{"kty":"RSA","use":"sig","alg":"RS256","kid":"{{id}}","n":"{{SignedToken.Encode(key.Modulus)}}","e":"{{SignedToken.Encode(key.Exponent)}}"}""";
    }

    /// <summary>What its tokens say for an hour from a time on.</summary>
    public string Payload(DateTimeOffset now) =>
        $$"""{"iss":"{{Url}}","aud":"shop","sub":"ada","client_id":"web","scope":"read write","iat":{{now.ToUnixTimeSeconds()}},"exp":{{now.AddHours(1).ToUnixTimeSeconds()}}}""";

    /// <summary>A token that is right but for what is changed.</summary>
    public string Token(DateTimeOffset now, string header = "{}", string payload = "{}", string key = "one") => SignedToken.Make(
        SignedToken.With($$"""{"alg":"RS256","typ":"JWT","kid":"{{key}}"}""", header),
        SignedToken.With(Payload(now), payload),
        bytes => SignedToken.Rs256(KeyOf(key), bytes));

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private Task ServeAsync(HttpContext context)
    {
        Fetched.Enqueue(context.Request.Path);
        if (Answer is not null)
        {
            return Answer(context);
        }

        if (Documents.TryGetValue(context.Request.Path, out var document))
        {
            return context.Response.WriteAsync(document);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
