using GraphGateway.ControlPlane;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>A real gateway follows a registry over HTTP.</summary>
public sealed class RemoteRegistryTests
{
    private const string Both = """{"data":{"hello":"you","other":"me"}}""";
    private const string Hello = """{"data":{"hello":"you"}}""";

    // The gateway asks by itself once in an hour: what it serves soon it was told.
    [Fact]
    public async Task What_is_published_is_pushed_to_it()
    {
        await using var source = await FakeSource.AnswersAsync(Both);
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello");
        await gateway.ServeAsync(0, "read:shop/dev");
        Assert.Empty(await gateway.StartAsync("--Gateway:Registry:Interval=1h", $"--Gateway:Registry:File={gateway.Copy}"));
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        await gateway.SeenAsync(await gateway.PublishAsync("users", null, "hello", "other"));
        Assert.Equal(Both, await gateway.QueryAsync("{ hello other }"));
        await gateway.SeenAsync(await gateway.RollbackAsync());
        await gateway.SeenAsync(await gateway.PublishAsync("users", null, "hello", "third"));
        await gateway.StopAsync();
        Assert.Contains("third: String", await File.ReadAllTextAsync(gateway.Copy), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_registry_it_goes_on_and_starts_with_what_it_had_last()
    {
        await using var source = await FakeSource.AnswersAsync(Both);
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello");
        var port = await gateway.ServeAsync(FreePort.Next(), "read:shop/dev");
        Assert.Empty(await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));
        await gateway.StopServingAsync();

        // Refused, or reset where it asks while the server ends.
        await gateway.Log.SeenStartAsync($"The registry cannot be followed, and what is served stays: http://127.0.0.1:{port}/: It cannot be reached: Connection re");
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        await gateway.StopAsync();

        Assert.Equal(
            [
                $"Gateway:Registry: the registry cannot be read: http://127.0.0.1:{port}/: It cannot be reached: Connection refused",
                "Set Gateway:Registry:File, and the gateway starts with what it had last.",
            ],
            await gateway.StartAsync());
        Assert.Empty(await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));
        await gateway.Log.SeenAsync(
            $"Gateway:Registry: the registry cannot be read: http://127.0.0.1:{port}/: It cannot be reached: Connection refused The gateway starts with the last good one, {gateway.Copy}.");

        // It comes back, with something new and another key.
        var launch = await gateway.PublishAsync("users", null, "hello", "other");
        Assert.Equal(port, await gateway.ServeAsync(port, "read:shop/dev"));
        await gateway.SeenAsync(launch);
        Assert.Equal(Both, await gateway.QueryAsync("{ hello other }"));
    }

    [Fact]
    public async Task A_key_that_may_not_read_the_stage_is_told_once_and_a_better_one_is_taken_without_a_restart()
    {
        await using var source = await FakeSource.AnswersAsync(Both);
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello");
        await gateway.ServeAsync(0, "read:shop/dev");
        var right = await File.ReadAllTextAsync(gateway.KeyFile);
        Assert.Empty(await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));
        await gateway.StopAsync();

        await File.WriteAllTextAsync(gateway.KeyFile, ApiKeyText.Make());
        Assert.Empty(await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));
        await gateway.Log.SeenStartAsync("The registry cannot be followed, and what is served stays: http://127.0.0.1:");
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        await File.WriteAllTextAsync(gateway.KeyFile, right);
        // One line, whatever the number of attempts.
        await gateway.Log.SeenNextAsync("The registry is followed again");
        await gateway.SeenAsync(await gateway.PublishAsync("users", null, "hello", "other"));
    }

    [Fact]
    public async Task Another_text_than_was_published_is_not_run()
    {
        var answers = new Queue<string>(["""{"launch":1,"hash":"0123"}""", "type Query { evil: Int }"]);
        await using var registry = await FakeSource.StartAsync(context => context.Response.WriteAsync(answers.Dequeue()));
        using var folder = new TemporaryFolder();
        await using var source = Source(registry.Url, folder, TimeProvider.System);
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => source.AskAsync(_ => false, default));
        Assert.Equal("The supergraph of #1 of dev of shop is not what was published: the registry is damaged, or it was rolled back just now.", exception.Message);
    }

    // Half of each pause, by the random numbers.
    [Fact]
    public async Task Where_it_fails_it_is_asked_in_pauses_that_grow()
    {
        using var folder = new TemporaryFolder();
        var (clock, asked, status) = (new FakeTimeProvider(), new List<string>(), 503);
        await using var registry = await FakeSource.StartAsync(context =>
        {
            asked.Add($"{context.Request.QueryString}");
            context.Response.StatusCode = status;
            return status == 200 ? context.Response.WriteAsync("""{"launch":7,"hash":"x"}""") : Task.CompletedTask;
        });
        await using var source = Source(registry.Url, folder, clock);
        var looks = new RegistryLooks(source, TimeSpan.FromSeconds(1), clock, new FixedRandom());
        await Assert.ThrowsAsync<RegistryRequestException>(() => looks.NextAsync(_ => true, default));
        foreach (var pause in new[] { 0.5, 1, 2, 4, 5, 5 })
        {
            var next = looks.NextAsync(_ => true, default);
            clock.Advance(TimeSpan.FromSeconds(pause) - TimeSpan.FromMilliseconds(1));
            Assert.False(next.IsCompleted);
            var before = asked.Count;
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await Assert.ThrowsAsync<RegistryRequestException>(() => next);
            Assert.Equal(before + 1, asked.Count);
        }

        // It is back: from what is live now on is waited, at once. Where that fails, it is asked without waiting, and then waited for at once.
        status = 200;
        var back = looks.NextAsync(_ => true, default);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(7, (await back).Live?.Launch);
        asked.Clear();
        status = 503;
        await Assert.ThrowsAsync<RegistryRequestException>(() => looks.NextAsync(_ => true, default));
        status = 200;
        back = looks.NextAsync(_ => true, default);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(7, (await back).Live?.Launch);
        status = 204;
        Assert.Equal(7, (await looks.NextAsync(_ => true, default)).Live?.Launch);

        // An answer that nothing else is live, and comes too soon, is not asked for again and again.
        var soon = looks.NextAsync(_ => true, default);
        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(soon.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(7, (await soon).Live?.Launch);
        Assert.Equal(["?after=7&hash=x&wait=30", "", "?after=7&hash=x&wait=30", "?after=7&hash=x&wait=30"], asked);
    }

    [Theory]
    [InlineData("Gateway:Registry:KeyFile: is missing: the file with a key of the registry that may read the stage. `graphgateway registry keys create` makes one.", "--Gateway:Registry:Url=https://registry.example")]
    [InlineData("Gateway:Registry:KeyFile: has no key of a registry, which begins with ggk_. `graphgateway registry keys create` makes one.", "--Gateway:Registry:Url=https://registry.example", "--Gateway:Registry:KeyFile=FILE")]
    [InlineData("Gateway:Registry:Url: is no address of a registry such as https://registry.example: http or https, without a name, a password or a query.", "--Gateway:Registry:Url=https://a:secret@registry.example", "--Gateway:Registry:KeyFile=KEY")]
    [InlineData("Gateway:Registry:Url: and Store are both given: the registry is in one place.", "--Gateway:Registry:Url=https://registry.example", "--Gateway:Registry:KeyFile=KEY", "--Gateway:Registry:Store=registry.db")]
    [InlineData("Gateway:Registry:Url: and Api are both given: this process serves a registry in a Store, or follows one elsewhere.", "--Gateway:Registry:Url=https://registry.example", "--Gateway:Registry:KeyFile=KEY", "--Gateway:Registry:Api:PepperFile=PEPPER")]
    [InlineData("Gateway:Supergraph: and Gateway:Registry:Url are both given: the graph comes from one of them. Gateway:Registry:File keeps the last good one.", "--Gateway:Registry:Url=https://registry.example", "--Gateway:Registry:KeyFile=KEY", "--Gateway:Supergraph=FILE")]
    public async Task Wrong_settings_are_told(string expected, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var (file, key, pepper) = (folder.Write("file", "secret"), folder.Write("key", ApiKeyText.Make()), folder.Write("pepper", new string('p', 32)));
        var build = await GatewayHost.BuildAsync(
        [
            "--Gateway:Registry:Graph=shop", "--Gateway:Registry:Stage=dev",
            .. arguments.Select(argument => argument.Replace("=FILE", $"={file}", StringComparison.Ordinal).Replace("=KEY", $"={key}", StringComparison.Ordinal).Replace("=PEPPER", $"={pepper}", StringComparison.Ordinal)),
        ]);
        Assert.Equal(expected, string.Join('\n', build.Problems));
    }

    private static RegistrySource Source(string url, TemporaryFolder folder, TimeProvider clock) => new(
        new RegistryOptions { Address = new RegistryAddress(new Uri(url), RegistryKey.OfFile(folder.Write("key", ApiKeyText.Make())).Key!), Graph = "shop", Stage = "dev" }, clock);

    private sealed class FixedRandom : Random
    {
        public override double NextDouble() => 0;
    }
}
