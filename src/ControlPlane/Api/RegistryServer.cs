using System.Collections.Immutable;
using System.Data.Common;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GraphGateway.ControlPlane;

/// <summary>What a registry's server needs.</summary>
/// <param name="Store">Where the registry is: a <see cref="StorePlace"/>.</param>
/// <param name="Url">Where it listens: http, a host and a port (0: any that is free), no path.</param>
/// <param name="Pepper">What its keys are hashed with: <see cref="ApiKeyText.MinPepperBytes"/> at least.</param>
public sealed record RegistryServerOptions(string Store, Uri Url, byte[] Pepper)
{
    /// <summary>By what each supergraph that becomes live is signed; null signs none.</summary>
    public SupergraphKey? Signer { get; init; }

    /// <summary>The stages whose changes are held against persisted operations.</summary>
    public ImmutableArray<GuardedStage> Guarded { get; init; } = [];

    /// <summary>True where the process is the server's alone: it gives memory back to the system when it has nothing to do. A gateway that hosts it does so itself.</summary>
    public bool OwnsProcess { get; init; }

    /// <summary>What is asked of the runtime then.</summary>
    internal IdleMemory.Runtime Runtime { get; init; } = IdleMemory.Runtime.Own;

    /// <summary>How many connections it has at most.</summary>
    internal int Connections { get; init; } = 1_000;

    /// <summary>How many bytes of answers are on their way at most.</summary>
    internal long AnswerBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>An address to listen at; null where the text is none.</summary>
    /// <param name="text">The text.</param>
    public static Uri? ReadUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http", PathAndQuery: "/", Fragment: "", UserInfo: "" } ? url : null;

    /// <summary>Not the pepper, nor the store's password.</summary>
    public override string ToString() => $"{Url}";
}

/// <summary>
/// The registry's HTTP API and its web page (<c>/registry</c>), at an address of its own. The gateway runs it in its process where its settings say so, and <c>graphgateway registry serve</c> does
/// where gateways are elsewhere. It needs nothing of its host: the server, the log's levels and the limits are its own.
/// </summary>
public sealed class RegistryServer : IAsyncDisposable
{
    /// <summary>The largest body, in bytes: a few of the largest schemas.</summary>
    public const int BodyBytes = 32 * 1024 * 1024;

    private const string LogName = "GraphGateway.Registry";

    // A gateway asks again at once, and a person rather opens another connection than waits for one to be closed.
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HeadTime = TimeSpan.FromSeconds(10);

    // Who is slower than any line of today keeps an answer in memory for nothing.
    private const double AnswerBytesPerSecond = 32 * 1024;
    private static readonly TimeSpan AnswerGrace = TimeSpan.FromSeconds(10);

    private readonly WebApplication application;
    private readonly ApiGate gate;
    private readonly RegistryPages pages;
    private readonly RefusalLog refusals;
    private readonly ApiServices services;
    private RegistryUpkeep? upkeep;

    private RegistryServer(WebApplication application, ApiGate gate, RegistryPages pages, RefusalLog refusals, ApiServices services)
    {
        (this.application, this.gate, this.pages, this.refusals, this.services) = (application, gate, pages, refusals, services);
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    internal static ImmutableArray<ApiOperation> Operations { get; } = [.. ChangeOperations.All, .. ReadOperations.All, .. FollowOperations.All, .. UsageOperations.All, .. KeyOperations.All];

    /// <summary>Where the document is that describes them.</summary>
    internal const string DocumentPath = "/openapi.json";

    internal LiveWatch Live => services.Live;

    internal KnownMembers Members => services.Members;

    internal StoreThreads Threads => services.Threads;

    internal BodyRoom Bodies => services.Bodies;

    internal AnswerRoom Answers => services.Answers;

    /// <summary>How many requests compose and compare now.</summary>
    internal int Composing => gate.Composing;

    /// <summary>True while it composes, or large bodies or answers are on their way, or were since it was asked before.</summary>
    internal bool TakeUse() => services.Answers.TakeUse() | (Composing > 0) | (services.Bodies.Bytes > 0);

    internal ConnectionRoom Room => application.Services.GetRequiredService<ConnectionRoom>();

    internal EndpointDataSource Endpoints => application.Services.GetRequiredService<EndpointDataSource>();

    /// <summary>
    /// 1. Makes the store's tables where there are none, 2. listens, 3. makes the first admin key where there never was a key, and shows it, this once.
    /// </summary>
    /// <param name="options">What it needs.</param>
    /// <param name="console">Where the first key is shown: people see it, no file of the log has it.</param>
    /// <param name="logging">Where its log goes.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <returns>The server; or why there is none.</returns>
    public static async Task<(RegistryServer? Server, string? Problem)> StartAsync(
        RegistryServerOptions options, TextWriter console, Action<ILoggingBuilder> logging, TimeProvider clock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(logging);
        ApiServices? services = null;
        WebApplication? application = null;
        try
        {
            // 1.
            services = new ApiServices(SchemaRegistry.At(options.Store, signer: options.Signer, guarded: options.Guarded, clock: clock), ApiKeyStore.OfRegistry(options.Store), options.Pepper, clock, options.AnswerBytes);
            await services.Registry.PrepareAsync(cancellation);
            await services.Keys.PrepareAsync(cancellation);

            // 2.
            application = Build(options, logging, clock);
            var logger = application.Services.GetRequiredService<ILoggerFactory>().CreateLogger(LogName);
            services.Registry.TellTo(logger);
            var refusals = new RefusalLog(logger, clock);
            var gate = new ApiGate(services, logger, refusals);
            var pages = new RegistryPages(services, logger, refusals);
            Map(application, gate, pages);
            application.Lifetime.ApplicationStopping.Register(services.Live.Stop);
            await application.StartAsync(cancellation);

            // 3. A key that nobody has seen is of no use: it is made when nothing more can fail.
            var server = new RegistryServer(application, gate, pages, refusals, services);
            logger.LogInformation("The registry listens at {Address}", server.Address);
            server.upkeep = options.OwnsProcess ? new RegistryUpkeep(server.TakeUse, clock, options.Runtime) : null;
            await TellGuardedAsync(options.Guarded, services.Registry, logger, cancellation);
            if (await services.Registry.FindClockAheadAsync(clock.GetUtcNow(), cancellation) is { } time)
            {
                logger.LogWarning("The clock is ahead, here it is {Now:u}, in the registry's database {Time:u}: what clients use counts for the day that it is there", clock.GetUtcNow(), time);
            }

            if (await services.Keys.CreateFirstAsync(new ApiKeyGrant("first admin", null, ["admin"], null), options.Pepper, clock.GetUtcNow(), cancellation) is { } first)
            {
                await console.WriteLineAsync($"The registry's first admin key, shown this once: {first.Text}");
                await console.FlushAsync(cancellation);
            }

            return (server, null);
        }
        catch (Exception exception) when (exception is DbException or InvalidDataException or StorePlaceException or IOException or SocketException or InvalidOperationException)
        {
            await DisposeAsync(application, services);

            return (null, exception switch
            {
                StorePlaceException => $"The registry cannot be used: {exception.Message}",
                DbException or InvalidDataException => $"The registry cannot be used: {exception.Message}",
                _ => $"The registry cannot listen at {options.Url}: {exception.Message}",
            });
        }
    }

    /// <summary>Lets requests end that are on their way, for the time that the token gives.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task StopAsync(CancellationToken cancellation) => application.StopAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (upkeep is not null)
        {
            await upkeep.DisposeAsync();
        }

        // While there is a log.
        refusals.Dispose();
        await DisposeAsync(application, services);
        gate.Dispose();
        pages.Dispose();
    }

    private static async Task TellGuardedAsync(ImmutableArray<GuardedStage> stages, SchemaRegistry registry, ILogger logger, CancellationToken cancellation)
    {
        foreach (var guarded in stages)
        {
            if (await registry.StageAsync(guarded.Graph, guarded.Stage, cancellation) is null)
            {
                logger.LogWarning("There is no stage {Stage} yet. Is its name right? It is made by what is first published to it", guarded);
            }

            await using var store = OperationStore.At(guarded.Store, readOnly: true);
            if (store.FindReadProblem() is { } problem)
            {
                logger.LogWarning("Changes of {Stage} are held against persisted operations as soon as there are some. {Problem}", guarded, problem);
            }
            else
            {
                logger.LogInformation("Changes of {Stage} are held against its persisted operations", guarded);
            }
        }
    }

    private static WebApplication Build(RegistryServerOptions options, Action<ILoggingBuilder> logging, TimeProvider clock)
    {
        // Empty: no settings, variables or signals of the program that it runs in are taken for its own.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, HostsLifetime>();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(services => new ConnectionRoom(options.Connections, services.GetRequiredService<ILoggerFactory>().CreateLogger(LogName), clock));
        logging(builder.Logging);
        builder.Logging.AddFilter("Microsoft", LogLevel.None);
        builder.WebHost.UseKestrelCore().UseUrls(options.Url.GetLeftPart(UriPartial.Authority)).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytes;
            kestrel.Limits.KeepAliveTimeout = IdleTime;
            kestrel.Limits.RequestHeadersTimeout = HeadTime;
            kestrel.Limits.MinResponseDataRate = new MinDataRate(AnswerBytesPerSecond, AnswerGrace);
            var room = kestrel.ApplicationServices.GetRequiredService<ConnectionRoom>();
            kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection => room.AdmitAsync(connection, next)));
        });
        return builder.Build();
    }

    private static void Map(WebApplication application, ApiGate gate, RegistryPages pages)
    {
        var document = Encoding.UTF8.GetBytes(OpenApiDocument.Of(Operations).ToJsonString(ApiJson.Options));
        var room = application.Services.GetRequiredService<ConnectionRoom>();
        application.Use((context, next) => room.AnswerAsync(context, next));

        // The pages have people who sign in, and forms; all else is for programs.
        application.Use(async (context, next) =>
        {
            if (!await pages.TryAnswerAsync(context))
            {
                await next(context);
            }
        });
        application.UseRouting();

        // All but the document needs a key, what is not there too.
        application.Use((context, next) => context.GetEndpoint()?.DisplayName == nameof(OpenApiDocument) ? next(context) : gate.AnswerAsync(context));
        foreach (var operation in Operations)
        {
            application.MapMethods(operation.Path, [operation.Method], gate.AnswerAsync).WithMetadata(operation);
        }

        application.MapMethods(DocumentPath, [HttpMethods.Get, HttpMethods.Head], context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = document.Length;
            return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(document, context.RequestAborted).AsTask();
        }).WithDisplayName(nameof(OpenApiDocument));
    }

    private static async Task DisposeAsync(WebApplication? application, ApiServices? services)
    {
        if (application is not null)
        {
            await application.DisposeAsync();
        }

        if (services is not null)
        {
            services.Live.Dispose();
            services.Members.Dispose();
            services.Threads.Dispose();
            await services.Registry.DisposeAsync();
            await services.Keys.DisposeAsync();
        }
    }

    // The process is its host's: signals are, too.
    private sealed class HostsLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
