using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-All-Variable-Uses-Defined">All Variable Uses Defined</see>.
/// </summary>
public sealed class AllVariableUsesDefinedTests
{
    [Fact]
    public void A_variable_of_the_operation() => Documents.Valid("query Q($atNight: Boolean) { telescope { isOpen(atNight: $atNight) } }");

    [Fact]
    public void A_variable_of_nobody() => Documents.Refused(
        "query Q { telescope { isOpen(atNight: $atNight) } }",
        """1:39 1:1 Variable "$atNight" is not defined by operation "Q".""");

    [Fact]
    public void A_variable_of_nobody_in_an_operation_without_a_name() =>
        Documents.Refused("{ telescope { isOpen(atNight: $atNight) } }", """1:31 1:1 Variable "$atNight" is not defined.""");

    [Fact]
    public void A_fragment_uses_the_variables_of_its_operation() => Documents.Valid(
        """
        query Q($atNight: Boolean) { telescope { ...Open } }
        fragment Open on Telescope { isOpen(atNight: $atNight) }
        """);

    [Fact]
    public void Which_must_have_them() => Documents.Refused(
        """
        query Q { telescope { ...Open } }
        fragment Open on Telescope { isOpen(atNight: $atNight) }
        """,
        """2:46 1:1 Variable "$atNight" is not defined by operation "Q".""");

    [Fact]
    public void Also_through_other_fragments() => Documents.Refused(
        """
        query Q { telescope { ...Outer } }
        fragment Outer on Telescope { ...Open }
        fragment Open on Telescope { isOpen(atNight: $atNight) }
        """,
        """3:46 1:1 Variable "$atNight" is not defined by operation "Q".""");

    [Fact]
    public void Every_operation_defines_what_its_fragments_use() => Documents.Valid(
        """
        query One($atNight: Boolean) { telescope { ...Open } }
        query Two($atNight: Boolean) { telescope { ...Open } }
        fragment Open on Telescope { isOpen(atNight: $atNight) }
        """);

    [Fact]
    public void If_one_does_not_it_is_told() => Documents.Refused(
        """
        query One($atNight: Boolean) { telescope { ...Open } }
        query Two { telescope { ...Open } }
        fragment Open on Telescope { isOpen(atNight: $atNight) }
        """,
        """3:46 2:1 Variable "$atNight" is not defined by operation "Two".""");

    [Fact]
    public void Inside_lists_and_objects_too() => Documents.Refused(
        "query Q { findTelescope(by: { name: $n }) { name } flags(list: [$b]) }",
        """
        1:37 1:1 Variable "$n" is not defined by operation "Q".
        1:65 1:1 Variable "$b" is not defined by operation "Q".
        """);

    [Fact]
    public void And_in_directives() =>
        Documents.Refused("query Q { telescope { name @skip(if: $s) } }", """1:38 1:1 Variable "$s" is not defined by operation "Q".""");
}
