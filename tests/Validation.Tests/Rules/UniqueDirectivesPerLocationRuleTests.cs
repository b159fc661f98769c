using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class UniqueDirectivesPerLocationRuleTests
{
    [Fact]
    public void Repeatable_ones_may_stand_twice() => Expect.Valid(
        """
        { dog @repeatable @repeatable @onField { name @onField } }
        """);

    [Fact]
    public void Others_may_not() => Expect.Errors(
        """
        query Q @onQuery @onQuery { dog @repeat @repeat @repeat { name ...F @needs(it: 1) @needs(it: 2) } }
        fragment F on Dog { barks @include(if: true) @skip(if: false) @include(if: false) }
        """,
        """
        1:9 1:18 The directive "@onQuery" can only be used once at this location.
        1:33 1:41 The directive "@repeat" can only be used once at this location.
        1:33 1:49 The directive "@repeat" can only be used once at this location.
        1:69 1:83 The directive "@needs" can only be used once at this location.
        2:27 2:63 The directive "@include" can only be used once at this location.
        """);
}
