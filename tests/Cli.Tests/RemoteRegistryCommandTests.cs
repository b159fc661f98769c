using GraphGateway.ControlPlane;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Cli.Tests;

/// <summary>What is different where the registry is elsewhere; RegistryCommandTests runs its walks over HTTP, too.</summary>
public sealed class RemoteRegistryCommandTests : IAsyncLifetime, IDisposable
{
    private static readonly byte[] Pepper = System.Text.Encoding.ASCII.GetBytes("a pepper of a test, 32 bytes long");

    private readonly TemporaryFolder folder = new();
    private RegistryServer? server;
    private string users = "";
    private string url = "";

    private string Store => Path.Combine(folder.Path, "registry.db");

    public async Task InitializeAsync()
    {
        users = folder.Write("users.graphqls", "type Query { me: String }");
        (server, var problem) = await RegistryServer.StartAsync(
            new RegistryServerOptions(Store, new Uri("http://127.0.0.1:0"), Pepper), TextWriter.Null, _ => { }, TimeProvider.System, default);
        Assert.Null(problem);
        url = server!.Address.ToString();
    }

    public async Task DisposeAsync() => await server!.DisposeAsync();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task Where_it_is_and_by_which_key_is_said_in_one_way()
    {
        var key = await KeyAsync("read");
        Assert.Equal((1, "", "--store and --registry together: the registry is in one place.\n"), await Cli.Run("list", "--store", Store, "--registry", url, "--key-file", key));
        Assert.Equal((1, "", "--key-file needs --registry: a store takes no key.\n"), await Cli.Run("list", "--store", Store, "--key-file", key));
        Assert.Equal((1, "", "--registry needs a key: give --key-file FILE, or set GRAPHGATEWAY_REGISTRY_KEY.\n"), await Cli.Run("list", "--registry", url));
        Assert.Equal(
            (1, "", "--registry: give an address such as https://registry.example: http or https, without a name, a password or a query.\n"),
            await Cli.Run("list", "--registry", "https://ann:secret@registry.example", "--key-file", key));
        Assert.Equal(
            (1, "", $"--key-file: {users} has no key of a registry, which begins with ggk_. `graphgateway registry keys create` makes one.\n"),
            await Cli.Run("list", "--registry", url, "--key-file", users));
        Assert.Equal(
            (1, "", "--author and --registry together: the author is whom the key is for.\n"),
            await Cli.Run("rollback", "--graph", "shop", "--stage", "dev", "--author", "ann", "--registry", url, "--key-file", key));
        Assert.Equal(0, (await Cli.Run("list", "--registry", url, "--key-file", key)).Code);

        // Under another path there is no graph, and that is no word about the registry.
        Assert.Equal(
            (1, "", $"{url}other: It answers with status 404, since there is nothing at this path. Is it the address of a registry of this version, as `graphgateway registry serve` shows it?\n"),
            await Cli.Run("list", "--registry", $"{url}other", "--key-file", key));
    }

    // What runs it for each change has to know whether the call is wrong, or whether to try again.
    [Fact]
    public async Task A_check_tells_by_its_code_what_the_registry_has_to_do_with_it()
    {
        var (key, wrong) = (await KeyAsync("read:shop/dev"), folder.Write("wrong", ApiKeyText.Make()));
        string[] check = ["check", "--graph", "shop", "--stage", "dev", "--source", "users", "--schema", users, "--json"];
        var away = $"http://127.0.0.1:{FreePort.Next()}/";
        Assert.Equal(["REGISTRY_UNAVAILABLE"], await CodesAsync("--registry", away, "--key-file", key));
        Assert.Equal(["REGISTRY_NOT_USABLE"], await CodesAsync("--store", Path.Combine(folder.Path, "none.db")));
        Assert.Equal(["REGISTRY_NOT_USABLE"], await CodesAsync("--store", folder.Path));
        Assert.Equal(["REGISTRY_NOT_USABLE"], await CodesAsync("--store", Path.Combine(folder.Path, "none", "none.db")));
        Assert.Equal(["REGISTRY_NOT_USABLE"], await CodesAsync("--store", users));
        Assert.Equal(["ARGUMENTS_INVALID"], await CodesAsync("--store", "postgres://127.0.0.1/registry"));
        Assert.Equal(["REGISTRY_UNAVAILABLE"], await CodesAsync("--store", $"Host=127.0.0.1;Port={FreePort.Next()};Username=none;Database=none"));
        Assert.Equal(["REGISTRY_REFUSED"], await CodesAsync("--registry", url, "--key-file", wrong));
        Assert.Equal(["REGISTRY_REFUSED"], await CodesAsync("--registry", url, "--key-file", key));
        Assert.Equal(["REGISTRY_REFUSED"], await CodesAsync("--store", Store));
        Assert.Equal(["ARGUMENTS_INVALID"], await CodesAsync("--registry", url, "--store", Store, "--key-file", key));
        Assert.Equal(["ARGUMENTS_INVALID"], await CodesAsync("--registry", url, "--key-file", users));
        Assert.Equal(
            (1, "**It could not be checked.** 1 error; changes were not looked at."),
            (await Cli.Run([.. check[..^1], "--markdown", "--registry", away, "--key-file", key])) is var (code, output, _) ? (code, output.Split('\n').First(line => line.StartsWith("**", StringComparison.Ordinal))) : default);

        async Task<string[]> CodesAsync(params string[] place)
        {
            using var json = System.Text.Json.JsonDocument.Parse((await Cli.Run([.. check, .. place])).Output);
            return [.. json.RootElement.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("code").GetString()!)];
        }
    }

    // What stands before a registry answers in its place while it is away: that is to be tried again, all else never ends.
    [Theory]
    [InlineData(200, "NOT_USABLE")]
    [InlineData(302, "NOT_USABLE")]
    [InlineData(401, "NOT_USABLE")]
    [InlineData(404, "NOT_USABLE")]
    [InlineData(501, "NOT_USABLE")]
    [InlineData(429, "UNAVAILABLE")]
    [InlineData(500, "UNAVAILABLE")]
    [InlineData(502, "UNAVAILABLE")]
    [InlineData(503, "UNAVAILABLE")]
    [InlineData(504, "UNAVAILABLE")]
    public async Task A_check_tells_by_its_code_whether_there_is_a_registry_at_the_address(int status, string code)
    {
        using var other = new System.Net.HttpListener { Prefixes = { $"http://127.0.0.1:{FreePort.Next()}/" } };
        other.Start();
        var asked = other.GetContextAsync();
        var check = Cli.Run(
            "check", "--graph", "shop", "--stage", "dev", "--source", "users", "--schema", users, "--registry", other.Prefixes.Single(), "--key-file", folder.Write("key", ApiKeyText.Make()), "--json");
        using (var answer = (await asked).Response)
        {
            answer.StatusCode = status;
            answer.ContentType = "text/html";
        }

        using var json = System.Text.Json.JsonDocument.Parse((await check).Output);
        Assert.Equal($"REGISTRY_{code}", json.RootElement.GetProperty("problems")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_key_can_be_in_the_environment()
    {
        await using var program = ChildProcess.StartDotnet(
            Repository.Output("src/Cli", "graphgateway.dll"), ["list", "--registry", url],
            environment: new Dictionary<string, string?> { ["GRAPHGATEWAY_REGISTRY_KEY"] = await File.ReadAllTextAsync(await KeyAsync("read")) });
        var ended = await program.WaitForExitAsync();
        Assert.Equal(
            (0, "", "Nothing is published. `graphgateway publish --graph NAME --stage NAME --source NAME --schema FILE` publishes a source."),
            (ended.ExitCode, ended.Output.Trim(), ended.Error.Trim()));
    }

    [Fact]
    public async Task What_the_registry_refuses_says_what_to_do_and_has_no_key_in_it()
    {
        var (wrong, reader) = (folder.Write("wrong", ApiKeyText.Make()), await KeyAsync("read:shop/dev"));
        string[] publish = ["publish", "--graph", "shop", "--stage", "dev", "--source", "users", "--schema", users, "--registry", url];
        Assert.Equal(
            (1, "", $"{url}: This is no key of this registry. Who has an admin key can make one: POST /api/keys.\n"), await Cli.Run([.. publish, "--key-file", wrong]));
        Assert.Equal(
            (1, "", $"{url}: The key of read:shop/dev has not the role publish in this stage, which publish needs. It may: read:shop/dev. Who has an admin key can make one that may more.\n"),
            await Cli.Run([.. publish, "--key-file", reader]));
        var (code, output, error) = await Cli.Run([.. publish, "--key-file", wrong, "--json"]);
        Assert.Equal((1, ""), (code, error));
        Assert.DoesNotContain((await File.ReadAllTextAsync(wrong))[4..], output, StringComparison.Ordinal);
        await server!.StopAsync(default);
        Assert.Equal((1, "", $"{url}: It cannot be reached: Connection refused\n"), await Cli.Run("list", "--registry", url, "--key-file", reader));
    }

    // It may not read what is live, and needs not.
    [Fact]
    public async Task A_key_that_may_only_publish_is_enough_to_publish_and_check()
    {
        var key = await KeyAsync("publish:shop/dev/users");
        string[] place = ["--graph", "shop", "--stage", "dev", "--source", "users", "--schema", users, "--url", "http://127.0.0.1:1/", "--registry", url, "--key-file", key];
        Assert.Equal((0, "#1 of dev of shop is live: publish users@1.\n", ""), await Cli.Run(["publish", .. place]));
        folder.Write("users.graphqls", "type Query { me: Missing }");
        Assert.Equal(
            (1, "#2 of dev of shop does not compose and is kept as a draft: publish users@2. #1 stays live.\n"),
            await Cli.Run(["publish", .. place]) is var (code, output, _) ? (code, output) : default);
        folder.Write("users.graphqls", "type Query { you: String }");
        var (checkedCode, changes, _) = await Cli.Run(["check", .. place]);
        Assert.Equal((1, true), (checkedCode, changes.Contains("FIELD_REMOVED Query.me was removed.", StringComparison.Ordinal)));
        Assert.Contains("may not read dev of shop, and so not what would be composed there.", (await Cli.Run(["check", .. place, "--operations", Path.Combine(folder.Path, "operations.db")])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Persisted_operations_are_held_against_what_the_registry_composes()
    {
        var (key, operations) = (await KeyAsync("read", "publish:shop/dev"), Path.Combine(folder.Path, "operations.db"));
        string[] place = ["--graph", "shop", "--stage", "dev", "--source", "users", "--schema", users, "--registry", url, "--key-file", key];
        await Cli.Run(["publish", .. place, "--url", "http://127.0.0.1:1/"]);
        var supergraph = Path.Combine(folder.Path, "supergraph.graphql");
        Assert.Equal(0, (await Cli.Run("fetch", "--graph", "shop", "--stage", "dev", "--output", supergraph, "--registry", url, "--key-file", key)).Code);
        Assert.Equal(0, (await Cli.Run("operations", "publish", folder.Write("me.graphql", "query Me { me }"), "--tag", "1", "--schema", supergraph, "--store", operations)).Code);
        folder.Write("users.graphqls", "type Query { you: String }");
        var remote = await Cli.Run(["check", .. place, "--operations", operations]);
        Assert.Contains("1 of 1 persisted operation would break.", remote.Output, StringComparison.Ordinal);
        Assert.Equal(await Cli.Run(["check", .. place[..8], "--store", Store, "--operations", operations]), remote);
    }

    // Whoever publishes with them in sight breaks nobody by mistake; what does not compose is told as always, and what breaks none goes live.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_published_by_which_a_persisted_operation_would_break(bool overHttp)
    {
        var (key, operations) = (await KeyAsync("read", "publish:shop/dev"), Path.Combine(folder.Path, "operations.db"));
        string[] place = ["--graph", "shop", "--stage", "dev", "--source", "users", "--schema", users, "--url", "http://127.0.0.1:1/", .. overHttp ? ["--registry", url, "--key-file", key] : new[] { "--store", Store }];
        await Cli.Run(["publish", .. place]);
        var supergraph = Path.Combine(folder.Path, "supergraph.graphql");
        Assert.Equal(0, (await Cli.Run("fetch", "--graph", "shop", "--stage", "dev", "--output", supergraph, "--store", Store)).Code);
        var me = folder.Write("me.graphql", "query Me { me }");
        Assert.Equal(0, (await Cli.Run("operations", "publish", me, "--client", "web", "--tag", "1", "--schema", supergraph, "--store", operations)).Code);
        folder.Write("users.graphqls", "type Query { you: String }");
        Assert.Equal(
            (1, "", $"""
            web, 1: {PublishedOperation.HashOf("query Me { me }")} (Me) 1:12: Cannot query field "me" on type "Query".
            Nothing is published: 1 of 1 persisted operation would break. Without --operations it is published all the same.

            """.ReplaceLineEndings("\n")),
            await Cli.Run(["publish", .. place, "--operations", operations]));
        folder.Write("users.graphqls", "type Query { me: Missing }");
        Assert.StartsWith("#2 of dev of shop does not compose and is kept as a draft", (await Cli.Run(["publish", .. place, "--operations", operations])).Output, StringComparison.Ordinal);
        folder.Write("users.graphqls", "type Query { me: String you: String }");
        Assert.Equal((0, "#3 of dev of shop is live: publish users@3.\n", ""), await Cli.Run(["publish", .. place, "--operations", operations]));
        Assert.Equal((1, "", "--gateway needs --operations.\n"), await Cli.Run(["publish", .. place, "--gateway", "appsettings.json"]));
        folder.Write("users.graphqls", "type Query { you: String }");
        Assert.Equal((0, "#4 of dev of shop is live: publish users@4.\n", ""), await Cli.Run(["publish", .. place]));
    }

    private async Task<string> KeyAsync(params string[] scopes)
    {
        await using var keys = ApiKeyStore.OfRegistry(Store);
        var made = await keys.CreateAsync(new ApiKeyGrant(string.Join(' ', scopes), null, [.. scopes], null), Pepper, DateTimeOffset.UnixEpoch, default);
        return folder.Write($"key-{made.Key.Id}", made.Text + "\n");
    }
}
