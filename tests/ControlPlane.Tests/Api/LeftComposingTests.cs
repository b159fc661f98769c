using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>What is composed for a request ends with it: whoever sends what takes long, and goes, keeps nobody from publishing. How far it is is told by bytes, which are those of all threads: this runs alone.</summary>
[CollectionDefinition(nameof(LeftComposingTests), DisableParallelization = true)]
[Collection(nameof(LeftComposingTests))]
public sealed class LeftComposingTests : IDisposable
{
    private const int Size = 1_500;

    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    // Each of the mutations walks both sources' chains to their ends, and finds nothing but faults: that takes minutes.
    [Fact]
    public async Task Who_has_gone_composes_no_more()
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"));
        var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { newStage = true, sources = new[] { Source("a"), Source("b") } }));
        var gone = new List<Socket>();
        for (var at = 0; at < ApiGate.HeavyAtOnce; at++)
        {
            gone.Add(await AskAsync(api, $"/api/graphs/g{at}/stages/dev/check", await api.KeyAsync($"publish:g{at}"), body));
        }

        // Reading and merging take a tenth of that: all of them are in the midst of the walks.
        await SeenAsync(() => api.Server.Composing == ApiGate.HeavyAtOnce);
        var before = GC.GetTotalAllocatedBytes();
        await SeenAsync(() => GC.GetTotalAllocatedBytes() - before > ApiGate.HeavyAtOnce * 200_000_000L);
        gone.ForEach(socket => socket.Dispose());
        await SeenAsync(() => api.Server.Composing == 0);
        var (status, answer) = await api.SendAsync("POST", "/api/graphs/shop/stages/dev/publish", api.FirstKey, """{"sources":[{"source":"a","schema":"type Query { a: Int }"}]}""");
        Assert.Equal((200, "launched"), (status, JsonDocument.Parse(answer).RootElement.GetProperty("outcome").GetString()));
    }

    private static object Source(string name) => new
    {
        source = name,
        url = $"http://{name}/graphql",
        schema = $"type Query {{ {name}: Int }} type Mutation {{ {Each(i => $"m{i}: T0 @shareable")} }} {Each(i => $"type T{i} {{ next: T{i + 1} @shareable {name}: Int }}")} type T{Size} {{ x: Int @shareable }}",
    };

    private static string Each(Func<int, string> text) => string.Join(' ', Enumerable.Range(0, Size).Select(text));

    private static async Task<Socket> AskAsync(ApiUnderTest api, string path, string key, byte[] body)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(api.Server.Address.Host, api.Server.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: registry\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"));
        for (var sent = 0; sent < body.Length;)
        {
            sent += await socket.SendAsync(body.AsMemory(sent));
        }

        return socket;
    }

    private static async Task SeenAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isSo())
        {
            await Task.Yield();
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
