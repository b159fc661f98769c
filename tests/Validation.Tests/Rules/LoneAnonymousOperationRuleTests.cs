using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class LoneAnonymousOperationRuleTests
{
    [Fact]
    public void One_anonymous_operation_is_fine() => Expect.Valid(
        """
        { dog { name } }
        """);

    [Fact]
    public void Others_beside_it_are_not() => Expect.Errors(
        """
        { dog { name } }
        query { cat { name } }
        query Q { dog { name } }
        """,
        """
        1:1 This anonymous operation must be the only defined operation.
        2:1 This anonymous operation must be the only defined operation.
        """);
}
