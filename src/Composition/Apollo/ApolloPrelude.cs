using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>
/// Federation's directives under their own names, for schemas in which they are not defined. Selections are scalars that take any
/// value, so that a wrong one is reported under its own code.
/// </summary>
internal static class ApolloPrelude
{
    private static readonly string[] Machinery = ["_Any", "_Entity", "_Service", "_FieldSet", "FieldSet"];

    internal static DocumentNode Document { get; } = Parser.ParseDocument(
        new SourceText(
            """
            scalar _FieldSet
            scalar _Any
            directive @key(fields: _FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
            directive @requires(fields: _FieldSet!) on FIELD_DEFINITION
            directive @provides(fields: _FieldSet!) on FIELD_DEFINITION
            directive @external(reason: String) on OBJECT | FIELD_DEFINITION
            directive @extends on OBJECT | INTERFACE
            directive @shareable repeatable on OBJECT | FIELD_DEFINITION
            directive @override(from: String!, label: String) on FIELD_DEFINITION
            directive @interfaceObject on OBJECT
            directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
            directive @tag(name: String!) repeatable on SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
            directive @cost(weight: Int!) on SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | ENUM | INPUT_FIELD_DEFINITION
            directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
            directive @link(url: String!, as: String, for: _Any, import: [_Any]) repeatable on SCHEMA
            """,
            "Apollo Federation"),
        ParserOptions.Schema).Value!;

    /// <summary>True for types that belong to the protocol between gateway and source, and not to the graph.</summary>
    internal static bool IsMachinery(string typeName) =>
        Machinery.Contains(typeName)
        || typeName.StartsWith("federation__", StringComparison.Ordinal)
        || typeName.StartsWith("link__", StringComparison.Ordinal)
        || typeName.StartsWith("core__", StringComparison.Ordinal);
}
