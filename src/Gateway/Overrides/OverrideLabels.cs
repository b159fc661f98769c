using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;

namespace GraphGateway.Gateway;

/// <summary>The labels that are on for one request.</summary>
/// <param name="Key">The same text for the same labels.</param>
/// <param name="Labels">The labels.</param>
internal sealed record ActiveLabels(string Key, ImmutableHashSet<string> Labels)
{
    /// <summary>No label is on.</summary>
    public static ActiveLabels None { get; } = new("", []);
}

/// <summary>
/// Decides for each request which labels of progressive overrides are on, all of them at once, so that one request never sees both sides
/// of a label. Only those that an operation can meet are decided: what the others are changes nothing in its plan, and makes no plan more.
/// </summary>
internal sealed class OverrideLabels
{
    private readonly Dictionary<string, SortedSet<string>> byField = new(StringComparer.Ordinal);
    private readonly SortedSet<string> everywhere = new(StringComparer.Ordinal);
    private readonly ImmutableDictionary<string, double> percentages;
    private readonly Random random;

    /// <summary>The labels of a graph.</summary>
    /// <param name="supergraph">The graph.</param>
    /// <param name="options">Says which labels are on.</param>
    /// <param name="random">Decides the percentages; called by several threads at once.</param>
    public OverrideLabels(Supergraph supergraph, GatewayOptions options, Random random)
    {
        percentages = options.OverrideLabels;
        this.random = random;
        foreach (var field in supergraph.Types.SelectMany(type => type.Fields))
        {
            foreach (var label in field.Sources.Where(source => source.Override is not null).Select(source => source.Override!.Label))
            {
                if (!byField.TryGetValue(field.Name, out var labels))
                {
                    byField.Add(field.Name, labels = new SortedSet<string>(StringComparer.Ordinal));
                }

                labels.Add(label);
            }
        }

        // What keys and the like need is fetched for any operation.
        foreach (var name in byField.Count == 0 ? [] : SupportingSelections(supergraph).SelectMany(FieldNames))
        {
            everywhere.UnionWith(byField.GetValueOrDefault(name, []));
        }
    }

    /// <summary>The labels that decide how the operation is planned, in order.</summary>
    public ImmutableArray<string> Of(ValidOperation operation)
    {
        if (byField.Count == 0)
        {
            return [];
        }

        var labels = new SortedSet<string>(everywhere, StringComparer.Ordinal);
        foreach (var name in operation.Document.Document.Definitions.SelectMany(definition => definition switch
        {
            OperationDefinitionNode node => FieldNames(node.SelectionSet),
            FragmentDefinitionNode node => FieldNames(node.SelectionSet),
            _ => [],
        }))
        {
            labels.UnionWith(byField.GetValueOrDefault(name, []));
        }

        return [.. labels];
    }

    /// <summary>Decides for one request.</summary>
    /// <param name="labels">The labels of its operation.</param>
    public ActiveLabels Decide(ImmutableArray<string> labels)
    {
        if (labels.IsEmpty)
        {
            return ActiveLabels.None;
        }

        ImmutableArray<string> active = [.. labels.Where(IsOn)];
        return active.IsEmpty ? ActiveLabels.None : new ActiveLabels(string.Join('\n', active), [.. active]);
    }

    private bool IsOn(string label)
    {
        var percent = percentages.TryGetValue(label, out var set) ? set : OverrideLabelOptions.PercentOf(label) ?? 0;
        return percent >= 100 || (percent > 0 && random.NextDouble() * 100 < percent);
    }

    private static IEnumerable<SelectionSetNode> SupportingSelections(Supergraph supergraph) => supergraph.Types.SelectMany(type =>
        type.Lookups.Select(lookup => lookup.Key)
            .Concat(type.Fields.SelectMany(field => field.Sources).SelectMany(source =>
                source.ContextArguments.Select(argument => argument.Selection)
                    .Concat(source.Requirement is { } requirement ? [requirement.Selection] : []))));

    private static IEnumerable<string> FieldNames(SelectionSetNode set) => set.Selections.SelectMany(selection => selection switch
    {
        FieldNode field => field.SelectionSet is { } below ? FieldNames(below).Prepend(field.Name.Value) : [field.Name.Value],
        InlineFragmentNode fragment => FieldNames(fragment.SelectionSet),
        _ => Enumerable.Empty<string>(),
    });
}
