using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Directives-Are-Unique-per-Location">Directives Are Unique per Location</see>.
/// </summary>
public sealed class DirectiveUniquenessTests
{
    [Fact]
    public void One_directive_twice() => Documents.Refused(
        "query ($a: Boolean = true, $b: Boolean = false) { telescope { name @skip(if: $a) @skip(if: $b) } }",
        """1:68 1:82 The directive "@skip" can only be used once at this location.""");

    [Fact]
    public void One_directive_on_two_places() => Documents.Valid(
        """
        query ($a: Boolean = true, $b: Boolean = false) {
          telescope @skip(if: $a) { name }
          telescope @skip(if: $b) { nickname }
        }
        """);

    [Fact]
    public void A_repeatable_directive_twice() => Documents.Valid("""{ telescope @tag(name: "a") @tag(name: "b") { name } }""");

    [Fact]
    public void Two_different_directives() => Documents.Valid("{ telescope { name @skip(if: false) @include(if: true) } }");
}
