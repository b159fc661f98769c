using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Argument-Uniqueness">Argument Uniqueness</see>.
/// </summary>
public sealed class ArgumentUniquenessTests
{
    [Fact]
    public void One_argument_twice_on_a_field() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { isOpen(atNight: true, atNight: true) }
        """,
        """2:34 2:49 There can be only one argument named "atNight".""");

    [Fact]
    public void One_argument_twice_on_a_directive() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { name @skip(if: true, if: false) }
        """,
        """2:38 2:48 There can be only one argument named "if".""");

    [Fact]
    public void The_same_argument_on_two_fields() => Documents.Valid(
        """
        { telescope { ...F } }
        fragment F on Telescope { isOpen(atNight: true) a: isOpen(atNight: false) }
        """);

    [Fact]
    public void Three_times_is_told_once() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { isOpen(atNight: true, atNight: true, atNight: true) }
        """,
        """2:34 2:49 2:64 There can be only one argument named "atNight".""");
}
