using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>The members of a type, over its definition and extensions, have names of their own (Spec §3.6, §3.7, §3.9, §3.10, §3.13).</summary>
internal static class UniqueMembers
{
    internal static void UniqueEnumValueNames(SdlContext context)
    {
        var values =
            from part in context.Definitions.Own
            let type = part.Node as EnumTypeDefinitionNode
            where type is not null && (context.IsDefinedInParts(type.Name.Value) || SdlContext.MayRepeat(type.Values, static value => value.Name.Value))
            from value in type.Values
            select new NamedPlace($"{type.Name.Value}.{value.Name.Value}", part.At(value.Name.Start), part.At(type.Start));
        context.ReportDuplicates(values, static name => $"Enum value \"{name}\" can only be defined once.");
    }

    internal static void UniqueFieldDefinitionNames(SdlContext context)
    {
        var fields =
            from part in context.Definitions.Own
            let type = part.Node as TypeDefinitionNode
            where type is not null && (context.IsDefinedInParts(type.Name.Value) || MayRepeatFields(type))
            from name in FieldNames(type)
            select new NamedPlace($"{type.Name.Value}.{name.Value}", part.At(name.Start), part.At(type.Start));
        context.ReportDuplicates(fields, static name => $"Field \"{name}\" can only be defined once.");
    }

    internal static void UniqueArgumentDefinitionNames(SdlContext context)
    {
        foreach (var part in context.Definitions.Own)
        {
            if (part.Node is DirectiveDefinitionNode directive)
            {
                Check(part, "@", directive.Name, directive.Arguments);
            }

            var type = (part.Node as TypeDefinitionNode)?.Name.Value + ".";
            foreach (var field in SdlNodes.FieldsOf(part.Node))
            {
                Check(part, type, field.Name, field.Arguments);
            }
        }

        void Check(SourcedDefinition part, string owner, NameNode member, ImmutableArray<InputValueDefinitionNode> arguments)
        {
            if (SdlContext.MayRepeat(arguments, static argument => argument.Name.Value))
            {
                ReportArguments(context, part, owner + member.Value, arguments);
            }
        }
    }

    private static void ReportArguments(SdlContext context, SourcedDefinition part, string owner, ImmutableArray<InputValueDefinitionNode> arguments) =>
        context.ReportGroups(
            part.At(part.Node.Start),
            arguments.Select(argument => (argument.Name.Value, part.At(argument.Name.Start))),
            name => $"Argument \"{owner}({name}:)\" can only be defined once.");

    private static bool MayRepeatFields(TypeSystemNode node) => node is InputObjectTypeDefinitionNode input
        ? SdlContext.MayRepeat(input.Fields, static field => field.Name.Value)
        : SdlContext.MayRepeat(SdlNodes.FieldsOf(node), static field => field.Name.Value);

    private static IEnumerable<NameNode> FieldNames(TypeSystemNode node) => node is InputObjectTypeDefinitionNode input
        ? input.Fields.Select(static field => field.Name)
        : SdlNodes.FieldsOf(node).Select(static field => field.Name);
}

/// <summary>Shared readings of definition nodes.</summary>
internal static class SdlNodes
{
    /// <summary>The fields of an object or interface; empty for anything else.</summary>
    internal static ImmutableArray<FieldDefinitionNode> FieldsOf(TypeSystemNode node) => node switch
    {
        ObjectTypeDefinitionNode type => type.Fields,
        InterfaceTypeDefinitionNode type => type.Fields,
        _ => [],
    };

    /// <summary>The interfaces that an object or interface declares; empty for anything else.</summary>
    internal static ImmutableArray<NamedTypeNode> InterfacesOf(SyntaxNode node) => node switch
    {
        ObjectTypeDefinitionNode type => type.Interfaces,
        InterfaceTypeDefinitionNode type => type.Interfaces,
        _ => [],
    };

    /// <summary>The named type inside a reference.</summary>
    internal static NamedTypeNode NamedOf(TypeNode node) => node switch
    {
        ListTypeNode list => NamedOf(list.Type),
        NonNullTypeNode nonNull => NamedOf(nonNull.Type),
        _ => (NamedTypeNode)node,
    };
}
