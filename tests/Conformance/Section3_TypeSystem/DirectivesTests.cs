using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Type-System.Directives">Directives</see>.
/// </summary>
public sealed class DirectivesTests
{
    [Fact]
    public void A_directive_for_each_location() => Schemas.Valid(
        """
        type Query { a: Int }
        directive @d on QUERY | MUTATION | SUBSCRIPTION | FIELD | FRAGMENT_DEFINITION | FRAGMENT_SPREAD | INLINE_FRAGMENT | VARIABLE_DEFINITION | SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
        """);

    [Fact]
    public void Locations_may_begin_with_a_bar() => Grammar.Reads(
        """
        directive @d on
          | FIELD
          | QUERY
        """,
        "directive @d on FIELD | QUERY");

    [Fact]
    public void A_directive_has_a_location() => Grammar.Refuses("directive @d on", "1:16 Syntax Error: Expected Name, found <EOF>.");

    [Fact]
    public void There_are_no_other_locations() =>
        Grammar.Refuses("directive @d on DIRECTIVE", """1:17 Syntax Error: Unexpected Name "DIRECTIVE".""");

    [Fact]
    public void No_name_begins_with_two_underscores() => Schemas.Refused(
        """
        type Query { a: Int }
        directive @__d on FIELD
        """,
        """2:1 Name "__d" must not begin with "__", which is reserved by GraphQL introspection.""");

    [Fact]
    public void Arguments_have_names_of_their_own() => Schemas.Refused(
        """
        type Query { a: Int }
        directive @d(a: Int, a: Int) on FIELD
        """,
        """2:14 2:22 Argument "@d(a:)" can only be defined once.""");

    [Fact]
    public void No_arguments_name_begins_with_two_underscores() => Schemas.Refused(
        """
        type Query { a: Int }
        directive @d(__a: Int) on FIELD
        """,
        """2:14 Name "__a" must not begin with "__", which is reserved by GraphQL introspection.""");

    [Fact]
    public void Arguments_are_of_input_types() => Schemas.Refused(
        """
        type Query { a: Int }
        directive @d(a: Query) on FIELD
        """,
        "2:14 The type of @d(a:) must be Input Type but got: Query.");

    [Fact]
    public void A_required_argument_is_not_deprecated() => Schemas.Refused(
        """
        type Query { a: Int }
        directive @d(a: Int! @deprecated) on FIELD
        """,
        "2:22 2:17 Required argument @d(a:) cannot be deprecated.");

    [Fact]
    public void A_directive_does_not_use_itself() => Schemas.Refused(
        """
        type Query { a: Int }
        directive @d(a: Int @d) on ARGUMENT_DEFINITION
        """,
        "2:1 Directive @d cannot reference itself, directly or through its arguments.");

    [Fact]
    public void Not_through_another_directive() => Schemas.Refused(
        """
        type Query { a: Int }
        directive @d(a: Int @e) on ARGUMENT_DEFINITION
        directive @e(a: Int @d) on ARGUMENT_DEFINITION
        """,
        """
        2:1 Directive @d cannot reference itself, directly or through its arguments.
        3:1 Directive @e cannot reference itself, directly or through its arguments.
        """);

    [Fact]
    public void Not_through_a_type() => Schemas.Refused(
        """
        type Query { a: Int }
        directive @d(a: I) on INPUT_FIELD_DEFINITION
        input I { a: Int @d }
        """,
        "2:1 Directive @d cannot reference itself, directly or through its arguments.");

    [Fact]
    public void A_repeatable_directive_is_used_twice() => Schemas.Valid(
        """
        directive @d(a: Int) repeatable on OBJECT
        type Query @d(a: 1) @d(a: 2) { a: Int }
        """);

    [Fact]
    public void Another_is_not() => Schemas.Refused(
        """
        directive @d on OBJECT
        type Query @d @d { a: Int }
        """,
        """2:12 2:15 The directive "@d" can only be used once at this location.""");

    [Fact]
    public void A_directive_stands_where_it_may() => Schemas.Refused(
        """
        directive @d on FIELD
        type Query @d { a: Int }
        """,
        """2:12 Directive "@d" may not be used on OBJECT.""");

    [Fact]
    public void A_directive_that_is_not_there() => Schemas.Refused("type Query @d { a: Int }", """1:12 Unknown directive "@d".""");

    [Fact]
    public void Its_required_arguments_are_given() => Schemas.Refused(
        """
        directive @d(a: Int!) on OBJECT
        type Query @d { a: Int }
        """,
        """2:12 Directive "@d" argument "a" of type "Int!" is required, but it was not provided.""");

    [Fact]
    public void It_has_no_other_arguments() => Schemas.Refused(
        """
        directive @d on OBJECT
        type Query @d(b: 1) { a: Int }
        """,
        """2:15 Unknown argument "b" on directive "@d".""");

    [Fact]
    public void Its_arguments_have_the_right_type() => Schemas.Refused(
        """
        directive @d(a: Int) on OBJECT
        type Query @d(a: "x") { a: Int }
        """,
        """2:18 Argument "a" has invalid value "x".""");
}
