using Xunit;

namespace GraphGateway.Conformance.Section7;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Serialization-Format">Serialization Format</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-JSON-Serialization">JSON Serialization</see>.
/// </summary>
public sealed class JsonSerializationTests
{
    private const string Sdl =
        """
        type Query { map: Thing list: [Int] null: Int string: String boolean: Boolean int: Int float: Float enum: Color id: ID } type Thing { a: Int } enum Color { RED }
        """;

    private const string Data =
        """
        {"map": {"a": 1}, "list": [1, null], "null": null, "string": "a \"b\" \\ \n \u0001 \u00e9", "boolean": false, "int": -5, "float": 0.5, "enum": "RED", "id": 7}
        """;

    [Fact]
    public Task A_value_of_the_field_map() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ map { a } }", """{"data":{"map":{"a":1}}}""");

    [Fact]
    public Task A_value_of_the_field_list() => Service.AnswersAlsoThroughGateway(Sdl, Data, "{ list }", """{"data":{"list":[1,null]}}""");

    [Fact]
    public Task A_value_of_the_field_null() => Service.AnswersAlsoThroughGateway(Sdl, Data, "{ null }", """{"data":{"null":null}}""");

    [Fact]
    public Task A_value_of_the_field_boolean() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ boolean }", """{"data":{"boolean":false}}""");

    [Fact]
    public Task A_value_of_the_field_int() => Service.AnswersAlsoThroughGateway(Sdl, Data, "{ int }", """{"data":{"int":-5}}""");

    [Fact]
    public Task A_value_of_the_field_float() => Service.AnswersAlsoThroughGateway(Sdl, Data, "{ float }", """{"data":{"float":0.5}}""");

    [Fact]
    public Task A_value_of_the_field_enum() => Service.AnswersAlsoThroughGateway(Sdl, Data, "{ enum }", """{"data":{"enum":"RED"}}""");

    [Fact]
    public Task A_value_of_the_field_id() => Service.AnswersAlsoThroughGateway(Sdl, Data, "{ id }", """{"data":{"id":"7"}}""");

    [Fact]
    public Task Strings_are_escaped() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ string }", """{"data":{"string":"a \"b\" \\ \n \u0001 é"}}""");
}
