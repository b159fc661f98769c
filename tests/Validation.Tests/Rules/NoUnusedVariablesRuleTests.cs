using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class NoUnusedVariablesRuleTests
{
    [Fact]
    public void Variables_in_objects_lists_and_directives_are_used() => Expect.Valid(
        """
        query Q($a: String, $b: Boolean!, $c: String) { complicatedArgs @skip(if: $b) { complexArgField(complexArg: {requiredField: true, stringField: $a, stringListField: [$c]}) } }
        """);

    [Fact]
    public void Unused_variables_are_told() => Expect.Errors(
        """
        query Q($a: String, $b: Int) { dog { isAtLocation(x: $b) } }
        query R($x: Int) { dog { name } }
        """,
        """
        1:9 Variable "$a" is never used in operation "Q".
        2:9 Variable "$x" is never used in operation "R".
        """);

    [Fact]
    public void An_operation_without_a_name() => Expect.Errors(
        """
        query ($x: Int = 1) { dog { name } }
        """,
        """
        1:8 Variable "$x" is never used.
        """);
}
