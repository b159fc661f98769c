using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class UniqueArgumentNamesRuleTests
{
    [Fact]
    public void An_argument_is_given_once() => Expect.Errors(
        """
        { dog { isAtLocation(x: 1, y: 2, x: 3, x: 4) name @onField(x: 1, x: 2) } }
        """,
        """
        1:22 1:34 1:40 There can be only one argument named "x".
        1:60 1:66 There can be only one argument named "x".
        """);
}
