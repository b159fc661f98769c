namespace GraphGateway.Gateway;

/// <summary>A graph, as replicas that share answers know it.</summary>
/// <param name="Name">Its name (<see cref="SharedNames.OfGraph"/>).</param>
internal sealed record SharedGraph(byte[] Name);
