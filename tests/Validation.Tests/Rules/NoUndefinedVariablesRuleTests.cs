using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class NoUndefinedVariablesRuleTests
{
    [Fact]
    public void Variables_in_fragments_are_defined_by_the_operation() => Expect.Valid(
        """
        query A($x: Int) { dog { ...F } }
        fragment F on Dog { isAtLocation(x: $x) }
        """);

    [Fact]
    public void Undefined_variables_are_told_for_each_operation() => Expect.Errors(
        """
        query A($x: Int) { dog { ...F isAtLocation(x: $x) } }
        query B { dog { ...F @include(if: $if) } }
        fragment F on Dog { isAtLocation(x: $x, y: $y) ...G }
        fragment G on Dog { name(surname: $z) }
        """,
        """
        1:31 3:21 Fields "isAtLocation" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.
        3:44 1:1 Variable "$y" is not defined by operation "A".
        4:35 1:1 Variable "$z" is not defined by operation "A".
        2:35 2:1 Variable "$if" is not defined by operation "B".
        3:37 2:1 Variable "$x" is not defined by operation "B".
        3:44 2:1 Variable "$y" is not defined by operation "B".
        4:35 2:1 Variable "$z" is not defined by operation "B".
        """);

    [Fact]
    public void An_operation_without_a_name() => Expect.Errors(
        """
        { dog { isAtLocation(x: $x) } }
        """,
        """
        1:25 1:1 Variable "$x" is not defined.
        """);
}
