using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Input-Object-Values">Input Object Values</see>.
/// </summary>
public sealed class InputObjectValuesTests
{
    private const string Sdl =
        """
        type Query { nearest(to: Place): String } input Place { lon: Float lat: Float }
        """;

    private const string Data =
        """
        {"nearest": {"$args": true}}
        """;

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("{a: 1}", """{"a":1}""")]
    [InlineData("{a: {b: [$c]}, d: null}", """{"a":{"b":["$c"]},"d":null}""")]
    [InlineData("{ a: 1 b: 2 }", """{"a":1,"b":2}""")]
    public void Objects(string text, string json) => Grammar.Evaluates(text, json);

    [Theory]
    [InlineData("{", "1:2 Syntax Error: Expected Name, found <EOF>.")]
    [InlineData("{a}", """1:3 Syntax Error: Expected ":", found "}".""")]
    [InlineData("{a:}", """1:4 Syntax Error: Unexpected "}".""")]
    [InlineData("""{"a": 1}""", """1:2 Syntax Error: Expected Name, found String "a".""")]
    [InlineData("{a: 1", "1:6 Syntax Error: Expected Name, found <EOF>.")]
    [InlineData("{1: a}", """1:2 Syntax Error: Expected Name, found Int "1".""")]
    public void Sequences_that_are_none(string text, string error) => Grammar.RefusesValue(text, error);

    [Theory]
    [InlineData("{ nearest(to: { lon: 12.43, lat: -53.211 }) }", null, """{"data":{"nearest":"{\"to\":{\"lon\":12.43,\"lat\":-53.211}}"}}""")]
    [InlineData("{ nearest(to: { lat: -53.211, lon: 12.43 }) }", null, """{"data":{"nearest":"{\"to\":{\"lon\":12.43,\"lat\":-53.211}}"}}""")]
    public Task Their_fields_are_in_no_order(string document, string? variables, string expected) =>
        Service.Answers(Sdl, Data, document, expected, variables);
}
