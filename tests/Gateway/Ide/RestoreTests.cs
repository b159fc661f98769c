using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.Ide;

/// <summary>The build's step that fetches the IDE: whatever goes wrong, it ends soon, with 0 and one message.</summary>
public sealed class RestoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NodeFact]
    public Task A_registry_that_cannot_be_reached_is_one_message() =>
        Fails("npm error code ECONNREFUSED", new() { ["npm_config_registry"] = "http://127.0.0.1:1/", ["npm_config_cache"] = _folder.Path + "/cache" });

    [NodeFact]
    public Task A_missing_npm_is_one_message() => Fails("npm is not installed", new() { ["PATH"] = _folder.Path });

    private async Task Fails(string reason, Dictionary<string, string?> environment)
    {
        await using var restore = ChildProcess.Start(
            Requirements.NodePath!,
            [Repository.PathOf("src/Gateway/Ide/Package/restore.mjs"), $"{_folder.Path}/ide", $"{_folder.Path}/stamp"],
            environment: environment);
        Assert.Equal(
            new ProcessResult(
                0,
                $"The Banana Cake Pop IDE was not restored ({reason}); /graphql will be a small page instead. Build again with npm and a network to get it.\n",
                ""),
            await restore.WaitForExitAsync());
        Assert.False(Directory.Exists($"{_folder.Path}/ide"));
        Assert.False(File.Exists($"{_folder.Path}/stamp"));
    }
}
