using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Enums">Enums</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Enum-Extensions">Enum Extensions</see>.
/// </summary>
public sealed class EnumsTests
{
    private const string Sdl =
        """
        enum Direction { NORTH EAST SOUTH WEST } type Query { out: Direction bad: Direction in(value: Direction): String }
        """;

    private const string Data =
        """
        {"out": "NORTH", "bad": "UP", "in": {"$args": true}}
        """;

    [Fact]
    public Task A_result_that_is_a_value() => Service.Answers(Sdl, Data, "{ out }", """{"data":{"out":"NORTH"}}""");

    [Fact]
    public Task A_result_that_is_none() => Service.Answers(
        Sdl,
        Data,
        "{ bad }",
        """{"errors":[{"message":"Enum \"Direction\" cannot represent value: \"UP\"","locations":[{"line":1,"column":3}],"path":["bad"]}],"data":{"bad":null}}""");

    [Fact]
    public Task A_name_as_input() => Service.Answers(Sdl, Data, "{ in(value: EAST) }", """{"data":{"in":"{\"value\":\"EAST\"}"}}""");

    [Fact]
    public Task A_name_that_is_no_value() => Service.Answers(
        Sdl,
        Data,
        "{ in(value: UP) }",
        """{"errors":[{"message":"Value \"UP\" does not exist in \"Direction\" enum.","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public Task A_string_is_no_name() => Service.Answers(
        Sdl,
        Data,
        """{ in(value: "EAST") }""",
        """{"errors":[{"message":"Enum \"Direction\" cannot represent non-enum value: \"EAST\". Did you mean the enum value \"EAST\" or \"WEST\"?","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public Task Nor_is_a_number() => Service.Answers(
        Sdl,
        Data,
        "{ in(value: 1) }",
        """{"errors":[{"message":"Enum \"Direction\" cannot represent non-enum value: 1.","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public Task In_variables_a_string_is_the_value() =>
        Service.Answers(Sdl, Data, "query ($v: Direction) { in(value: $v) }", """{"data":{"in":"{\"value\":\"WEST\"}"}}""", """{"v":"WEST"}""");

    [Fact]
    public Task Unless_it_is_none() => Service.Answers(
        Sdl,
        Data,
        "query ($v: Direction) { in(value: $v) }",
        """{"errors":[{"message":"Variable \"$v\" got invalid value \"west\"; Value \"west\" does not exist in \"Direction\" enum. Did you mean the enum value \"WEST\" or \"EAST\"?","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""",
        """{"v":"west"}""");

    [Fact]
    public Task And_nothing_else_is() => Service.Answers(
        Sdl,
        Data,
        "query ($v: Direction) { in(value: $v) }",
        """{"errors":[{"message":"Variable \"$v\" got invalid value 1; Enum \"Direction\" cannot represent non-string value: 1.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""",
        """{"v":1}""");

    [Fact]
    public void An_enum_has_a_value() => Schemas.Refused(
        """
        type Query { a: Int }
        enum E
        """,
        "2:1 Enum type E must define one or more values.");

    [Fact]
    public void Values_are_unique() => Schemas.Refused(
        """
        type Query { a: Int }
        enum E { A A }
        """,
        """2:10 2:12 Enum value "E.A" can only be defined once.""");

    [Fact]
    public void An_extension_adds_a_value() => Schemas.Valid(
        """
        type Query { a: Int }
        enum E { A }
        extend enum E { B }
        """);

    [Fact]
    public void An_extension_does_not_repeat_a_value() => Schemas.Refused(
        """
        type Query { a: Int }
        enum E { A }
        extend enum E { A }
        """,
        """2:10 3:17 Enum value "E.A" can only be defined once.""");

    [Fact]
    public void An_extension_is_of_an_enum() => Schemas.Refused(
        """
        type Query { a: Int }
        extend enum Query { A }
        """,
        """1:1 2:1 Cannot extend non-enum type "Query".""");
}
