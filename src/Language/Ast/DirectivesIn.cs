using System.Collections.Immutable;

namespace GraphGateway.Language;

/// <summary>The directives that are applied in a definition (<see href="https://spec.graphql.org/September2025/#sec-Type-System.Directives">Spec §3.13</see>).</summary>
public static class DirectivesIn
{
    /// <summary>
    /// The directives of a definition or extension of the type system, of its fields and their arguments, of input fields and of enum values,
    /// in that order. None of a definition that is executed, nor of the arguments that a directive's definition has.
    /// </summary>
    /// <param name="definition">Any definition of a document.</param>
    public static IReadOnlyList<DirectiveNode> Definition(DefinitionNode definition) => Definitions([definition]);

    /// <summary>The same of several definitions, one after the other.</summary>
    /// <param name="definitions">Any definitions of a document.</param>
    public static IReadOnlyList<DirectiveNode> Definitions(IEnumerable<DefinitionNode> definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        var found = new List<DirectiveNode>();
        foreach (var definition in definitions)
        {
            Visit(definition, found, static (found, _, directives) => found.AddRange(directives));
        }

        return found;
    }

    /// <summary>The same by the nodes that they stand on, each with its TypeSystemDirectiveLocation; nodes without any are left out.</summary>
    /// <param name="definition">Any definition of a document.</param>
    public static IReadOnlyList<(string Location, ImmutableArray<DirectiveNode> Directives)> ByLocation(DefinitionNode definition)
    {
        var found = new List<(string, ImmutableArray<DirectiveNode>)>();
        Visit(definition, found, static (found, location, directives) => found.Add((location, directives)));
        return found;
    }

    // Whole documents are walked through many times, and most nodes have none: no iterators, and nothing is made for a node without.
    private static void Visit<T>(DefinitionNode definition, T state, Action<T, string, ImmutableArray<DirectiveNode>> visit)
    {
        switch (definition)
        {
            case ObjectTypeDefinitionNode type:
                Visit("OBJECT", type.Directives);
                Fields(type.Fields);
                break;
            case InterfaceTypeDefinitionNode type:
                Visit("INTERFACE", type.Directives);
                Fields(type.Fields);
                break;
            case InputObjectTypeDefinitionNode type:
                Visit("INPUT_OBJECT", type.Directives);
                foreach (var field in type.Fields)
                {
                    Visit("INPUT_FIELD_DEFINITION", field.Directives);
                }

                break;
            case EnumTypeDefinitionNode type:
                Visit("ENUM", type.Directives);
                foreach (var value in type.Values)
                {
                    Visit("ENUM_VALUE", value.Directives);
                }

                break;
            case TypeSystemNode node:
                Visit(LocationOf(node), node.Directives);
                break;
        }

        void Visit(string location, ImmutableArray<DirectiveNode> directives)
        {
            if (!directives.IsEmpty)
            {
                visit(state, location, directives);
            }
        }

        void Fields(ImmutableArray<FieldDefinitionNode> fields)
        {
            foreach (var field in fields)
            {
                Visit("FIELD_DEFINITION", field.Directives);
                foreach (var argument in field.Arguments)
                {
                    Visit("ARGUMENT_DEFINITION", argument.Directives);
                }
            }
        }
    }

    private static string LocationOf(TypeSystemNode node) => node switch
    {
        UnionTypeDefinitionNode => "UNION",
        ScalarTypeDefinitionNode => "SCALAR",
        SchemaDefinitionNode => "SCHEMA",
        _ => "",
    };
}
