using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Tells a source's dialect by what only one of them has: a <c>@link</c> to a specification of Apollo's or the types of its protocol are
/// Apollo's, whatever else is there; then <c>@lookup</c>, <c>@is</c>, <c>@require</c> are Composite Schemas, <c>@requires</c>, <c>@extends</c>,
/// <c>@interfaceObject</c> Apollo's, and <c>@internal</c>, which teams of either have of their own, and the scalars <c>FieldSelectionMap</c>
/// and <c>FieldSelectionSet</c> Composite Schemas again. An entity without a lookup is one of both; <c>@authenticated</c>, <c>@requiresScopes</c> and <c>@policy</c> that the source
/// defines itself are Composite Schemas, for there they count.
/// </summary>
internal static class DialectDetector
{
    private static readonly ImmutableHashSet<string> Composite = ["lookup", "is", "require"];
    private static readonly ImmutableHashSet<string> Apollo =
    [
        "requires", "extends", "cacheTag", "interfaceObject", "composeDirective", "context", "fromContext",
    ];

    // Who may see what, which Apollo's dialect knows only where it is linked: a source that defines one of them itself means what it says.
    private static readonly ImmutableHashSet<string> Access = [WellKnownDirectives.Authenticated, WellKnownDirectives.RequiresScopes, WellKnownDirectives.Policy];

    // Federation 1 has none of these, and Federation 2 only where it is linked.
    private static readonly ImmutableHashSet<string> Shared = ["shareable", "inaccessible", "override"];

    /// <summary>The dialect; null when nothing tells.</summary>
    internal static SourceDialect? Detect(SourceSettings settings, ImmutableArray<DocumentNode> documents) => Detect(settings, documents, out _);

    /// <summary>The same.</summary>
    /// <param name="settings">The source's settings.</param>
    /// <param name="documents">Its schema.</param>
    /// <param name="bareKey">The type with a key by which alone the dialect is told, which is an assumption; null where more tells.</param>
    internal static SourceDialect? Detect(SourceSettings settings, ImmutableArray<DocumentNode> documents, out DefinitionNode? bareKey)
    {
        bareKey = null;
        var definitions = documents.SelectMany(document => document.Definitions).ToArray();
        var applied = DirectivesIn.Definitions(definitions);
        if (applied.Any(IsFederationLink) || definitions.Any(IsFederationMachinery))
        {
            return SourceDialect.Apollo;
        }

        if (applied.Any(directive => Composite.Contains(directive.Name.Value)))
        {
            return SourceDialect.Composite;
        }

        if (applied.Any(directive => Apollo.Contains(directive.Name.Value)))
        {
            return SourceDialect.Apollo;
        }

        if (applied.Any(directive => directive.Name.Value == "internal") || definitions.Any(IsCompositeMachinery))
        {
            return SourceDialect.Composite;
        }

        // Without a lookup, a key is only of use to Apollo's _entities; in Composite Schemas it says what the source knows of an entity,
        // and a source with the batching of that specification's servers writes that dialect.
        if (applied.Any(directive => directive.Name.Value == "key"))
        {
            var isComposite = HasCompositeBatching(settings);
            bareKey = isComposite || definitions.Any(IsFederation1Extension) ? null : definitions.First(definition => DirectivesIn.Definition(definition).Any(directive => directive.Name.Value == "key"));
            return isComposite ? SourceDialect.Composite : SourceDialect.Apollo;
        }

        var names = applied.Select(directive => directive.Name.Value).ToHashSet(StringComparer.Ordinal);
        var defined = definitions.OfType<DirectiveDefinitionNode>().Select(it => it.Name.Value).ToHashSet(StringComparer.Ordinal);
        return names.Where(Shared.Contains).Except(defined).Any() || names.Any(name => Access.Contains(name) && defined.Contains(name)) ? SourceDialect.Composite
            : names.Any(Access.Contains) ? SourceDialect.Apollo
            : null;
    }

    // HotChocolate writes both for each of its services, and no server of Apollo's dialect has either.
    private static bool HasCompositeBatching(SourceSettings settings) =>
        settings.Batching is { } batching && (batching & (SourceBatching.Variables | SourceBatching.Requests)) != SourceBatching.None;

    private static bool IsFederationLink(DirectiveNode directive) =>
        directive.Name.Value == "link"
        && directive.Argument("url") is StringValueNode url
        && (url.Value.Contains("/federation/v", StringComparison.Ordinal) || url.Value.StartsWith(FeatureUrl.Apollo, StringComparison.Ordinal));

    private static bool IsFederationMachinery(DefinitionNode definition) =>
        definition is TypeDefinitionNode type && type.Name.Value is "_Service" or "_Entity" or "_Any" or "_FieldSet";

    // As Federation 1 mentions what belongs to another source.
    private static bool IsFederation1Extension(DefinitionNode definition) =>
        definition is ObjectTypeDefinitionNode { IsExtension: true } type
        && type.Fields.Any(field => field.Directives.Any(directive => directive.Name.Value == "external"));

    private static bool IsCompositeMachinery(DefinitionNode definition) => definition switch
    {
        ScalarTypeDefinitionNode scalar => CompositePrelude.Scalars.Contains(scalar.Name.Value),
        DirectiveDefinitionNode directive => directive.Arguments.Any(argument => CompositePrelude.Scalars.Contains(TypeNodes.Named(argument.Type))),
        _ => false,
    };
}
