using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GraphGateway.Gateway.Tests.Redis;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>
/// Gateways as processes of their own that share what they keep, before sources in the test's process. Each item has a version, which is in its name: what an answer has is held against
/// what a gateway must have heard by the time at which it was asked.
/// </summary>
internal sealed partial class SharedReplicas : IAsyncDisposable
{
    /// <summary>Items that there are.</summary>
    public const int Items = 20;

    private const string Key = "a-key-of-its-own";

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly int[] versions = new int[Items + 1];
    private WebApplication? lists;
    private WebApplication? details;
    private RedisServer? redis;
    private int redisPort;

    private SharedReplicas()
    {
    }

    /// <summary>The gateways: whom to ask.</summary>
    public Replica[] Replicas { get; private set; } = [];

    /// <summary>Right answers.</summary>
    public int Answers;

    /// <summary>Answers in which something came from the shared store.</summary>
    public int SharedAnswers;

    /// <summary>Answers that were kept whole, or all of whose entities were.</summary>
    public int KeptAnswers;

    /// <summary>What was wrong.</summary>
    public ConcurrentQueue<string> Problems { get; } = [];

    public static async Task<SharedReplicas> StartAsync()
    {
        var self = new SharedReplicas();
        Array.Fill(self.versions, 1);
        try
        {
            self.lists = await StartSourceAsync(static body =>
                $"{{\"data\":{{\"items\":[{string.Join(',', Enumerable.Range(1, int.Parse(First().Match(body).Groups[1].Value, CultureInfo.InvariantCulture)).Select(id => $"{{\"id\":\"{id}\"}}"))}]}}}}");
            self.details = await StartSourceAsync(body =>
                $"{{\"data\":{{\"_entities\":[{string.Join(',', Id().Matches(body).Select(match => $"{{\"__typename\":\"Item\",\"name\":\"{match.Groups[1].Value}.{self.VersionOf(match.Groups[1].Value)}\"}}"))}]}}}}");
            self.redis = await self.StartRedisAsync(null);
            self.redisPort = self.redis.Port;
            self.Replicas = [await self.StartReplicaAsync()];
            self.Replicas = [self.Replicas[0], await self.StartReplicaAsync()];
            return self;
        }
        catch
        {
            await self.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks for the first so many items: the first gateway, or, where that is gone, the other one. What is wrong is noted.</summary>
    public async Task AskAsync(int first, int number)
    {
        var all = Replicas;
        for (var attempt = 0; ; attempt++)
        {
            var replica = all[(number + attempt) % all.Length];
            try
            {
                var needed = replica.Needed.ToArray();
                Note(await SendAsync(replica, first), first, needed, replica);
                return;
            }
            catch (HttpRequestException) when (attempt == 0)
            {
                // Whoever stands before the gateways asks the other one.
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                Problems.Enqueue($"{replica.Url}: {exception.Message}");
                return;
            }
        }
    }

    /// <summary>The version of an item that a gateway gives.</summary>
    public async Task<int> VersionAtAsync(Replica replica, int item) =>
        Versions((await SendAsync(replica, item)).Body)[item - 1].Version;

    /// <summary>An item is another one from now on, and a gateway is told: its answer. Where that is 200, it gives nothing older from then on.</summary>
    public async Task<int> ChangeAsync(Replica replica, int item)
    {
        var version = Interlocked.Increment(ref versions[item]);
        return await ForgetAsync(replica, $"item-{item}", () => replica.Needed[item] = version);
    }

    /// <summary>The same without another version: what was told before is told again.</summary>
    public Task<int> RepeatAsync(Replica replica, int item)
    {
        var version = Volatile.Read(ref versions[item]);
        return ForgetAsync(replica, $"item-{item}", () => replica.Needed[item] = version);
    }

    /// <summary>Whom it is told next has carried out all that others were told before: it gives nothing older from then on, either.</summary>
    public Task<int> HearAsync(Replica replica, int item)
    {
        var version = Volatile.Read(ref versions[item]);
        return ForgetAsync(replica, "nothing", () => replica.Needed[item] = version);
    }

    /// <summary>The store writes what it has to disk, as it does now and then.</summary>
    public async Task SaveRedisAsync()
    {
        await using var direct = RedisServer.Client(redis!.Url);
        await direct.SendAsync(["SAVE"u8.ToArray()], default);
    }

    /// <summary>Ends the store as <c>kill -9</c> does.</summary>
    public async Task KillRedisAsync()
    {
        await redis!.DisposeAsync();
        redis = null;
    }

    /// <summary>Starts it again with what it has on disk.</summary>
    public async Task RestartRedisAsync() => redis = await StartRedisAsync(redisPort);

    /// <summary>Ends a gateway as <c>kill -9</c> does, while it is asked, and starts another one in its place, which gives nothing older than it has to.</summary>
    /// <param name="number">Which.</param>
    /// <param name="meanwhile">Done while it is gone.</param>
    public async Task ReplaceAsync(int number, Func<Task> meanwhile)
    {
        await Replicas[number].DisposeAsync();
        await meanwhile();
        var needed = Replicas[1 - number].Needed.ToArray();
        var next = await StartReplicaAsync();
        needed.CopyTo(next.Needed, 0);
        Replicas = number == 0 ? [next, Replicas[1]] : [Replicas[0], next];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in Replicas)
        {
            await replica.DisposeAsync();
        }

        foreach (var other in new IAsyncDisposable?[] { redis, lists, details })
        {
            await (other?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        client.Dispose();
        folder.Dispose();
    }

    private string VersionOf(string id) => Volatile.Read(ref versions[int.Parse(id, CultureInfo.InvariantCulture)]).ToString(CultureInfo.InvariantCulture);

    private Task<RedisServer> StartRedisAsync(int? port) => RedisServer.StartAsync(port, "--dir", folder.Path);

    private async Task<Replica> StartReplicaAsync()
    {
        var file = folder.Write("supergraph.graphql", EntityGraph.Apollo);
        var invalidation = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/invalidation"));
        var process = ChildProcess.StartDotnet(
            Repository.Output("src/Gateway", "GraphGateway.Gateway.dll"),
            [
                "--urls", "http://127.0.0.1:0", $"--Gateway:Supergraph={file}", $"--Gateway:Subgraphs:lists:Url={lists!.Urls.Single()}/graphql", $"--Gateway:Subgraphs:details:Url={details!.Urls.Single()}/graphql",
                "--Gateway:ResponseCache:Answers=On", "--Gateway:ResponseCache:Entities=On", "--Gateway:ResponseCache:Debug=On", "--Gateway:ResponseCache:Bytes=1048576",
                "--Gateway:ResponseCache:EntityBytes=1048576", $"--Gateway:ResponseCache:Invalidation:Url={invalidation}",
            ],
            folder.Path,
            new Dictionary<string, string?> { ["Gateway__ResponseCache__Invalidation__Key"] = Key, ["Gateway__ResponseCache__Shared__Address"] = redis!.Url });
        try
        {
            return new Replica(
                process,
                new Uri((await process.WaitForLineAsync(text => text.Contains("Now listening on: ", StringComparison.Ordinal) && !text.Contains($":{invalidation.Port}", StringComparison.Ordinal))).Split("on: ")[1]),
                invalidation);
        }
        catch (InvalidOperationException)
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private static async Task<WebApplication> StartSourceAsync(Func<string, string> answer)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var source = builder.Build();
        source.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            context.Response.ContentType = "application/json";
            context.Response.Headers.CacheControl = "max-age=600";
            await context.Response.WriteAsync(answer(body));
        });
        await source.StartAsync();
        return source;
    }

    private async Task<int> ForgetAsync(Replica replica, string tag, Action done)
    {
        using var content = new StringContent($$"""{"kind":"cache_tag","cache_tag":"{{tag}}"}""", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, replica.Invalidation) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", Key);
        using var response = await client.SendAsync(request);
        if (response.IsSuccessStatusCode)
        {
            done();
        }

        return (int)response.StatusCode;
    }

    private async Task<(int Status, string Body, string Told)> SendAsync(Replica replica, int first)
    {
        using var content = new StringContent($$"""{"query":"{ items(first: {{first}}) { id name } }"}""", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri(replica.Url, "/graphql"), content);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.TryGetValues("GraphGateway-Cache", out var told) ? string.Join(' ', told) : "");
    }

    private void Note((int Status, string Body, string Told) answer, int first, int[] needed, Replica replica)
    {
        var found = Versions(answer.Body);
        if (answer.Status != 200 || found.Length != first || found.Where((item, i) => item.Id != i + 1 || item.Version < needed[item.Id]).Any())
        {
            Problems.Enqueue($"{replica.Url} {answer.Status}: {answer.Body} ({answer.Told}), where {string.Join(' ', needed[1..])} is needed");
            return;
        }

        Interlocked.Increment(ref Answers);
        Interlocked.Add(ref SharedAnswers, answer.Told.Contains("shared", StringComparison.Ordinal) ? 1 : 0);
        Interlocked.Add(ref KeptAnswers, answer.Told.StartsWith("hit", StringComparison.Ordinal) || answer.Told.Contains("miss=0", StringComparison.Ordinal) ? 1 : 0);
    }

    private static (int Id, int Version)[] Versions(string body) =>
        [.. Name().Matches(body).Select(match => (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)))];

    [GeneratedRegex("first: ?(\\d+)")]
    private static partial Regex First();

    [GeneratedRegex("\"id\":\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("\"id\":\"(\\d+)\",\"name\":\"\\1\\.(\\d+)\"")]
    private static partial Regex Name();

    /// <summary>A gateway.</summary>
    internal sealed class Replica(ChildProcess process, Uri url, Uri invalidation) : IAsyncDisposable
    {
        private bool isGone;

        public Uri Url => url;

        public Uri Invalidation => invalidation;

        public int ProcessId => process.Id;

        public string Everything => process.Everything;

        /// <summary>By item: the version than which it must give no older one, to who asks from now on.</summary>
        public int[] Needed { get; } = new int[Items + 1];

        public ValueTask DisposeAsync()
        {
            var wasGone = isGone;
            isGone = true;
            return wasGone ? ValueTask.CompletedTask : process.DisposeAsync();
        }
    }
}
