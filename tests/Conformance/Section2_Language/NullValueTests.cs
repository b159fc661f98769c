using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Null-Value">Null Value</see>.
/// </summary>
public sealed class NullValueTests
{
    private const string Sdl =
        """
        type Query { field(arg: Int): String }
        """;

    private const string Data =
        """
        {"field": {"$args": true}}
        """;

    [Theory]
    [InlineData("null", "null")]
    public void The_keyword(string text, string json) => Grammar.Evaluates(text, json);

    [Theory]
    [InlineData("NULL", "\"NULL\"")]
    [InlineData("Null", "\"Null\"")]
    public void Written_otherwise_it_is_a_name(string text, string json) => Grammar.Evaluates(text, json);

    [Fact]
    public Task Null_and_nothing_are_two_things() =>
        Service.Answers(Sdl, Data, "{ a: field(arg: null) b: field }", """{"data":{"a":"{\"arg\":null}","b":"{}"}}""");

    [Theory]
    [InlineData("query ($v: Int) { field(arg: $v) }", """{"v":null}""", """{"data":{"field":"{\"arg\":null}"}}""")]
    [InlineData("query ($v: Int) { field(arg: $v) }", "{}", """{"data":{"field":"{}"}}""")]
    public Task Through_variables_too(string document, string? variables, string expected) =>
        Service.Answers(Sdl, Data, document, expected, variables);
}
