using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// What each source says of a member's cost (<c>@fusion__cost</c>, <c>@fusion__listSize</c>), as one <c>@cost</c> and one
/// <c>@listSize</c>: weights and sizes at their highest, lists united.
/// </summary>
internal static class FusionCosts
{
    internal static ImmutableArray<DirectiveNode> Merge(ImmutableArray<DirectiveNode> directives)
    {
        var costs = Named(directives, FusionDirectives.Cost);
        var sizes = Named(directives, FusionDirectives.ListSize);
        if (costs.Length > 0 && !Directives.Has(directives, WellKnownDirectives.Cost))
        {
            var weight = costs.Select(cost => DirectiveReader.Text(cost, "weight") ?? "0").MaxBy(Number)!;
            directives = directives.Add(Syntax.Directive(WellKnownDirectives.Cost, ("weight", Syntax.String(weight))));
        }

        return sizes.Length > 0 && !Directives.Has(directives, WellKnownDirectives.ListSize)
            ? directives.Add(ListSize(sizes))
            : directives;
    }

    private static DirectiveNode ListSize(DirectiveNode[] sizes)
    {
        var arguments = new List<(string, ValueNode)>();
        foreach (var name in new[] { "assumedSize", "slicingArgumentDefaultValue" })
        {
            if (sizes.Select(size => size.Argument(name)).OfType<IntValueNode>().MaxBy(value => Number(value.Value)) is { } highest)
            {
                arguments.Add((name, highest));
            }
        }

        foreach (var name in new[] { "slicingArguments", "sizedFields" })
        {
            var united = sizes.SelectMany(size => DirectiveReader.Names(size, name)).Distinct().ToArray();
            if (united.Length > 0)
            {
                arguments.Add((name, new ListValueNode(0, 0, [.. united.Select(Syntax.String)])));
            }
        }

        if (sizes.Any(size => size.Argument("requireOneSlicingArgument") is BooleanValueNode { Value: false }))
        {
            arguments.Add(("requireOneSlicingArgument", new BooleanValueNode(0, 0, value: false)));
        }

        return Syntax.Directive(WellKnownDirectives.ListSize, [.. arguments]);
    }

    private static DirectiveNode[] Named(ImmutableArray<DirectiveNode> directives, string name) =>
        [.. directives.Where(directive => directive.Name.Value == name)];

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
