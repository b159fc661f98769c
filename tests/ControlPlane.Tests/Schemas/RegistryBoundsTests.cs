using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Schemas;

/// <summary>How much a registry takes, and takes into memory.</summary>
public sealed class RegistryBoundsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string SqlitePlace => Path.Combine(folder.Path, "registry.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public Task A_supergraph_that_is_larger_than_any_is_not_read_from_a_file() => TooLargeAsync(SqlitePlace);

    [PostgresFact]
    public Task A_supergraph_that_is_larger_than_any_is_not_read_from_PostgreSQL() => PostgresDatabase.UseAsync(TooLargeAsync);

    // Composing takes many times the memory of its texts; sources that do not compose gather where nothing ever did.
    [Fact]
    public async Task The_texts_of_a_stage_have_a_bound_all_together()
    {
        await using var script = await RegistryScript.OpenAsync(SqlitePlace, new RegistryLimits { StageCharacters = 100 });
        static SourcePublication Source(string name, int length) => new(name, $"type Query {{ {name}: Missing }}#".PadRight(length, '.'));
        Assert.Equal("#1 draft: publish a@1 [INVALID_GRAPHQL]", await script.PublishAsync("shop", "dev", Source("a", 60)));
        Assert.Equal("#2 draft: publish b@1 [INVALID_GRAPHQL]", await script.PublishAsync("shop", "dev", Source("b", 40)));
        const string refused = "The schemas and settings of a stage have 100 characters at most together, and these would have 101.";
        Assert.Equal($"refused: {refused}", await script.PublishAsync("shop", "dev", Source("b", 41)));
        Assert.Equal(refused, (await script.Registry.CheckAsync("shop", "dev", [Source("b", 41)], default)).Refusal);
        Assert.Equal(refused, (await script.Registry.PreviewAsync("shop", "dev", new StageChange.Publish([Source("b", 41)]), default)).Problem);
        Assert.Equal("#3 draft: publish b@2 [INVALID_GRAPHQL]", await script.PublishAsync("shop", "dev", Source("b", 39)));
    }

    [Fact]
    public async Task Large_stages_are_composed_one_after_the_other_and_others_do_not_wait_for_them()
    {
        await using var script = await RegistryScript.OpenAsync(SqlitePlace);
        var large = new SourcePublication("a", $"type Query {{ a: Int }}#{new string('.', 5_000_000)}");
        await StageChanges.Large.WaitAsync();
        var waiting = new List<Task<string>>();
        try
        {
            waiting.Add(script.PublishAsync("shop", "large", large));
            Assert.Equal("#1 live: publish b@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("b")));
            Assert.False(waiting[0].IsCompleted);
        }
        finally
        {
            StageChanges.Large.Release();
        }

        Assert.Equal("#1 live: publish a@1", await waiting[0]);
    }

    // Somebody can write what they like into a store; of a launch all else can be read.
    private static async Task TooLargeAsync(string place)
    {
        int length;
        await using (var script = await RegistryScript.OpenAsync(place))
        {
            await script.Registry.PublishAsync(
                "shop", "dev", [new SourcePublication("a", $"type Query {{ \"{new string('ä', 2_000)}\" a: Int }}")], new LaunchNote(null, null), script.Now, default);
            length = System.Text.Encoding.UTF8.GetByteCount((await script.Registry.SupergraphAsync("shop", "dev", 1, default))!);
        }

        await using var registry = SchemaRegistry.At(place, readOnly: true, new RegistryLimits { SupergraphBytes = 1_000 });
        Assert.Equal(
            $"The supergraph of #1 has {length} bytes, and none that is published more than 2024: the registry is damaged. Publish the versions of its sources again.",
            (await Assert.ThrowsAsync<InvalidDataException>(() => registry.SupergraphAsync("shop", "dev", 1, default))).Message);
        Assert.True((await registry.LaunchAsync("shop", "dev", 1, default))!.HasSupergraph);
        Assert.Equal(("a", 1, true), (await registry.DescribeLaunchAsync("shop", "dev", 1, default)) is { Versions: [var only], HasSupergraph: var has } ? (only.Source, only.Version, has) : default);
    }
}
