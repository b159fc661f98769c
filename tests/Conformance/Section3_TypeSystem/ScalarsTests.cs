using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Scalars">Scalars</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Scalar-Extensions">Scalar Extensions</see>.
/// </summary>
public sealed class ScalarsTests
{
    [Fact]
    public void A_scalar_of_ones_own() => Schemas.Valid(
        """
        type Query { a: Int }
        scalar DateTime @specifiedBy(url: "https://scalars.graphql.org/andimarek/date-time")
        scalar Url
        """);

    [Fact]
    public void An_extension_of_a_scalar() => Schemas.Valid(
        """
        type Query { a: Int }
        directive @d on SCALAR
        scalar Ra
        extend scalar Ra @d
        """);

    [Fact]
    public void An_extension_of_a_scalar_that_is_none() => Schemas.Refused(
        """
        type Query { a: Int }
        directive @d on SCALAR
        extend scalar Query @d
        """,
        """1:1 3:1 Cannot extend non-scalar type "Query".""");

    [Fact]
    public void An_extension_does_not_repeat_a_directive() => Schemas.Refused(
        """
        type Query { a: Int }
        directive @d on SCALAR
        scalar Ra @d
        extend scalar Ra @d
        """,
        """3:11 4:18 The directive "@d" can only be used once at this location.""");

    [Fact]
    public void An_extension_of_a_scalar_has_a_directive() => Grammar.Refuses("extend scalar Ra", "1:17 Syntax Error: Unexpected <EOF>.");
}
