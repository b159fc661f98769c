using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Directives-Are-Defined">Directives Are Defined</see>.
/// </summary>
public sealed class DirectivesAreDefinedTests
{
    [Fact]
    public void Directives_of_the_schema_and_of_the_spec() =>
        Documents.Valid("""query @tag { telescope @tag(name: "a") { name @skip(if: false) } }""");

    [Fact]
    public void A_directive_that_nobody_defines() =>
        Documents.Refused("{ telescope { name @unknown } }", """1:20 Unknown directive "@unknown".""");

    [Fact]
    public void A_directive_that_nobody_defines_on_each_place() => Documents.Refused(
        "query ($v: Boolean @b) @a { telescope @c { isOpen(atNight: $v) ...F @d ... @e { name } } } fragment F on Telescope @f { name }",
        """
        1:20 Unknown directive "@b".
        1:24 Unknown directive "@a".
        1:39 Unknown directive "@c".
        1:69 Unknown directive "@d".
        1:76 Unknown directive "@e".
        1:116 Unknown directive "@f".
        """);
}
