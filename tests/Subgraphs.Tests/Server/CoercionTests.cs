using GraphGateway.Subgraphs.Server;
using Xunit;

namespace GraphGateway.Subgraphs.Tests;

/// <summary>Result and input coercion (Spec §3.5 to §3.13) beyond what the comparison with graphql-js meets by chance.</summary>
public sealed class CoercionTests
{
    private static ServerHarness Create(object? value = null) => ServerHarness.Create(
        """
        type Query { int: Int float: Float string: String boolean: Boolean id: ID even: Even any: Any list: [Even] take(int: Int, even: Even, choice: Choice, ids: [ID]): String condition: Sub node: Node }
        type Sub { x: Int }
        interface Node { id: ID }
        type Thing implements Node { id: ID }
        type Other { id: ID }
        scalar Even
        scalar Any
        input Choice @oneOf { a: Int b: String }
        """,
        server =>
        {
            server.AddScalar(new ScalarBinding
            {
                Name = "Even",
                ClrTypes = [typeof(int)],
                Parse = input => int.TryParse(input.Text, out var number) && number % 2 == 0 ? ScalarResult.Ok(number) : ScalarResult.Fail("Even takes even numbers."),
                Serialize = result => result is int number ? (number % 2 == 0 ? ScalarResult.Ok(number) : ScalarResult.Fail("Even gives even numbers.")) : throw new InvalidOperationException("a secret"),
            });
            server.Resolve("Query", "take", context => new(string.Join(';', context.Arguments.Select(argument => $"{argument.Key}={argument.Value}"))));
            server.ResolveOthers(_ => new(value));
        });

    [Theory]
    [InlineData("boolean", double.NaN, "Boolean cannot represent a non boolean value: NaN")]
    [InlineData("string", double.NaN, "String cannot represent value: NaN")]
    [InlineData("id", double.PositiveInfinity, "ID cannot represent value: Infinity")]
    [InlineData("id", true, "ID cannot represent value: true")]
    [InlineData("int", "1,000", "Int cannot represent non-integer value: \\\"1,000\\\"")]
    [InlineData("int", 2147483648L, "Int cannot represent non 32-bit signed integer value: 2147483648")]
    [InlineData("float", "Infinity", "Float cannot represent non numeric value: \\\"Infinity\\\"")]
    [InlineData("even", 3, "Even gives even numbers.")]
    [InlineData("any", double.NaN, "Any cannot represent value: NaN")]
    public async Task A_result_that_its_scalar_cannot_say_is_the_fields_error(string field, object value, string message)
    {
        await using var server = Create(value);
        var answer = await server.QueryAsync($"{{ {field} }}");
        Assert.StartsWith($$"""{"errors":[{"message":"{{message}}","locations":[{"line":1,"column":3}],"path":["{{field}}"]""", answer, StringComparison.Ordinal);
        Assert.EndsWith($$$"""}],"data":{"{{{field}}}":null}}""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scalar_that_throws_fails_one_item_of_a_list()
    {
        await using var server = Create(new object[] { 2, "x", 4 });
        await server.ExpectAsync(
            "{ list }",
            """{"errors":[{"message":"Internal server error","locations":[{"line":1,"column":3}],"path":["list",1],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}],"data":{"list":[2,null,4]}}""");
    }

    [Theory]
    [InlineData("{ take(even: 3) }", null, """{"errors":[{"message":"Expected value of type \"Even\", found 3; Even takes even numbers.","locations":[{"line":1,"column":14}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("query ($e: Even) { take(even: $e) }", """{"e":3}""", """{"errors":[{"message":"Variable \"$e\" got invalid value 3; Even takes even numbers.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($i: [ID]) { take(ids: $i) }", """{"i":1.5}""", """{"errors":[{"message":"Variable \"$i\" got invalid value 1.5; ID cannot represent value: 1.5","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($c: Choice) { take(choice: $c) }", """{"c":{"a":null,"b":"x"}}""", """{"errors":[{"message":"Variable \"$c\" got invalid value { a: null, b: \"x\" }; Exactly one key must be specified for OneOf type \"Choice\".","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}},{"message":"Variable \"$c\" got invalid value null at \"c.a\"; Field \"a\" must be non-null.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    public async Task Input_that_does_not_fit_is_found_before_anything_runs_as_a_literal_and_as_a_variable(string document, string? variables, string expected)
    {
        await using var server = Create();
        await server.ExpectAsync(document, expected, variables);
    }

    [Fact]
    public async Task Errors_of_variables_end_after_fifty()
    {
        await using var server = Create();
        var answer = await server.QueryAsync("query ($i: [ID]) { take(ids: $i) }", $"{{\"i\":[{string.Join(',', Enumerable.Repeat("true", 10_000))}]}}");
        Assert.Equal(50, System.Text.RegularExpressions.Regex.Count(answer, "got invalid value"));
        Assert.EndsWith("""{"message":"Too many errors processing variables, error limit reached. Execution aborted.","extensions":{"code":"BAD_USER_INPUT"}}]}""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_that_is_null_is_an_error_where_the_selection_stands()
    {
        await using var server = Create(new Dictionary<string, object?>());
        await server.ExpectAsync(
            "query ($b: Boolean = true) { condition { x @skip(if: $b) } }",
            """{"errors":[{"message":"Argument \"if\" of non-null type \"Boolean!\" must not be null.","locations":[{"line":1,"column":54}],"path":["condition"],"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"condition":null}}""",
            """{"b":null}""");
        await server.ExpectAsync(
            "query ($b: Boolean = true) { condition @include(if: $b) { x } }",
            """{"errors":[{"message":"Argument \"if\" of non-null type \"Boolean!\" must not be null.","locations":[{"line":1,"column":53}],"extensions":{"code":"BAD_USER_INPUT"}}],"data":null}""",
            """{"b":null}""");
    }

    [Theory]
    [InlineData("Nothing", "Abstract type \\\"Node\\\" was resolved to a type \\\"Nothing\\\" that does not exist inside the schema.")]
    [InlineData("Even", "Abstract type \\\"Node\\\" was resolved to a non-object type \\\"Even\\\".")]
    [InlineData("Other", "Runtime Object type \\\"Other\\\" is not a possible type for \\\"Node\\\".")]
    [InlineData(7, "Abstract type \\\"Node\\\" must resolve to an Object type at runtime for field \\\"Query.node\\\".")]
    public async Task A_value_whose_object_type_cannot_be_told_is_an_error(object typeName, string message)
    {
        await using var server = Create(new Dictionary<string, object?> { ["__typename"] = typeName });
        await server.ExpectAsync(
            "{ node { id } }",
            $$$"""{"errors":[{"message":"{{{message}}}","locations":[{"line":1,"column":3}],"path":["node"],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}],"data":{"node":null}}""");
    }
}
