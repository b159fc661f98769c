using System.Collections.Immutable;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GraphGateway.Gateway;

/// <summary>An application that is ready to be started, or the problems that prevent it; exactly one of the two is there.</summary>
/// <param name="Application">The application; null when there are problems.</param>
/// <param name="Problems">What is wrong, each with what to do.</param>
internal sealed record GatewayBuild(WebApplication? Application, ImmutableArray<string> Problems);

/// <summary>
/// The gateway as a program: 1. read the settings, 2. load the supergraph, 3. build the application, 4. listen. What the user can mend is
/// told in one message each, without a stack trace, and ends with exit code 1.
/// </summary>
public static class GatewayHost
{
    /// <summary>Runs until the process is asked to stop.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="error">Where problems are told.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter error)
    {
        var build = await BuildAsync(args, console: Console.Out);
        if (build.Application is not { } application)
        {
            foreach (var problem in build.Problems)
            {
                await error.WriteLineAsync(problem);
            }

            return 1;
        }

        await using (application)
        {
            // Before it listens: from then on it may be asked to stop.
            using var interrupt = HurryOn(PosixSignal.SIGINT, application, count: 1);
            using var terminate = HurryOn(PosixSignal.SIGTERM, application, count: 2);
            if (await StartAsync(application) is { } problem)
            {
                await error.WriteLineAsync(problem);
                return 1;
            }

            await application.WaitForShutdownAsync();
            return 0;
        }
    }

    /// <summary>Steps 1 to 3.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Adds to, or replaces, what is registered.</param>
    /// <param name="console">Where people are told what is for them alone.</param>
    internal static async Task<GatewayBuild> BuildAsync(string[] args, Action<WebApplicationBuilder>? configure = null, TextWriter? console = null)
    {
        WebApplicationBuilder builder;
        try
        {
            // appsettings.json lies beside the program, whatever the working directory.
            builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException)
        {
            return Failed(HostSettings.Describe(exception));
        }

        // 1.
        var settings = GatewayOptionsReader.Read(builder.Configuration);
        var problems = settings.Problems.AddRange(HostSettings.Check(builder.Configuration));
        if (settings.Options is not { } options || !problems.IsEmpty)
        {
            return Failed([.. problems.Select(problem => problem.ToString())]);
        }

        // A registry in this process is there first: the graph may come from it.
        var (hosting, unserved) = await RegistryHosting.StartAsync(options, builder.Configuration, console ?? TextWriter.Null);
        var build = unserved is not null ? Failed(unserved) : await BuildAsync(args, builder, options, hosting, configure, console ?? TextWriter.Null);
        if (build.Application is null && hosting is not null)
        {
            await hosting.DisposeAsync();
        }

        return build;
    }

    private static async Task<GatewayBuild> BuildAsync(
        string[] args, WebApplicationBuilder builder, GatewayOptions options, RegistryHosting? hosting, Action<WebApplicationBuilder>? configure, TextWriter console)
    {
        // 2.
        var start = options.Registry.IsOn ? await RegistryHosting.LoadAsync(hosting, options, args, console) : null;
        var loaded = start?.Loaded ?? await SupergraphFile.LoadAsync(options, CancellationToken.None);
        if (loaded.Supergraph is not { } supergraph)
        {
            return Failed([.. loaded.Problems]);
        }

        // 3.
        PrometheusPage.Listen(builder, options.Telemetry);
        if (options.ResponseCache.Invalidation is { } invalidation)
        {
            OwnPort.Listen(builder, "GraphGatewayInvalidation", invalidation.Url);
        }

        builder.Services.AddGraphGateway(options, supergraph, loaded.Sources);
        Follow(builder.Services, options, start, loaded);
        if (hosting is not null)
        {
            // Made by the container, so that it ends it.
            builder.Services.AddSingleton(_ => hosting);
            builder.Services.AddHostedService(provider => provider.GetRequiredService<RegistryHosting>());
        }

        // A fault of what is done in the background is told in the log, and never a reason to answer nobody any longer.
        builder.Services.Configure<HostOptions>(static host => host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
        builder.Services.AddHsts(hsts =>
        {
            hsts.MaxAge = TimeSpan.FromDays(options.StrictTransportSecurityDays);
            hsts.ExcludedHosts.Clear();
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinRequestBodyDataRate = options.MinRequestDataRate is { BytesPerSecond: > 0 } rate ? new MinDataRate(rate.BytesPerSecond, rate.GracePeriod) : null;
        });
        configure?.Invoke(builder);
        WebApplication? application = null;
        SilenceFailedStart(builder.Logging, () => application?.Lifetime.ApplicationStarted.IsCancellationRequested == true);
        application = builder.Build();
        PrometheusPage.Use(application, options.Telemetry);
        if (application.Services.GetService<InvalidationPage>() is { } page)
        {
            OwnPort.Use(application, options.ResponseCache.Invalidation!.Url, page.AnswerAsync);
        }

        UseBrowserRules(application, options);
        application.MapGraphGateway();
        return new GatewayBuild(application, []);
    }

    private static void Follow(IServiceCollection services, GatewayOptions options, RegistryStart? start, LoadedSupergraph loaded)
    {
        services.TryAddSingleton<GraphThreads>();
        services.AddSingleton<GraphChange>();
        if (start is not null)
        {
            services.AddSingleton(new SupergraphStart(loaded.Hash!, start.Notice, start.Unkept));
            services.AddHostedService<RegistryFollower>();
            if (options.Registry.Usage)
            {
                services.AddSingleton<UsageCounter>();
                services.AddHostedService<UsageReporter>();
            }
        }
        else if (options.FollowSupergraph)
        {
            services.AddSingleton(new SupergraphStart(loaded.Hash!));
            services.AddHostedService<SupergraphFollower>();
        }
    }

    /// <summary>Step 4: listens, or says why it cannot.</summary>
    internal static async Task<string?> StartAsync(WebApplication application)
    {
        try
        {
            await application.StartAsync();
            return null;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            var port = Regex.Match(exception.Message, @":(\d+)(?!.*:\d)").Groups[1].Value;
            return $"Port {port} is in use by another program. Stop that one, or choose another port: --urls http://127.0.0.1:PORT";
        }
        catch (Exception exception) when (exception is IOException or SocketException or FormatException or InvalidOperationException or ArgumentException)
        {
            return $"The gateway cannot listen: {exception.Message} Set the address with --urls http://127.0.0.1:PORT";
        }
    }

    private static void UseBrowserRules(WebApplication application, GatewayOptions options)
    {
        if (options.StrictTransportSecurityDays > 0)
        {
            application.UseHsts();
        }

        if (options.Cors.IsOn)
        {
            application.UseCors();
        }
    }

    // The host itself stops on the first signal. Somebody who presses Ctrl+C, or sends a second signal, does not want to wait for the delay.
    private static PosixSignalRegistration HurryOn(PosixSignal signal, WebApplication application, int count)
    {
        var draining = application.Services.GetRequiredService<Draining>();
        var seen = 0;
        return PosixSignalRegistration.Create(signal, _ =>
        {
            if (Interlocked.Increment(ref seen) >= count)
            {
                draining.Hurry();
            }
        });
    }

    // Server and host log a failed start with its stack trace; the message of StartAsync says it in one line.
    private static void SilenceFailedStart(ILoggingBuilder logging, Func<bool> hasStarted)
    {
        // A filter takes the place of the levels that the settings give for its category: each must hold back the debug lines itself.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && hasStarted());
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", level => level >= LogLevel.Warning && hasStarted());
    }

    private static GatewayBuild Failed(params ImmutableArray<string> problems) => new(null, problems);
}
