using System.Text.RegularExpressions;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Cli.Tests;

public sealed class DocumentedCommandsTests
{
    public static readonly TheoryData<string> Commands =
    [
        .. Regex.Matches(File.ReadAllText(Repository.PathOf("docs/cli.md")), "```sh\n(.*?)```", RegexOptions.Singleline)
            .SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_of_the_documentation_does_what_it_says(string command)
    {
        using var folder = new TemporaryFolder();
        var words = Regex.Matches(command, "\"([^\"]*)\"|(\\S+)")
            .Select(word => word.Groups[1].Success ? word.Groups[1].Value : word.Value)
            .Select(word => word.StartsWith("schemas", StringComparison.Ordinal) ? Repository.PathOf(word)
                : Path.GetExtension(word) is ".graphql" ? Path.Combine(folder.Path, word) : word)
            .ToArray();

        Assert.Equal("graphgateway", words[0]);
        var (code, output, error) = await Cli.Run(words[1..]);

        Assert.True(code == 0, error);
        Assert.True(output.Length > 0 || error.Contains("Composed 3 sources", StringComparison.Ordinal), "It says nothing.");
    }
}
