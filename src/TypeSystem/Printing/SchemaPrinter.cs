namespace GraphGateway.TypeSystem;

/// <summary>Which applied directives a printed schema shows.</summary>
public enum AppliedDirectives
{
    /// <summary><c>@deprecated</c>, <c>@specifiedBy</c> and <c>@oneOf</c>: what introspection tells too.</summary>
    Specified,

    /// <summary>All, in the order in which they are applied.</summary>
    All,
}

/// <summary>How <see cref="SchemaPrinter"/> prints.</summary>
public sealed record SchemaPrinterOptions
{
    /// <summary>Definition order, specified directives only: what graphql-js's <c>printSchema</c> gives.</summary>
    public static SchemaPrinterOptions Default { get; } = new();

    /// <summary>Which applied directives are shown.</summary>
    public AppliedDirectives Directives { get; init; } = AppliedDirectives.Specified;

    /// <summary>
    /// Definitions and members by name instead of in definition order (numbers in names as numbers), for texts that are compared.
    /// </summary>
    public bool IsSorted { get; init; }
}

/// <summary>
/// Writes a schema as SDL, in the layout of graphql-js's <c>printSchema</c>. The same schema gives the same text. Extensions are merged into
/// their definitions; what every schema has (specified scalars and directives, introspection) is left out.
/// </summary>
public static class SchemaPrinter
{
    /// <summary>The SDL without a newline at the end; it builds to an equal schema.</summary>
    public static string Print(Schema schema, SchemaPrinterOptions? options = null)
    {
        var printer = new DefinitionPrinter(options ?? SchemaPrinterOptions.Default);
        var directives = schema.DirectiveDefinitions.Where(static directive => !directive.IsBuiltIn);
        var types = schema.Types.Where(static type => !type.IsBuiltIn);
        string?[] definitions =
        [
            printer.SchemaDefinition(schema),
            .. printer.InOrder(directives, static directive => directive.Name).Select(printer.Directive),
            .. printer.InOrder(types, static type => type.Name).Select(printer.Type),
        ];
        return string.Join("\n\n", definitions.Where(static definition => definition is not null));
    }

    /// <summary>The SDL of one type.</summary>
    public static string Print(NamedType type, SchemaPrinterOptions? options = null) =>
        new DefinitionPrinter(options ?? SchemaPrinterOptions.Default).Type(type);
}
