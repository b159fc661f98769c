using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>Reads <c>@cost</c> (<see href="https://ibm.github.io/graphql-specs/cost-spec.html">GraphQL Cost Directives</see>).</summary>
public static class Costs
{
    /// <summary>The weight, which is written as a number in a string, or as a whole number by Apollo; null when nothing readable is said.</summary>
    public static double? Weight(ImmutableArray<DirectiveNode> directives)
    {
        var weight = Directives.Find(directives, WellKnownDirectives.Cost)?.Argument("weight") switch
        {
            StringValueNode text => text.Value,
            IntValueNode number => number.Value,
            _ => null,
        };
        return double.TryParse(weight, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
