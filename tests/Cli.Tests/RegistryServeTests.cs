using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Cli.Tests;

/// <summary>The registry as a program of its own, and the keys in its store.</summary>
public sealed class RegistryServeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string pepper;

    public RegistryServeTests()
    {
        pepper = folder.Write("pepper", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n");
    }

    private string Store => Path.Combine(folder.Path, "registry.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_looked_for_among_the_registrys()
    {
        Assert.Equal(0, (await Cli.Run("registry", "keys", "create", "--consumer", "a", "--scope", "read", "--store", Store, "--pepper-file", pepper)).Code);
        Assert.Equal(
            (1, "", "There is no key 0123456789abcdef that can be rotated: `graphgateway registry keys list` shows which keys there are, and which are valid.\n"),
            await Cli.Run("registry", "keys", "rotate", "0123456789abcdef", "--store", Store, "--pepper-file", pepper));
        Assert.Equal(
            (1, "", "There is no key 0123456789abcdef that was not revoked already: `graphgateway registry keys list` shows which keys there are.\n"),
            await Cli.Run("registry", "keys", "revoke", "0123456789abcdef", "--store", Store));
    }

    [Fact]
    public async Task It_shows_its_first_key_once_and_serves_until_it_is_asked_to_stop()
    {
        var (key, first) = await ServeAsync("The registry's first admin key, shown this once: ggk_", async (client, line, _) =>
        {
            var shown = line.Split(' ')[^1];
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", shown);
            using var answer = await client.GetAsync(new Uri("/api/stages", UriKind.Relative));
            Assert.Equal((HttpStatusCode.OK, "[]"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
            return shown;
        });
        Assert.Equal(1, Regex.Count(first, "ggk_"));

        // Another start, another key by the command line, which may less.
        var (code, made, error) = await Cli.Run("registry", "keys", "create", "--consumer", "orders team", "--scope", "publish:shop/*/orders", "--store", Store, "--pepper-file", pepper);
        Assert.Equal((0, $"Key {made[4..20]}: for orders team, no plan, scopes publish:shop/*/orders, valid until it is revoked."), (code, error.Split('\n')[0]));
        var (_, second) = await ServeAsync("The registry listens", async (client, _, program) =>
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Trim());
            using var answer = await client.GetAsync(new Uri("/api/stages", UriKind.Relative));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            await program.WaitForLineAsync(line => line.Contains("Refused (403 FORBIDDEN): listStages for orders team (key ", StringComparison.Ordinal));

            Assert.Equal((0, $"Key {made[4..20]} is revoked. The registry refuses it at once.\n", ""), await Cli.Run("registry", "keys", "revoke", made.Trim(), "--store", Store));
            using var refused = await client.GetAsync(new Uri("/api/stages", UriKind.Relative));
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            return "";
        });
        Assert.DoesNotContain("ggk_", second, StringComparison.Ordinal);
        Assert.DoesNotContain(key[21..60], second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_cannot_do_is_told_in_a_sentence()
    {
        Assert.Equal(
            (1, "", "--urls: give one address such as http://127.0.0.1:4100, http and without a path. Let a proxy end TLS.\n"),
            await Cli.Run("registry", "serve", "--store", Store, "--urls", "https://127.0.0.1:4100", "--pepper-file", pepper));
        Assert.Equal(
            (1, "", "What are keys hashed with? Give --pepper-file FILE, or set Gateway__Registry__Api__PepperFile. `graphgateway keys pepper > FILE` makes one.\n"),
            await Cli.Run("registry", "serve", "--store", Store));
        Assert.Equal(
            (1, "", "--scope: 'write' is none. Scopes are read, read:GRAPH/STAGE, publish:GRAPH/STAGE/SOURCE, promote:GRAPH/STAGE, report:GRAPH/STAGE or admin, with * for any graph, stage or source.\n"),
            await Cli.Run("registry", "keys", "create", "--consumer", "a", "--scope", "write", "--store", Store, "--pepper-file", pepper));
        Assert.Equal(
            (1, "", "Give --scope: without one the key may do nothing. Scopes are read, read:GRAPH/STAGE, publish:GRAPH/STAGE/SOURCE, promote:GRAPH/STAGE, report:GRAPH/STAGE or admin, "
                + "with * for any graph, stage or source.\n"),
            await Cli.Run("registry", "keys", "create", "--consumer", "a", "--store", Store, "--pepper-file", pepper));
    }

    private async Task<(string Result, string Output)> ServeAsync(string awaited, Func<HttpClient, string, ChildProcess, Task<string>> use)
    {
        var port = FreePort.Next();
        await using var program = ChildProcess.StartDotnet(
            Repository.Output("src/Cli", "graphgateway.dll"), ["registry", "serve", "--store", Store, "--urls", $"http://127.0.0.1:{port}", "--pepper-file", pepper]);

        // The log has a thread of its own: its lines come in any order with others.
        var (isListening, found) = (false, (string?)null);
        while (!isListening || found is null)
        {
            var line = await program.WaitForLineAsync(_ => true);
            isListening |= line.EndsWith($"The registry listens at http://127.0.0.1:{port}/", StringComparison.Ordinal);
            found ??= line.Contains(awaited, StringComparison.Ordinal) ? line : null;
        }

        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var result = await use(client, found, program);
        await program.SignalAsync("TERM");
        var ended = await program.WaitForExitAsync();
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        return (result, ended.Output);
    }
}
