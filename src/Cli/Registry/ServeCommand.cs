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
        var command = new Command("serve", "Serves the registry's HTTP API until it is asked to stop. The first admin key is shown at the first start, this once.")
        {
            options.Store, url, place.PepperFile, options.SignWith,
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

            return place.ReadPepper(parsed.GetValue(place.PepperFile), Fail) is { } pepper
                ? await RunAsync(new RegistryServerOptions(store, address, pepper) { Signer = signer }, output, Fail, clock, cancellation)
                : 1;
        });
        return command;
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
