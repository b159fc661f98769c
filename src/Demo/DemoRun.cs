using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace GraphGateway.Demo;

/// <summary>
/// One run of the demo: 1. check what it needs, 2. start the services, publish their schemas and start the gateway, which follows them, 3. wait until they are
/// ready, 4. run the query, or stay until a signal comes or a program ends, 5. stop them.
/// </summary>
internal sealed class DemoRun(DemoOptions options, Checkout checkout, string data, TextWriter say, TimeProvider clock)
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan ReadyPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs the demo and returns the exit code.</summary>
    public static async Task<int> RunAsync(DemoOptions options, TimeProvider clock)
    {
        // The answer of --query is to be alone on standard output.
        var say = options.Query is null ? Console.Out : Console.Error;
        if (Checkout.Find() is not { } checkout)
        {
            await Console.Error.WriteLineAsync("The demo runs inside its repository: dotnet run --project src/Demo");
            return 1;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = OnSignal(PosixSignal.SIGINT, stop);
        using var terminate = OnSignal(PosixSignal.SIGTERM, stop);
        using var hangUp = OnSignal(PosixSignal.SIGHUP, stop);
        var run = new DemoRun(options, checkout, options.Data?.FullName ?? checkout.DefaultData, say, clock);
        return await run.RunAsync(stop.Token);
    }

    private async Task<int> RunAsync(CancellationToken stop)
    {
        // 1.
        var problems = Problems();
        if (!problems.IsEmpty)
        {
            foreach (var problem in problems)
            {
                await Console.Error.WriteLineAsync(problem);
            }

            return 1;
        }

        PrepareData();
        IdentityKeys.Write(data);
        var programs = new List<RunningProgram>();
        try
        {
            // 2.
            programs.AddRange(DemoPrograms.All[..^1].Select((program, index) => Start(program, options.Ports[index])));
            var (isLive, told) = await SchemaPublication.RunAsync(checkout, Registry, stop);
            await (isLive ? say : Console.Error).WriteLineAsync(told);
            if (!isLive)
            {
                return 1;
            }

            programs.Add(Start(DemoPrograms.Gateway, options.Ports[^1]));

            // 3. and 4.
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var firstEnd = Task.WhenAny(programs.Select(program => program.Exited));
            var work = WorkAsync(programs, ended.Token);
            if (await Task.WhenAny(firstEnd, work) == firstEnd && !stop.IsCancellationRequested)
            {
                await ended.CancelAsync();
                await TellWhoEnded(programs);
                return 1;
            }

            return await work;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        finally
        {
            // 5.
            await say.WriteLineAsync("Stopping ...");
            await Task.WhenAll(programs.Select(program => program.DisposeAsync().AsTask()));
            await say.WriteLineAsync("Stopped.");
        }
    }

    private string Registry => Path.Combine(data, "registry.db");

    /// <summary>What stands in the way, before anything is started.</summary>
    private ImmutableArray<string> Problems()
    {
        var problems = new List<string>();
        if (options.Query is { Exists: false } query)
        {
            problems.Add($"There is no file {query.FullName} to query with.");
        }

        problems.AddRange(DemoPrograms.All.Select(program => (program.Name, File: checkout.FileOf(program))).Append((Name: "graphgateway", File: checkout.CommandLine))
            .Where(program => !File.Exists(program.File))
            .Select(program => $"{program.Name} is not built ({program.File}). Build it with the demo: dotnet run --project src/Demo"));
        problems.AddRange(DemoPrograms.All.Zip(options.Ports, PortProblem).OfType<string>());
        return [.. problems];
    }

    private string? PortProblem(DemoProgram program, int port)
    {
        if (port is < 1 or > IPEndPoint.MaxPort)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{program.PortOption} {port} is not a port from 1 to {IPEndPoint.MaxPort}.");
        }

        if (options.Ports.Count(other => other == port) > 1)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{program.PortOption} {port} is the port of another program of the demo too.");
        }

        return IsFree(port)
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"Port {port} for {program.Name} is in use by another program. Stop that one, or choose another port: "
                + $"dotnet run --project src/Demo -- {program.PortOption} PORT");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void PrepareData()
    {
        if (options.Reset && Directory.Exists(data))
        {
            say.WriteLine($"Deleting the data in {data}");
            foreach (var file in DemoPrograms.All.Select(program => program.Name).Append("registry").SelectMany(name => Directory.EnumerateFiles(data, $"{name}.*")))
            {
                File.Delete(file);
            }
        }

        Directory.CreateDirectory(data);
        say.WriteLine($"Databases and logs are in {data}; --reset starts afresh.");
    }

    private RunningProgram Start(DemoProgram program, int port)
    {
        ImmutableArray<string> arguments = program == DemoPrograms.Gateway
            ? [
                // Whoever tries queries out wants to see what the services say of them.
                $"--Gateway:Registry:Store={Registry}", $"--Gateway:Registry:Graph={SchemaPublication.Graph}", $"--Gateway:Registry:Stage={SchemaPublication.Stage}",
                "--Gateway:QueryPlan=On", "--Gateway:Subgraphs:All:Errors=Forward",
                "--Gateway:Identity:Sign=On", $"--Gateway:Identity:KeyFiles:0={IdentityKeys.Private(data)}",
                .. DemoPrograms.All.Zip(options.Ports).Where(pair => pair.First != DemoPrograms.Gateway).Select(pair => string.Create(
                    CultureInfo.InvariantCulture, $"--Gateway:Subgraphs:{pair.First.Name}:Url=http://127.0.0.1:{pair.Second}/graphql")),
            ]
            : [$"--Database:Path={Path.Combine(data, program.Name + ".db")}", $"--GatewayIdentity:KeyFiles:0={IdentityKeys.Public(data)}"];
        var running = RunningProgram.Start(program, port, checkout.FileOf(program), arguments, Path.Combine(data, program.Name + ".log"), clock);
        say.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{program.Name,-9} starts on port {port} (process {running.Id})"));
        return running;
    }

    private async Task<int> WorkAsync(List<RunningProgram> programs, CancellationToken stop)
    {
        using var client = new HttpClient();
        var started = clock.GetTimestamp();
        if ((await Task.WhenAll(programs.Select(program => WaitUntilReadyAsync(client, program, started, stop)))).Contains(false))
        {
            return 1;
        }

        var endpoint = programs[^1].Url("/graphql");
        if (options.Query is { } query)
        {
            return await QueryRun.RunAsync(client, endpoint, query, stop);
        }

        await say.WriteLineAsync($"""

            The graph is at {endpoint} - open it in a browser. A first query to try:

            {await File.ReadAllTextAsync(checkout.FirstQuery, stop)}
            Ctrl+C stops everything.
            """);
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, stop);
        return 0;
    }

    private async Task<bool> WaitUntilReadyAsync(HttpClient client, RunningProgram program, long started, CancellationToken stop)
    {
        while (clock.GetElapsedTime(started) < ReadyLimit)
        {
            if (await IsReadyAsync(client, program.Url("/health/ready"), stop))
            {
                await say.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{program.Program.Name,-9} is ready after {clock.GetElapsedTime(started).TotalSeconds:0.0} s"));
                return true;
            }

            await Task.Delay(ReadyPause, clock, stop);
        }

        await Console.Error.WriteLineAsync($"{program.Program.Name} is not ready after {ReadyLimit.TotalSeconds} s. Its last output:\n{program.LastLines}");
        return false;
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, Uri url, CancellationToken stop)
    {
        try
        {
            using var answer = await client.GetAsync(url, stop);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }

    private static async Task TellWhoEnded(List<RunningProgram> programs)
    {
        foreach (var program in programs.Where(program => program.Exited.IsCompleted))
        {
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{program.Program.Name} has ended with exit code {program.ExitCode}. Its last output:\n{program.LastLines}"));
        }
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
}
