using GraphGateway.TypeSystem;

namespace GraphGateway.Differential;

/// <summary>
/// The queries that ask for everything at one place: at a root type, and at each kind of object that a field can return, the shortest paths
/// first. A type is come to once by each field from each kind of object above it; that ends circles.
/// </summary>
internal sealed class ClientPaths(Schema schema, int max)
{
    private readonly Queue<(string Before, string After, CompositeType Type, string Above)> queue = new();
    private readonly HashSet<(string Above, string Field, string Type)> seen = [];

    public IEnumerable<string> Queries()
    {
        foreach (var (root, word) in new[] { (schema.QueryType, ""), (schema.MutationType, "mutation ") })
        {
            if (root is not null)
            {
                queue.Enqueue((word + "{ ", " }", root, ""));
            }
        }

        for (var count = 0; count < max && queue.TryDequeue(out var place); count++)
        {
            var (before, after, type, above) = place;
            if (type is not UnionType)
            {
                yield return $"{before}__typename {string.Join(' ', Fields(type).Select(field => Text(field) + (field.Type.Named is CompositeType ? " { __typename }" : "")))}{after}";
            }

            foreach (var field in type is ObjectType ? Fields(type) : [])
            {
                Enqueue(before, after, type, field, above);
            }
        }
    }

    private static IEnumerable<FieldDefinition> Fields(CompositeType type) => ((ComplexType)type).Fields;

    private void Enqueue(string before, string after, CompositeType type, FieldDefinition field, string above)
    {
        if (field.Type.Named is not CompositeType below)
        {
            return;
        }

        var objects = schema.ObjectTypes.Where(candidate => candidate != below && below.PossibleTypes.Contains(candidate)).ToList<CompositeType>();
        foreach (var next in objects.Prepend(below))
        {
            if (seen.Add((above, $"{type.Name}.{field.Name}", next.Name)))
            {
                var (open, close) = next == below ? ("", "") : ($"... on {next.Name} {{ ", " }");
                queue.Enqueue(($"{before}{Text(field)} {{ {open}", $"{close} }}{after}", next, $"{type.Name}.{field.Name}"));
            }
        }
    }

    private static string Text(FieldDefinition field)
    {
        var required = field.Arguments.Where(argument => argument.IsRequired).Select(argument => $"{argument.Name}: {Example(argument.Type)}").ToList();
        return required.Count == 0 ? field.Name : $"{field.Name}({string.Join(", ", required)})";
    }

    private static string Example(GraphQLType type) => type.Nullable switch
    {
        ListType list => $"[{Example(list.OfType)}]",
        EnumType @enum => @enum.Values[0].Name,
        InputObjectType { IsOneOf: true } input => $"{{ {input.Fields[0].Name}: {Example(input.Fields[0].Type)} }}",
        InputObjectType input => $"{{ {string.Join(", ", input.Fields.Where(field => field.IsRequired).Select(field => $"{field.Name}: {Example(field.Type)}"))} }}",
        ScalarType { Name: "Int" or "Float" } => "1",
        ScalarType { Name: "Boolean" } => "true",
        _ => "\"1\"",
    };
}
