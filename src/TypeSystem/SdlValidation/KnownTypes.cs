using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>Names refer to something (Spec §3.4, Type Extensions; §5.5.1.2 for the message).</summary>
internal static class KnownTypes
{
    internal static void KnownTypeNames(SdlContext context)
    {
        var known = context.DefinedTypeNames.ToHashSet(StringComparer.Ordinal);
        known.UnionWith(BuiltInDefinitions.TypeNames);
        foreach (var part in context.Definitions.Own)
        {
            foreach (var reference in References(part.Node))
            {
                var name = reference.Name.Value;
                if (!known.Contains(name))
                {
                    var place = part.At(reference.Start);
                    context.Report(place, $"Unknown type \"{name}\".{context.DidYouMean(name, known)}", place);
                }
            }
        }
    }

    internal static void PossibleTypeExtensions(SdlContext context)
    {
        foreach (var part in context.Definitions.Own)
        {
            if (part.Node is not TypeDefinitionNode { IsExtension: true } extension)
            {
                continue;
            }

            var name = extension.Name.Value;
            var entry = context.Definitions.Types[name];
            var basis = entry.Definition ?? (context.Options.ExtensionsMayDefine ? entry.Extensions[0] : null);
            if (basis is null)
            {
                context.Report(
                    part.At(extension.Start),
                    $"Cannot extend type \"{name}\" because it is not defined.{context.DidYouMean(name, context.DefinedTypeNames)}",
                    part.At(extension.Name.Start));
            }
            else if (basis.Value.Node.GetType() != extension.GetType())
            {
                context.Report(
                    part.At(extension.Start),
                    $"Cannot extend non-{KindOf(extension)} type \"{name}\".",
                    basis.Value.At(basis.Value.Node.Start),
                    part.At(extension.Start));
            }
        }
    }

    private static string KindOf(TypeDefinitionNode node) => node switch
    {
        ScalarTypeDefinitionNode => "scalar",
        ObjectTypeDefinitionNode => "object",
        InterfaceTypeDefinitionNode => "interface",
        UnionTypeDefinitionNode => "union",
        EnumTypeDefinitionNode => "enum",
        _ => "input object",
    };

    // Every place where a definition names a type, in document order.
    private static IEnumerable<NamedTypeNode> References(TypeSystemNode node) => node switch
    {
        SchemaDefinitionNode schema => schema.OperationTypes.Select(static root => root.Type),
        DirectiveDefinitionNode directive => directive.Arguments.Select(static argument => SdlNodes.NamedOf(argument.Type)),
        UnionTypeDefinitionNode union => union.Members,
        InputObjectTypeDefinitionNode input => input.Fields.Select(static field => SdlNodes.NamedOf(field.Type)),
        ObjectTypeDefinitionNode or InterfaceTypeDefinitionNode => SdlNodes.InterfacesOf(node).Concat(InFields(node)),
        _ => [],
    };

    private static IEnumerable<NamedTypeNode> InFields(TypeSystemNode node)
    {
        foreach (var field in SdlNodes.FieldsOf(node))
        {
            foreach (var argument in field.Arguments)
            {
                yield return SdlNodes.NamedOf(argument.Type);
            }

            yield return SdlNodes.NamedOf(field.Type);
        }
    }
}
