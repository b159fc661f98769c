using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Language.Arguments">Arguments</see>.
/// </summary>
public sealed class ArgumentsTests
{
    private const string Sdl =
        """
        type Query { picture(width: Int, height: Int): String }
        """;

    private const string Data =
        """
        {"picture": {"$args": true}}
        """;

    [Fact]
    public void A_field_can_have_many_arguments() => Grammar.Reads(
        "{ picture(width: 200, height: 100) }",
        """
        {
          picture(width: 200, height: 100)
        }
        """);

    [Fact]
    public void Parentheses_are_not_empty() => Grammar.Refuses("{ picture() }", """1:11 Syntax Error: Expected Name, found ")".""");

    [Fact]
    public void An_argument_has_a_value() => Grammar.Refuses("{ picture(width) }", """1:16 Syntax Error: Expected ":", found ")".""");

    [Fact]
    public void And_a_colon() => Grammar.Refuses("{ picture(width 1) }", """1:17 Syntax Error: Expected ":", found Int "1".""");

    [Theory]
    [InlineData("{ picture(width: 200, height: 100) }", null, """{"data":{"picture":"{\"width\":200,\"height\":100}"}}""")]
    [InlineData("{ picture(height: 100, width: 200) }", null, """{"data":{"picture":"{\"width\":200,\"height\":100}"}}""")]
    public Task Their_order_means_nothing(string document, string? variables, string expected) =>
        Service.Answers(Sdl, Data, document, expected, variables);
}
