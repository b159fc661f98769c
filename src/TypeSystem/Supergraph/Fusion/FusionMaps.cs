using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>Reads the fields of sources that lookups and requirements call, and the maps of their arguments.</summary>
internal sealed class FusionMaps(DocumentNode document, DirectiveReader reader, IReadOnlyDictionary<string, SourceSchema> sources)
{
    /// <summary>The source's own definition of the field, such as <c>roseById(id: ID!): Rose</c>.</summary>
    public FieldDefinitionNode? FieldOf(DirectiveNode directive)
    {
        var text = reader.RequiredText(directive, "field");
        var parsed = Parser.ParseDocument(new SourceText($"type T {{ {text} }}"), ParserOptions.Schema);
        if (parsed.Value?.Definitions is [ObjectTypeDefinitionNode { Fields: [var field] }])
        {
            return field;
        }

        reader.Report(directive, $"\"{text}\" in @{directive.Name} is no definition of a field.");
        return null;
    }

    /// <summary>One map an argument, in their order; null is an argument that the client gives.</summary>
    public ImmutableArray<MappedArgument> Of(DirectiveNode directive, FieldDefinitionNode? field, SourceSchema source)
    {
        var maps = directive.Argument("map") switch
        {
            ListValueNode list => list.Values,
            { } value => [value],
            null => [],
        };
        if (field is null || maps.Length != field.Arguments.Length)
        {
            reader.Report(directive, $"@{directive.Name} needs a map for each argument of its field.");
            return [];
        }

        var result = ImmutableArray.CreateBuilder<MappedArgument>();
        foreach (var (argument, map) in field.Arguments.Zip(maps))
        {
            if (map is StringValueNode text && reader.Map(directive, text.Value) is { } parsed)
            {
                if (parsed.Entries.Length > 1)
                {
                    reader.Report(directive, $"\"{text.Value}\" has alternatives, which are not read here: write one @{directive.Name} for each.");
                }

                result.Add(new MappedArgument(argument.Name.Value, argument.Type, parsed)
                {
                    StrictFields = StrictFields.Of(Named(argument.Type), parsed, (input, name) => InputField(input, name, source)),
                });
            }
        }

        return result.DrainToImmutable();
    }

    // As the source has it; an input object that the schema does not have says nothing.
    private (TypeNode Type, string Below)? InputField(string input, string name, SourceSchema source)
    {
        var field = document.Definitions.OfType<InputObjectTypeDefinitionNode>().FirstOrDefault(type => type.Name.Value == input)
            ?.Fields.FirstOrDefault(field => field.Name.Value == name);
        if (field is null)
        {
            return null;
        }

        var own = field.Directives
            .Where(directive => directive.Name.Value == FusionDirectives.InputField && DirectiveReader.Names(directive, "schema") is [var schema] && sources.GetValueOrDefault(schema) == source)
            .Select(directive => DirectiveReader.Text(directive, "sourceType") is { } text ? reader.Type(directive, text) : null).FirstOrDefault(type => type is not null);
        return (own ?? field.Type, Named(field.Type));
    }

    /// <summary>The named type inside a type reference.</summary>
    public static string Named(TypeNode type) => type switch
    {
        NonNullTypeNode nonNull => Named(nonNull.Type),
        ListTypeNode list => Named(list.Type),
        NamedTypeNode named => named.Name.Value,
        _ => "",
    };
}
