namespace GraphGateway.ControlPlane;

/// <summary>How much a store of operations takes: gateways keep all of it in memory.</summary>
public sealed record OperationStoreLimits
{
    /// <summary>Bytes of one document.</summary>
    public int DocumentBytes { get; init; } = 1_000_000;

    /// <summary>Operations of one release.</summary>
    public int ReleaseOperations { get; init; } = 200_000;

    /// <summary>Documents of all clients and releases.</summary>
    public int Operations { get; init; } = 500_000;

    /// <summary>Bytes of all documents together.</summary>
    public long Bytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Releases of all clients.</summary>
    public int Releases { get; init; } = 10_000;
}
