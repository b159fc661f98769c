using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// Derives what clients see from the full schema: every member with <c>@inaccessible</c> is left out, and so are the directives that are
/// the platform's own business (<c>@inaccessible</c>, <c>@tag</c>). <c>@deprecated</c>, <c>@specifiedBy</c>, <c>@oneOf</c>,
/// <c>@cost</c> and <c>@listSize</c> stay.
/// </summary>
public static class PublicDocument
{
    /// <summary>True when the public part lacks a type or member of the document.</summary>
    internal static bool Hides(DocumentNode document) =>
        document.Definitions.SelectMany(DirectivesIn.Definition).Any(directive => directive.Name.Value == WellKnownDirectives.Inaccessible)
        || document.Definitions.OfType<DirectiveDefinitionNode>().SelectMany(definition => definition.Arguments)
            .Any(argument => WellKnownDirectives.IsInaccessible(argument.Directives));

    /// <summary>The public part of a document of definitions.</summary>
    public static DocumentNode Of(DocumentNode document)
    {
        var hidden = document.Definitions.OfType<TypeDefinitionNode>()
            .Where(type => WellKnownDirectives.IsInaccessible(type.Directives))
            .Select(type => type.Name.Value)
            .ToHashSet(StringComparer.Ordinal);
        var filter = new DocumentFilter
        {
            KeepType = name => !hidden.Contains(name),
            KeepDirective = name => !WellKnownDirectives.IsPrivate(name),
            KeepMember = directives => !WellKnownDirectives.IsInaccessible(directives),
        };
        return filter.Apply(document);
    }
}
