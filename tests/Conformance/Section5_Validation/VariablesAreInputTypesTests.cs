using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Variables-Are-Input-Types">Variables Are Input Types</see>.
/// </summary>
public sealed class VariablesAreInputTypesTests
{
    [Fact]
    public void A_scalar() => Documents.Valid("query Q($atNight: Boolean) { telescope { isOpen(atNight: $atNight) } }");

    [Fact]
    public void An_input_object() => Documents.Valid("query Q($s: TelescopeSearch) { findTelescope(by: $s) { name } }");

    [Fact]
    public void A_list() => Documents.Valid("query Q($l: [Boolean!]) { flags(list: $l) }");

    [Fact]
    public void An_enum() => Documents.Valid("query Q($m: Motion!) { telescope { canMove(motion: $m) } }");

    [Theory]
    [InlineData("query Q($v: Telescope) { telescope { isOpen(atNight: $v) } }", "1:13 Variable \"$v\" cannot be non-input type \"Telescope\".\n1:9 1:54 Variable \"$v\" of type \"Telescope\" used in position expecting type \"Boolean\".")]
    [InlineData("query Q($v: Telescope!) { telescope { isOpen(atNight: $v) } }", "1:13 Variable \"$v\" cannot be non-input type \"Telescope!\".\n1:9 1:55 Variable \"$v\" of type \"Telescope!\" used in position expecting type \"Boolean\".")]
    [InlineData("query Q($v: [Instrument]) { telescope { isOpen(atNight: $v) } }", "1:13 Variable \"$v\" cannot be non-input type \"[Instrument]\".\n1:9 1:57 Variable \"$v\" of type \"[Instrument]\" used in position expecting type \"Boolean\".")]
    [InlineData("query Q($v: TelescopeOrAntenna) { telescope { isOpen(atNight: $v) } }", "1:13 Variable \"$v\" cannot be non-input type \"TelescopeOrAntenna\".\n1:9 1:63 Variable \"$v\" of type \"TelescopeOrAntenna\" used in position expecting type \"Boolean\".")]
    public void No_other_types_are(string text, string errors) => Documents.Refused(text, errors);

    [Fact]
    public void A_type_that_is_not_there() =>
        Documents.Refused("query Q($v: Nothing) { telescope { isOpen(atNight: $v) } }", """1:13 Unknown type "Nothing". Did you mean "String"?""");
}
