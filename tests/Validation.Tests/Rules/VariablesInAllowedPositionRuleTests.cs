using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class VariablesInAllowedPositionRuleTests
{
    [Fact]
    public void Types_that_fit_are_fine() => Expect.Valid(
        """
        query Q($a: Int!, $b: Boolean = true, $c: [String!]!, $d: String!, $e: Int) { complicatedArgs { intArgField(intArg: $a) x: nonNullIntArgField(nonNullIntArg: $a) stringListArgField(stringListArg: $c) y: stringListArgField(stringListArg: [$d]) nonNullFieldWithDefault(arg: $e) } dog @include(if: $b) { name } }
        """);

    [Fact]
    public void Types_that_do_not_fit_are_told() => Expect.Errors(
        """
        query Q($a: Int, $b: String, $c: [String], $d: Boolean, $e: Int = null) { complicatedArgs { nonNullIntArgField(nonNullIntArg: $a) x: nonNullIntArgField(nonNullIntArg: $e) intArgField(intArg: $b) stringArgField(stringArg: $c) stringListNonNullArgField(stringListNonNullArg: $c) z: stringListArgField(stringListArg: $b) } dog @include(if: $d) { ...F } }
        fragment F on Dog { isAtLocation(x: $b, y: $a) }
        """,
        """
        1:9 1:127 Variable "$a" of type "Int" used in position expecting type "Int!".
        1:57 1:168 Variable "$e" of type "Int" used in position expecting type "Int!".
        1:18 1:192 Variable "$b" of type "String" used in position expecting type "Int".
        1:30 1:222 Variable "$c" of type "[String]" used in position expecting type "String".
        1:30 1:274 Variable "$c" of type "[String]" used in position expecting type "[String!]".
        1:18 1:315 Variable "$b" of type "String" used in position expecting type "[String]".
        1:44 1:338 Variable "$d" of type "Boolean" used in position expecting type "Boolean!".
        1:18 2:37 Variable "$b" of type "String" used in position expecting type "Int".
        """);

    [Fact]
    public void A_variable_in_a_one_of_is_not_null() => Expect.Errors(
        """
        query Q($a: String, $b: String!, $c: Int = 1) { complicatedArgs { a: oneOfArgField(oneOfArg: {stringField: $a}) b: oneOfArgField(oneOfArg: {stringField: $b}) c: oneOfArgField(oneOfArg: {intField: $c}) } }
        """,
        """
        1:9 1:108 Variable "$a" is of type "String" but must be non-nullable to be used for OneOf Input Object "OneOfInput".
        1:34 1:197 Variable "$c" is of type "Int" but must be non-nullable to be used for OneOf Input Object "OneOfInput".
        """);

    [Fact]
    public void Object_fields_and_lists_are_positions() => Expect.Errors(
        """
        query Q($a: Boolean, $b: String, $c: Int!) { complicatedArgs { complexArgField(complexArg: {requiredField: $a, nonNullField: $a, intField: $b, stringListField: [$b, $c]}) } }
        """,
        """
        1:9 1:108 Variable "$a" of type "Boolean" used in position expecting type "Boolean!".
        1:22 1:140 Variable "$b" of type "String" used in position expecting type "Int".
        1:34 1:166 Variable "$c" of type "Int!" used in position expecting type "String".
        """);
}
