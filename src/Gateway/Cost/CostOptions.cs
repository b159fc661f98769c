using GraphGateway.Validation;

namespace GraphGateway.Gateway;

/// <summary>
/// What an operation may cost (<c>Gateway:Cost</c>), by <c>@cost</c> and <c>@listSize</c> of the graph; where they say nothing an object counts 1,
/// and so does a field that gives objects.
/// </summary>
public sealed record CostOptions
{
    /// <summary>What a limit is that no cost is held against.</summary>
    public const int NoLimit = int.MaxValue;

    /// <summary>Whether an operation beyond a limit is refused, or only counted.</summary>
    public LimitMode Mode { get; init; } = LimitMode.Measure;

    /// <summary>The most that calling the fields of an operation may cost.</summary>
    public int MaxFieldCost { get; init; } = 1_000;

    /// <summary>The most that the values in its answer may cost.</summary>
    public int MaxTypeCost { get; init; } = 1_000;

    /// <summary>The most that its plan may ask of all sources together, in one figure.</summary>
    public int MaxPlanCost { get; init; } = NoLimit;

    /// <summary>How many items a list is taken to have where the graph does not say.</summary>
    public int DefaultListSize { get; init; } = 10;

    /// <summary>Whether clients get the cost of their operation when they ask for it (<c>GraphQL-Cost: report</c> or <c>validate</c>).</summary>
    public bool Report { get; init; } = true;

    internal static CostOptions Read(SettingsReader reader)
    {
        var defaults = new CostOptions();
        return new CostOptions
        {
            Mode = reader.Choice(nameof(Mode), defaults.Mode),
            MaxFieldCost = reader.Count(nameof(MaxFieldCost), defaults.MaxFieldCost),
            MaxTypeCost = reader.Count(nameof(MaxTypeCost), defaults.MaxTypeCost),
            MaxPlanCost = reader.Count(nameof(MaxPlanCost), defaults.MaxPlanCost),
            DefaultListSize = reader.Count(nameof(DefaultListSize), defaults.DefaultListSize, min: 0),
            Report = reader.OnOff(nameof(Report), defaults.Report),
        };
    }
}

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
