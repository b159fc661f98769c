using System.Globalization;
using System.Text.RegularExpressions;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Demo.Tests;

/// <summary>The walk-throughs of documents: each command of them runs in one shell, and those with an answer beside them answer that.</summary>
public sealed class DocumentedWalkTests : IDisposable
{
    private const string End = "--- the end of a step";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("docs/rate-limits.md", "## On the demo", 7)]
    [InlineData("docs/authentication.md", "## Try it", 6)]
    [InlineData("docs/walk-through.md", "## Change a field", 9)]
    public async Task Each_command_answers_what_the_document_says(string document, string heading, int leastSteps)
    {
        var text = File.ReadAllText(Repository.PathOf(document));
        var walk = text[text.IndexOf(heading, StringComparison.Ordinal)..];
        var end = walk.IndexOf("\n## ", StringComparison.Ordinal);
        var steps = Regex.Matches(end < 0 ? walk : walk[..end], "```sh\n(.*?)```(?:\n\n```text\n(.*?)```)?", RegexOptions.Singleline);
        Assert.True(steps.Count >= leastSteps, "The document has lost its steps.");

        await using var shell = ChildProcess.Start("bash", ["-c", Script(steps)], folder.Path);
        var result = await shell.WaitForExitAsync();

        var told = result.Output.Split(End + "\n");
        Assert.True(told.Length == steps.Count + 1, shell.Everything);
        for (var i = 0; i < steps.Count; i++)
        {
            Assert.True(steps[i].Groups[2].Value == (told[i].EndsWith('\n') || told[i].Length == 0 ? told[i] : told[i] + "\n"), $"{steps[i].Groups[1].Value}\n{told[i]}\n{shell.Everything}");
        }
    }

    // In a folder that looks like the repository where the commands look at it, with a home of its own for what `dotnet user-jwts` keeps there. The programs
    // are built already: what the build would copy beside the gateway, a developer's settings, comes to it as variables.
    private string Script(MatchCollection steps)
    {
        var ports = FreePort.Several(5);
        string[] names = ["users", "orders", "payments", "gateway"];
        var options = string.Join(' ', names.Zip(ports, (name, port) => string.Create(CultureInfo.InvariantCulture, $"--{name}-port {port}")));
        return $$"""
            set -u
            cd '{{folder.Path}}'
            export HOME='{{folder.Path}}/home' DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
            mkdir -p home src/Gateway
            ln -s '{{Repository.PathOf("schemas")}}' schemas
            ln -s '{{folder.Path}}/data' .demo
            cat > src/Gateway/GraphGateway.Gateway.csproj <<'PROJECT'
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><UserSecretsId>graphgateway</UserSecretsId></PropertyGroup>
            </Project>
            PROJECT
            developer() {
                if [ -e src/Gateway/appsettings.Development.json ]; then
                    export Authentication__Schemes__Bearer__ValidIssuer="$(grep -o '"ValidIssuer": *"[^"]*"' src/Gateway/appsettings.Development.json | cut -d'"' -f4)"
                    export Authentication__Schemes__Bearer__ValidAudiences__0="$(tr -d '\n' < src/Gateway/appsettings.Development.json | grep -o '"ValidAudiences": *\[ *"[^"]*"' | cut -d'"' -f4)"
                fi
            }
            dotnet() {
                case "$1:$3" in
                run:src/Demo) developer; exec dotnet '{{Repository.Output("src/Demo", "GraphGateway.Demo.dll")}}' --data '{{folder.Path}}/data' {{options}} ;;
                run:src/Gateway) developer; shift 4; exec dotnet '{{Repository.Output("src/Gateway", "GraphGateway.Gateway.dll")}}' "$@" ;;
                *) command dotnet "$@" ;;
                esac
            }
            graphgateway() { command dotnet '{{Repository.Output("src/Cli", "graphgateway.dll")}}' "$@"; }
            trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT
            {{Adapt(string.Concat(steps.Select(step => $"{step.Groups[1].Value}echo '{End}'\n")), ports)}}
            """;
    }

    private static string Adapt(string commands, int[] ports)
    {
        foreach (var (port, index) in new[] { (4000, 3), (5101, 0), (5000, 4) })
        {
            commands = Regex.Replace(commands, string.Create(CultureInfo.InvariantCulture, $@"127\.0\.0\.1:{port}\b"), string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{ports[index]}"));
        }

        return commands;
    }
}
