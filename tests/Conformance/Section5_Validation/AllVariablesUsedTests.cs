using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-All-Variables-Used">All Variables Used</see>.
/// </summary>
public sealed class AllVariablesUsedTests
{
    [Fact]
    public void A_variable_that_nobody_uses() =>
        Documents.Refused("query Q($atNight: Boolean) { telescope { isOpen } }", """1:9 Variable "$atNight" is never used in operation "Q".""");

    [Fact]
    public void A_variable_that_a_fragment_uses() => Documents.Valid(
        """
        query Q($atNight: Boolean) { telescope { ...Open } }
        fragment Open on Telescope { isOpen(atNight: $atNight) }
        """);

    [Fact]
    public void A_variable_that_the_fragment_does_not_use() => Documents.Refused(
        """
        query Q($atNight: Boolean) { telescope { ...Open } }
        fragment Open on Telescope { isOpen }
        """,
        """1:9 Variable "$atNight" is never used in operation "Q".""");

    [Fact]
    public void Every_operation_uses_all_of_its_own() => Documents.Refused(
        """
        query One($atNight: Boolean) { telescope { ...Open } }
        query Two($atNight: Boolean, $extra: Int) { telescope { ...Open } }
        fragment Open on Telescope { isOpen(atNight: $atNight) }
        """,
        """2:30 Variable "$extra" is never used in operation "Two".""");

    [Fact]
    public void In_an_operation_without_a_name() =>
        Documents.Refused("query ($a: Int) { telescope { name } }", """1:8 Variable "$a" is never used.""");
}
