using GraphGateway.Language;
using GraphGateway.TypeSystem;
using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Schema-Coordinates">Schema Coordinates</see>.
/// </summary>
public sealed class SchemaCoordinatesTests
{
    [Theory]
    [InlineData("Telescope", "", "Telescope", "", "")]
    [InlineData("Telescope.name", "", "Telescope", "name", "")]
    [InlineData("Search.filter", "", "Search", "filter", "")]
    [InlineData("Filter.OPEN_NOW", "", "Filter", "OPEN_NOW", "")]
    [InlineData("Query.find(by:)", "", "Query", "find", "by")]
    [InlineData("@private", "@", "private", "", "")]
    [InlineData("@private(scope:)", "@", "private", "", "scope")]
    [InlineData("@deprecated(reason:)", "@", "deprecated", "", "reason")]
    [InlineData("__Type.fields(includeDeprecated:)", "", "__Type", "fields", "includeDeprecated")]
    public void A_coordinate_for_each_kind_of_element(string text, string sign, string name, string member, string argument)
    {
        var coordinate = SchemaCoordinate.Parse(new SourceText(text)).Value!;

        Assert.Equal(
            (sign, name, member, argument),
            (coordinate.IsDirective ? "@" : "", coordinate.Name, coordinate.MemberName ?? "", coordinate.ArgumentName ?? ""));
        Assert.Equal(text, coordinate.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" Telescope")]
    [InlineData("Telescope ")]
    [InlineData("Telescope .name")]
    [InlineData("Telescope,name")]
    [InlineData("Telescope.name # comment")]
    [InlineData("Telescope.")]
    [InlineData(".name")]
    [InlineData("Telescope.name.more")]
    [InlineData("Telescope(id:)")]
    [InlineData("Telescope.name(id)")]
    [InlineData("Telescope.name(id: )")]
    [InlineData("Telescope.name(id:1)")]
    [InlineData("Telescope.name(id:")]
    [InlineData("Telescope.name()")]
    [InlineData("@")]
    [InlineData("@ private")]
    [InlineData("@private.scope")]
    [InlineData("@private(scope:).x")]
    [InlineData("1a")]
    public void Anything_else_is_none(string text) =>
        Assert.StartsWith("Syntax Error: ", SchemaCoordinate.Parse(new SourceText(text)).Error!.Message, StringComparison.Ordinal);

    /// <summary>"Resolving a Schema Coordinate".</summary>
    [Theory]
    [InlineData("Telescope", "Telescope")]
    [InlineData("Search", "Search")]
    [InlineData("Filter", "Filter")]
    [InlineData("Seen", "Seen")]
    [InlineData("String", "String")]
    [InlineData("Telescope.name", "Telescope name")]
    [InlineData("Named.name", "Named name")]
    [InlineData("Search.filter", "Search filter")]
    [InlineData("Filter.OPEN_NOW", "Filter OPEN_NOW")]
    [InlineData("Query.find(by:)", "Query find by")]
    [InlineData("Named.name(in:)", "Named name in")]
    [InlineData("@private", "@private")]
    [InlineData("@private(scope:)", "@private scope")]
    [InlineData("@deprecated", "@deprecated")]
    [InlineData("@deprecated(reason:)", "@deprecated reason")]
    public void A_coordinate_refers_to_the_element_and_to_what_contains_it(string text, string expected)
    {
        var (element, error) = Resolve(text);

        Assert.Null(error);
        Assert.Equal(
            expected,
            string.Join(' ', new[]
            {
                element!.Type?.Name, element.Field?.Name, element.InputField?.Name, element.EnumValue?.Name,
                element.Directive is { } directive ? $"@{directive.Name}" : null, element.Argument?.Name,
            }.Where(static name => name is not null)));
    }

    [Theory]
    [InlineData("Unknown")]
    [InlineData("Telescope.unknown")]
    [InlineData("Telescope.__typename")]
    [InlineData("Query.__schema")]
    [InlineData("Search.unknown")]
    [InlineData("Filter.UNKNOWN")]
    [InlineData("Query.find(unknown:)")]
    [InlineData("@unknown")]
    [InlineData("@private(unknown:)")]
    public void An_element_that_is_not_there_is_no_error(string text) => Assert.Equal((null, null), Resolve(text));

    [Theory]
    [InlineData("Unknown.name", "Expected \"Unknown\" to be defined as a type in the schema.")]
    [InlineData("String.name", "Expected \"String\" to be an Enum, Input Object, Object or Interface type.")]
    [InlineData("Seen.name", "Expected \"Seen\" to be an Enum, Input Object, Object or Interface type.")]
    [InlineData("Unknown.find(by:)", "Expected \"Unknown\" to be defined as a type in the schema.")]
    [InlineData("Search.filter(by:)", "Expected \"Search\" to be an object type or interface type.")]
    [InlineData("Filter.OPEN_NOW(by:)", "Expected \"Filter\" to be an object type or interface type.")]
    [InlineData("Query.unknown(by:)", "Expected \"unknown\" to exist as a field of type \"Query\" in the schema.")]
    [InlineData("Query.__type(name:)", "Expected \"__type\" to exist as a field of type \"Query\" in the schema.")]
    [InlineData("@unknown(scope:)", "Expected \"unknown\" to be defined as a directive in the schema.")]
    public void What_contains_the_element_must_be_there(string text, string message)
    {
        var (element, error) = Resolve(text);

        Assert.Null(element);
        Assert.Equal(message, error!.Message);
    }

    private static (SchemaElement? Element, GraphQLError? Error) Resolve(string text)
    {
        var schema = Schemas.Valid(
            """
            type Query { find(by: Search!): [Seen] }
            input Search { name: String filter: Filter }
            enum Filter { OPEN_NOW MOVABLE }
            interface Named { name(in: String): String }
            type Telescope implements Named { id: ID name(in: String): String contact: String @private(scope: "loggedIn") }
            union Seen = Telescope
            directive @private(scope: String!) on FIELD_DEFINITION
            """);
        return SchemaElement.Find(schema, SchemaCoordinate.Parse(new SourceText(text)).Value!);
    }
}
