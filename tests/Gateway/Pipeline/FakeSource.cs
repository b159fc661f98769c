using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Gateway.Tests.Pipeline;

/// <summary>A source over real HTTP that does what the test says and remembers what it was asked.</summary>
internal sealed class FakeSource : IAsyncDisposable
{
    private readonly WebApplication application;

    private FakeSource(WebApplication application)
    {
        this.application = application;
    }

    public ConcurrentQueue<(string Body, IHeaderDictionary Headers)> Requests { get; } = [];

    public string Url => application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static Task<FakeSource> AnswersAsync(string body) => StartAsync(context =>
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    });

    public static async Task<FakeSource> StartAsync(RequestDelegate handle, HttpProtocols protocols = HttpProtocols.Http1AndHttp2)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = protocols));
        var application = builder.Build();
        var source = new FakeSource(application);
        application.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            source.Requests.Enqueue((await reader.ReadToEndAsync(), new HeaderDictionary(context.Request.Headers.ToDictionary())));
            await handle(context);
        });
        await application.StartAsync();
        return source;
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
