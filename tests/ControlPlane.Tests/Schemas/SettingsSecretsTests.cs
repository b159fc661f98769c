using GraphGateway.Composition;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Schemas;

/// <summary>Passwords in the URLs of settings: whoever may read the registry reads these.</summary>
public sealed class SettingsSecretsTests : IDisposable
{
    private const string Refusal = "The URL of a has a name or a password in it, and all who may read the registry would see it. Give the gateway a header for it instead.";

    private readonly TemporaryFolder folder = new();

    private string Place => Path.Combine(folder.Path, "registry.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Theory]
    [InlineData("""{"transports":{"http":{"url":"http://u:SECRET@x/"}}}""", """{"transports":{"http":{"url":"http://***@x/"}}}""")]
    [InlineData("""{"transports":{"http":{"url":"https://SECRET@x/"}}}""", """{"transports":{"http":{"url":"https://***@x/"}}}""")]
    [InlineData("""{"transports":{"http":{"url":"{{U}}"}},"environments":{"prod":{"U":"http://u:SECRET@x/"},"dev":{"U":"http://x/"}}}""", """{"transports":{"http":{"url":"{{U}}"}},"environments":{"prod":{"U":"http://***@x/"},"dev":{"U":"http://x/"}}}""")]
    [InlineData("""{"transports":{"http":{"url":"http://{{U}}/"}},"environments":{"prod":{"U":"u:SECRET@x"},"dev":{"U":"x"}}}""", Hidden)]
    [InlineData("""{"transports":{"http":{"url":"http:\u002f\u002fu:SECRET\u0040x/"}}}""", Hidden)]
    [InlineData("""{"transports":{"http":{"url":"http:\/\/u:SECRET@x/"}}}""", """{"transports":{"http":{"url":"http:\/\/***@x/"}}}""")]
    [InlineData("""{"transports":{"http":{"devUrl":"http://u:SECRET@x/"}}}""", """{"transports":{"http":{"devUrl":"http://***@x/"}}}""")]
    [InlineData("""{"extensions":{"of":["postgres://u:SECRET@x/db"]}}""", """{"extensions":{"of":["postgres://***@x/db"]}}""")]
    [InlineData("""{"extensions":{"http://u:SECRET@x/":1}}""", """{"extensions":{"http://***@x/":1}}""")]
    [InlineData("""{"transports":{"http":{"url":"http://x/"}},"environments":{"prod":{"U":"http://u:SEC RET@x/"},"dev":{"U":"http://x/"}}}""", Hidden)]
    [InlineData("""{"transports":{"http":{"url":"http://x/"}},"environments":{"prod":{"U":"http://u:SEC\"RET@x/"},"dev":{"U":"http://x/"}}}""", Hidden)]
    [InlineData("""{"extensions":{"of":"http://u:SEC?RET@x/"}}""", Hidden)]
    [InlineData("""{"extensions":{"of":" redis://:SEC#RET@x/"}}""", Hidden)]
    [InlineData("// http://u:SECRET@x/\n{}", "// http://***@x/\n{}")]
    [InlineData("""{"transports": http://u:SECRET@x/""", """{"transports": http://***@x/""")]
    public async Task Nowhere_is_one_taken_and_one_that_is_stored_is_not_shown(string settings, string shown)
    {
        await using var script = await RegistryScript.OpenAsync(Place);
        foreach (var url in new[] { null, "http://127.0.0.1:1/" })
        {
            Assert.Equal($"refused: {Refusal}", await script.PublishAsync("shop", "dev", new SourcePublication("a", "type Query { a: Int }") { Settings = settings, Url = url }));
        }

        Assert.Equal(shown, SettingsSecrets.Hide(settings));

        // As an older program has stored it.
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("shop", "dev", new SourcePublication("a", "type Query { a: Int }") { Settings = "{}" }));
        await using (var connection = new SqliteConnection($"Data Source={Place}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE graphgateway_registry_versions SET settings = @settings";
            command.Parameters.AddWithValue("settings", settings);
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        Assert.Equal(shown, (await script.Registry.SourceTextAsync("shop", "dev", 1, "a", default))!.Settings);
    }

    [Theory]
    [InlineData("""{"transports":{"http":{"url":"http://x/?mail=me@example.com"}},"extensions":{"contact":"mailto:me@example.com","repository":"ssh://git@example.com/x.git","of":"http://x?mail=me@example.com"}}""")]
    [InlineData("""{"transports":{"http":{"url":"http://{{H}}/"}},"environments":{"dev":{"H":"x"},"other":5}}""")]
    [InlineData("{")]
    public void What_is_none_is_shown_as_it_is(string settings) => Assert.Equal((false, settings), (SettingsSecrets.IsIn(settings), SettingsSecrets.Hide(settings)));

    private const string Hidden = """{"name":"(these settings have a password in a URL, and are not shown)"}""";
}
