using System.CommandLine;
using System.Text.RegularExpressions;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Cli.Tests;

public sealed class KeysCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new();
    private readonly string store;
    private readonly string pepper;

    public KeysCommandTests()
    {
        store = Path.Combine(folder.Path, "keys.db");
        pepper = folder.Write("pepper", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n");
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task A_key_is_made_listed_rotated_and_revoked()
    {
        var (code, key, error) = await RunAsync("create", "--consumer", "web", "--plan", "gold", "--scope", "read", "--scope", "write", "--expires", "90d");
        Assert.Equal(0, code);
        Assert.Matches("^ggk_[0-9a-f]{16}_[0-9a-f]{72}\n$", key);
        var first = key[4..20];
        Assert.Equal(
            $"""
            Key {first}: for web, plan gold, scopes read write, valid until 2030-04-01T00:00:00Z.
            It is shown this once, and stored nowhere: keep it safe.

            """,
            error);

        clock.Advance(TimeSpan.FromHours(1));
        (code, key, error) = await RunAsync("rotate", first, "--grace", "30m");
        var second = key[4..20];
        Assert.Equal(0, code);
        Assert.Equal(
            $"""
            Key {second} takes the place of {first}, which stays valid until 2030-01-01T01:30:00Z at most: for web, plan gold, scopes read write, valid until it is revoked.
            It is shown this once, and stored nowhere: keep it safe.

            """,
            error);

        (code, key, error) = await RunAsync("create", "--consumer", "batch job");
        var third = key[4..20];
        Assert.Equal((0, $"Key {third}: for batch job, no plan, no scopes, valid until it is revoked."), (code, error.Split('\n')[0]));
        Assert.Equal((0, $"Key {third} is revoked. Gateways refuse it within 10 seconds.\n", ""), await RunAsync("revoke", third));

        clock.Advance(TimeSpan.FromHours(1));
        var (_, list, _) = await RunAsync("list");
        Assert.Equal(
            $"""
            ID                CONSUMER   PLAN  SCOPES      CREATED               EXPIRES               STATE
            {first}  web        gold  read write  2030-01-01T00:00:00Z  2030-01-01T01:30:00Z  expired, replaced by {second}
            {string.Join('\n', new[] { $"{second}  web        gold  read write  2030-01-01T01:00:00Z  -                     valid", $"{third}  batch job  -     -           2030-01-01T01:00:00Z  -                     revoked" }.Order(StringComparer.Ordinal))}

            """,
            list);
        Assert.DoesNotContain(key.Trim()[21..], list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machines_are_told_in_json()
    {
        Assert.Equal(
            (1, $$"""{"success":false,"problems":[{"message":"There are no keys: {{store}} is not there. `keys create` makes it."}]}""", ""),
            Compact(await RunAsync("list", "--json")));
        Assert.False(File.Exists(store));
        var (code, made, error) = Compact(await RunAsync("create", "--consumer", "web", "--scope", "read", "--json"));
        var key = Regex.Match(made, "ggk_[0-9a-f_]+").Value;
        var id = key[4..20];
        Assert.Equal((0, $$"""{"success":true,"key":"{{key}}","id":"{{id}}","consumer":"web","scopes":["read"]}""", ""), (code, made, error));
        Assert.Equal(
            (0, $$"""{"success":true,"keys":[{"id":"{{id}}","consumer":"web","scopes":["read"],"created":"2030-01-01T00:00:00Z","state":"valid"}]}""", ""),
            Compact(await RunAsync("list", "--json")));
        Assert.Equal((0, $$"""{"success":true,"id":"{{id}}"}""", ""), Compact(await RunAsync("revoke", id, "--json")));
        Assert.Equal(
            (0, $$"""{"success":true,"keys":[{"id":"{{id}}","consumer":"web","scopes":["read"],"created":"2030-01-01T00:00:00Z","revoked":"2030-01-01T00:00:00Z","state":"revoked"}]}""", ""),
            Compact(await RunAsync("list", "--json")));
        Assert.Equal(
            (1, $$"""{"success":false,"problems":[{"message":"There is no key {{id}} that can be rotated: `graphgateway keys list` shows which keys there are, and which are valid."}]}""", ""),
            Compact(await RunAsync("rotate", id, "--json")));
    }

    [Theory]
    [InlineData("--consumer: ' ' is no name: 1 to 200 characters, none of them a control character.", "create", "--consumer", " ")]
    [InlineData("--plan: 'a\nb' is no name: 1 to 200 characters, none of them a control character.", "create", "--consumer", "web", "--plan", "a\nb")]
    [InlineData("--scope: 'read write' has a space. Repeat --scope for several.", "create", "--consumer", "web", "--scope", "read write")]
    [InlineData("--expires: 'soon' is no time. Write for example 30m, 24h or 90d.", "create", "--consumer", "web", "--expires", "soon")]
    [InlineData("--expires: a key that is never valid is of no use.", "create", "--consumer", "web", "--expires", "0d")]
    [InlineData("--grace: '1w' is no time. Write for example 30m, 24h or 90d.", "rotate", "0123456789abcdef", "--grace", "1w")]
    [InlineData("There is no key 0123456789abcdef that was not revoked already: `graphgateway keys list` shows which keys there are.", "revoke", "0123456789abcdef")]
    [InlineData("There is no key 0123456789abcdef that can be rotated: `graphgateway keys list` shows which keys there are, and which are valid.", "rotate", "0123456789abcdef")]
    public async Task What_is_wrong_is_told(string message, params string[] arguments) => Assert.Equal((1, "", message + "\n"), await RunAsync(arguments));

    // People have the whole key at hand. It is a secret: what goes wrong is told without it.
    [Fact]
    public async Task A_key_can_be_named_by_all_of_it_and_is_not_repeated()
    {
        var (_, made, _) = await RunAsync("create", "--consumer", "web");
        var key = made.Trim();
        var (code, second, error) = await RunAsync("rotate", key, "--grace", "30m");
        Assert.Equal(
            (0, $"Key {second[4..20]} takes the place of {key[4..20]}, which stays valid until 2030-01-01T00:30:00Z at most: for web, no plan, no scopes, valid until it is revoked."),
            (code, error.Split('\n')[0]));
        Assert.Equal((0, $"Key {key[4..20]} is revoked. Gateways refuse it within 10 seconds.\n", ""), await RunAsync("revoke", key));

        var mistyped = key[..^1] + (key[^1] == '0' ? '1' : '0');
        const string message = "ID: this names no key. Give the 16 digits between ggk_ and the next _, or all of the key and nothing else.\n";
        foreach (var id in new[] { mistyped, $"Bearer {key}", $"X-API-Key: {key}", key.ToUpperInvariant(), key[21..], key + key, "web" })
        {
            Assert.Equal((1, "", message), await RunAsync("revoke", id));
            Assert.Equal((1, "", message), await RunAsync("rotate", id));
        }

        // Nor where a command has no place for it.
        Assert.Equal((1, "", "--consumer: this has a key in it, which everybody could see then.\n"), await RunAsync("create", "--consumer", key));
        foreach (var arguments in new string[][] { ["list", key], ["revoke", key, key], ["revoke", "--key", key], [key], ["list", "--json", key[21..]], ["revoke", "--key", key.ToUpperInvariant()] })
        {
            var (wrong, output, told) = await Cli.Run(["keys", .. arguments]);
            Assert.Equal((1, -1, -1), (wrong, (output + told).IndexOf(key[30..50], StringComparison.OrdinalIgnoreCase), (output + told).IndexOf(key[^10..], StringComparison.OrdinalIgnoreCase)));
            Assert.Contains("(a key)", output + told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_a_store_or_a_pepper_it_says_what_is_missing()
    {
        Assert.Equal(
            (1, "", "Where are the keys? Give --store PLACE, or set Gateway__Authentication__ApiKeys__Store.\n"), await Cli.Run("keys", "list"));
        Assert.Equal(
            (1, "", "What are keys hashed with? Give --pepper-file FILE, or set Gateway__Authentication__ApiKeys__PepperFile. `graphgateway keys pepper > FILE` makes one.\n"),
            await Cli.Run("keys", "create", "--store", store, "--consumer", "web"));
        var shortPepper = folder.Write("short", "0123456789");
        Assert.Equal(
            (1, "", $"{shortPepper} has no secret of 32 bytes at least. `graphgateway keys pepper > FILE` makes one.\n"),
            await Cli.Run("keys", "create", "--store", store, "--pepper-file", shortPepper, "--consumer", "web"));
        var (code, _, error) = await Cli.Run("keys", "list", "--store", Path.Combine(folder.Path, "nowhere", "keys.db"));
        Assert.Equal((1, $"There are no keys: {Path.Combine(folder.Path, "nowhere", "keys.db")} is not there. `keys create` makes it.\n"), (code, error));
        (code, _, error) = await Cli.Run("keys", "list", "--store", "Host=x;Passwort=secret");
        Assert.Equal((1, "The store of the keys cannot be used: the place is no connection string of PostgreSQL that can be read. Write it as Host=127.0.0.1;Database=graphgateway;Username=NAME;Password=...\n"), (code, error));
    }

    [Fact]
    public async Task A_pepper_is_made()
    {
        var (code, output, error) = await Cli.Run("keys", "pepper");
        Assert.Equal((0, ""), (code, error));
        Assert.Matches("^[0-9a-f]{64}\n$", output);
        Assert.NotEqual(output, (await Cli.Run("keys", "pepper")).Output);
    }

    private static (int Code, string Output, string Error) Compact((int Code, string Output, string Error) result) =>
        (result.Code, Regex.Replace(result.Output, "\n *| (?=[\\[{\"tf-])(?<=: )", ""), result.Error);

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        string[] pepperOption = arguments[0] is "create" or "rotate" ? ["--pepper-file", pepper] : [];
        var root = new RootCommand { KeysCommand.Create(clock) };
        var code = await root.Parse(["keys", .. arguments, "--store", store, .. pepperOption])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
