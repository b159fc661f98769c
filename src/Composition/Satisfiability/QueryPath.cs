using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// The fields from a root type to where a query stands, as a client would write them. It knows its last field, and the path before.
/// </summary>
internal sealed class QueryPath
{
    private readonly QueryPath? before;
    private readonly FieldDefinition? last;
    private readonly string operation;

    private QueryPath(string operation, QueryPath? before, string typeName, FieldDefinition? last)
    {
        this.operation = operation;
        this.before = before;
        this.last = last;
        LastType = typeName;
    }

    /// <summary>The type that the last field is selected on.</summary>
    internal string LastType { get; }

    internal static QueryPath Root(ObjectType root) => new(
        root.Name switch
        {
            "Mutation" => "mutation ",
            "Subscription" => "subscription ",
            _ => "",
        },
        null,
        root.Name,
        null);

    internal QueryPath Then(string typeName, FieldDefinition field) => new(operation, this, typeName, field);

    /// <summary>The query, with an example for each required argument.</summary>
    internal string ToQuery() => $"{operation}{{ {Selection()} }}";

    /// <summary>One query for several paths that begin alike.</summary>
    internal static string ToQuery(IReadOnlyList<QueryPath> paths)
    {
        var tree = new SelectionTree();
        foreach (var path in paths)
        {
            tree.Add(Parser.ParseSelectionSet(new SourceText($"{{ {path.Selection()} }}")).Value!);
        }

        return $"{paths[0].operation}{{ {Syntax.Fields(tree.ToSelectionSet())} }}";
    }

    private string Selection()
    {
        var query = FieldText(last!) + (last!.Type.Named is CompositeType ? " { __typename }" : "");
        for (var (path, typeName) = (before!, LastType); path.last is not null; (path, typeName) = (path.before!, path.LastType))
        {
            if (path.last.Type.Named is not ObjectType)
            {
                query = $"... on {typeName} {{ {query} }}";
            }

            query = $"{FieldText(path.last)} {{ {query} }}";
        }

        return query;
    }

    private static string FieldText(FieldDefinition field)
    {
        var required = field.Arguments.Where(argument => argument.IsRequired).Select(argument => $"{argument.Name}: {Example(argument.Type)}");
        var text = string.Join(", ", required);
        return text.Length == 0 ? field.Name : $"{field.Name}({text})";
    }

    private static string Example(GraphQLType type) => type.Nullable switch
    {
        ListType list => $"[{Example(list.OfType)}]",
        EnumType @enum => @enum.Values[0].Name,
        InputObjectType { IsOneOf: true } input => $"{{{input.Fields[0].Name}: {Example(input.Fields[0].Type)}}}",
        InputObjectType input => "{"
            + string.Join(", ", input.Fields.Where(field => field.IsRequired).Select(field => $"{field.Name}: {Example(field.Type)}"))
            + "}",
        ScalarType { Name: "Int" or "Float" } => "1",
        ScalarType { Name: "Boolean" } => "true",
        _ => "\"1\"",
    };
}
