using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class KnownDirectivesRuleTests
{
    [Fact]
    public void Directives_where_they_may_stand_are_fine() => Expect.Valid(
        """
        query Q($x: Int @onVariable) @onQuery { dog @include(if: true) { isAtLocation(x: $x) @onField(x: $x) ...F @skip(if: false) } }
        fragment F on Dog { name }
        """);

    [Fact]
    public void Unknown_ones_are_told() => Expect.Errors(
        """
        { dog @unknown(a: "b") { name @alsoUnknown ...F @x } }
        fragment F on Dog @y { barks }
        """,
        """
        1:7 Unknown directive "@unknown".
        1:31 Unknown directive "@alsoUnknown".
        1:49 Unknown directive "@x".
        2:19 Unknown directive "@y".
        """);

    [Fact]
    public void Ones_in_the_wrong_place_are_told() => Expect.Errors(
        """
        query Q($x: Int @onField) @include(if: true) { dog @onQuery { isAtLocation(x: $x) ...F @onField ... @onField { name } } }
        fragment F on Dog @onQuery { barks }
        subscription S @onQuery { importantEmails }
        """,
        """
        1:17 Directive "@onField" may not be used on VARIABLE_DEFINITION.
        1:27 Directive "@include" may not be used on QUERY.
        1:52 Directive "@onQuery" may not be used on FIELD.
        1:88 Directive "@onField" may not be used on FRAGMENT_SPREAD.
        1:101 Directive "@onField" may not be used on INLINE_FRAGMENT.
        2:19 Directive "@onQuery" may not be used on FRAGMENT_DEFINITION.
        3:16 Directive "@onQuery" may not be used on SUBSCRIPTION.
        """);
}
