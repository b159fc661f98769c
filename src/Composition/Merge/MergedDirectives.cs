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
    private static readonly string[] FirstWins = ["deprecated", "specifiedBy", "oneOf"];

    internal static ImmutableArray<DirectiveNode> Of(IEnumerable<ImmutableArray<DirectiveNode>> sources)
    {
        var all = sources.SelectMany(directives => directives).ToArray();
        var result = ImmutableArray.CreateBuilder<DirectiveNode>();
        foreach (var name in FirstWins)
        {
            if (all.FirstOrDefault(directive => directive.Name.Value == name) is { } first)
            {
                result.Add(first);
            }
        }

        if (Cost([.. Named(all, WellKnownDirectives.Cost)]) is { } cost)
        {
            result.Add(cost);
        }

        if (ListSize([.. Named(all, WellKnownDirectives.ListSize)]) is { } listSize)
        {
            result.Add(listSize);
        }

        result.AddRange(Named(all, WellKnownDirectives.Tag).DistinctBy(tag => (tag.Argument("name") as StringValueNode)?.Value));
        if (Named(all, WellKnownDirectives.Inaccessible).FirstOrDefault() is { } inaccessible)
        {
            result.Add(inaccessible);
        }

        return result.DrainToImmutable();
    }

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

    private static DirectiveNode? ListSize(DirectiveNode[] sizes)
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

        // true is the default and the stricter one
        if (sizes.All(size => size.Argument("requireOneSlicingArgument") is BooleanValueNode { Value: false }))
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
