using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Compares what members cost (<see href="https://ibm.github.io/graphql-specs/cost-spec.html">GraphQL Cost Directives</see>): <c>@cost</c> and
/// <c>@listSize</c>. A request that costs more than before can be refused where costs are limited, so that this is dangerous.
/// </summary>
internal static class CostComparison
{
    private const string AssumedSizeArgument = "assumedSize";

    internal static bool TellsCosts(Schema schema) => schema.Types.SelectMany(Members).Any(member => member.Directives.Any(directive =>
        directive.Name.Value is WellKnownDirectives.Cost or WellKnownDirectives.ListSize));

    internal static void Compare(Schema before, Schema after, ChangeList changes)
    {
        foreach (var old in before.Types.Where(type => !type.IsBuiltIn))
        {
            if (after.FindType(old.Name) is not { } now)
            {
                continue;
            }

            var members = Members(now).ToDictionary(member => member.Coordinate, StringComparer.Ordinal);
            foreach (var member in Members(old))
            {
                if (members.TryGetValue(member.Coordinate, out var kept))
                {
                    CompareWeights(member, kept, changes);
                    CompareSizes(member, kept, changes);
                }
            }
        }
    }

    // Where nothing is said, a leaf costs nothing and all else 1 (Default Weights).
    private static IEnumerable<Member> Members(NamedType type)
    {
        yield return new Member(type.Name, type.Directives, DefaultWeight(type));
        var fields = (type as ComplexType)?.Fields ?? [];
        foreach (var field in fields)
        {
            yield return new Member(field.ToString(), field.Directives, DefaultWeight(field.Type.Named));
        }

        foreach (var (coordinate, input) in fields.SelectMany(field => field.Arguments.Select(argument => ($"{field}({argument.Name}:)", argument)))
            .Concat(((type as InputObjectType)?.Fields ?? []).Select(field => ($"{type.Name}.{field.Name}", field))))
        {
            yield return new Member(coordinate, input.Directives, DefaultWeight(input.Type.Named));
        }
    }

    private static double DefaultWeight(NamedType type) => type is ScalarType or EnumType ? 0 : 1;

    private static void CompareWeights(Member old, Member now, ChangeList changes)
    {
        // A field of another type is told as that.
        if (!Directives.Has(old.Directives, WellKnownDirectives.Cost) && !Directives.Has(now.Directives, WellKnownDirectives.Cost))
        {
            return;
        }

        var (from, to) = (Weight(old), Weight(now));
        var message = $"{old.Coordinate} costs {Number(to)} and cost {Number(from)} before.";
        if (to > from)
        {
            changes.Dangerous(ChangeCode.CostRaised, old.Coordinate, message);
        }
        else if (to < from)
        {
            changes.Safe(ChangeCode.CostLowered, old.Coordinate, message);
        }
    }

    private static void CompareSizes(Member old, Member now, ChangeList changes)
    {
        var (from, to) = (Size(old), Size(now));
        if (from == to)
        {
            return;
        }

        if (AssumedSize(old) is { } less && AssumedSize(now) is { } more && Size(old, but: AssumedSizeArgument) == Size(now, but: AssumedSizeArgument))
        {
            var message = $"{old.Coordinate} is taken to have {Number(more)} items and was taken to have {Number(less)} before: requests cost {(more > less ? "more" : "less")}.";
            if (more > less)
            {
                changes.Dangerous(ChangeCode.ListSizeChange, old.Coordinate, message);
            }
            else
            {
                changes.Safe(ChangeCode.ListSizeChange, old.Coordinate, message);
            }

            return;
        }

        changes.Dangerous(
            ChangeCode.ListSizeChange, old.Coordinate, $"{old.Coordinate} is sized by {to ?? "nothing"} and was sized by {from ?? "nothing"} before: requests can cost more.");
    }

    // How long the list is where no argument of the request says it.
    private static double? AssumedSize(Member member) =>
        Directives.Find(member.Directives, WellKnownDirectives.ListSize)?.Arguments.FirstOrDefault(argument => argument.Name.Value == AssumedSizeArgument)?.Value is IntValueNode size
            && long.TryParse(Printer.Print(size), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var items)
            ? items
            : null;

    private static double Weight(Member member) => Costs.Weight(member.Directives) ?? member.DefaultWeight;

    private static string Number(double weight) => weight.ToString(CultureInfo.InvariantCulture);

    // The order of its arguments means nothing.
    private static string? Size(Member member, string? but = null) => Directives.Find(member.Directives, WellKnownDirectives.ListSize) is not { } size ? null
        : $"@listSize({string.Join(", ", size.Arguments.Where(argument => argument.Name.Value != but).OrderBy(argument => argument.Name.Value, StringComparer.Ordinal)
            .Select(argument => $"{argument.Name.Value}: {Printer.Print(argument.Value)}"))})";

    private sealed record Member(string Coordinate, ImmutableArray<DirectiveNode> Directives, double DefaultWeight);
}
