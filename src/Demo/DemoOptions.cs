using System.Collections.Immutable;

namespace GraphGateway.Demo;

/// <summary>What the command line says.</summary>
internal sealed record DemoOptions
{
    /// <summary>Run this query and stop; null stays until Ctrl+C.</summary>
    public FileInfo? Query { get; init; }

    /// <summary>Whether the data is deleted first.</summary>
    public bool Reset { get; init; }

    /// <summary>Where databases and logs lie; null is <c>.demo</c> in the repository.</summary>
    public DirectoryInfo? Data { get; init; }

    /// <summary>The ports, in the order of <see cref="DemoPrograms.All"/>.</summary>
    public required ImmutableArray<int> Ports { get; init; }
}

/// <summary>A program that the demo starts.</summary>
/// <param name="Name">What the demo calls it; for a service its name in the supergraph.</param>
/// <param name="Project">Its folder in the repository.</param>
/// <param name="Assembly">Its main file, without extension.</param>
/// <param name="DefaultPort">Its port unless the command line names another.</param>
internal sealed record DemoProgram(string Name, string Project, string Assembly, int DefaultPort)
{
    public string PortOption => $"--{Name}-port";
}

/// <summary>The four programs.</summary>
internal static class DemoPrograms
{
    public static DemoProgram Gateway { get; } = new("gateway", "src/Gateway", "GraphGateway.Gateway", 4000);

    /// <summary>The services, then the gateway.</summary>
    public static ImmutableArray<DemoProgram> All { get; } =
    [
        new("users", "src/Subgraphs/Users", "GraphGateway.Subgraphs.Users", 5101),
        new("orders", "src/Subgraphs/Orders", "GraphGateway.Subgraphs.Orders", 5102),
        new("payments", "src/Subgraphs/Payments", "GraphGateway.Subgraphs.Payments", 5103),
        Gateway,
    ];
}
