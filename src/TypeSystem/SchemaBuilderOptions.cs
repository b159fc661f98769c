using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>What <see cref="SchemaBuilder"/> accepts beyond a complete, valid schema.</summary>
public sealed record SchemaBuilderOptions
{
    /// <summary>A complete schema by the letter of the spec.</summary>
    public static SchemaBuilderOptions Default { get; } = new();

    /// <summary>
    /// Skips the rules (Spec §3), for a schema that has passed them before. Only references to unknown types are still errors; what else
    /// is wrong is left out of the schema.
    /// </summary>
    public bool AssumeValid { get; init; }

    /// <summary>A schema without a query root is accepted: a source schema may serve lookups or mutations alone.</summary>
    public bool AllowMissingQuery { get; init; }

    /// <summary>Directives that are not defined are accepted wherever they stand.</summary>
    public bool AllowUnknownDirectives { get; init; }

    /// <summary>An extension of a type that is not defined defines it (Apollo Federation 1, Composite Schemas).</summary>
    public bool ExtensionsMayDefine { get; init; }

    /// <summary>
    /// Rules that the September 2025 edition has and graphql-js 16 lacks are not checked, for schemas made with the tools of today: root
    /// types that are all different, implementations deprecated only where their interface is, no <c>@oneOf</c> on extensions, no directive
    /// that uses itself, default values and arguments of directives of their type (those of <c>@deprecated</c> and <c>@specifiedBy</c> are
    /// checked always). GitHub's schema, for one, does not keep them.
    /// </summary>
    public bool AllowLegacySchemas { get; init; }

    /// <summary>
    /// Definitions that stand in when the documents do not define the name themselves, such as the directives of a federation dialect. Null: none.
    /// </summary>
    public DocumentNode? Prelude { get; init; }

    /// <summary>Called between parts of the work, on the thread that does it, for who shares a processor or a heap with others; null for nobody.</summary>
    public Action? BetweenParts { get; init; }
}
