using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>
/// The directives and scalars that the Composite Schemas specification defines
/// (<see href="https://graphql.github.io/composite-schemas-spec/draft/#sec-Source-Schema">Section 2</see>), for sources that use them
/// without defining them.
/// </summary>
internal static class CompositePrelude
{
    internal static DocumentNode Document { get; } = Parser.ParseDocument(
        new SourceText(
            """
            scalar FieldSelectionMap
            scalar FieldSelectionSet
            directive @lookup on FIELD_DEFINITION
            directive @internal on OBJECT | FIELD_DEFINITION
            directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
            directive @is(field: FieldSelectionMap!) on ARGUMENT_DEFINITION
            directive @require(field: FieldSelectionMap!) on ARGUMENT_DEFINITION
            directive @key(fields: FieldSelectionSet!) repeatable on OBJECT | INTERFACE
            directive @shareable repeatable on OBJECT | FIELD_DEFINITION
            directive @provides(fields: FieldSelectionSet!) on FIELD_DEFINITION
            directive @external on FIELD_DEFINITION
            directive @override(from: String!) on FIELD_DEFINITION
            directive @tag(name: String!) repeatable on SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
            directive @cost(weight: String!) on SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | ENUM | INPUT_FIELD_DEFINITION
            directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true, slicingArgumentDefaultValue: Int) on FIELD_DEFINITION
            """,
            "Composite Schemas"),
        ParserOptions.Schema).Value!;

    /// <summary>The directives by name.</summary>
    internal static ImmutableDictionary<string, DirectiveDefinitionNode> Directives { get; } =
        Document.Definitions.OfType<DirectiveDefinitionNode>().ToImmutableDictionary(directive => directive.Name.Value);

    /// <summary>Names of the scalars.</summary>
    internal static ImmutableHashSet<string> Scalars { get; } = ["FieldSelectionMap", "FieldSelectionSet"];

    /// <summary>
    /// A document without its own definitions of what the specification defines; they are checked apart (TYPE_DEFINITION_INVALID), and
    /// must not turn a wrong argument into an error of plain GraphQL. A definition with further arguments stays, since uses need them.
    /// </summary>
    internal static DocumentNode WithoutOwnDefinitions(DocumentNode document) =>
        new(document.Source, [.. document.Definitions.Where(definition => !IsRedundant(definition))]);

    private static bool IsRedundant(DefinitionNode definition) => definition switch
    {
        ScalarTypeDefinitionNode scalar => Scalars.Contains(scalar.Name.Value),
        DirectiveDefinitionNode directive => Directives.TryGetValue(directive.Name.Value, out var known)
            && directive.Arguments.All(argument => known.Arguments.Any(it => it.Name.Value == argument.Name.Value)),
        _ => false,
    };
}
