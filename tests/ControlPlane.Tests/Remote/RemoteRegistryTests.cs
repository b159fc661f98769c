using GraphGateway.ControlPlane.Tests.Api;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Remote;

/// <summary>A registry elsewhere: a real one, and servers that are none.</summary>
public sealed class RemoteRegistryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new();

    private string Place => Path.Combine(folder.Path, "registry.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task What_is_live_is_had_and_waited_for()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        await using var remote = Remote(api.Server.Address, await api.KeyAsync("read:shop/dev"));
        Assert.Null(await remote.LiveAsync("shop", "dev", default));
        await using var store = SchemaRegistry.At(Place);
        await PublishAsync(store, "a: Int");
        var live = await remote.LiveAsync("shop", "dev", default);
        Assert.Equal(await store.LiveAsync("shop", "dev", default), live);
        Assert.Equal(await store.SupergraphAsync("shop", "dev", 1, default), await remote.SupergraphAsync("shop", "dev", 1, default));
        Assert.Null(await remote.SupergraphAsync("shop", "dev", 9, default));

        await PublishAsync(store, "b: Int");
        Assert.Equal(2, (await remote.WaitAsync("shop", "dev", live!, TimeSpan.FromSeconds(30), default))?.Launch);

        // A stage that was taken away and made anew counts from 1 again: the hash tells that it is another one.
        await store.RemoveStageAsync("shop", "dev", default);
        Assert.Null(await remote.LiveAsync("shop", "dev", default));
        await PublishAsync(store, "c: Int");
        using var limit = new CancellationTokenSource(TestPatience.Limit);
        Assert.Equal(await store.LiveAsync("shop", "dev", default), await remote.WaitAsync("shop", "dev", live!, TimeSpan.FromSeconds(30), limit.Token));
    }

    [Fact]
    public async Task A_key_that_may_not_is_told_and_never_repeated()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        foreach (var (key, problem) in new[]
        {
            (ApiKeyText.Make(), "This is no key of this registry. Who has an admin key can make one: POST /api/keys."),
            (await api.KeyAsync("read:other"), "The key of owner of read:other has not the role read in this stage, which getLive needs. It may: read:other. Who has an admin key can make one that may more."),
        })
        {
            await using var remote = Remote(api.Server.Address, key);
            var exception = await Assert.ThrowsAsync<RegistryRequestException>(() => remote.LiveAsync("shop", "dev", default));
            Assert.Equal($"{api.Server.Address}: {problem}", exception.Message);
            Assert.DoesNotContain(key[21..60], $"{exception}{remote.Address}", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("redirect", "It answers with status 302, to be asked elsewhere. Is it the address of a registry of this version, as `graphgateway registry serve` shows it?")]
    [InlineData("html", "It answers with status 502. Is it the address of a registry of this version, as `graphgateway registry serve` shows it?")]
    [InlineData("null", "It answers with null. Is it the address of a registry of this version, as `graphgateway registry serve` shows it?")]
    [InlineData("other", "It answers with something that this program does not know, at $.launch. Is it the address of a registry of this version, as `graphgateway registry serve` shows it?")]
    [InlineData("large", "It answers with more than 65536 bytes.")]
    [InlineData("endless", "It answers with more than 65536 bytes.")]
    [InlineData("echo", "Your key is (the key), isn't it? Look.")]
    public async Task A_server_that_is_no_registry_is_told(string kind, string problem)
    {
        await using var server = await StartAsync(async context =>
        {
            switch (kind)
            {
                case "redirect":
                    context.Response.Redirect("http://127.0.0.1:1/");
                    break;
                case "html":
                    context.Response.StatusCode = 502;
                    await context.Response.WriteAsync("<html>");
                    break;
                case "large":
                    context.Response.ContentLength = 65_537;
                    await context.Response.Body.WriteAsync(new byte[65_537]);
                    break;
                case "endless":
                    await context.Response.Body.WriteAsync(new byte[65_536]);
                    await context.Response.Body.FlushAsync();
                    await context.Response.Body.WriteAsync(new byte[65_536]);
                    break;
                case "echo":
                    context.Response.StatusCode = 401;
                    context.Response.ContentType = "application/problem+json";
                    await context.Response.WriteAsync($$"""{"detail":"Your key\n is {{context.Request.Headers.Authorization.ToString()[7..]}}, isn't it?","advice":"Look.","code":"KEY_INVALID"}""");
                    break;
                default:
                    await context.Response.WriteAsync(kind == "null" ? "null" : """{"launch":"one","hash":"x"}""");
                    break;
            }
        });
        await using var remote = Remote(new Uri(server.Urls.Single()), ApiKeyText.Make());
        Assert.Equal(problem, (await Assert.ThrowsAsync<RegistryRequestException>(() => remote.LiveAsync("shop", "dev", default))).Problem);
    }

    [Fact]
    public async Task Who_does_not_answer_is_not_waited_for()
    {
        var arrived = new TaskCompletionSource();
        await using var server = await StartAsync(async context =>
        {
            arrived.TrySetResult();
            var left = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(left.SetResult);
            await left.Task;
        });
        await using var remote = Remote(new Uri(server.Urls.Single()), ApiKeyText.Make());
        var asking = remote.LiveAsync("shop", "dev", default);
        await arrived.Task;
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("It does not answer within 10 seconds.", (await Assert.ThrowsAsync<RegistryRequestException>(() => asking)).Problem);
        await server.StopAsync();

        await using var nobody = Remote(new Uri("http://127.0.0.1:1"), ApiKeyText.Make());
        Assert.Equal("It cannot be reached: Connection refused", (await Assert.ThrowsAsync<RegistryRequestException>(() => nobody.LiveAsync("shop", "dev", default))).Problem);
    }

    [Fact]
    public async Task The_key_of_a_file_is_what_the_file_has_now()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        var file = folder.Write("key", $"{ApiKeyText.Make()}\n");
        var (key, problem) = RegistryKey.OfFile(file);
        Assert.Equal((null, file), (problem, key!.ToString()));
        await using var remote = new RemoteRegistry(new RegistryAddress(api.Server.Address, key), clock);
        await Assert.ThrowsAsync<RegistryRequestException>(() => remote.LiveAsync("shop", "dev", default));
        await File.WriteAllTextAsync(file, await api.KeyAsync("read"));
        Assert.Null(await remote.LiveAsync("shop", "dev", default));

        // Half written, and away: the one that it had stays.
        await File.WriteAllTextAsync(file, "ggk_0123");
        Assert.Null(await remote.LiveAsync("shop", "dev", default));
        File.Delete(file);
        Assert.Null(await remote.LiveAsync("shop", "dev", default));

        Assert.Equal("has no key of a registry, which begins with ggk_. `graphgateway registry keys create` makes one.", RegistryKey.OfFile(folder.Write("other", "secret")).Problem);
        Assert.StartsWith("cannot be read: Could not find file", RegistryKey.OfFile(file).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://registry.example", true)]
    [InlineData("http://127.0.0.1:4100/", true)]
    [InlineData("https://example/registry", true)]
    [InlineData("https://user:secret@example/", false)]
    [InlineData("https://example/?key=x", false)]
    [InlineData("ftp://example/", false)]
    [InlineData("registry.db", false)]
    public void An_address_is_one_or_none(string text, bool isOne) => Assert.Equal(isOne, RegistryAddress.ReadUrl(text) is not null);

    // A registry refuses what it does not know, and what came later has a default.
    [Fact]
    public async Task What_is_left_out_where_it_is_as_usual_is_not_sent_and_an_older_registry_is_told()
    {
        var bodies = new List<string>();
        await using var server = await StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            bodies.Add($"{context.Request.Path.Value!.Split('/')[^1]} {await reader.ReadToEndAsync()}");
            context.Response.StatusCode = 400;
            context.Response.ContentType = "application/problem+json";
            await context.Response.WriteAsync(
                """{"detail":"$.allowBreakingOperations is not what it should be, or is not known.","advice":"GET /openapi.json tells what the body is.","code":"BODY_INVALID"}""");
        });
        await using var remote = Remote(new Uri(server.Urls.Single()), ApiKeyText.Make());
        var (plain, sources) = (new LaunchNote(null, null), new[] { new SourcePublication("a", "type Query { a: Int }") });
        var full = new LaunchNote(null, "v1") { WaitForApproval = true, AllowBreakingOperations = true };
        Assert.Equal(
            "$.allowBreakingOperations is not what it should be, or is not known. The registry is of an older version than this program: leave out the option that asks for it, or bring the registry up to date.",
            (await Assert.ThrowsAsync<RegistryRequestException>(() => remote.PublishAsync("shop", "dev", sources, full, default, default))).Problem);
        var urls = new Dictionary<string, string>();
        Func<Task>[] all =
        [
            () => remote.PublishAsync("shop", "dev", sources, plain, default, default),
            () => remote.DeleteAsync("shop", "dev", "a", plain, default, default),
            () => remote.DeleteAsync("shop", "dev", "a", full, default, default),
            () => remote.PromoteAsync("shop", "dev", "production", urls, plain, default, default),
            () => remote.PromoteAsync("shop", "dev", "production", urls, full, default, default),
            () => remote.RollbackAsync("shop", "dev", null, plain, default, default),
            () => remote.RollbackAsync("shop", "dev", 1, full, default, default),
            () => remote.ApproveAsync("shop", "dev", 1, false, plain, default, default),
            () => remote.ApproveAsync("shop", "dev", 1, true, full, default, default),
            () => remote.PreviewAsync("shop", "dev", new StageChange.Approve(1, OverNewer: false), default),
            () => remote.ReviewAsync("shop", "dev", sources, new ReviewOptions(), default, default),
            () => remote.ReviewAsync("shop", "dev", sources, new ReviewOptions { AllowRemovalOfDeprecated = true, Days = 7, WithSupergraph = true, NewStage = true }, default, default),
        ];
        foreach (var ask in all)
        {
            await Assert.ThrowsAsync<RegistryRequestException>(ask);
        }

        Assert.Equal(
            """
            publish {"sources":[{"source":"a","schema":"type Query { a: Int }"}],"tag":"v1","waitForApproval":true,"allowBreakingOperations":true}
            publish {"sources":[{"source":"a","schema":"type Query { a: Int }"}]}
            delete {"source":"a"}
            delete {"source":"a","tag":"v1","waitForApproval":true,"allowBreakingOperations":true}
            promote {"from":"dev","urls":{}}
            promote {"from":"dev","urls":{},"tag":"v1","waitForApproval":true,"allowBreakingOperations":true}
            rollback {}
            rollback {"to":1,"tag":"v1","allowBreakingOperations":true}
            approve {"launch":1}
            approve {"launch":1,"tag":"v1","overNewer":true,"allowBreakingOperations":true}
            preview {"approve":{"launch":1}}
            check {"sources":[{"source":"a","schema":"type Query { a: Int }"}]}
            check {"sources":[{"source":"a","schema":"type Query { a: Int }"}],"allowRemovalOfDeprecated":true,"days":7,"withSupergraph":true,"newStage":true}
            """,
            string.Join('\n', bodies));
    }

    private static async Task<WebApplication> StartAsync(RequestDelegate handle)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Run(handle);
        await application.StartAsync();
        return application;
    }

    private static Task PublishAsync(SchemaRegistry store, string fields) => store.PublishAsync(
        "shop", "dev", [new SourcePublication("a", $"type Query {{ {fields} }}")], new LaunchNote(null, null), DateTimeOffset.UnixEpoch, default);

    private RemoteRegistry Remote(Uri url, string key) => new(new RegistryAddress(url, RegistryKey.Of(key)!), clock);
}
