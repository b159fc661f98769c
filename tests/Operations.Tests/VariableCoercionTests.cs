using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using Xunit;

namespace GraphGateway.Operations.Tests;

/// <summary>Spec §6.1.2 CoerceVariableValues and "Input Coercion" of §3.5 to §3.12. Expected messages are graphql-js 16's.</summary>
public sealed class VariableCoercionTests
{
    private static readonly Schema Inputs = Requests.Schema(
        """
        type Query { f(i: Int, x: Float, s: String, b: Boolean, id: ID, l: [Int], ll: [[Int!]!], e: Color, in: In, by: By, date: Date): Int }
        enum Color { RED GREEN }
        input In { req: Int! opt: String = "d" in: In list: [In!] color: Color nul: Int = null }
        input By @oneOf { id: ID name: String n: Int }
        scalar Date
        """);

    private static VariableCoercionResult Coerce(string type, string? json, ScalarCoercions? scalars = null)
    {
        var document = Parser.ParseDocument(new SourceText($"query ($v: {type}) {{ f }}")).Value!;
        var operation = (OperationDefinitionNode)document.Definitions[0];
        return VariableCoercion.Coerce(Inputs, document.Source, operation, json is null ? null : Requests.Json(json), scalars);
    }

    [Fact]
    public void Names_of_the_schema_are_not_suggested_where_they_are_not_to_be_told()
    {
        var document = Parser.ParseDocument(new SourceText("query ($v: In) { f }")).Value!;
        var operation = (OperationDefinitionNode)document.Definitions[0];
        var variables = Requests.Json("""{ "v": { "req": 1, "color": "RET", "colour": 1 } }""");
        var result = VariableCoercion.Coerce(Inputs, document.Source, operation, variables, suggestions: false);
        Assert.Equal(
            [
                """Variable "$v" got invalid value "RET" at "v.color"; Value "RET" does not exist in "Color" enum.""",
                """Variable "$v" got invalid value { req: 1, color: "RET", colour: 1 }; Field "colour" is not defined by type "In".""",
            ],
            result.Errors.Select(error => error.Message));
    }

    [Theory]
    [InlineData("Int", "1", "1")]
    [InlineData("Int", "1.0", "1")]
    [InlineData("Int", "-2147483648", "-2147483648")]
    [InlineData("Int", "1e2", "100")]
    [InlineData("Float", "1", "1.0")]
    [InlineData("Float", "1.5", "1.5")]
    [InlineData("String", "\"a\\u00e9\\ud83d\\ude00\"", "\"aé😀\"")]
    [InlineData("Boolean", "true", "true")]
    [InlineData("ID", "\"x\"", "\"x\"")]
    [InlineData("ID", "12345678901234567890", "\"12345678901234567890\"")]
    [InlineData("ID", "1e2", "\"100\"")]
    [InlineData("Int", "null", "null")]
    [InlineData("[Int]", "[1, null]", "[1, null]")]
    [InlineData("[Int]", "1", "[1]")]
    [InlineData("[[Int!]!]", "1", "[[1]]")]
    [InlineData("[Int]", "null", "null")]
    [InlineData("Color", "\"RED\"", "\"RED\"")]
    [InlineData("In", """{ "list": { "req": 2 }, "req": 1 }""", """{req: 1, opt: "d", list: [{req: 2, opt: "d", nul: null}], nul: null}""")]
    [InlineData("In", """{ "req": 1, "opt": null, "color": "GREEN" }""", """{req: 1, opt: null, color: "GREEN", nul: null}""")]
    [InlineData("By", """{ "id": 1 }""", """{id: "1"}""")]
    [InlineData("Date", """{ "any": [1] }""", """raw { "any": [1] }""")]
    public void Values_of_the_type_are_coerced(string type, string json, string expected)
    {
        var result = Coerce(type, $$"""{ "v": {{json}} }""");

        Assert.Equal("", Requests.Show(result.Errors));
        Assert.True(result.Values!.TryGetValue("v", out var value));
        Assert.Equal(expected, Requests.Show(value));
        Assert.True(result.Values.TryGetProvided("v", out var raw));
        Assert.Equal(json, raw.GetRawText());
    }

    [Theory]
    [InlineData("Int", "1.5", "got invalid value 1.5; Int cannot represent non-integer value: 1.5")]
    [InlineData("Int", "\"1\"", "got invalid value \"1\"; Int cannot represent non-integer value: \"1\"")]
    [InlineData("Int", "2147483648", "got invalid value 2147483648; Int cannot represent non 32-bit signed integer value: 2147483648")]
    [InlineData("Int", "1e999", "got invalid value Infinity; Int cannot represent non-integer value: Infinity")]
    [InlineData("Float", "\"1\"", "got invalid value \"1\"; Float cannot represent non numeric value: \"1\"")]
    [InlineData("String", "1e21", "got invalid value 1e+21; String cannot represent a non string value: 1e+21")]
    [InlineData("Boolean", "0", "got invalid value 0; Boolean cannot represent a non boolean value: 0")]
    [InlineData("ID", "1.5", "got invalid value 1.5; ID cannot represent value: 1.5")]
    [InlineData("ID", "{}", "got invalid value {}; ID cannot represent value: {}")]
    [InlineData("Int!", "null", "of non-null type \"Int!\" must not be null.")]
    [InlineData("[Int!]", "[1, null]", "got invalid value null at \"v[1]\"; Expected non-nullable type \"Int!\" not to be null.")]
    [InlineData("[[Int!]!]", "[[1], [\"a\"]]", "got invalid value \"a\" at \"v[1][0]\"; Int cannot represent non-integer value: \"a\"")]
    [InlineData("Color", "\"RET\"", "got invalid value \"RET\"; Value \"RET\" does not exist in \"Color\" enum. Did you mean the enum value \"RED\"?")]
    [InlineData("Color", "1", "got invalid value 1; Enum \"Color\" cannot represent non-string value: 1.")]
    [InlineData("In", "[]", "got invalid value []; Expected type \"In\" to be an object.")]
    [InlineData("In", "{}", "got invalid value {}; Field \"req\" of required type \"Int!\" was not provided.")]
    [InlineData(
        "In",
        """{ "req": 1, "color": "RED", "colour": 1 }""",
        """got invalid value { req: 1, color: "RED", colour: 1 }; Field "colour" is not defined by type "In". Did you mean "color"?""")]
    [InlineData(
        "In",
        """{ "req": 1, "in": { "req": 1, "in": { "req": [1, [2, [3]]] } } }""",
        "got invalid value [1, [2, [Array]]] at \"v.in.in.req\"; Int cannot represent non-integer value: [1, [2, [Array]]]")]
    [InlineData("In", """{ "req": 1000, "req": 1 }""", "got invalid value { req: 1000, req: 1 }; Field \"req\" of type \"In\" is given more than once.")]
    [InlineData("In", """{ "req": 1, "r\u0065q": 2 }""", "got invalid value { req: 1, req: 2 }; Field \"req\" of type \"In\" is given more than once.")]
    [InlineData("By", "{}", "got invalid value {}; Exactly one key must be specified for OneOf type \"By\".")]
    [InlineData("By", """{ "id": 1, "n": 2 }""", "got invalid value { id: 1, n: 2 }; Exactly one key must be specified for OneOf type \"By\".")]
    [InlineData("By", """{ "name": null }""", "got invalid value null at \"v.name\"; Field \"name\" must be non-null.")]
    [InlineData("String", "[1,2,3,4,5,6,7,8,9,10,11]", "got invalid value [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ... 1 more item]; String cannot represent a non string value: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ... 1 more item]")]
    [InlineData("Int", "\"q\\\"\\n\\u0001/é\"", "got invalid value \"q\\\"\\n\\u0001/é\"; Int cannot represent non-integer value: \"q\\\"\\n\\u0001/é\"")]
    public void Values_of_another_type_are_refused_with_their_path(string type, string json, string expected)
    {
        var result = Coerce(type, $$"""{ "v": {{json}} }""");

        Assert.Equal($"Variable \"$v\" {expected} (1:8)", Requests.Show(result.Errors));
        Assert.Equal(ErrorCode.BadUserInput, result.Errors[0].Code);
        Assert.False(result.IsSuccess);
    }

    [Theory]
    [InlineData("Int", null, "absent")]
    [InlineData("Int = 5", null, "5")]
    [InlineData("Int = 5", "{ \"v\": null }", "null")]
    [InlineData("Int! = 5", "{}", "5")]
    [InlineData("In = { req: 1 }", "null", """{req: 1, opt: "d", nul: null}""")]
    [InlineData("[Color] = RED", "{}", "[\"RED\"]")]
    [InlineData("Date = { a: [1, X, \"s\", null, 1.5] }", "{}", """raw {"a":[1,"X","s",null,1.5]}""")]
    public void Defaults_stand_in_for_what_is_not_provided(string type, string? variables, string expected)
    {
        var values = Coerce(type, variables).Values!;

        Assert.Equal(expected, values.TryGetValue("v", out var value) ? Requests.Show(value) : "absent");
        Assert.Equal(variables is not null && variables.Contains("\"v\"", StringComparison.Ordinal), values.IsProvided("v"));
    }

    [Theory]
    [InlineData("Int!", "{}", "Variable \"$v\" of required type \"Int!\" was not provided. (1:8)")]
    [InlineData("Query", "{}", "Variable \"$v\" expected value of type \"Query\" which cannot be used as an input type. (1:12)")]
    [InlineData("Int", "[]", "Variables must be provided as an Object where each property is a variable value. ()")]
    [InlineData(
        "String", """{ "v": "\ud800" }""", "The variables cannot be read: they contain an unpaired surrogate, which is not Unicode text. ()")]
    [InlineData(
        "Date", """{ "v": { "\udc00": 1 } }""", "The variables cannot be read: they contain an unpaired surrogate, which is not Unicode text. ()")]
    public void Requests_that_do_not_fit_the_operation_are_refused(string type, string variables, string expected) =>
        Assert.Equal(expected, Requests.Show(Coerce(type, variables).Errors));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Bytes_that_are_not_utf_8_are_refused(bool asName)
    {
        byte[] json = asName ? [.. "{ \"v\": { \""u8, 0xFF, .. "\": 1 } }"u8] : [.. "{ \"v\": \""u8, 0xFF, .. "\" }"u8];
        using var variables = JsonDocument.Parse(json);
        var document = Parser.ParseDocument(new SourceText("query ($v: Date) { f }")).Value!;

        var result = VariableCoercion.Coerce(Inputs, document.Source, (OperationDefinitionNode)document.Definitions[0], variables.RootElement);

        Assert.Equal("The variables cannot be read: they contain bytes that are not UTF-8. ()", Requests.Show(result.Errors));
        Assert.Equal(ErrorCode.BadUserInput, result.Errors[0].Code);
    }

    [Fact]
    public void Nesting_is_limited()
    {
        var json = JsonDocument.Parse(
            $$"""{ "v": {{new string('[', 200)}}{{new string(']', 200)}} }""", new JsonDocumentOptions { MaxDepth = 1000 }).RootElement;
        var document = Parser.ParseDocument(new SourceText("query ($v: Date) { f }")).Value!;

        var result = VariableCoercion.Coerce(Inputs, document.Source, (OperationDefinitionNode)document.Definitions[0], json);

        Assert.Equal("The variables cannot be read: they are nested too deeply. ()", Requests.Show(result.Errors));
    }

    [Fact]
    public void Errors_are_collected_up_to_a_limit()
    {
        var result = Coerce("[Int]", $$"""{ "v": [{{string.Join(',', Enumerable.Repeat("\"x\"", 1_000))}}] }""");

        Assert.Equal(51, result.Errors.Length);
        Assert.Equal("Too many errors processing variables, error limit reached. Execution aborted.", result.Errors[^1].Message);
    }

    [Fact] // Spec §3.5.6
    public void Custom_scalars_are_read_as_their_table_says()
    {
        var scalars = new ScalarCoercions(new Dictionary<string, Func<JsonElement, ScalarValue>>
        {
            ["Date"] = static json => json.ValueKind == JsonValueKind.String && DateOnly.TryParse(json.GetString(), out var date)
                ? ScalarValue.Of(date)
                : ScalarValue.Invalid("Not a date."),
        });

        Assert.True(Coerce("Date", """{ "v": "2020-01-02" }""", scalars).Values!.TryGetValue("v", out var value));
        Assert.Equal(new DateOnly(2020, 1, 2), value);
        Assert.True(Coerce("Date = \"2020-01-03\"", null, scalars).Values!.TryGetValue("v", out var fallback));
        Assert.Equal(new DateOnly(2020, 1, 3), fallback);
        Assert.Equal(
            "Variable \"$v\" got invalid value 1; Expected type \"Date\". Not a date. (1:8)",
            Requests.Show(Coerce("Date", """{ "v": 1 }""", scalars).Errors));
    }
}
