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
    public static IEnumerable<DirectiveNode> Definition(DefinitionNode definition) => definition switch
    {
        ObjectTypeDefinitionNode type => type.Directives.Concat(InFields(type.Fields)),
        InterfaceTypeDefinitionNode type => type.Directives.Concat(InFields(type.Fields)),
        InputObjectTypeDefinitionNode type => type.Directives.Concat(type.Fields.SelectMany(field => field.Directives)),
        EnumTypeDefinitionNode type => type.Directives.Concat(type.Values.SelectMany(value => value.Directives)),
        TypeSystemNode node => node.Directives,
        _ => [],
    };

    private static IEnumerable<DirectiveNode> InFields(ImmutableArray<FieldDefinitionNode> fields)
    {
        foreach (var field in fields)
        {
            foreach (var directive in field.Directives)
            {
                yield return directive;
            }

            foreach (var argument in field.Arguments)
            {
                foreach (var directive in argument.Directives)
                {
                    yield return directive;
                }
            }
        }
    }
}
