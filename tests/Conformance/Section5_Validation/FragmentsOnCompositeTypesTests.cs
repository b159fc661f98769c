using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Fragments-on-Object-Interface-or-Union-Types">Fragments on Object, Interface or Union Types</see>.
/// </summary>
public sealed class FragmentsOnCompositeTypesTests
{
    [Fact]
    public void An_object() => Documents.Valid(
        """
        { telescope { ...F } }
        fragment F on Telescope { name }
        """);

    [Fact]
    public void An_interface() => Documents.Valid(
        """
        { instrument { ...F } }
        fragment F on Instrument { name }
        """);

    [Fact]
    public void A_union() => Documents.Valid(
        """
        { telescopeOrAntenna { ...F } }
        fragment F on TelescopeOrAntenna { ... on Telescope { name } }
        """);

    [Fact]
    public void A_scalar() => Documents.Refused(
        "{ telescope { ...F } } fragment F on Int { something }",
        """1:38 Fragment "F" cannot condition on non composite type "Int".""");

    [Fact]
    public void A_scalar_in_an_inline_fragment() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { ... on Boolean { somethingElse } }
        """,
        """2:34 Fragment cannot condition on non composite type "Boolean".""");

    [Fact]
    public void An_enum() =>
        Documents.Refused("{ telescope { ... on Motion { name } } }", """1:22 Fragment cannot condition on non composite type "Motion".""");

    [Fact]
    public void An_input_object() => Documents.Refused(
        "{ telescope { ... on TelescopeInput { name } } }",
        """1:22 Fragment cannot condition on non composite type "TelescopeInput".""");
}
