using GraphGateway.Validation;

namespace GraphGateway.ControlPlane;

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

    /// <summary>Reads them from their section.</summary>
    public static CostOptions Read(SettingsReader reader)
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
