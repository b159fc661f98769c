using GraphGateway.ControlPlane;
using GraphGateway.Gateway.Tests.Health;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>A gateway that runs nothing but what is signed, from a file and from the registry.</summary>
public sealed class SignedSupergraphTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string open;
    private readonly SupergraphKey key;

    public SignedSupergraphTests()
    {
        (var secret, open) = SigningKeys.Make(folder, "signing");
        key = SupergraphKey.TryRead(secret, isPrivate: true, out var read, out var problem) ? read : throw new InvalidDataException(problem);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_that_is_not_signed_or_was_changed_is_not_run()
    {
        using var log = new LogWatch();
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you","fresh":"new"}}""");
        var file = folder.Write("live.graphql", SupergraphSignature.Sign(RunningGateway.Supergraph, SupergraphSignature.AnyStage, key));
        await using var gateway = await RunningGateway.StartAsync(source, [$"--Gateway:Supergraph={file}", "--Gateway:FollowSupergraph=On", $"--Gateway:SupergraphKeys={open}"], log: log);
        Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync("{ hello }"));

        var fresh = RunningGateway.Supergraph.Replace("hello(name: String)", "fresh", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, fresh);
        await log.SeenAsync(
            $"{file} cannot be run, and what is served stays: {file}: It is not signed. Sign it with `graphgateway sign`, or publish with --sign-with KEY. (Gateway:SupergraphKeys says whose signatures count.)");
        await File.WriteAllTextAsync(file, SupergraphSignature.Sign(fresh, SupergraphSignature.AnyStage, key).Replace("fresh", "frash", StringComparison.Ordinal));
        await log.SeenAsync(
            $"{file} cannot be run, and what is served stays: {file}: Its signature does not hold: it was changed after it was signed. (Gateway:SupergraphKeys says whose signatures count.)");
        Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync("{ hello }"));
        await File.WriteAllTextAsync(file, SupergraphSignature.Sign(fresh, SupergraphSignature.AnyStage, key));
        await log.SeenAsync($"{file} is served");
        Assert.Equal("""{"data":{"fresh":"new"}}""", await gateway.QueryAsync("{ fresh }"));
    }

    [Fact]
    public async Task Of_the_registry_only_what_is_signed_for_its_stage_is_run_and_so_is_the_copy_on_disk()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"a":"a","b":"b"}}""");
        await using var test = new FollowingGateway();
        await test.PublishAsync("one", source.Url, "a");
        Assert.Equal(
            "#1 of dev of shop: It is not signed. Sign it with `graphgateway sign`, or publish with --sign-with KEY. (Gateway:SupergraphKeys says whose signatures count.)",
            (await test.StartAsync($"--Gateway:SupergraphKeys={open}"))[0]);

        test.Signer = key;
        await test.PublishAsync("one", source.Url, "a", "b");
        Assert.Empty(await test.StartAsync($"--Gateway:SupergraphKeys={open}"));
        Assert.Equal("""{"data":{"b":"b"}}""", await test.QueryAsync("{ b }"));

        test.Signer = null;
        await test.PublishAsync("one", source.Url, "a");
        await test.Log.SeenStartAsync("#3 of dev of shop cannot be run, and what is served stays: #3 of dev of shop: It is not signed.");
        Assert.Equal("""{"data":{"b":"b"}}""", await test.QueryAsync("{ b }"));
    }

    [Fact]
    public async Task A_private_key_has_no_place_in_a_gateway()
    {
        var file = folder.Write("live.graphql", RunningGateway.Supergraph);
        var secret = Path.Combine(folder.Path, "signing.pem");
        var build = await GatewayHost.BuildAsync([$"--Gateway:Supergraph={file}", $"--Gateway:SupergraphKeys={secret}"]);
        Assert.Equal(
            [$"Gateway:SupergraphKeys: {secret} has a private key: whoever reads it can sign. The gateway needs the public part alone: `openssl ec -in {secret} -pubout -out signing-public.pem`."],
            build.Problems.Select(static problem => problem.ToString()));
    }
}
