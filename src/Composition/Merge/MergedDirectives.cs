using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// The directives that a composed member carries, from those of its sources: deprecated where one source says so, tags and lists of
/// <c>@listSize</c> united, costs and sizes at their highest. Directives of composition itself do not stay.
/// </summary>
internal static class MergedDirectives
{
    private static readonly string[] OneOnly = ["deprecated", "specifiedBy", "oneOf"];

    internal static ImmutableArray<DirectiveNode> Of(IEnumerable<ImmutableArray<DirectiveNode>> sources) => Merge(All(sources));

    /// <inheritdoc cref="Of(IEnumerable{ImmutableArray{DirectiveNode}})"/>
    internal static ImmutableArray<DirectiveNode> Of(ImmutableArray<DirectiveNode> source) => source.IsEmpty ? [] : Merge([.. source]);

    /// <summary>
    /// Those of Apollo's sources: of what cannot be repeated the one that most sources have, costs and sizes at their highest, and what
    /// teams ask to be composed.
    /// </summary>
    internal static ImmutableArray<DirectiveNode> OfApollo(IEnumerable<ImmutableArray<DirectiveNode>> sources, ComposedDirectives composed) =>
        MergeApollo(All(sources), composed);

    /// <summary>Those of one source alone.</summary>
    internal static ImmutableArray<DirectiveNode> OfApollo(ImmutableArray<DirectiveNode> source, ComposedDirectives composed) =>
        source.IsEmpty ? [] : MergeApollo([.. source], composed);

    private static ImmutableArray<DirectiveNode> Merge(DirectiveNode[] all) =>
        Array.Exists(all, IsKept) ? Merge(all, name => Named(all, name).FirstOrDefault(), isStricter: true, composed: null) : [];

    // Most directives are those of composition.
    private static bool IsKept(DirectiveNode directive) => directive.Name.Value is
        WellKnownDirectives.Cost or WellKnownDirectives.ListSize or WellKnownDirectives.Tag or WellKnownDirectives.Inaccessible
        || OneOnly.Contains(directive.Name.Value);

    private static ImmutableArray<DirectiveNode> MergeApollo(DirectiveNode[] all, ComposedDirectives composed)
    {
        if (!Array.Exists(all, directive => IsKept(directive) || composed.Names.Contains(directive.Name.Value)))
        {
            return [];
        }

        return Merge(all, name => MostFrequent([.. Named(all, name)]), isStricter: false, composed);
    }

    // Most members have no directives in any source.
    private static DirectiveNode[] All(IEnumerable<ImmutableArray<DirectiveNode>> sources)
    {
        List<DirectiveNode>? all = null;
        foreach (var directives in sources)
        {
            if (!directives.IsEmpty)
            {
                (all ??= []).AddRange(directives);
            }
        }

        return all?.ToArray() ?? [];
    }

    private static ImmutableArray<DirectiveNode> Merge(
        DirectiveNode[] all, Func<string, DirectiveNode?> choose, bool isStricter, ComposedDirectives? composed)
    {
        var result = ImmutableArray.CreateBuilder<DirectiveNode>();
        foreach (var name in OneOnly)
        {
            if (choose(name) is { } one)
            {
                result.Add(one);
            }
        }

        if (Cost([.. Named(all, WellKnownDirectives.Cost)]) is { } cost)
        {
            result.Add(cost);
        }

        if (ListSize([.. Named(all, WellKnownDirectives.ListSize)], isStricter) is { } listSize)
        {
            result.Add(listSize);
        }

        result.AddRange(Named(all, WellKnownDirectives.Tag).DistinctBy(tag => (tag.Argument("name") as StringValueNode)?.Value));
        if (Named(all, WellKnownDirectives.Inaccessible).FirstOrDefault() is { } inaccessible)
        {
            result.Add(inaccessible);
        }

        foreach (var name in composed?.Names ?? [])
        {
            var applied = Named(all, name).ToArray();
            result.AddRange(composed!.IsRepeatable(name) ? applied.DistinctBy(Text) : MostFrequent(applied) is { } one ? [one] : []);
        }

        return result.DrainToImmutable();
    }

    private static DirectiveNode? MostFrequent(DirectiveNode[] applied) =>
        applied.GroupBy(Text).MaxBy(same => same.Count())?.First();

    private static string Text(DirectiveNode directive) =>
        string.Join(", ", directive.Arguments.Select(argument => $"{argument.Name}: {DefaultTexts.OfApollo(argument.Value, null)}").Order(StringComparer.Ordinal));

    private static IEnumerable<DirectiveNode> Named(DirectiveNode[] all, string name) =>
        all.Where(directive => directive.Name.Value == name);

    private static DirectiveNode? Cost(DirectiveNode[] costs)
    {
        var weights = costs.Select(cost => cost.Argument("weight") switch
        {
            StringValueNode text => text.Value,
            IntValueNode number => number.Value,
            _ => "0",
        });
        var highest = weights.MaxBy(Number);
        return highest is null ? null : Syntax.Directive(WellKnownDirectives.Cost, ("weight", Syntax.String(highest)));
    }

    private static DirectiveNode? ListSize(DirectiveNode[] sizes, bool isStricter)
    {
        if (sizes.Length <= 1)
        {
            return sizes.FirstOrDefault();
        }

        var arguments = new List<(string, ValueNode)>();
        foreach (var name in new[] { "assumedSize", "slicingArgumentDefaultValue" })
        {
            if (sizes.Select(size => size.Argument(name)).OfType<IntValueNode>().MaxBy(size => Number(size.Value)) is { } highest)
            {
                arguments.Add((name, highest));
            }
        }

        foreach (var name in new[] { "slicingArguments", "sizedFields" })
        {
            var values = sizes.SelectMany(size => Strings(size.Argument(name))).Distinct().ToArray();
            if (values.Length > 0)
            {
                arguments.Add((name, new ListValueNode(0, 0, [.. values.Select(Syntax.String)])));
            }
        }

        // true is the default and the stricter one; Apollo asks for it only where all sources do
        bool IsOff(DirectiveNode size) => size.Argument("requireOneSlicingArgument") is BooleanValueNode { Value: false };
        if (isStricter ? sizes.All(IsOff) : sizes.Any(IsOff))
        {
            arguments.Add(("requireOneSlicingArgument", new BooleanValueNode(0, 0, false)));
        }

        return Syntax.Directive(WellKnownDirectives.ListSize, [.. arguments]);
    }

    private static IEnumerable<string> Strings(ValueNode? value) => value switch
    {
        StringValueNode text => [text.Value],
        ListValueNode list => list.Values.OfType<StringValueNode>().Select(item => item.Value),
        _ => [],
    };

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
