using System.Text.Json;

namespace GraphGateway.Gateway;

/// <summary>
/// What answers at the gateway's own addresses while it waits for its first graph: <c>/health/live</c> with 200, <c>/health/ready</c> with 503, and whoever asks for data with 503 and a
/// GraphQL error that says why. It ends before the gateway listens there itself: for that moment nobody does.
/// </summary>
internal sealed class WaitingServer : IAsyncDisposable
{
    private const string GraphQLResponse = "application/graphql-response+json";

    private readonly WebApplication application;
    private readonly string stage;
    private volatile bool isNothingLive = true;

    private WaitingServer(WebApplication application, string stage)
    {
        (this.application, this.stage) = (application, stage);
    }

    /// <summary>False where something is live, and cannot be run: the log says why.</summary>
    public bool IsNothingLive
    {
        set => isNothingLive = value;
    }

    /// <summary>Listens; or says why it cannot.</summary>
    /// <param name="args">The gateway's command line: it has the same addresses.</param>
    /// <param name="stage">The stage that is waited for, for people.</param>
    public static async Task<(WaitingServer? Server, string? Problem)> StartAsync(string[] args, string stage)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, ProcessLifetime>();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var application = builder.Build();
        var server = new WaitingServer(application, stage);
        application.Run(server.AnswerAsync);
        if (await GatewayHost.StartAsync(application) is { } problem)
        {
            await application.DisposeAsync();
            return (null, problem);
        }

        return (server, null);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var isHealth = context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
        var isLive = context.Request.Path == "/health/live";
        context.Response.StatusCode = isLive ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        if (isHealth)
        {
            return WriteAsync(context, "application/json", new { status = isLive ? "live" : "waiting" });
        }

        context.Response.Headers.RetryAfter = "1";
        var isNew = context.Request.Headers.Accept.Any(accept => accept?.Contains(GraphQLResponse, StringComparison.OrdinalIgnoreCase) == true);
        return WriteAsync(context, isNew ? GraphQLResponse : "application/json", new
        {
            errors = new[]
            {
                new
                {
                    message = isNothingLive ? $"The gateway has no graph yet: it waits until something is published to {stage}." : $"The gateway has no graph: it cannot run what is live in {stage}. Its log says why.",
                    extensions = new { code = "NO_GRAPH" },
                },
            },
        });
    }

    private static async Task WriteAsync(HttpContext context, string mediaType, object value)
    {
        context.Response.ContentType = $"{mediaType}; charset=utf-8";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value), context.RequestAborted);
    }

    // Who waits is ended by the signal itself, as it was before.
    private sealed class ProcessLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
