using GraphGateway.ControlPlane;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Cli.Tests;

/// <summary>What terminals obey, and people do not see, comes from schemas, tags and clients: it is shown by its number, and stays in what is asked for as it is.</summary>
public sealed class PeopleWriterTests : IDisposable
{
    private const string Turned = "\u202egniddag\u202c";
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Theory]
    [InlineData("plain, \u00fc, \u6f22, \ud83d\ude00\ttab\nline\r\n", "plain, \u00fc, \u6f22, \ud83d\ude00\ttab\nline\n")]
    [InlineData("\u001b[31mred\u0007\u009b0m", @"\u{1B}[31mred\u{7}\u{9B}0m")]
    [InlineData("good\rbad", @"good\u{D}bad")]
    [InlineData("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c", @"\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}\u{200E}\u{200F}\u{61C}")]
    [InlineData("a\u200bb\u00adc\u2060d\ufeffe\u2028f\u3164g\u2800h\u180ei", @"a\u{200B}b\u{AD}c\u{2060}d\u{FEFF}e\u{2028}f\u{3164}g\u{2800}h\u{180E}i")]
    [InlineData("tag\udb40\udc41", @"tag\u{E0041}")]
    public void People_see_what_is_there(string text, string seen)
    {
        using var inner = new StringWriter { NewLine = "\n" };
        using (var writer = new PeopleWriter(inner))
        {
            writer.Write(text);
            writer.WriteLine((object)text);
            PeopleWriter.AsItIs(writer).Write(text);
        }

        Assert.Equal($"{seen}{seen}\n{text}", inner.ToString());
    }

    [Fact]
    public async Task Half_a_character_is_seen_too()
    {
        Assert.Equal(@"a\u{D800}b", PeopleWriter.Show($"a{'\ud800'}b"));
        Assert.Equal((1, "", "There is no code \\u{1B}[2JX.\n\"graphgateway explain\" lists all codes.\n"), await Cli.Run("explain", "\u001b[2JX"));
    }

    [Fact]
    public async Task Commands_of_the_registry_show_it_and_fetch_gives_it_as_it_is()
    {
        var store = Path.Combine(folder.Path, "registry.db");
        string[] stage = ["--graph", "shop", "--stage", "dev", "--store", store];
        var old = folder.Write("old.graphqls", $"type Query {{ a: Int b(c: String = \"{Turned}\"): Int }}");
        var next = folder.Write("next.graphqls", "type Query { a: Int b(c: String = \"\"): Int }");
        Assert.Equal(0, (await Cli.Run(["publish", .. stage, "--source", "users", "--schema", old, "--tag", Turned])).Code);
        await using (var registry = SchemaRegistry.At(store))
        {
            await registry.CountUsageAsync(
                "shop",
                "dev",
                new UsageCounts([new MemberUse("Query", Turned, 1), new MemberUse("Query.b", Turned, 1)], [new OperationUse(Turned, new string('0', 64), "Q", 1)]),
                TimeProvider.System.GetUtcNow(),
                default);
        }

        const string Seen = @"\u{202E}gniddag\u{202C}";
        var history = await Cli.Run(["history", .. stage]);
        Assert.Contains($"  {Seen}  ", history.Output, StringComparison.Ordinal);
        Assert.Contains($"{Seen}  Q  ", (await Cli.Run(["usage", .. stage])).Output.Replace("  Q          ", "  Q  ", StringComparison.Ordinal), StringComparison.Ordinal);
        var check = await Cli.Run(["check", .. stage, "--source", "users", "--schema", next]);
        Assert.Contains($"used by 1 client in 30 days: {Seen} (1 request)", check.Output, StringComparison.Ordinal);
        var markdown = await Cli.Run(["check", .. stage, "--source", "users", "--schema", next, "--markdown"]);
        Assert.Contains("U+202EgniddagU+202C", markdown.Output, StringComparison.Ordinal);
        var json = await Cli.Run(["usage", .. stage, "--json"]);
        Assert.Contains("\"client\": \"\\u202Egniddag\\u202C\"", json.Output, StringComparison.Ordinal);
        foreach (var output in new[] { history.Output, check.Output, markdown.Output, json.Output })
        {
            Assert.DoesNotContain("\u202e", output, StringComparison.Ordinal);
        }

        Assert.Equal((0, await File.ReadAllTextAsync(old), ""), await Cli.Run(["fetch", .. stage, "--source", "users"]));
        Assert.Contains(Turned, (await Cli.Run(["fetch", .. stage])).Output, StringComparison.Ordinal);
    }
}
