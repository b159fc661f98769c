using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Fragment-Spread-Type-Existence">Fragment Spread Type Existence</see>.
/// </summary>
public sealed class FragmentSpreadTypeExistenceTests
{
    [Fact]
    public void A_type_of_the_schema() => Documents.Valid(
        """
        { telescope { ...F } }
        fragment F on Telescope { name }
        """);

    [Fact]
    public void A_type_of_the_schema_in_an_inline_fragment() => Documents.Valid(
        """
        { telescope { ...F } }
        fragment F on Telescope { ... on Telescope { name } }
        """);

    [Fact]
    public void No_type_at_all_in_an_inline_fragment() => Documents.Valid(
        """
        { telescope { ...F } }
        fragment F on Telescope { ... @include(if: true) { name } }
        """);

    [Fact]
    public void A_type_that_the_schema_does_not_have() =>
        Documents.Refused("{ telescope { ...F } } fragment F on Telskope { name }", """1:38 Unknown type "Telskope". Did you mean "Telescope"?""");

    [Fact]
    public void A_type_that_the_schema_does_not_have_in_an_inline_fragment() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { ... on NotInSchema { name } }
        """,
        """2:34 Unknown type "NotInSchema". Did you mean "__Schema"?""");
}
