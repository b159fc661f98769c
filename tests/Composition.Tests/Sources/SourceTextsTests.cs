using GraphGateway.Language;
using Xunit;

namespace GraphGateway.Composition.Tests.Sources;

/// <summary>Sources whose texts are at hand.</summary>
public sealed class SourceTextsTests
{
    private const string Settings = """
        {
          "name": "users",
          "transports": {"http": {"url": "{{URL}}"}},
          "environments": {"dev": {"URL": "http://dev.example/"}, "production": {"URL": "http://users.example/"}}
        }
        """;

    [Theory]
    [InlineData("http://users.example/", null, "users", Settings, null, "production")]
    [InlineData("http://other.example/", null, "users", Settings, "http://other.example/", "production")]
    [InlineData("http://other.example/", null, "users", null, "http://other.example/", "production")]
    [InlineData(
        null,
        """
        users@1:1:1 warning SOURCE_URL_MISSING The source users has no URL.
          hint: Write "transports": {"http": {"url": "http://..."}} in schema-settings.json, or set Gateway:Subgraphs:users:Url where the gateway runs.
        """,
        "users", null, null, "production")]
    [InlineData(
        null,
        """
        users@1 settings:4:19 SETTINGS_INVALID The settings have no environment "staging".
          hint: Add it to "environments", or choose one of: dev, production.
        """,
        "users", Settings, null, "staging")]
    [InlineData(
        "http://users.example/",
        """
        users@1 settings:2:11 SETTINGS_INVALID The settings name the source "users", and it is published as "orders".
          hint: Give both the same name, or leave "name" out of the settings.
        """,
        "orders", Settings, null, "production")]
    public void Settings_are_read_for_an_environment_and_an_address_that_is_given_counts(
        string? expectedUrl, string? expectedProblem, string name, string? settings, string? url, string environment)
    {
        var read = SourceTexts.Read(
            [new SourceTexts(name, new SourceText("type Query { a: Int }", "users@1"), settings is null ? null : new SourceText(settings, "users@1 settings"), url is null ? null : new Uri(url))],
            environment);
        Assert.Equal((expectedUrl, expectedProblem), (read.Sources.Single().Settings.Url?.ToString(), read.Problems.IsEmpty ? null : string.Join('\n', read.Problems)));
    }
}
