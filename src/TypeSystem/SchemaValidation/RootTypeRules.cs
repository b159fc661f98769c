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

    /// <summary>Spec §3.3.1: the root types must all be different types. graphql-js 16 does not check it; the message is its successor's.</summary>
    internal static void CheckDistinct(SchemaRuleContext context)
    {
        var roots = Enum.GetValues<OperationType>()
            .Select(operation => (Operation: operation, Root: RootTypes.Find(context.Schema, operation)))
            .Where(static entry => entry.Root is not null);
        foreach (var same in roots.GroupBy(static entry => entry.Root!.Value.Type).Where(static same => same.Skip(1).Any()))
        {
            var names = same.Select(static entry => OperationTypes.ToWire(entry.Operation)).ToList();
            var list = names.Count == 2 ? $"{names[0]} and {names[1]}" : $"{names[0]}, {names[1]}, and {names[2]}";
            context.Report(
                $"All root types must be different, \"{same.Key}\" type is used as {list} root types.",
                [.. same.Select(static entry => entry.Root!.Value.NamedAt).OfType<Place>()]);
        }
    }

    private static IEnumerable<Place> DefinitionPlace(Schema schema) =>
        schema.Origins.Where(static origin => origin.Node is SchemaDefinitionNode { IsExtension: false }).Select(Places.Of);
}
