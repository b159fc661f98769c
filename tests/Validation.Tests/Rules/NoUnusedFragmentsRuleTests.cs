using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class NoUnusedFragmentsRuleTests
{
    [Fact]
    public void Fragments_used_through_others_are_used() => Expect.Valid(
        """
        { human { ...A } }
        fragment A on Human { ...B }
        fragment B on Human { name }
        """);

    [Fact]
    public void Fragments_that_only_use_each_other_are_not() => Expect.Errors(
        """
        query A { human { ...A } }
        query B { human { name } }
        fragment A on Human { name }
        fragment U1 on Human { name }
        fragment U2 on Human { ...U1 }
        """,
        """
        4:1 Fragment "U1" is never used.
        5:1 Fragment "U2" is never used.
        """);
}
