using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>The roots are distinct object types, and there is one for queries (<see href="https://spec.graphql.org/September2025/#sec-Root-Operation-Types">Spec §3.3.1</see>).</summary>
internal static class RootTypeRules
{
    internal static void Check(SchemaRuleContext context)
    {
        var schema = context.Schema;
        foreach (var operation in Enum.GetValues<OperationType>())
        {
            var name = OperationTypes.DefaultRootName(operation);
            var root = RootTypes.Find(schema, operation);
            if (root is null)
            {
                if (operation == OperationType.Query && !context.Options.AllowMissingQuery)
                {
                    context.Report("Query root type must be provided.", [.. DefinitionPlace(schema)]);
                }
            }
            else if (root.Value.Type is not ObjectType)
            {
                var condition = operation == OperationType.Query ? "," : " if provided,";
                context.Report(
                    $"{name} root type must be Object type{condition} it cannot be {root.Value.Type}.",
                    root.Value.NamedAt ?? Places.OfType(root.Value.Type).First());
            }
        }
    }

    private static IEnumerable<Place> DefinitionPlace(Schema schema) =>
        schema.Origins.Where(static origin => origin.Node is SchemaDefinitionNode { IsExtension: false }).Select(Places.Of);
}
