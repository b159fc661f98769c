using System.Globalization;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Following;

/// <summary>A gateway as a process of its own that follows <c>production</c> of <c>shop</c>, with the last good supergraph on disk.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly ChildProcess process;

    private GatewayProcess(ChildProcess process, Uri url) => (this.process, Url) = (process, url);

    /// <summary>Where it answers.</summary>
    public Uri Url { get; }

    /// <summary>All that it has said.</summary>
    public string Everything => process.Everything;

    /// <summary>Starts one that looks often, and waits until it answers.</summary>
    /// <param name="copy">The file for the last good supergraph.</param>
    /// <param name="place">Where the registry is, as arguments.</param>
    public static async Task<GatewayProcess> StartAsync(string copy, params string[] place)
    {
        var process = ChildProcess.StartDotnet(
            Repository.Output("src/Gateway", "GraphGateway.Gateway.dll"),
            [
                "--urls", "http://127.0.0.1:0", "--Gateway:Registry:Graph=shop", "--Gateway:Registry:Stage=production", "--Gateway:Registry:Interval=10ms",
                string.Create(CultureInfo.InvariantCulture, $"--Gateway:Registry:File={copy}"), .. place,
            ],
            Path.GetDirectoryName(copy));
        try
        {
            return new GatewayProcess(process, new Uri((await process.WaitForLineAsync(text => text.Contains("Now listening on: ", StringComparison.Ordinal))).Split("on: ")[1]));
        }
        catch (InvalidOperationException)
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it has said something, before or after now.</summary>
    public async Task SaidAsync(string text)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !Everything.Contains(text, StringComparison.Ordinal); await Moments.PassAsync(Pause))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, Everything);
        }
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public ValueTask DisposeAsync() => process.DisposeAsync();
}
