using GraphGateway.Language;
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
}
