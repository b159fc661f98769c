using GraphGateway.Language;
using GraphGateway.TypeSystem;
using Xunit;

namespace GraphGateway.Operations.Tests;

/// <summary>Spec §6.4.1 CoerceArgumentValues. Expected messages are graphql-js 16's.</summary>
public sealed class ArgumentCoercionTests
{
    private static readonly Schema Inputs = Requests.Schema(
        """
        type Query {
          opt(a: Int, b: Int = 2, c: Int = null): Int
          req(a: Int!): Int
          reqDefault(a: Int! = 3): Int
          list(a: [Int]): Int
          listOfRequired(a: [Int!]): Int
          in(a: In): Int
          by(a: By): Int
          date(a: Date): Int
          color(a: Color): Int
        }
        enum Color { RED }
        input In { x: Int y: String = "d" z: In }
        input By @oneOf { id: ID name: String }
        scalar Date
        """);

    private static string Coerce(string field, string definitions, string? variables)
    {
        var operation = Requests.Operation(Inputs, $"query {(definitions.Length == 0 ? "Q" : $"({definitions})")} {{ {field} }}");
        var node = (FieldNode)operation.Definition.SelectionSet.Selections[0];
        var result = ArgumentCoercion.Coerce(
            Inputs.QueryType!.FindField(node.Name.Value)!.Arguments,
            node.Arguments,
            node,
            operation.Document.Document.Source,
            Requests.Variables(operation, variables));
        return result.IsSuccess ? Requests.Show(result.Values) : Requests.Show([result.Error]);
    }

    [Theory]
    [InlineData("opt", "", null, "{b: 2, c: null}")]
    [InlineData("opt(a: 1, b: null)", "", null, "{a: 1, b: null, c: null}")]
    [InlineData("opt(a: $v, b: $v)", "$v: Int", null, "{b: 2, c: null}")]
    [InlineData("opt(a: $v, b: $v)", "$v: Int", """{ "v": null }""", "{a: null, b: null, c: null}")]
    [InlineData("req(a: $v)", "$v: Int! = 4", null, "{a: 4}")]
    [InlineData("reqDefault(a: $v)", "$v: Int", null, "{a: 3}")]
    [InlineData("list(a: 1)", "", null, "{a: [1]}")]
    [InlineData("list(a: [1, $v, null])", "$v: Int", null, "{a: [1, null, null]}")]
    [InlineData("list(a: $v)", "$v: [Int]", """{ "v": 7 }""", "{a: [7]}")]
    [InlineData("in(a: { z: { x: $v } })", "$v: Int", """{ "v": 7 }""", """{a: {y: "d", z: {x: 7, y: "d"}}}""")]
    [InlineData("in(a: { x: $v, y: $w })", "$v: Int, $w: String", null, """{a: {y: "d"}}""")]
    [InlineData("by(a: { id: 12 })", "", null, """{a: {id: "12"}}""")]
    [InlineData("by(a: { name: $v })", "$v: String!", """{ "v": "n" }""", """{a: {name: "n"}}""")]
    [InlineData("date(a: { d: [1, $v] })", "$v: Date", """{ "v": { "x": 1 } }""", """{a: raw {"d":[1,{"x":1}]}}""")]
    [InlineData("color(a: RED)", "", null, """{a: "RED"}""")]
    public void Arguments_come_from_literals_variables_and_defaults(string field, string definitions, string? variables, string expected) =>
        Assert.Equal(expected, Coerce(field, definitions, variables));

    [Theory] // what validation cannot exclude: variables are known at run time alone
    [InlineData("reqDefault(a: $v)", "$v: Int", """{ "v": null }""", "Argument \"a\" of non-null type \"Int!\" must not be null. (1:33)")]
    [InlineData("req(a: $v)", "$v: Int = 1", """{ "v": null }""", "Argument \"a\" of non-null type \"Int!\" must not be null. (1:30)")]
    [InlineData("listOfRequired(a: [$v])", "$v: Int = 1", """{ "v": null }""", "Argument \"a\" has invalid value [$v]. (1:41)")]
    public void What_variables_make_invalid_is_an_error_of_the_field(string field, string definitions, string? variables, string expected) =>
        Assert.Equal(expected, Coerce(field, definitions, variables));
}
