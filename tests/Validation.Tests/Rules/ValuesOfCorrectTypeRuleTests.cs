using GraphGateway.Language;
using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class ValuesOfCorrectTypeRuleTests
{
    [Fact]
    public void Good_values_are_fine() => Expect.Valid(
        """
        query Q($l: [String]) { complicatedArgs {
          a: intArgField(intArg: -2147483648) b: intArgField(intArg: null) c: floatArgField(floatArg: 1) d: floatArgField(floatArg: 1.1e5)
          e: idArgField(idArg: 1) f: idArgField(idArg: "a") g: enumArgField(enumArg: TAN) h: stringListArgField(stringListArg: ["a", null])
          i: stringListArgField(stringListArg: "one") j: complexArgField(complexArg: {requiredField: true, stringListField: "x"}) k: oneOfArgField(oneOfArg: {intField: 1})
          l: anyArgField(anyArg: {x: [1, {y: $l}], z: NAME}) } }
        """);

    [Fact]
    public void Bad_scalars_are_told() => Expect.Errors(
        """
        { complicatedArgs {
          a: stringArgField(stringArg: 1)
          b: stringArgField(stringArg: BAR)
          c: intArgField(intArg: "3")
          d: intArgField(intArg: 829384293849283498239482938)
          e: intArgField(intArg: 2147483648)
          f: intArgField(intArg: 3.0)
          g: floatArgField(floatArg: "3.3")
          h: booleanArgField(booleanArg: 2)
          i: idArgField(idArg: 1.5)
          j: idArgField(idArg: true)
          k: stringArgField(stringArg: {a: 1})
          l: intArgField(intArg: [1])
        } }
        """,
        """
        2:32 String cannot represent a non string value: 1
        3:32 String cannot represent a non string value: BAR
        4:26 Int cannot represent non-integer value: "3"
        5:26 Int cannot represent non 32-bit signed integer value: 829384293849283498239482938
        6:26 Int cannot represent non 32-bit signed integer value: 2147483648
        7:26 Int cannot represent non-integer value: 3.0
        8:30 Float cannot represent non numeric value: "3.3"
        9:34 Boolean cannot represent a non boolean value: 2
        10:24 ID cannot represent a non-string and non-integer value: 1.5
        11:24 ID cannot represent a non-string and non-integer value: true
        12:32 String cannot represent a non string value: {a: 1}
        13:26 Int cannot represent non-integer value: [1]
        """);

    [Fact]
    public void Bad_enums_are_told() => Expect.Errors(
        """
        { complicatedArgs { a: enumArgField(enumArg: 2) b: enumArgField(enumArg: "TAN") c: enumArgField(enumArg: tan) d: enumArgField(enumArg: JUGGLE) e: enumArgField(enumArg: true) f: enumArgField(enumArg: [TAN]) } }
        """,
        """
        1:46 Enum "FurColor" cannot represent non-enum value: 2.
        1:74 Enum "FurColor" cannot represent non-enum value: "TAN". Did you mean the enum value "TAN"?
        1:106 Value "tan" does not exist in "FurColor" enum. Did you mean the enum value "TAN"?
        1:136 Value "JUGGLE" does not exist in "FurColor" enum.
        1:169 Enum "FurColor" cannot represent non-enum value: true.
        1:200 Enum "FurColor" cannot represent non-enum value: [TAN]. Did you mean the enum value "TAN"?
        """);

    [Fact]
    public void Bad_lists_are_told() => Expect.Errors(
        """
        { complicatedArgs { a: stringListArgField(stringListArg: ["one", 2]) b: stringListArgField(stringListArg: 1) c: stringListNonNullArgField(stringListNonNullArg: ["a", null]) } }
        """,
        """
        1:66 String cannot represent a non string value: 2
        1:107 String cannot represent a non string value: 1
        1:167 Expected value of type "String!", found null.
        """);

    [Fact]
    public void Nulls_where_a_value_is_needed_are_told() => Expect.Errors(
        """
        { complicatedArgs { a: nonNullIntArgField(nonNullIntArg: null) b: multipleReqs(req1: "one", req2: null) } }
        """,
        """
        1:58 Expected value of type "Int!", found null.
        1:86 Int cannot represent non-integer value: "one"
        1:99 Expected value of type "Int!", found null.
        """);

    [Fact]
    public void Bad_objects_are_told() => Expect.Errors(
        """
        { complicatedArgs { a: complexArgField(complexArg: {intField: 4}) b: complexArgField(complexArg: {requiredField: null, nonNullField: null, stringListField: ["one", 2], unknownField: 1, invalidField: 2}) c: complexArgField(complexArg: 1) d: complexArgField(complexArg: [1]) } }
        """,
        """
        1:52 Field "ComplexInput.requiredField" of required type "Boolean!" was not provided.
        1:114 Expected value of type "Boolean!", found null.
        1:134 Expected value of type "Boolean!", found null.
        1:165 String cannot represent a non string value: 2
        1:169 Field "unknownField" is not defined by type "ComplexInput".
        1:186 Field "invalidField" is not defined by type "ComplexInput". Did you mean "intField"?
        1:235 Expected value of type "ComplexInput", found 1.
        1:269 Expected value of type "ComplexInput", found [1].
        """);

    [Fact]
    public void One_of_takes_exactly_one() => Expect.Errors(
        """
        query Q($s: String!) { complicatedArgs { a: oneOfArgField(oneOfArg: {}) b: oneOfArgField(oneOfArg: {stringField: "a", intField: 1}) c: oneOfArgField(oneOfArg: {stringField: null}) d: oneOfArgField(oneOfArg: {stringField: $s}) e: oneOfArgField(oneOfArg: {stringField: "a", intField: null}) } }
        """,
        """
        1:69 OneOf Input Object "OneOfInput" must specify exactly one key.
        1:100 OneOf Input Object "OneOfInput" must specify exactly one key.
        1:160 Field "OneOfInput.stringField" must be non-null.
        1:254 OneOf Input Object "OneOfInput" must specify exactly one key.
        """);

    [Fact]
    public void Defaults_of_variables_are_values() => Expect.Errors(
        """
        query Q($a: Int = 1, $b: String = "x", $c: ComplexInput = {requiredField: 123, intField: "abc"}, $d: Int! = null, $e: [String] = ["one", 2], $f: Dog = {x: 1}) { dog { isAtLocation(x: $a) } complicatedArgs { stringArgField(stringArg: $b) complexArgField(complexArg: $c) intArgField(intArg: $d) stringListArgField(stringListArg: $e) } }
        """,
        """
        1:75 Boolean cannot represent a non boolean value: 123
        1:90 Int cannot represent non-integer value: "abc"
        1:109 Expected value of type "Int!", found null.
        1:138 String cannot represent a non string value: 2
        1:146 Variable "$f" cannot be non-input type "Dog".
        1:142 Variable "$f" is never used in operation "Q".
        """);

    [Fact]
    public void Values_of_directives_are_values() => Expect.Errors(
        """
        { dog @include(if: "yes") { name @skip(if: ENUM) } }
        """,
        """
        1:20 Boolean cannot represent a non boolean value: "yes"
        1:44 Boolean cannot represent a non boolean value: ENUM
        """);

    [Fact] // Spec §3.5.6
    public void A_custom_scalar_says_what_it_has_against_a_literal_without_variables() => Expect.Errors(
        """
        query ($v: Any) { complicatedArgs {
          a: anyArgField(anyArg: 1)
          b: anyArgField(anyArg: "fine")
          c: anyArgField(anyArg: [1, {x: $v}])
          d: anyArgField(anyArg: {x: [1]})
          e: intArgField(intArg: "1")
        } }
        """,
        """
        2:26 Expected value of type "Any", found 1; Any wants a string.
        5:26 Expected value of type "Any", found {x: [1]}; Any wants a string.
        6:26 Int cannot represent non-integer value: "1"
        """,
        new ValidationOptions { CustomScalar = static (type, literal) => literal is StringValueNode ? null : $"{type} wants a string." });
}
