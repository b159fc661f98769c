using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>Each thing is defined once (<see href="https://spec.graphql.org/September2025/#sec-Type-System">Spec §3</see>, §3.3, §3.4, §3.13).</summary>
internal static class UniqueDefinitions
{
    internal static void LoneSchemaDefinition(SdlContext context)
    {
        var definitions = context.Definitions.Own.Where(static part => part.Node is SchemaDefinitionNode { IsExtension: false });
        foreach (var again in definitions.Skip(1))
        {
            context.Report(again.At(again.Node.Start), "Must provide only one schema definition.", again.At(again.Node.Start));
        }
    }

    internal static void UniqueOperationTypes(SdlContext context)
    {
        var roots =
            from part in context.Definitions.Own
            let schema = part.Node as SchemaDefinitionNode
            where schema is not null
            from root in schema.OperationTypes
            select new NamedPlace(OperationTypes.ToWire(root.Operation), part.At(root.Start), part.At(schema.Start));
        context.ReportDuplicates(roots, static operation => $"There can be only one {operation} type in schema.");
    }

    internal static void UniqueTypeNames(SdlContext context)
    {
        var names =
            from part in context.Definitions.Own
            let type = part.Node as TypeDefinitionNode
            where type is { IsExtension: false }
            select new NamedPlace(type.Name.Value, part.At(type.Name.Start), part.At(type.Start));
        context.ReportDuplicates(names, static name => $"There can be only one type named \"{name}\".");
    }

    internal static void UniqueDirectiveNames(SdlContext context)
    {
        var names =
            from part in context.Definitions.Own
            let directive = part.Node as DirectiveDefinitionNode
            where directive is not null
            select new NamedPlace(directive.Name.Value, part.At(directive.Name.Start), part.At(directive.Start));
        context.ReportDuplicates(names, static name => $"There can be only one directive named \"@{name}\".");
    }
}
