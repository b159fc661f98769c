using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Values-of-Correct-Type">Values of Correct Type</see>.
/// </summary>
public sealed class ValuesOfCorrectTypeTests
{
    [Fact]
    public void A_boolean() => Documents.Valid(
        """
        { arguments { ...F } }
        fragment F on Arguments { boolean(value: true) }
        """);

    [Fact]
    public void An_int_where_a_float_is_asked() => Documents.Valid(
        """
        { arguments { ...F } }
        fragment F on Arguments { float(value: 123) }
        """);

    [Fact]
    public void An_input_object_as_a_default() =>
        Documents.Valid("""query ($s: TelescopeSearch = { name: "Hale" }) { findTelescope(by: $s) { name } }""");

    [Fact]
    public void A_oneOf_input_object_as_a_default() =>
        Documents.Valid("""mutation ($i: InstrumentOrder! = { antenna: { name: "Dish" } }) { order(instrument: $i) { name } }""");

    [Fact]
    public void A_string_where_an_int_is_asked() => Documents.Refused(
        """
        { arguments { ...F } }
        fragment F on Arguments { int(value: "123") }
        """,
        """
        2:38 Int cannot represent non-integer value: "123"
        """);

    [Fact]
    public void An_int_inside_an_input_object_where_a_string_is_asked() =>
        Documents.Refused("{ findTelescope(by: { name: 123 }) { name } }", "1:29 String cannot represent a non string value: 123");

    [Fact]
    public void A_oneOf_input_object_without_a_field() => Documents.Refused(
        "mutation { order(instrument: {}) { name } }",
        """1:30 OneOf Input Object "InstrumentOrder" must specify exactly one key.""");

    [Fact]
    public void A_oneOf_input_object_with_two_fields() => Documents.Refused(
        """mutation ($t: TelescopeInput) { order(instrument: { antenna: { name: "Dish" }, telescope: $t }) { name } }""",
        """
        1:51 OneOf Input Object "InstrumentOrder" must specify exactly one key.
        1:11 1:91 Variable "$t" is of type "TelescopeInput" but must be non-nullable to be used for OneOf Input Object "InstrumentOrder".
        """);

    [Fact]
    public void A_oneOf_input_object_in_a_list_with_a_variable_that_can_be_null() => Documents.Refused(
        "mutation ($t: TelescopeInput) { orderAll(instruments: [{ telescope: $t }]) { name } }",
        """1:11 1:69 Variable "$t" is of type "TelescopeInput" but must be non-nullable to be used for OneOf Input Object "InstrumentOrder".""");

    [Fact]
    public void A_oneOf_input_object_whose_field_is_null() => Documents.Refused(
        "mutation { order(instrument: { antenna: null }) { name } }",
        """1:30 Field "InstrumentOrder.antenna" must be non-null.""");

    [Theory]
    [InlineData("{ arguments { int(value: 1.0) } }", "1:26 Int cannot represent non-integer value: 1.0")]
    [InlineData("{ arguments { int(value: true) } }", "1:26 Int cannot represent non-integer value: true")]
    [InlineData("{ arguments { int(value: FAST) } }", "1:26 Int cannot represent non-integer value: FAST")]
    [InlineData("{ arguments { int(value: 9876543210) } }", "1:26 Int cannot represent non 32-bit signed integer value: 9876543210")]
    [InlineData("{ arguments { int(value: [1]) } }", "1:26 Int cannot represent non-integer value: [1]")]
    [InlineData("{ arguments { int(value: {}) } }", "1:26 Int cannot represent non-integer value: {}")]
    [InlineData("""{ arguments { float(value: "1") } }""", "1:28 Float cannot represent non numeric value: \"1\"")]
    [InlineData("{ arguments { float(value: true) } }", "1:28 Float cannot represent non numeric value: true")]
    [InlineData("{ arguments { float(value: FAST) } }", "1:28 Float cannot represent non numeric value: FAST")]
    [InlineData("{ arguments { boolean(value: 1) } }", "1:30 Boolean cannot represent a non boolean value: 1")]
    [InlineData("""{ arguments { boolean(value: "true") } }""", "1:30 Boolean cannot represent a non boolean value: \"true\"")]
    [InlineData("{ arguments { boolean(value: TRUE) } }", "1:30 Boolean cannot represent a non boolean value: TRUE")]
    [InlineData("{ arguments { list(value: [1]) } }", "1:28 Boolean cannot represent a non boolean value: 1")]
    [InlineData("""{ arguments { list(value: "x") } }""", "1:27 Boolean cannot represent a non boolean value: \"x\"")]
    [InlineData("{ arguments { list(value: null) } }", """1:27 Expected value of type "[Boolean]!", found null.""")]
    [InlineData("{ arguments { strictList(value: [true, null]) } }", """1:40 Expected value of type "Boolean!", found null.""")]
    public void Values_that_are_not_of_the_type(string text, string errors) => Documents.Refused(text, errors);

    [Theory]
    [InlineData("{ arguments { int(value: -5) } }")]
    [InlineData("{ arguments { int(value: null) } }")]
    [InlineData("{ arguments { float(value: 1e3) } }")]
    [InlineData("{ arguments { boolean(value: null) } }")]
    [InlineData("{ arguments { list(value: []) } }")]
    [InlineData("{ arguments { list(value: true) } }")]
    [InlineData("{ arguments { list(value: [true, null]) } }")]
    public void Values_that_are(string text) => Documents.Valid(text);

    [Fact]
    public void An_enum_value_that_the_enum_does_not_have() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { canMove(motion: TRAK) }
        """,
        """2:43 Value "TRAK" does not exist in "Motion" enum. Did you mean the enum value "TRACK" or "PARK"?""");

    [Fact]
    public void An_enum_value_is_no_string() => Documents.Refused(
        """
        { telescope { ...F } }
        fragment F on Telescope { canMove(motion: "TRACK") }
        """,
        """2:43 Enum "Motion" cannot represent non-enum value: "TRACK". Did you mean the enum value "TRACK"?""");

    [Fact]
    public void A_default_of_another_type() =>
        Documents.Refused("query ($b: Boolean = 1) { arguments { boolean(value: $b) } }", "1:22 Boolean cannot represent a non boolean value: 1");

    [Fact]
    public void A_default_of_null_for_a_type_that_cannot_be_null() => Documents.Refused(
        "query ($b: Boolean! = null) { arguments { must(value: $b) } }",
        """1:23 Expected value of type "Boolean!", found null.""");

    [Fact]
    public void A_value_of_a_directives_argument() => Documents.Refused(
        """{ telescope { name @skip(if: "yes") } }""",
        """
        1:30 Boolean cannot represent a non boolean value: "yes"
        """);
}
