using System.Globalization;
using System.Text.RegularExpressions;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Demo.Tests;

/// <summary>The walk-through of docs/rate-limits.md: each command of it runs, and those with an answer beside them answer that.</summary>
public sealed class DocumentedWalkTests : IDisposable
{
    private const string End = "--- the end of a step";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_command_answers_what_the_document_says()
    {
        var text = File.ReadAllText(Repository.PathOf("docs/rate-limits.md"));
        var walk = text[text.IndexOf("## On the demo", StringComparison.Ordinal)..];
        var steps = Regex.Matches(walk, "```sh\n(.*?)```(?:\n\n```text\n(.*?)```)?", RegexOptions.Singleline);
        Assert.True(steps.Count >= 4, "The document has lost its steps.");

        var ports = FreePort.Several(4);
        string[] names = ["users", "orders", "payments", "gateway"];
        var options = string.Join(' ', names.Zip(ports, (name, port) => string.Create(CultureInfo.InvariantCulture, $"--{name}-port {port}")));
        var script = $$"""
            set -u
            cd '{{folder.Path}}'
            dotnet() { exec dotnet '{{Repository.Output("src/Demo", "GraphGateway.Demo.dll")}}' --data '{{folder.Path}}/data' {{options}}; }
            graphgateway() { command dotnet '{{Repository.Output("src/Cli", "graphgateway.dll")}}' "$@"; }
            trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT
            {{string.Concat(steps.Select(step => $"{step.Groups[1].Value}echo '{End}'\n"))}}
            """.Replace(":4000/", string.Create(CultureInfo.InvariantCulture, $":{ports[3]}/"), StringComparison.Ordinal);
        await using var shell = ChildProcess.Start("bash", ["-c", script], folder.Path);
        var result = await shell.WaitForExitAsync();

        var told = result.Output.Split(End + "\n");
        Assert.True(told.Length == steps.Count + 1, shell.Everything);
        for (var i = 0; i < steps.Count; i++)
        {
            Assert.True(steps[i].Groups[2].Value == (told[i].EndsWith('\n') || told[i].Length == 0 ? told[i] : told[i] + "\n"), $"{steps[i].Groups[1].Value}\n{told[i]}\n{shell.Everything}");
        }
    }
}
