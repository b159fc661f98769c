using System.Collections.Immutable;

namespace GraphGateway.TypeSystem;

/// <summary>
/// The five scalars of the spec (<see href="https://spec.graphql.org/September2025/#sec-Scalars.Built-in-Scalars">Spec §3.5</see>), one
/// instance each for all schemas.
/// </summary>
public static class SpecifiedScalars
{
    /// <summary>A signed 32-bit integer.</summary>
    public static ScalarType Int { get; } = new("Int") { IsBuiltIn = true };

    /// <summary>A double.</summary>
    public static ScalarType Float { get; } = new("Float") { IsBuiltIn = true };

    /// <summary>A UTF-8 string.</summary>
    public static ScalarType String { get; } = new("String") { IsBuiltIn = true };

    /// <summary>True or false.</summary>
    public static ScalarType Boolean { get; } = new("Boolean") { IsBuiltIn = true };

    /// <summary>An opaque identifier, written as a string.</summary>
    public static ScalarType Id { get; } = new("ID") { IsBuiltIn = true };

    /// <summary>All five.</summary>
    public static ImmutableArray<ScalarType> All { get; } = [Int, Float, String, Boolean, Id];
}
