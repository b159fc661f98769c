using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class NoFragmentCyclesRuleTests
{
    [Fact]
    public void A_fragment_twice_is_no_cycle() => Expect.Valid(
        """
        { dog { ...A ...B } }
        fragment A on Dog { ...B mother { ...B } }
        fragment B on Dog { name }
        """);

    [Fact]
    public void A_fragment_in_itself() => Expect.Errors(
        """
        { dog { ...A } human { ...H } }
        fragment A on Dog { ...A }
        fragment H on Human { relatives { ...H } }
        """,
        """
        2:21 Cannot spread fragment "A" within itself.
        3:35 Cannot spread fragment "H" within itself.
        """);

    [Fact]
    public void Fragments_in_each_other() => Expect.Errors(
        """
        { dog { ...A } }
        fragment A on Dog { ...B ...C }
        fragment B on Dog { ...C ...A }
        fragment C on Dog { mother { ...A } ...B }
        """,
        """
        3:21 4:37 Cannot spread fragment "B" within itself via "C".
        2:21 3:21 4:30 Cannot spread fragment "A" within itself via "B", "C".
        2:21 3:26 Cannot spread fragment "A" within itself via "B".
        """);
}
