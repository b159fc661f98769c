using Xunit;

namespace GraphGateway.Cli.Tests;

public sealed class WrongArgumentsTests
{
    [Theory]
    [InlineData("compose", "schemas", "--json", "--nonsense")]
    [InlineData("check", "schemas", "--json", "--nonsense", "--schema", "x")]
    [InlineData("explain", "--json", "NO_QUERIES", "--nonsense")]
    [InlineData("plan", "{ a }", "--schema", "x", "--json", "--nonsense")]
    public async Task With_json_they_are_told_as_json(params string[] arguments)
    {
        var (code, output, error) = await Cli.Run(arguments);

        Assert.Equal((1, ""), (code, error));
        Assert.Equal(
            $$"""
            {
              "success": false,
              "problems": [
                {
                  "code": "ARGUMENTS_INVALID",
                  "severity": "error",
                  "message": "Unrecognized command or argument '--nonsense'.",
                  "hint": "\"graphgateway {{arguments[0]}} --help\" tells what it takes.",
                  "places": []
                }
              ]
            }

            """,
            output);
    }

    [Theory]
    [InlineData("--include-tag")]
    [InlineData("--exclude-tag")]
    public async Task An_option_is_no_value_of_another_one(string option)
    {
        var (code, output, error) = await Cli.Run("compose", "schemas", option, "--json");

        Assert.Equal((1, ""), (code, error));
        Assert.Contains($"\"message\": \"{option} needs a tag, and --json follows it.\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_it_people_get_the_help()
    {
        var (code, output, error) = await Cli.Run("compose", "schemas", "--nonsense");

        Assert.Equal(1, code);
        Assert.Contains("--nonsense", error, StringComparison.Ordinal);
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
    }
}
