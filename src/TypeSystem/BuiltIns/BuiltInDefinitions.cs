using System.Collections.Frozen;
using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>
/// The definitions that every schema has beside its own: the specified directives (Spec §3.13) and the introspection types (Spec §4.2).
/// They are written as SDL in <c>builtins.graphql</c>, parsed once, and built into each schema anew, because the introspection types of
/// two schemas are not the same types.
/// </summary>
internal static class BuiltInDefinitions
{
    private static readonly DocumentNode Document = Parse();

    /// <summary><c>@include</c>, <c>@skip</c>, <c>@deprecated</c>, <c>@specifiedBy</c>, <c>@oneOf</c>.</summary>
    internal static ImmutableArray<SourcedDefinition> Directives { get; } = Of(static node => node is DirectiveDefinitionNode);

    /// <summary><c>__Schema</c>, <c>__Type</c> and the types they reach.</summary>
    internal static ImmutableArray<SourcedDefinition> Types { get; } = Of(static node => node is TypeDefinitionNode);

    /// <summary>Names that a document cannot define anew: a definition of such a name is left out, as graphql-js does.</summary>
    internal static FrozenSet<string> TypeNames { get; } =
        SpecifiedScalars.All.Select(static scalar => scalar.Name)
            .Concat(Types.Select(static type => ((TypeDefinitionNode)type.Node).Name.Value))
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True when the definition stands in <c>builtins.graphql</c>.</summary>
    internal static bool IsBuiltIn(SourcedDefinition definition) => definition.Source == Document.Source;

    private static ImmutableArray<SourcedDefinition> Of(Func<TypeSystemNode, bool> filter) =>
        [.. Document.Definitions.Cast<TypeSystemNode>().Where(filter).Select(static node => new SourcedDefinition(Document.Source, node))];

    private static DocumentNode Parse()
    {
        using var stream = typeof(BuiltInDefinitions).Assembly.GetManifestResourceStream("builtins.graphql")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var result = Parser.ParseDocument(new SourceText(bytes, "builtins.graphql"), ParserOptions.Schema);
        return result.Value ?? throw new InvalidOperationException(result.Error!.Message);
    }
}
