using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// Directives on a type that are meant for its fields (<c>@shareable</c>, <c>@external</c>): for those of the same definition or
/// extension, and not for those of another one.
/// </summary>
internal static class TypeBlocks
{
    internal static bool Carries(SourceType type, FieldDefinition field, string directive)
    {
        foreach (var origin in type.Definition.Origins)
        {
            if (origin.Node is ObjectTypeDefinitionNode node
                && Directives.Has(node.Directives, directive)
                && field.Origin?.Node is FieldDefinitionNode own && node.Fields.Contains(own))
            {
                return true;
            }
        }

        return false;
    }
}
