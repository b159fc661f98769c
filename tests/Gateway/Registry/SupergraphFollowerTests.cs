using GraphGateway.Gateway.Tests.Health;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>A real gateway follows the file of its supergraph.</summary>
public sealed class SupergraphFollowerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LogWatch log = new();

    public void Dispose()
    {
        folder.Dispose();
        log.Dispose();
    }

    [Fact]
    public async Task What_is_in_the_file_is_served_when_it_changes_and_what_is_wrong_changes_nothing()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you","fresh":"new"}}""");
        var file = folder.Write("live.graphql", RunningGateway.Supergraph);
        await using var gateway = await RunningGateway.StartAsync(source, [$"--Gateway:Supergraph={file}", "--Gateway:FollowSupergraph=On"], log: log);
        Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync("{ hello }"));

        await File.WriteAllTextAsync(file, RunningGateway.Supergraph.Replace("hello(name: String)", "fresh", StringComparison.Ordinal));
        await log.SeenAsync($"{file} is served");
        Assert.Equal("""{"data":{"fresh":"new"}}""", await gateway.QueryAsync("{ fresh }"));

        await File.WriteAllTextAsync(file, "type Query {");
        await log.SeenAsync($"{file} cannot be run, and what is served stays: {file}:1:13: Syntax Error: Expected Name, found <EOF>.");
        Assert.Equal("""{"data":{"fresh":"new"}}""", await gateway.QueryAsync("{ fresh }"));

        File.Delete(file);
        await log.SeenStartAsync($"{file} cannot be read, and what is served stays: Could not find file");

        // Who opens a pipe waits for ever.
        if (OperatingSystem.IsLinux())
        {
            await using (var mkfifo = ChildProcess.Start("mkfifo", [file]))
            {
                Assert.Equal(0, (await mkfifo.WaitForExitAsync()).ExitCode);
            }

            await log.SeenAsync($"{file} is no file but something else, such as a pipe or a folder, and what is served stays");
            Assert.Equal("""{"data":{"fresh":"new"}}""", await gateway.QueryAsync("{ fresh }"));
            File.Delete(file);
        }

        // As Kubernetes mounts files: links that are moved in one step.
        Directory.CreateDirectory(Path.Combine(folder.Path, "one"));
        var one = folder.Write("one/live.graphql", RunningGateway.Supergraph);
        File.CreateSymbolicLink(file, one);
        await log.SeenAsync($"{file} is served");
        Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync("{ hello }"));
    }
}
