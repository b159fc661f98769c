using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Required-Arguments">Required Arguments</see>.
/// </summary>
public sealed class RequiredArgumentsTests
{
    [Fact]
    public void A_nullable_argument_that_is_given() => Documents.Valid(
        """
        { arguments { ...F } }
        fragment F on Arguments { boolean(value: true) }
        """);

    [Fact]
    public void A_required_argument_that_is_given() => Documents.Valid(
        """
        { arguments { ...F } }
        fragment F on Arguments { must(value: true) }
        """);

    [Fact]
    public void A_nullable_argument_that_is_left_out() => Documents.Valid(
        """
        { arguments { ...F } }
        fragment F on Arguments { boolean }
        """);

    [Fact]
    public void A_required_argument_that_is_left_out() => Documents.Refused(
        """
        { arguments { ...F } }
        fragment F on Arguments { must }
        """,
        """2:27 Field "must" argument "value" of type "Boolean!" is required, but it was not provided.""");

    [Fact]
    public void Null_is_no_value_for_a_required_argument() => Documents.Refused(
        """
        { arguments { ...F } }
        fragment F on Arguments { must(value: null) }
        """,
        """2:39 Expected value of type "Boolean!", found null.""");

    [Fact]
    public void An_argument_with_a_default_may_be_left_out() => Documents.Valid(
        """
        { arguments { ...F } }
        fragment F on Arguments { withDefault }
        """);

    [Fact]
    public void But_it_cannot_be_null() => Documents.Refused(
        """
        { arguments { ...F } }
        fragment F on Arguments { withDefault(value: null) }
        """,
        """2:46 Expected value of type "Boolean!", found null.""");

    [Fact]
    public void Each_required_argument_is_told() => Documents.Refused(
        """
        { arguments { ...F } }
        fragment F on Arguments { two }
        """,
        """
        2:27 Field "two" argument "x" of type "Int!" is required, but it was not provided.
        2:27 Field "two" argument "y" of type "Int!" is required, but it was not provided.
        """);

    [Fact]
    public void A_required_argument_of_a_directive() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { name @include }
        """,
        """2:32 Directive "@include" argument "if" of type "Boolean!" is required, but it was not provided.""");

    [Fact]
    public void Null_for_a_required_argument_of_a_directive() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { name @include(if: null) }
        """,
        """2:45 Expected value of type "Boolean!", found null.""");
}
