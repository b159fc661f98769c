using System.Text;
using GraphGateway.ControlPlane;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Cli.Tests;

/// <summary><c>graphgateway sign</c>.</summary>
public sealed class SignCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_is_signed_where_it_is()
    {
        var (secret, open) = SigningKeys.Make(folder, "signing");
        Assert.True(SupergraphKey.TryRead(open, isPrivate: false, out var key, out _));
        var file = folder.Write("supergraph.graphql", "type Query { a: Int }\n");
        Assert.Equal((0, $"{file} is signed with the key {key.Id}.\n", ""), await Cli.Run("sign", file, "--key", secret));
        Assert.Null(SupergraphSignature.FindProblem(await File.ReadAllBytesAsync(file), null, [key]));
        Assert.Equal((0, $"{file} is signed with the key {key.Id} for shop/production.\n", ""), await Cli.Run("sign", file, "--key", secret, "--for", "shop/production"));
        Assert.Null(SupergraphSignature.FindProblem(await File.ReadAllBytesAsync(file), "shop/production", [key]));
        Assert.Equal(2, Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file)).Count(static character => character == '\n'));
    }

    [Fact]
    public async Task What_is_published_is_signed_for_its_stage()
    {
        var (secret, open) = SigningKeys.Make(folder, "signing");
        Assert.True(SupergraphKey.TryRead(open, isPrivate: false, out var key, out _));
        string[] publish =
        [
            "publish", "--graph", "shop", "--stage", "dev", "--source", "a", "--schema", folder.Write("a.graphqls", "type Query { a: Int }"), "--url", "http://127.0.0.1:1/",
        ];
        string[] store = ["--store", Path.Combine(folder.Path, "registry.db")];
        Assert.Equal((0, "#1 of dev of shop is live: publish a@1.\n", ""), await Cli.Run([.. publish, .. store, "--sign-with", secret]));
        var fetched = await Cli.Run(["fetch", "--graph", "shop", "--stage", "dev", .. store]);
        Assert.Null(SupergraphSignature.FindProblem(Encoding.UTF8.GetBytes(fetched.Output), "shop/dev", [key]));
        Assert.StartsWith($"--sign-with: {open} has a public key alone, which cannot sign. ", (await Cli.Run([.. publish, .. store, "--sign-with", open])).Error, StringComparison.Ordinal);
        Assert.Equal(
            (1, "", "--sign-with and --registry together: a registry over HTTP signs with the key that it was started with.\n"),
            await Cli.Run([.. publish, "--registry", "http://127.0.0.1:1", "--sign-with", secret]));
        SqliteConnection.ClearAllPools();
    }

    [Fact]
    public async Task What_cannot_be_signed_is_told_and_stays_as_it_was()
    {
        var (secret, open) = SigningKeys.Make(folder, "signing");
        var file = folder.Write("supergraph.graphql", "type Query { a: Int }\n");
        Assert.StartsWith($"--key: {open} has a public key alone, which cannot sign. ", (await Cli.Run("sign", file, "--key", open)).Error, StringComparison.Ordinal);
        Assert.Equal((1, "", "--for: 'shop' is no stage of a graph such as shop/production.\n"), await Cli.Run("sign", file, "--key", secret, "--for", "shop"));
        Assert.StartsWith($"{folder.Path}/none.graphql cannot be read: ", (await Cli.Run("sign", $"{folder.Path}/none.graphql", "--key", secret)).Error, StringComparison.Ordinal);
        Assert.Equal("type Query { a: Int }\n", await File.ReadAllTextAsync(file));
    }
}
