using System.Collections.Frozen;
using System.Text.Json;

namespace GraphGateway.TypeSystem;

/// <summary>The grammar's names of <see cref="DirectiveLocation"/> (<see href="https://spec.graphql.org/September2025/#DirectiveLocation">Spec §3.13</see>).</summary>
public static class DirectiveLocations
{
    private static readonly string[] Names =
        [.. Enum.GetNames<DirectiveLocation>().Select(JsonNamingPolicy.SnakeCaseUpper.ConvertName)];

    private static readonly FrozenDictionary<string, DirectiveLocation> ByName =
        Enum.GetValues<DirectiveLocation>().ToFrozenDictionary(ToWire, StringComparer.Ordinal);

    /// <summary>The name as the grammar has it, such as <c>FIELD_DEFINITION</c>.</summary>
    public static string ToWire(this DirectiveLocation location) => Names[(int)location];

    /// <summary>The location of that name, or null.</summary>
    public static DirectiveLocation? Parse(string name) => ByName.TryGetValue(name, out var location) ? location : null;
}
