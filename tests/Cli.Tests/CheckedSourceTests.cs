using System.Text.Json.Nodes;
using Xunit;

namespace GraphGateway.Cli.Tests;

/// <summary>What a check against a stage tells of the source besides what changes for clients: a name that is mistyped would never break anybody, and an address is in no schema.</summary>
public sealed class CheckedSourceTests : IAsyncLifetime, IDisposable
{
    private readonly RegistryShop shop = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => shop.StopAsync();

    public void Dispose() => shop.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_new_source_and_a_new_address_are_told(bool overHttp)
    {
        shop.IsOverHttp = overHttp;
        string[] stage = ["--graph", "shop", "--stage", "production"];
        await shop.RunAsync(["publish", .. stage, "--source", "users", "--schema", shop.Users, "--settings", shop.Settings, "--url", "http://users.internal/graphql", "--author", "ann"]);
        Assert.Equal((0, "Nothing changes for clients.\n"), await CheckAsync([.. stage, "--source", "users", "--schema", shop.Users, "--url", "http://users.internal/graphql"]));
        Assert.Equal((0, "Nothing changes for clients.\n"), await CheckAsync([.. stage, "--source", "users", "--schema", shop.Users]));
        Assert.Equal(
            (0, "Nothing changes for clients. users would answer at http://elsewhere/graphql, not at http://users.internal/graphql.\n"),
            await CheckAsync([.. stage, "--source", "users", "--schema", shop.Users, "--url", "http://elsewhere/graphql"]));

        var fewer = shop.Folder.Write("fewer.graphqls", RegistryShop.OrdersSchema.Replace("[Order!]", "Int", StringComparison.Ordinal));
        var (code, text) = await CheckAsync([.. stage, "--source", "user", "--schema", fewer]);
        Assert.Equal(
            (0, "0 breaking changes, 0 dangerous, 2 safe. No client would break. user is a new source of the stage: if that is not meant, check the name of --source."),
            (code, text.TrimEnd('\n').Split('\n')[^1]));
        Assert.Equal("""["user"]""", await MemberAsync("newSources", [.. stage, "--source", "user", "--schema", fewer]));
        Assert.Equal(
            """[{"source":"users","before":"http://users.internal/graphql","url":"http://elsewhere/graphql"}]""",
            await MemberAsync("newUrls", [.. stage, "--source", "users", "--schema", shop.Users, "--url", "http://elsewhere/graphql"]));
        Assert.Null(await MemberAsync("newSources", [.. stage, "--source", "users", "--schema", shop.Users, "--url", "http://elsewhere/graphql"]));
        Assert.Contains("user is a new source of the stage", (await CheckAsync([.. stage, "--source", "user", "--schema", fewer, "--markdown"])).Output, StringComparison.Ordinal);
    }

    private async Task<string?> MemberAsync(string member, string[] arguments) => JsonNode.Parse((await CheckAsync([.. arguments, "--json"])).Output)![member]?.ToJsonString();

    private async Task<(int Code, string Output)> CheckAsync(string[] arguments)
    {
        var (code, output, _) = await shop.RunAsync(["check", .. arguments, "--settings", shop.Settings]);
        return (code, output);
    }
}
