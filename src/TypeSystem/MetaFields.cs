namespace GraphGateway.TypeSystem;

/// <summary>The meta-field that every composite type has (<see href="https://spec.graphql.org/September2025/#sec-Type-Name-Introspection">Spec §4.4</see>).</summary>
public static class MetaFields
{
    /// <summary><c>__typename: String!</c>: one instance for all schemas, so that a reference comparison tells it.</summary>
    public static FieldDefinition Typename { get; } = new("__typename")
    {
        Type = new NonNullType(SpecifiedScalars.String),
        Description = "The name of the current Object type at runtime.",
    };
}
