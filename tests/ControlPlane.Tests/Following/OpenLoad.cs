using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;

namespace GraphGateway.ControlPlane.Tests.Following;

/// <summary>What became of a load.</summary>
/// <param name="Latencies">Of each request that was answered rightly, from the moment at which it was to be sent: milliseconds, in ascending order.</param>
/// <param name="Failures">How many were not answered, or wrongly.</param>
/// <param name="Examples">What became of the first of these.</param>
/// <param name="Versions">The versions that answers were of, with how many.</param>
internal sealed record OpenLoadResult(ImmutableArray<double> Latencies, int Failures, ImmutableArray<string> Examples, IReadOnlyDictionary<int, int> Versions)
{
    /// <summary>The latency that this share of the answers was not slower than.</summary>
    public double Percentile(double share) => Latencies.IsEmpty ? double.NaN : Latencies[(int)Math.Ceiling((Latencies.Length - 1) * share)];
}

/// <summary>
/// An open-loop load: requests are sent at times that are set before, whether or not earlier ones are answered, and latencies count from these times, so that a gateway that stands still
/// for a while has the waiting of all requests that should have been sent meanwhile on its account.
/// </summary>
internal sealed class OpenLoad : IDisposable
{
    private const int MostExamples = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SocketsHttpHandler handler = new() { MaxConnectionsPerServer = 256, AllowAutoRedirect = false, UseProxy = false, UseCookies = false };
    private readonly HttpClient client;
    private readonly VersionedSources sources;
    private readonly byte[][] requests;

    /// <param name="gateway">The gateway's address.</param>
    /// <param name="sources">What it is asked, and what is a right answer.</param>
    public OpenLoad(Uri gateway, VersionedSources sources)
    {
        this.sources = sources;
        client = new HttpClient(handler, disposeHandler: false) { BaseAddress = gateway, Timeout = Patience };
        requests = [.. Enumerable.Range(0, sources.Operations).Select(sources.Request)];
    }

    /// <summary>Sends requests, the operations in turns, until the token is cancelled, and waits for the last answers.</summary>
    /// <param name="rate">How many in a second.</param>
    /// <param name="end">When it ends.</param>
    public Task<OpenLoadResult> RunAsync(int rate, CancellationToken end) => Task.Factory.StartNew(
        () => Run(rate, end), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    /// <summary>One request; the version that its answer is of, or what is wrong.</summary>
    /// <param name="operation">Which, from 0 on.</param>
    public async Task<(int? Version, string? Problem)> AskAsync(int operation)
    {
        try
        {
            using var content = new ByteArrayContent(requests[operation]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var response = await client.PostAsync(new Uri("/graphql", UriKind.Relative), content);
            var body = await response.Content.ReadAsByteArrayAsync();
            return response.StatusCode == HttpStatusCode.OK && sources.VersionOf(operation, body) is { } version
                ? (version, null)
                : (null, $"Op{operation}: {(int)response.StatusCode} {System.Text.Encoding.UTF8.GetString(body)}");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return (null, $"Op{operation}: {exception.GetType().Name} {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client.Dispose();
        handler.Dispose();
    }

    // On Linux to a twentieth of a millisecond: who looks at the clock all the time until then takes a processor from the gateway, and its latencies are partly those of the load.
    private static void WaitUntil(long due, CancellationToken end)
    {
        while (due - Stopwatch.GetTimestamp() is var left and > 0 && !end.IsCancellationRequested)
        {
            if (OperatingSystem.IsLinux())
            {
                var time = new TimeSpec(left / Stopwatch.Frequency, left % Stopwatch.Frequency * 1_000_000_000 / Stopwatch.Frequency);
                _ = Sleep(in time, 0);
            }
            else if (left * 1000 / Stopwatch.Frequency is > 1 and var milliseconds)
            {
                end.WaitHandle.WaitOne((int)milliseconds - 1);
            }
        }
    }

    // nanosleep(2); a signal ends it early.
    [DllImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sleep(in TimeSpec wanted, nint left);

    // timespec, of 64 bits each.
    private readonly record struct TimeSpec(long Seconds, long Nanoseconds);

    // On a thread of its own.
    private async Task<OpenLoadResult> Run(int rate, CancellationToken end)
    {
        var (latencies, failures, versions, sent) = (new ConcurrentBag<double>(), new ConcurrentQueue<string>(), new ConcurrentDictionary<int, int>(), new List<Task>());
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; !end.IsCancellationRequested; i++)
        {
            var due = start + (long)((double)i / rate * Stopwatch.Frequency);
            WaitUntil(due, end);
            sent.Add(SendAsync(i % requests.Length, due));
        }

        await Task.WhenAll(sent);
        return new OpenLoadResult([.. latencies.Order()], failures.Count, [.. failures.Take(MostExamples)], versions);

        async Task SendAsync(int operation, long due)
        {
            var (version, problem) = await AskAsync(operation);
            if (version is { } of)
            {
                latencies.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
                versions.AddOrUpdate(of, 1, static (_, count) => count + 1);
            }
            else
            {
                failures.Enqueue(problem!);
            }
        }
    }
}
