using System.Collections.Immutable;

namespace GraphGateway.TypeSystem;

/// <summary>
/// The five scalars of the spec (<see href="https://spec.graphql.org/September2025/#sec-Scalars.Built-in-Scalars">Spec §3.5</see>), one
/// instance each for all schemas.
/// </summary>
public static class SpecifiedScalars
{
    /// <summary>A signed 32-bit integer.</summary>
    public static ScalarType Int { get; } = Define(
        "Int",
        "The `Int` scalar type represents non-fractional signed whole numeric values. Int can represent values between -(2^31) and 2^31 - 1.");

    /// <summary>A double.</summary>
    public static ScalarType Float { get; } = Define(
        "Float",
        "The `Float` scalar type represents signed double-precision fractional values as specified by "
        + "[IEEE 754](https://en.wikipedia.org/wiki/IEEE_floating_point).");

    /// <summary>A UTF-8 string.</summary>
    public static ScalarType String { get; } = Define(
        "String",
        "The `String` scalar type represents textual data, represented as UTF-8 character sequences. The String type is most often used "
        + "by GraphQL to represent free-form human-readable text.");

    /// <summary>True or false.</summary>
    public static ScalarType Boolean { get; } = Define("Boolean", "The `Boolean` scalar type represents `true` or `false`.");

    /// <summary>An opaque identifier, written as a string.</summary>
    public static ScalarType Id { get; } = Define(
        "ID",
        "The `ID` scalar type represents a unique identifier, often used to refetch an object or as key for a cache. The ID type appears "
        + "in a JSON response as a String; however, it is not intended to be human-readable. When expected as an input type, any string "
        + "(such as `\"4\"`) or integer (such as `4`) input value will be accepted as an ID.");

    /// <summary>All five.</summary>
    public static ImmutableArray<ScalarType> All { get; } = [Int, Float, String, Boolean, Id];

    /// <summary>The specified scalar of that name, or null.</summary>
    public static ScalarType? Find(string name)
    {
        foreach (var scalar in All)
        {
            if (scalar.Name == name)
            {
                return scalar;
            }
        }

        return null;
    }

    private static ScalarType Define(string name, string description) => new(name) { IsBuiltIn = true, Description = description };
}
