using GraphGateway.ControlPlane;
using GraphGateway.Validation;

namespace GraphGateway.Gateway;

/// <summary>What the plan of an operation may ask of one source (<c>Gateway:Subgraphs:NAME:Cost</c>).</summary>
public sealed record SubgraphCostOptions
{
    /// <summary>Whether an operation beyond the limit is refused; null as <c>Gateway:Cost:Mode</c> says.</summary>
    public LimitMode? Mode { get; init; }

    /// <summary>The most that a plan may ask of the source, in one figure.</summary>
    public int Max { get; init; } = CostOptions.NoLimit;

    /// <summary>How long the source's lists are where the graph does not say; null as <c>Gateway:Cost:DefaultListSize</c> says.</summary>
    public int? DefaultListSize { get; init; }

    internal static SubgraphCostOptions Read(SettingsReader reader, SubgraphCostOptions all) => new()
    {
        Mode = reader.Text(nameof(Mode)) is null ? all.Mode : reader.Choice(nameof(Mode), LimitMode.Measure),
        Max = reader.Count(nameof(Max), all.Max),
        DefaultListSize = reader.Text(nameof(DefaultListSize)) is null ? all.DefaultListSize : reader.Count(nameof(DefaultListSize), 0, min: 0),
    };
}
