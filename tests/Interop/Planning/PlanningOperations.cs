using GraphGateway.TypeSystem;

namespace GraphGateway.Interop.Planning;

/// <summary>
/// Random operations to plan: valid ones with constant arguments and without conditions, since a plan of ours holds for one outcome of them.
/// </summary>
internal sealed class PlanningOperations(Schema schema, Random random)
{
    private int left;
    private int aliases;

    public RandomOperation Next()
    {
        left = random.Next(4, 45);
        aliases = 0;
        var isMutation = schema.MutationType is not null && random.Next(12) == 0;
        var root = new RandomSelection("") { Children = [] };
        Fill(root, isMutation ? schema.MutationType! : schema.QueryType!, depth: 0);
        return new RandomOperation { Kind = isMutation ? "mutation" : "query", Root = root };
    }

    private void Fill(RandomSelection set, CompositeType type, int depth)
    {
        for (var count = random.Next(1, depth == 0 ? 4 : 6); count > 0; count--)
        {
            left--;
            if (Selection(type, depth) is { } selection)
            {
                set.Children!.Add(selection);
            }
        }
    }

    private RandomSelection? Selection(CompositeType type, int depth)
    {
        if (random.Next(20) == 0 && depth > 0)
        {
            return new RandomSelection("__typename");
        }

        if (type is UnionType || (type is InterfaceType && random.Next(2) == 0))
        {
            var possible = schema.ObjectTypes.Where(other => type.PossibleTypes.Contains(other)).ToList();
            // No object type that clients see may implement an interface.
            if (possible.Count > 0)
            {
                var one = possible[random.Next(possible.Count)];
                var fragment = new RandomSelection($"... on {one}") { Children = [] };
                Fill(fragment, one, depth + 1);
                return fragment;
            }
        }

        var fields = ((ComplexType)type).Fields.Where(field => (depth < 6 && left > 0) || field.Type.Named.IsLeafType).ToList();
        return fields.Count == 0 ? null : Field(fields[random.Next(fields.Count)], depth);
    }

    private RandomSelection Field(FieldDefinition field, int depth)
    {
        var arguments = field.Arguments.Where(argument => argument.IsRequired || random.Next(3) == 0).Select(argument => $"{argument.Name}: {Value(argument.Type)}").ToList();
        // What has arguments has an alias of its own: no two can conflict.
        var alias = arguments.Count > 0 || random.Next(15) == 0 ? $"a{aliases++}: " : "";
        var head = $"{alias}{field.Name}{(arguments.Count > 0 ? $"({string.Join(", ", arguments)})" : "")}";
        if (field.Type.Named is not CompositeType composite)
        {
            return new RandomSelection(head);
        }

        var selection = new RandomSelection(head) { Children = [] };
        Fill(selection, composite, depth + 1);
        return selection;
    }

    private string Value(GraphQLType type) => type.Nullable switch
    {
        ListType list => $"[{Value(list.OfType)}]",
        EnumType @enum => @enum.Values[0].Name,
        InputObjectType input => $"{{ {string.Join(", ", input.Fields.Where(field => field.IsRequired).Select(field => $"{field.Name}: {Value(field.Type)}"))} }}",
        { Named.Name: "Int" or "Float" } => $"{random.Next(3)}",
        { Named.Name: "Boolean" } => "true",
        _ => "\"x\"",
    };
}
