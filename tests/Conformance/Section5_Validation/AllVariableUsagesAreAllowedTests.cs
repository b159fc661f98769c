using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-All-Variable-Usages-Are-Allowed">All Variable Usages Are Allowed</see>.
/// </summary>
public sealed class AllVariableUsagesAreAllowedTests
{
    [Fact]
    public void An_int_where_a_boolean_is_asked() => Documents.Refused(
        "query Q($v: Int) { arguments { boolean(value: $v) } }",
        """1:9 1:47 Variable "$v" of type "Int" used in position expecting type "Boolean".""");

    [Fact]
    public void A_list_where_one_is_asked() => Documents.Refused(
        "query Q($v: [Boolean]) { arguments { boolean(value: $v) } }",
        """1:9 1:53 Variable "$v" of type "[Boolean]" used in position expecting type "Boolean".""");

    [Fact]
    public void A_variable_that_can_be_null_where_null_is_not_allowed() => Documents.Refused(
        "query Q($v: Boolean) { arguments { must(value: $v) } }",
        """1:9 1:48 Variable "$v" of type "Boolean" used in position expecting type "Boolean!".""");

    [Fact]
    public void A_list_that_cannot_be_null_where_one_can() => Documents.Valid("query Q($v: [Boolean]!) { arguments { list(value: $v) } }");

    [Fact]
    public void A_list_that_can_be_null_where_it_must_not() => Documents.Refused(
        "query Q($v: [Boolean]) { arguments { list(value: $v) } }",
        """1:9 1:50 Variable "$v" of type "[Boolean]" used in position expecting type "[Boolean]!".""");

    [Fact]
    public void A_list_of_items_that_can_be_null_where_they_must_not() => Documents.Refused(
        "query Q($v: [Boolean]) { arguments { strictList(value: $v) } }",
        """1:9 1:56 Variable "$v" of type "[Boolean]" used in position expecting type "[Boolean!]".""");

    [Fact]
    public void A_list_of_items_that_cannot_be_null_where_they_can() =>
        Documents.Valid("query Q($v: [Boolean!]!) { arguments { list(value: $v) } }");

    [Fact]
    public void One_where_a_list_is_asked() => Documents.Refused(
        "query Q($v: Boolean) { arguments { strictList(value: $v) } }",
        """1:9 1:54 Variable "$v" of type "Boolean" used in position expecting type "[Boolean!]".""");

    [Fact]
    public void One_inside_a_list() => Documents.Valid("query Q($v: Boolean) { arguments { list(value: [$v]) } }");

    [Fact]
    public void One_that_can_be_null_inside_a_list_where_it_must_not() => Documents.Refused(
        "query Q($v: Boolean) { arguments { strictList(value: [$v]) } }",
        """1:9 1:55 Variable "$v" of type "Boolean" used in position expecting type "Boolean!".""");

    [Fact]
    public void A_variable_of_a_oneOf_field_that_cannot_be_null() =>
        Documents.Valid("mutation M($a: AntennaInput!) { order(instrument: { antenna: $a }) { name } }");

    [Fact]
    public void The_same_with_a_default() =>
        Documents.Valid("""mutation M($a: AntennaInput! = { name: "Dish" }) { order(instrument: { antenna: $a }) { name } }""");

    [Fact]
    public void A_variable_of_a_oneOf_field_that_can_be_null() => Documents.Refused(
        "mutation M($a: AntennaInput) { order(instrument: { antenna: $a }) { name } }",
        """1:12 1:61 Variable "$a" is of type "AntennaInput" but must be non-nullable to be used for OneOf Input Object "InstrumentOrder".""");

    [Fact]
    public void The_place_has_a_default() => Documents.Valid("query Q($v: Boolean) { arguments { withDefault(value: $v) } }");

    [Fact]
    public void The_variable_has_a_default() => Documents.Valid("query Q($v: Boolean = true) { arguments { must(value: $v) } }");

    [Fact]
    public void A_default_of_null_does_not_help() => Documents.Refused(
        "query Q($v: Boolean = null) { arguments { must(value: $v) } }",
        """1:9 1:55 Variable "$v" of type "Boolean" used in position expecting type "Boolean!".""");

    [Fact]
    public void A_field_of_an_input_object() => Documents.Refused(
        "query Q($n: Int) { findTelescope(by: { name: $n }) { name } }",
        """1:9 1:46 Variable "$n" of type "Int" used in position expecting type "String".""");

    [Fact]
    public void In_a_fragment_it_is_the_operation_that_is_told() => Documents.Refused(
        """
        query Q($v: Int) { arguments { ...F } }
        fragment F on Arguments { boolean(value: $v) }
        """,
        """1:9 2:42 Variable "$v" of type "Int" used in position expecting type "Boolean".""");

    [Fact]
    public void A_directives_argument() => Documents.Refused(
        "query Q($v: Boolean) { telescope { name @skip(if: $v) } }",
        """1:9 1:51 Variable "$v" of type "Boolean" used in position expecting type "Boolean!".""");
}
