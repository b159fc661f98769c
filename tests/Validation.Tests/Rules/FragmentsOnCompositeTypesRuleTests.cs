using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class FragmentsOnCompositeTypesRuleTests
{
    [Fact]
    public void Objects_interfaces_and_unions_are_fine() => Expect.Valid(
        """
        { pet { ... on Dog { barks } ... on Pet { name } ... { name } } catOrDog { ... on CatOrDog { __typename } } }
        """);

    [Fact]
    public void Scalars_enums_and_input_objects_are_not() => Expect.Errors(
        """
        { dog { ...A ...B ...C ... on String { x } } }
        fragment A on Boolean { bad }
        fragment B on FurColor { bad }
        fragment C on ComplexInput { stringField }
        """,
        """
        1:31 Fragment cannot condition on non composite type "String".
        2:15 Fragment "A" cannot condition on non composite type "Boolean".
        3:15 Fragment "B" cannot condition on non composite type "FurColor".
        4:15 Fragment "C" cannot condition on non composite type "ComplexInput".
        """);
}
