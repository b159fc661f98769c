using System.Text;
using GraphGateway.Gateway.Tests.Redis;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>What the tests of gateways that share what they keep have in common.</summary>
internal static class SharedCacheKit
{
    public const string Key = "a-key-of-its-own";
    public const string Miss3 = "1.1 2.1 3.1 | entities=3; source=details; hit=0; stale=0; miss=3; kept=yes";

    // The clock of a test goes faster than the server answers: nothing ends because of that.
    public static string[] Shared(RedisServer server) => [$"--Gateway:ResponseCache:Shared:Address={server.Url}", "--Gateway:ResponseCache:Shared:Timeout=1m"];

    public static string Untold(int count, string does = "does not answer", string until = "does") =>
        $$"""503 {"errors":[{"message":"This gateway has forgotten {{count}}. The shared store {{does}}, so others may have not: this gateway tells it as soon as it {{until}}. Say it again to hear when that is done."}]}""";

    public static string Names(string answer) => answer.Split(" | ")[0];

    public static ReadOnlyMemory<byte>[] Command(params string[] words) => [.. words.Select(static word => (ReadOnlyMemory<byte>)Encoding.Latin1.GetBytes(word))];

    public static async Task<string[]> NamesAsync(RedisServer server)
    {
        await using var client = RedisServer.Client(server.Url);
        var all = await client.SendAsync(Command("KEYS", "graphgateway:*:*"), default);
        return [.. all.Items!.Select(static item => item.Text)];
    }

    // It is written after the client has its answer.
    public static async Task WrittenAsync(RedisServer server, int count)
    {
        while ((await NamesAsync(server)).Length < count)
        {
            await Task.Yield();
        }
    }

    // Until a gateway has carried out so much of what was to be forgotten. It is asked for no entity meanwhile: what is asked for in that very moment is not kept.
    public static async Task HeardAsync(EntityGraph test, long number)
    {
        var start = test.Clock.GetTimestamp();
        while (KnownTo(test) < number)
        {
            test.Clock.Advance(TimeSpan.FromMilliseconds(100));
            Assert.InRange(test.Clock.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromHours(1));
            await test.AskAsync("{ items { id } }");
        }
    }

    // How many times the gateway that is asked has forgotten something.
    public static long KnownTo(EntityGraph test) => test.Gateway.Services.GetRequiredService<Invalidations>().Number;

    // As if the time in which it holds had passed.
    public static async Task AgeAsync(RedisServer server)
    {
        await using var client = RedisServer.Client(server.Url);
        foreach (var name in await NamesAsync(server))
        {
            await ChangeAsync(client, name, static record => record with { FreshUntil = record.MadeAt - 1_000 });
        }
    }

    public static async Task ChangeAsync(RedisClient client, string name, Func<SharedRecord, SharedRecord> change)
    {
        var key = Encoding.Latin1.GetBytes(name);
        var bytes = (await client.SendAsync(Command("GET", name), default)).Bytes;
        var record = SharedRecord.Read(key, bytes)!;
        await client.SendAsync([.. Command("SET", name), change(record).Write(key)], default);
    }

    public static async Task<string> ForgetAsync(string url, string body)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", Key);
        using var response = await client.SendAsync(request);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }
}
