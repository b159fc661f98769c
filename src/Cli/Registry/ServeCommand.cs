using System.Collections.Immutable;
using System.CommandLine;
using GraphGateway.ControlPlane;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace GraphGateway.Cli;

/// <summary><c>graphgateway registry serve</c>: the registry's HTTP API, for gateways and teams elsewhere. <c>graphgateway registry keys</c>: who may use it.</summary>
internal static class ServeCommand
{
    // The process is ended two seconds after it was asked to stop.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1.5);

    /// <param name="clock">Tells the time.</param>
    internal static Command Create(TimeProvider clock) => new("registry", "Serves the registry over HTTP, makes the keys for it, and takes stages away.")
    {
        Serve(clock), KeysCommand.CreateOfRegistry(clock), StagesCommand.Create(),
    };

    private static Command Serve(TimeProvider clock)
    {
        var (options, place) = (new RegistryOptions(), new KeyPlaceOptions(KeyHolder.Registry));
        var url = new Option<string>("--urls")
        {
            HelpName = "URL", Description = "The address to listen at: http, a host and a port.", DefaultValueFactory = _ => "http://127.0.0.1:4100",
        };
        var operations = new Option<string[]>("--operations")
        {
            HelpName = "GRAPH/STAGE=STORE",
            Description = "Hold each change of this stage against the persisted operations of a store, and refuse it where one would break; can be repeated.",
        };
        var gateway = new GatewaySettingsOption();
        var command = new Command("serve", "Serves the registry's HTTP API until it is asked to stop. The first admin key is shown at the first start, this once.")
        {
            options.Store, url, place.PepperFile, options.SignWith, operations, gateway.File,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            int Fail(string message)
            {
                error.WriteLine(message);
                return 1;
            }

            var store = parsed.GetValue(options.Store) ?? Environment.GetEnvironmentVariable(RegistryOptions.StoreVariable);
            if (string.IsNullOrWhiteSpace(store))
            {
                return Fail($"Where is the registry? Give --store PLACE, or set {RegistryOptions.StoreVariable}.");
            }

            if (RegistryServerOptions.ReadUrl(parsed.GetValue(url)!) is not { } address)
            {
                return Fail("--urls: give one address such as http://127.0.0.1:4100, http and without a path. Let a proxy end TLS.");
            }

            var (signer, unread) = options.ReadSigner(parsed);
            if (unread is not null)
            {
                return Fail(unread);
            }

            var (guarded, wrong) = ReadGuarded(parsed, parsed.GetValue(operations) ?? [], gateway);
            if (wrong is not null)
            {
                return Fail(wrong);
            }

            return place.ReadPepper(parsed.GetValue(place.PepperFile), Fail) is { } pepper
                ? await RunAsync(new RegistryServerOptions(store, address, pepper) { Signer = signer, Guarded = guarded, OwnsProcess = true }, output, Fail, clock, cancellation)
                : 1;
        });
        return command;
    }

    // A store's connection string may have a password: it is not repeated.
    private static (ImmutableArray<GuardedStage> Guarded, string? Problem) ReadGuarded(ParseResult parsed, string[] given, GatewaySettingsOption gateway)
    {
        if (given.Length == 0)
        {
            return ([], parsed.GetValue(gateway.File) is null ? null : "--gateway needs --operations.");
        }

        var (rules, problems) = gateway.Read(parsed);
        if (rules is null)
        {
            return ([], string.Join(" ", problems));
        }

        var guarded = ImmutableArray.CreateBuilder<GuardedStage>();
        foreach (var text in given)
        {
            var (at, slash) = (text.IndexOf('=', StringComparison.Ordinal), text.IndexOf('/', StringComparison.Ordinal));
            if (slash < 1 || at < slash + 2 || !StorePlace.IsPlace(text[(at + 1)..]))
            {
                return ([], "--operations needs GRAPH/STAGE=STORE, such as shop/production=operations.db: a file (SQLite), or a connection string of PostgreSQL.");
            }

            var stage = new GuardedStage(text[..slash], text[(slash + 1)..at], text[(at + 1)..], rules);
            if ((RegistryLimits.FindProblem("graph", stage.Graph) ?? RegistryLimits.FindProblem("stage", stage.Stage)) is { } unfit)
            {
                return ([], $"--operations {text[..at]}: {unfit}");
            }

            if (guarded.Any(known => (known.Graph, known.Stage) == (stage.Graph, stage.Stage)))
            {
                return ([], $"--operations names {stage} twice: a stage has one store.");
            }

            guarded.Add(stage);
        }

        return (guarded.ToImmutable(), null);
    }

    private static async Task<int> RunAsync(RegistryServerOptions options, TextWriter output, Func<string, int> fail, TimeProvider clock, CancellationToken cancellation)
    {
        var (server, problem) = await RegistryServer.StartAsync(
            options,
            output,
            logging => logging.AddSimpleConsole(console => (console.SingleLine, console.ColorBehavior) = (true, LoggerColorBehavior.Disabled)).SetMinimumLevel(LogLevel.Information),
            clock,
            cancellation);
        if (server is null)
        {
            return fail(problem!);
        }

        await using (server)
        {
            var asked = new TaskCompletionSource();
            await using var registration = cancellation.Register(asked.SetResult);
            await asked.Task;
            using var rest = new CancellationTokenSource(Rest, clock);
            await server.StopAsync(rest.Token);
            return 0;
        }
    }
}
