using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class UniqueOperationNamesRuleTests
{
    [Fact]
    public void Different_names_are_fine() => Expect.Valid(
        """
        query A { dog { name } }
        query B { dog { name } }
        """);

    [Fact]
    public void A_name_stands_once() => Expect.Errors(
        """
        query A { dog { name } }
        subscription A { importantEmails }
        query A { cat { name } }
        """,
        """
        1:7 2:14 There can be only one operation named "A".
        1:7 3:7 There can be only one operation named "A".
        """);
}
