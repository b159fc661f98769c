using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Argument-Names">Argument Names</see>.
/// </summary>
public sealed class ArgumentNamesTests
{
    [Fact]
    public void A_required_argument() => Documents.Valid(
        """
        { telescope { ...F } }
        fragment F on Telescope { canMove(motion: PARK) }
        """);

    [Fact]
    public void An_optional_argument_and_one_of_a_directive() => Documents.Valid(
        """
        { telescope { ...F } }
        fragment F on Telescope { isOpen(atNight: true) @include(if: true) }
        """);

    [Fact]
    public void An_argument_that_the_field_does_not_have() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { canMove(command: FLY) }
        """,
        """
        2:35 Unknown argument "command" on field "Telescope.canMove".
        2:27 Field "canMove" argument "motion" of type "Motion!" is required, but it was not provided.
        """);

    [Fact]
    public void An_argument_that_the_directive_does_not_have() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { isOpen(atNight: true) @include(unless: false) }
        """,
        """
        2:58 Unknown argument "unless" on directive "@include".
        2:49 Directive "@include" argument "if" of type "Boolean!" is required, but it was not provided.
        """);

    [Fact]
    public void Arguments_in_order() => Documents.Valid(
        """
        { arguments { ...F } }
        fragment F on Arguments { two(x: 1, y: 2) }
        """);

    [Fact]
    public void Arguments_in_reverse_order() => Documents.Valid(
        """
        { arguments { ...F } }
        fragment F on Arguments { two(y: 2, x: 1) }
        """);
}
