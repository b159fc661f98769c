using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>Something of a supergraph that Apollo's <c>join</c> has no words for.</summary>
/// <param name="Coordinate">Where it is, as a schema coordinate.</param>
/// <param name="Message">What it is and why it cannot be written.</param>
/// <param name="Source">The name of the source that it is about as a whole; null when the coordinate tells where it is.</param>
public sealed record JoinObstacle(string Coordinate, string Message, string? Source = null);

/// <summary>Finds what cannot be written as an Apollo supergraph: whatever a gateway of Apollo's would then do otherwise or not at all.</summary>
internal static class JoinObstacles
{
    // Names of the specifications that every supergraph links (core: their predecessor, which Apollo's gateways still know).
    private static readonly ImmutableArray<string> ReservedPrefixes = ["join__", "link__", "core__"];

    internal static ImmutableArray<JoinObstacle> Find(Supergraph supergraph) =>
        [
            .. ReservedNames(supergraph),
            .. supergraph.Types.SelectMany(Find),
            .. supergraph.Types.SelectMany(type => type.Fields.Where(field => field.IsGateways).Select(field => new JoinObstacle(
                $"{type.Name}.{field.Name}", $"{type.Name}.{field.Name} is answered by the gateway, which reads the type from the id; an Apollo gateway does not."))),
            .. supergraph.Types.SelectMany(type => Unwritten(supergraph, type)),
            .. supergraph.FullSchema.Types.SelectMany(OfCosts),
        ];

    private static IEnumerable<JoinObstacle> ReservedNames(Supergraph supergraph)
    {
        if (supergraph.Sources.Any(source => source.Name == "_"))
        {
            yield return new JoinObstacle("", "A source is named \"_\"; Apollo's composition reserves that name for itself.", "_");
        }

        var coordinates = supergraph.FullSchema.Types.Select(type => type.Name)
            .Concat(supergraph.FullSchema.DirectiveDefinitions.Select(directive => "@" + directive.Name));
        foreach (var coordinate in coordinates)
        {
            if (ReservedPrefixes.FirstOrDefault(prefix => coordinate.TrimStart('@').StartsWith(prefix, StringComparison.Ordinal)) is { } reserved)
            {
                yield return new JoinObstacle(
                    coordinate, $"The name {coordinate} begins with \"{reserved}\"; so begin the names that an Apollo supergraph uses itself.");
            }
        }
    }

    // Written without its link a directive would say nothing, and what it guards would be open.
    private static IEnumerable<JoinObstacle> Unwritten(Supergraph supergraph, SupergraphType type)
    {
        var members = type.Fields.Select(field => ($"{type.Name}.{field.Name}", field.Field.Directives)).Prepend((type.Name, type.Type.Directives));
        foreach (var (coordinate, directives) in members)
        {
            foreach (var directive in directives.Where(directive => WellKnownDirectives.IsPrivate(directive.Name.Value)
                && !JoinDefinitions.IsFeature(directive.Name.Value)
                && supergraph.LinkedDirectives.All(linked => linked.Name != directive.Name.Value)))
            {
                yield return new JoinObstacle(coordinate, $"{coordinate} has @{directive.Name}, and nothing says from which specification it is linked; an Apollo gateway takes only those.");
            }
        }
    }

    private static IEnumerable<JoinObstacle> Find(SupergraphType type)
    {
        foreach (var lookups in type.Lookups.Where(lookup => lookup.Kind == LookupKind.Field).GroupBy(lookup => lookup.Source))
        {
            var fields = string.Join(", ", lookups.Select(lookup => string.Join('.', lookup.Path.Add(lookup.FieldName).Prepend("Query"))).Distinct());
            yield return new JoinObstacle(
                type.Name,
                $"{lookups.Key} is entered at {type.Name} by a lookup ({fields}); an Apollo gateway enters a subgraph only by _entities.");
        }

        foreach (var field in type.Fields)
        {
            foreach (var source in field.Sources.Where(source => source.Requirement is { Arguments.IsEmpty: false }))
            {
                yield return new JoinObstacle(
                    $"{type.Name}.{field.Name}",
                    $"{source.Source} is fed the argument{(source.Requirement!.Arguments.Length == 1 ? "" : "s")} "
                    + $"{string.Join(", ", source.Requirement.Arguments.Select(argument => argument.Name))} of {type.Name}.{field.Name} from "
                    + "other sources (@require); an Apollo gateway passes required fields only in a representation (@requires).");
            }
        }
    }

    // Apollo's weights are whole numbers, and its @listSize knows no default of a slicing argument.
    private static IEnumerable<JoinObstacle> OfCosts(NamedType type)
    {
        var members = type switch
        {
            ComplexType complex => complex.Fields.SelectMany(field =>
                field.Arguments.Select(argument => ($"{field}({argument.Name}:)", argument.Directives)).Prepend((field.ToString(), field.Directives))),
            InputObjectType input => input.Fields.Select(field => ($"{type.Name}.{field.Name}", field.Directives)),
            _ => [],
        };
        foreach (var (coordinate, directives) in members.Prepend((type.Name, type.Directives)))
        {
            foreach (var directive in directives)
            {
                if (directive.Name.Value == WellKnownDirectives.Cost && Weight(directive) is null)
                {
                    yield return new JoinObstacle(coordinate, $"The weight of {Printer.Print(directive)} on {coordinate} is no whole number; Apollo's @cost takes only those.");
                }

                if (directive.Name.Value == WellKnownDirectives.ListSize && directive.Argument("slicingArgumentDefaultValue") is not null)
                {
                    yield return new JoinObstacle(coordinate, $"@listSize on {coordinate} has a slicingArgumentDefaultValue, which Apollo's does not know.");
                }
            }
        }
    }

    /// <summary>The weight as Apollo writes it; null when it is no whole number.</summary>
    internal static string? Weight(DirectiveNode cost)
    {
        var text = cost.Argument("weight") switch
        {
            StringValueNode value => value.Value,
            IntValueNode value => value.Value,
            _ => "",
        };
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && weight == Math.Floor(weight) && Math.Abs(weight) <= int.MaxValue
            ? ((int)weight).ToString(CultureInfo.InvariantCulture)
            : null;
    }
}
