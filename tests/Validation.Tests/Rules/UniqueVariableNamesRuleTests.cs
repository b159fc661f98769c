using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class UniqueVariableNamesRuleTests
{
    [Fact]
    public void A_variable_is_defined_once() => Expect.Errors(
        """
        query A($x: Int, $y: Int, $x: String, $x: Int) { dog { isAtLocation(x: $x, y: $y) } }
        """,
        """
        1:10 1:28 1:40 There can be only one variable named "$x".
        """);
}
