using GraphGateway.Language;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// What a schema file may use without defining it: the directives of the
/// <see href="https://graphql.github.io/composite-schemas-spec/draft/">GraphQL Composite Schemas specification</see> and the
/// <see href="https://ibm.github.io/graphql-specs/cost-spec.html">cost directives</see>.
/// </summary>
internal static class DialectDirectives
{
    public const string Cost =
        """
        directive @cost(weight: String!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
        directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
        """;

    private static readonly DocumentNode Composite = Parse(
        $"""
        scalar FieldSelectionSet
        scalar FieldSelectionMap
        directive @key(fields: FieldSelectionSet!) repeatable on OBJECT | INTERFACE
        directive @lookup on FIELD_DEFINITION
        directive @internal on OBJECT | FIELD_DEFINITION
        directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
        directive @is(field: FieldSelectionMap!) on ARGUMENT_DEFINITION
        directive @require(field: FieldSelectionMap!) on ARGUMENT_DEFINITION
        directive @shareable repeatable on OBJECT | FIELD_DEFINITION
        directive @provides(fields: FieldSelectionSet!) on FIELD_DEFINITION
        directive @external on OBJECT | FIELD_DEFINITION
        directive @override(from: String!) on FIELD_DEFINITION
        directive @tag(name: String!) repeatable on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | SCHEMA
        {Cost}
        """);

    /// <summary>The definitions of those directives that the documents use, so that the schema has nothing that its file does not speak of.</summary>
    public static DocumentNode UsedBy(IEnumerable<DocumentNode> documents)
    {
        var used = documents.SelectMany(document => document.Definitions).OfType<TypeSystemNode>()
            .SelectMany(DirectivesIn).Select(directive => directive.Name.Value).ToHashSet();
        var directives = Composite.Definitions.OfType<DirectiveDefinitionNode>().Where(directive => used.Contains(directive.Name.Value)).ToList();
        var scalars = directives.SelectMany(directive => directive.Arguments).Select(argument => argument.Type.ToString()!.Trim('!')).ToHashSet();
        return new DocumentNode(
            Composite.Source,
            [.. Composite.Definitions.OfType<ScalarTypeDefinitionNode>().Where(scalar => scalars.Contains(scalar.Name.Value)), .. directives]);
    }

    public static DocumentNode Parse(string sdl) =>
        GraphGateway.Language.Parser.ParseDocument(new SourceText(sdl, "dialect.graphqls"), ParserOptions.Schema).Value
        ?? throw new InvalidOperationException("The dialect's definitions do not parse.");

    private static IEnumerable<DirectiveNode> DirectivesIn(TypeSystemNode node) => node.Directives.Concat(node switch
    {
        ObjectTypeDefinitionNode type => type.Fields.SelectMany(DirectivesIn),
        InterfaceTypeDefinitionNode type => type.Fields.SelectMany(DirectivesIn),
        InputObjectTypeDefinitionNode type => type.Fields.SelectMany(field => field.Directives),
        EnumTypeDefinitionNode type => type.Values.SelectMany(value => value.Directives),
        DirectiveDefinitionNode directive => directive.Arguments.SelectMany(argument => argument.Directives),
        _ => [],
    });

    private static IEnumerable<DirectiveNode> DirectivesIn(FieldDefinitionNode field) =>
        field.Directives.Concat(field.Arguments.SelectMany(argument => argument.Directives));
}
