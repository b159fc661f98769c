using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class VariablesAreInputTypesRuleTests
{
    [Fact]
    public void Input_types_are_fine() => Expect.Valid(
        """
        query Q($a: String, $b: [String!]!, $c: Boolean) {
          complicatedArgs { stringArgField(stringArg: $a) stringListArgField(stringListArg: $b) }
          dog { name(surname: $c) } }
        """);

    [Fact]
    public void Output_types_are_not() => Expect.Errors(
        """
        query Q($a: Dog, $b: [[CatOrDog!]]!, $c: Pet) { dog { name } }
        """,
        """
        1:13 Variable "$a" cannot be non-input type "Dog".
        1:22 Variable "$b" cannot be non-input type "[[CatOrDog!]]!".
        1:42 Variable "$c" cannot be non-input type "Pet".
        1:9 Variable "$a" is never used in operation "Q".
        1:18 Variable "$b" is never used in operation "Q".
        1:38 Variable "$c" is never used in operation "Q".
        """);
}
