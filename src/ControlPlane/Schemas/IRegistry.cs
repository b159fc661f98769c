namespace GraphGateway.ControlPlane;

/// <summary>
/// A registry as gateways and commands use it: in a store (<see cref="SchemaRegistry"/>), or elsewhere over HTTP (<see cref="RemoteRegistry"/>). Where it cannot be used,
/// the one throws <see cref="System.Data.Common.DbException"/> or <see cref="InvalidDataException"/>, the other <see cref="RegistryRequestException"/>.
/// </summary>
public interface IRegistry : IAsyncDisposable
{
    /// <summary>Which launch is live; null where none is. A small question, for who asks often.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<LiveLaunch?> LiveAsync(string graph, string stage, CancellationToken cancellation);

    /// <summary>The supergraph of a launch; null where it has none, and where it was not kept. <see cref="LiveLaunch.Hash"/> says whether it is what was published.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="launch">The launch.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<string?> SupergraphAsync(string graph, string stage, int launch, CancellationToken cancellation);
}
