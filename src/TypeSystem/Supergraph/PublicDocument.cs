using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// Derives what clients see from the full schema: every member with <c>@inaccessible</c> is left out, and so are the directives that are
/// the platform's own business (<c>@inaccessible</c>, <c>@tag</c>). <c>@deprecated</c>, <c>@specifiedBy</c>, <c>@oneOf</c>,
/// <c>@cost</c> and <c>@listSize</c> stay. Types of specifications that teams linked, such as <c>garden__Soil</c>, go with their directives.
/// </summary>
public static class PublicDocument
{
    /// <summary>True when the public part lacks a type or member of the document.</summary>
    internal static bool Hides(DocumentNode document, LinkedDirective[] links) =>
        DirectivesIn.Definitions(document.Definitions).Any(directive => directive.Name.Value == WellKnownDirectives.Inaccessible)
        || document.Definitions.OfType<DirectiveDefinitionNode>().SelectMany(definition => definition.Arguments)
            .Any(argument => WellKnownDirectives.IsInaccessible(argument.Directives))
        || document.Definitions.OfType<TypeDefinitionNode>().Any(type => Array.Exists(links, link => link.Owns(type.Name.Value)));

    /// <summary>The public part of a document of definitions, in which the directives of these links are.</summary>
    public static DocumentNode Of(DocumentNode document, params IEnumerable<LinkedDirective> linked)
    {
        LinkedDirective[] links = [.. linked];
        var hidden = document.Definitions.OfType<TypeDefinitionNode>()
            .Where(type => WellKnownDirectives.IsInaccessible(type.Directives) || Array.Exists(links, link => link.Owns(type.Name.Value)))
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
