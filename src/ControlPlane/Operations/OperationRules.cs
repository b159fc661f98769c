using GraphGateway.Language;
using GraphGateway.Validation;

namespace GraphGateway.ControlPlane;

/// <summary>
/// What a gateway lets operations be, as far as that can be told before one is sent: of its section <c>Gateway</c> the parts <c>Limits</c>, <c>Cost</c> and <c>Introspection</c>. What limits
/// single sources (<c>Subgraphs:NAME:Cost</c>) is not among them.
/// </summary>
public sealed record OperationRules
{
    /// <summary>The settings' section.</summary>
    public const string SectionName = "Gateway";

    /// <summary>What the names of the limits begin with.</summary>
    public const string LimitPrefix = $"{SectionName}:Limits:";

    /// <summary>Bytes of a document.</summary>
    public int DocumentBytes { get; init; } = ParserOptions.Default.MaxBytes;

    /// <summary>Nesting of selection sets, values and types in its text.</summary>
    public int Nesting { get; init; } = ParserOptions.Default.MaxDepth;

    /// <summary>Its lexical tokens.</summary>
    public OperationLimit Tokens { get; init; } = new(ParserOptions.Default.MaxTokens);

    /// <summary>The shape of an operation, its fragments spread out.</summary>
    public OperationLimits Shape { get; init; } = OperationLimits.Default with { SettingPrefix = LimitPrefix };

    /// <summary>What it may cost.</summary>
    public CostOptions Cost { get; init; } = new();

    /// <summary>Whether it may ask for the schema.</summary>
    public bool Introspection { get; init; } = true;

    /// <summary>Reads them from the whole configuration of a gateway; its other settings are passed over, and so are those in <c>Limits</c> that say nothing of operations.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="problems">Gets what is wrong with them.</param>
    public static OperationRules Read(Microsoft.Extensions.Configuration.IConfiguration configuration, List<SettingProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(problems);
        var gateway = new SettingsReader(configuration.GetSection(SectionName), problems);
        var rules = ReadLimits(new SettingsReader(configuration.GetSection($"{SectionName}:Limits"), problems));
        return rules with
        {
            Cost = gateway.Section(nameof(Cost), CostOptions.Read),
            Introspection = gateway.OnOff(nameof(Introspection), otherwise: true),
        };
    }

    /// <summary>Reads the limits alone, from their section.</summary>
    /// <param name="reader">Reads <c>Limits</c>, in which there is more than these.</param>
    public static OperationRules ReadLimits(SettingsReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var defaults = new OperationRules();
        return new OperationRules
        {
            DocumentBytes = reader.Count(nameof(DocumentBytes), defaults.DocumentBytes),
            Nesting = reader.Count(nameof(Nesting), defaults.Nesting, ParserOptions.DepthCeiling),
            Tokens = reader.Limit(nameof(Tokens), defaults.Tokens),
            Shape = defaults.Shape with
            {
                Depth = reader.Limit(nameof(OperationLimits.Depth), defaults.Shape.Depth!.Value),
                Aliases = reader.Limit(nameof(OperationLimits.Aliases), defaults.Shape.Aliases!.Value),
                RootFields = reader.Limit(nameof(OperationLimits.RootFields), defaults.Shape.RootFields!.Value),
                Directives = reader.Limit(nameof(OperationLimits.Directives), defaults.Shape.Directives!.Value),
                Breadth = reader.Limit(nameof(OperationLimits.Breadth), defaults.Shape.Breadth!.Value),
            },
        };
    }
}
