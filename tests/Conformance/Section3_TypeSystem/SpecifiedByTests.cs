using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec--specifiedBy">@specifiedBy</see>.
/// </summary>
public sealed class SpecifiedByTests
{
    private const string Sdl =
        """
        type Query { a: Uuid } scalar Uuid @specifiedBy(url: "https://tools.ietf.org/html/rfc4122") scalar Other
        """;

    [Fact]
    public Task Introspection_gives_the_address() => Service.Answers(
        Sdl,
        "{}",
        """{ a: __type(name: "Uuid") { specifiedByURL } b: __type(name: "Other") { specifiedByURL } c: __type(name: "Query") { specifiedByURL } d: __type(name: "Int") { specifiedByURL } }""",
        """{"data":{"a":{"specifiedByURL":"https://tools.ietf.org/html/rfc4122"},"b":{"specifiedByURL":null},"c":{"specifiedByURL":null},"d":null}}""");

    [Fact]
    public void The_address_is_required() => Schemas.Refused(
        """
        type Query { a: Int }
        scalar Uuid @specifiedBy
        """,
        """2:13 Directive "@specifiedBy" argument "url" of type "String!" is required, but it was not provided.""");

    [Fact]
    public void It_stands_on_scalars() => Schemas.Refused(
        """
        type Query { a: Int }
        enum E @specifiedBy(url: "https://example.com") { A }
        """,
        """2:8 Directive "@specifiedBy" may not be used on ENUM.""");

    [Fact]
    public void It_stands_once() => Schemas.Refused(
        """
        type Query { a: Int }
        scalar Uuid @specifiedBy(url: "https://example.com") @specifiedBy(url: "https://example.com")
        """,
        """2:13 2:54 The directive "@specifiedBy" can only be used once at this location.""");
}
