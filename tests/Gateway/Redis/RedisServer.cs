using System.Globalization;
using GraphGateway.TestKit;

namespace GraphGateway.Gateway.Tests.Redis;

/// <summary>Debian's redis-server with nothing in it, on a port of 127.0.0.1, that ends with the test.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly ChildProcess process;

    private RedisServer(ChildProcess process, int port)
    {
        this.process = process;
        Port = port;
    }

    public int Port { get; }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{Port}");

    /// <summary>Starts one and waits until it takes connections.</summary>
    /// <param name="port">The port; a free one where none is given.</param>
    /// <param name="settings">More of its settings, as on its command line.</param>
    public static async Task<RedisServer> StartAsync(int? port = null, params string[] settings)
    {
        for (var attempt = 1; ; attempt++)
        {
            var taken = port ?? FreePort.Next();
            var process = ChildProcess.Start(
                Requirements.RedisServerPath!,
                ["--port", taken.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", .. settings],
                Path.GetTempPath());
            try
            {
                await process.WaitForLineAsync(line => line.Contains("Ready to accept connections", StringComparison.Ordinal));
                return new RedisServer(process, taken);
            }
            catch (InvalidOperationException) when (port is null && attempt < 5)
            {
                // Another program took the port between our looking and its start.
                await process.DisposeAsync();
            }
        }
    }

    public static RedisClient Client(string url, TimeProvider? clock = null, System.Net.Security.RemoteCertificateValidationCallback? check = null)
    {
        if (!RedisAddress.TryParse(url, out var address, out var problem))
        {
            throw new ArgumentException(problem);
        }

        return new RedisClient(address, clock is null ? TimeSpan.FromSeconds(30) : TimeSpan.FromMilliseconds(200), clock ?? TimeProvider.System, check);
    }

    /// <summary>Stops it in the middle of what it does; its connections stay, and new ones are accepted by the system.</summary>
    public Task FreezeAsync() => process.SignalAsync("STOP");

    public Task ThawAsync() => process.SignalAsync("CONT");

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
