using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition.Tests.Plain;

/// <summary>The fields from a root type to where a query stands, as a client would write them.</summary>
internal sealed record QueryPath(string Operation, ImmutableArray<QueryPath.Step> Steps)
{
    /// <summary>A field and the object type that it is selected on.</summary>
    internal sealed record Step(string TypeName, FieldDefinition Field);

    /// <summary>The type that the last field is selected on.</summary>
    internal string LastType => Steps[^1].TypeName;

    internal static QueryPath Root(ObjectType root) => new(
        root.Name switch
        {
            "Mutation" => "mutation ",
            "Subscription" => "subscription ",
            _ => "",
        },
        []);

    internal QueryPath Then(string typeName, FieldDefinition field) => this with { Steps = Steps.Add(new Step(typeName, field)) };

    /// <summary>The query, with an example for each required argument.</summary>
    internal string ToQuery() => $"{Operation}{{ {Selection()} }}";

    internal static string ToQuery(QueryPath[] paths)
    {
        var tree = new SelectionTree();
        foreach (var path in paths)
        {
            tree.Add(Parser.ParseSelectionSet(new SourceText(path.Selection())).Value!);
        }

        return $"{paths[0].Operation}{{ {Syntax.Fields(tree.ToSelectionSet())} }}";
    }

    private string Selection()
    {
        var last = Steps[^1];
        var query = FieldText(last.Field) + (last.Field.Type.Named is CompositeType ? " { __typename }" : "");
        for (var i = Steps.Length - 1; i > 0; i--)
        {
            var outer = Steps[i - 1].Field;
            if (outer.Type.Named is not ObjectType)
            {
                query = $"... on {Steps[i].TypeName} {{ {query} }}";
            }

            query = $"{FieldText(outer)} {{ {query} }}";
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
