using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Insignificant-Commas">Insignificant Commas</see>.
/// </summary>
public sealed class InsignificantCommasTests
{
    [Fact]
    public void Commas_mean_nothing_between_tokens() => Grammar.Reads(
        "query Q($a: Int, $b: Int,) { a(b: 1, c: 2,), b, ,c }",
        """
        query Q($a: Int, $b: Int) {
          a(b: 1, c: 2)
          b
          c
        }
        """);

    [Fact]
    public void Repeated_commas_are_not_missing_values() => Grammar.Reads(
        "{ a(b: [1, , 2,,]) }",
        """
        {
          a(b: [1, 2])
        }
        """);

    [Fact]
    public void They_may_begin_a_document() => Grammar.Reads(
        ",,{ a }",
        """
        {
          a
        }
        """);
}
