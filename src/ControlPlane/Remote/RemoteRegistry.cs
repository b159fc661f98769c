using System.Globalization;
using System.Text;

namespace GraphGateway.ControlPlane;

/// <summary>
/// A registry elsewhere, by its HTTP API (<see cref="RegistryServer"/>). Throws <see cref="RegistryRequestException"/> where it cannot be reached, refuses the key, or
/// has made a mistake.
/// </summary>
/// <param name="address">Where it is, and the key.</param>
/// <param name="clock">Measures the time that requests take.</param>
public sealed class RemoteRegistry(RegistryAddress address, TimeProvider clock) : IRegistry
{
    private const int SmallBytes = 64 * 1024;

    // A small question is answered soon; a supergraph is many bytes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PatienceForText = TimeSpan.FromSeconds(60);

    private readonly RegistryConnection connection = new(address, clock);

    /// <summary>Where it is, and the key.</summary>
    public RegistryAddress Address => address;

    /// <inheritdoc/>
    public async Task<LiveLaunch?> LiveAsync(string graph, string stage, CancellationToken cancellation)
    {
        try
        {
            return await connection.GetAsync($"{PathOf(graph, stage)}/live", SmallBytes, Patience, cancellation) is { } answer ? connection.Read<LiveLaunch>(answer) : null;
        }
        catch (RegistryRequestException exception) when (exception.Code == ApiProblemCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Waits until another launch is live; null where that is none when the time is over.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="after">The launch that is known.</param>
    /// <param name="wait">How long, in whole seconds up to a minute.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<LiveLaunch?> WaitAsync(string graph, string stage, int after, TimeSpan wait, CancellationToken cancellation)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{PathOf(graph, stage)}/live?after={after}&wait={(int)wait.TotalSeconds}");
        return await connection.GetAsync(path, SmallBytes, wait + Patience, cancellation) is { } answer ? connection.Read<LiveLaunch>(answer) : null;
    }

    /// <inheritdoc/>
    public async Task<string?> SupergraphAsync(string graph, string stage, int launch, CancellationToken cancellation)
    {
        try
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{PathOf(graph, stage)}/launches/{launch}/supergraph");
            var answer = await connection.GetAsync(path, new RegistryLimits().SupergraphBytes, PatienceForText, cancellation);
            return Encoding.UTF8.GetString(answer ?? []);
        }
        catch (RegistryRequestException exception) when (exception.Code == ApiProblemCode.NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string PathOf(string graph, string stage) => $"api/graphs/{Uri.EscapeDataString(graph)}/stages/{Uri.EscapeDataString(stage)}";
}
