using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Directives-Are-in-Valid-Locations">Directives Are in Valid Locations</see>.
/// </summary>
public sealed class DirectiveLocationsTests
{
    [Fact]
    public void Skip_is_not_for_operations() =>
        Documents.Refused("query @skip(if: true) { telescope { name } }", """1:7 Directive "@skip" may not be used on QUERY.""");

    [Theory]
    [InlineData("mutation @skip(if: true) { __typename }", """1:10 Directive "@skip" may not be used on MUTATION.""")]
    [InlineData("subscription @skip(if: true) { newSighting { text } }", """1:14 Directive "@skip" may not be used on SUBSCRIPTION.""")]
    [InlineData("{ telescope @deprecated { name } }", """1:13 Directive "@deprecated" may not be used on FIELD.""")]
    [InlineData("{ telescope { ...F @tag } } fragment F on Telescope { name }", """1:20 Directive "@tag" may not be used on FRAGMENT_SPREAD.""")]
    [InlineData("{ telescope { ... @tag { name } } }", """1:19 Directive "@tag" may not be used on INLINE_FRAGMENT.""")]
    [InlineData("{ telescope { ...F } } fragment F on Telescope @tag { name }", """1:48 Directive "@tag" may not be used on FRAGMENT_DEFINITION.""")]
    [InlineData("query ($v: Boolean @tag) { telescope { isOpen(atNight: $v) } }", """1:20 Directive "@tag" may not be used on VARIABLE_DEFINITION.""")]
    public void Each_place_is_told_by_its_name(string text, string errors) => Documents.Refused(text, errors);

    [Fact]
    public void The_places_where_they_belong() => Documents.Valid(
        "query ($v: Boolean @trace) @tag { telescope @tag { isOpen(atNight: $v) ...F @skip(if: false) } } fragment F on Telescope @trace { name }");
}
