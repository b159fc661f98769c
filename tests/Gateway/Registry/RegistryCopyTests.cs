using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>The last good supergraph on disk.</summary>
public sealed class RegistryCopyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_a_gateway_that_was_killed_has_left_behind_goes_and_nothing_else()
    {
        var clock = new FakeTimeProvider();
        void Write(string name, int minutes) => File.SetLastWriteTimeUtc(folder.Write(name, "part"), clock.GetUtcNow().AddMinutes(-minutes).UtcDateTime);
        Write("live.graphql.00112233445566778899aabbccddeeff.tmp", 11);
        Write("live.graphql.ffeeddccbbaa99887766554433221100.tmp", 9);
        Write("live.graphql.mine.tmp", 11);
        Write("other.graphql.00112233445566778899aabbccddeeff.tmp", 11);

        await using var source = new RegistrySource(
            new RegistryOptions { Store = Path.Combine(folder.Path, "registry.db"), Graph = "shop", Stage = "dev", File = Path.Combine(folder.Path, "live.graphql") }, clock);
        Assert.Null(source.WriteCopy("whole"u8.ToArray()));

        Assert.Equal(
            ["live.graphql", "live.graphql.ffeeddccbbaa99887766554433221100.tmp", "live.graphql.mine.tmp", "other.graphql.00112233445566778899aabbccddeeff.tmp"],
            Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("whole"u8.ToArray(), source.ReadCopy());
    }
}
