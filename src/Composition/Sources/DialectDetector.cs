using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Tells a source's dialect by what only one of them has: <c>@lookup</c>, <c>@is</c>, <c>@require</c>, <c>@internal</c> are Composite
/// Schemas; a <c>@link</c> to a specification of Apollo's, <c>@requires</c>, <c>@extends</c>, <c>@interfaceObject</c>, an entity without a lookup are Apollo's.
/// </summary>
internal static class DialectDetector
{
    private static readonly ImmutableHashSet<string> Composite = ["lookup", "is", "require", "internal"];
    private static readonly ImmutableHashSet<string> Apollo =
    [
        "requires", "extends", "cacheTag", "interfaceObject", "composeDirective", "authenticated", "requiresScopes", "policy", "context", "fromContext",
    ];

    // Federation 1 has none of these, and Federation 2 only where it is linked.
    private static readonly ImmutableHashSet<string> Shared = ["shareable", "inaccessible", "override"];

    /// <summary>The dialect; null when nothing tells.</summary>
    internal static SourceDialect? Detect(ImmutableArray<DocumentNode> documents)
    {
        var applied = documents.SelectMany(document => document.Definitions).SelectMany(DirectivesIn.Definition).ToArray();
        if (applied.Any(directive => Composite.Contains(directive.Name.Value)))
        {
            return SourceDialect.Composite;
        }

        var isApollo = applied.Any(directive => Apollo.Contains(directive.Name.Value) || IsFederationLink(directive))
            || documents.SelectMany(document => document.Definitions).Any(IsFederationMachinery)
            // Without a lookup, a key is only of use to Apollo's _entities.
            || applied.Any(directive => directive.Name.Value == "key");
        if (isApollo)
        {
            return SourceDialect.Apollo;
        }

        var defined = documents.SelectMany(document => document.Definitions).OfType<DirectiveDefinitionNode>().Select(it => it.Name.Value);
        return applied.Select(directive => directive.Name.Value).Where(Shared.Contains).Except(defined).Any() ? SourceDialect.Composite : null;
    }

    private static bool IsFederationLink(DirectiveNode directive) =>
        directive.Name.Value == "link"
        && directive.Argument("url") is StringValueNode url
        && (url.Value.Contains("/federation/v", StringComparison.Ordinal) || url.Value.StartsWith(FeatureUrl.Apollo, StringComparison.Ordinal));

    private static bool IsFederationMachinery(DefinitionNode definition) =>
        definition is TypeDefinitionNode type && type.Name.Value is "_Service" or "_Entity" or "_Any" or "_FieldSet";
}
