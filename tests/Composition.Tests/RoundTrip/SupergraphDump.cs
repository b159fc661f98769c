using System.Collections;
using System.Reflection;
using System.Text;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition.Tests.RoundTrip;

/// <summary>
/// Everything that a supergraph says, as text, by its public properties: what is added to the model later is in it without a word here.
/// It shares nothing with the writers.
/// </summary>
internal static class SupergraphDump
{
    internal static string Of(Supergraph supergraph)
    {
        var text = new StringBuilder();
        DumpSchema(text, "full", supergraph.FullSchema);
        DumpSchema(text, "public", supergraph.PublicSchema);
        foreach (var source in supergraph.Sources)
        {
            text.Append("source ").Append(Properties(source)).Append('\n');
        }

        foreach (var directive in supergraph.LinkedDirectives)
        {
            text.Append("linked ").Append(Properties(directive)).Append('\n');
        }

        foreach (var type in supergraph.Types)
        {
            text.Append(type.Name).Append(' ').Append(Properties(type)).Append('\n');
        }

        return text.ToString();
    }

    private static void DumpSchema(StringBuilder text, string name, Schema schema)
    {
        text.Append($"{name} {schema.Description} {schema.QueryType} {schema.MutationType} {schema.SubscriptionType} {Value(schema.Directives)}\n");
        foreach (var type in schema.Types)
        {
            text.Append($"{name} {type.GetType().Name} {type} {type.Description} {Value(type.Directives)}\n");
            switch (type)
            {
                case ComplexType complex:
                    text.Append($"  implements {string.Join(' ', complex.Interfaces.Select(it => it.Name))}\n");
                    foreach (var field in complex.Fields)
                    {
                        text.Append($"  {field.Name}: {field.Type} {field.Description} {field.DeprecationReason} {Value(field.Directives)}\n");
                        Inputs(field.Arguments);
                    }

                    break;
                case UnionType union:
                    text.Append($"  {string.Join(' ', union.Members.Select(it => it.Name))}\n");
                    break;
                case EnumType @enum:
                    foreach (var value in @enum.Values)
                    {
                        text.Append($"  {value.Name} {value.Description} {value.DeprecationReason} {Value(value.Directives)}\n");
                    }

                    break;
                case InputObjectType input:
                    text.Append($"  {input.IsOneOf}\n");
                    Inputs(input.Fields);
                    break;
                case ScalarType scalar:
                    text.Append($"  {scalar.SpecifiedByUrl}\n");
                    break;
            }
        }

        void Inputs(IEnumerable<InputValueDefinition> inputs)
        {
            foreach (var input in inputs)
            {
                text.Append($"    {input.Name}: {input.Type} = {Value(input.DefaultValue)} {input.Description} {input.DeprecationReason} {Value(input.Directives)}\n");
            }
        }
    }

    private static string Properties(object record) => "{" + string.Join(", ", record.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetIndexParameters().Length == 0 && property.Name != "EqualityContract")
        .Select(property => $"{property.Name}: {Value(property.GetValue(record))}")) + "}";

    private static string Value(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        SourceSchema source => source.Name,
        NamedType or FieldDefinition => value.ToString()!,
        SelectionSetNode selection => Syntax.Fields(selection),
        SyntaxNode node => Printer.Print(node),
        Uri or Enum or bool or int => value.ToString()!,
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Value))}]",
        _ => Properties(value),
    };
}
