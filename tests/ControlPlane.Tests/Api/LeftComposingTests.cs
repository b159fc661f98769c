using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using GraphGateway.Composition;
using GraphGateway.Language;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>What is composed for a request ends with it: whoever sends what takes long, and goes, keeps nobody from publishing. How far it is is told by bytes, which are those of all threads: this runs alone.</summary>
[CollectionDefinition(nameof(LeftComposingTests), DisableParallelization = true)]
[Collection(nameof(LeftComposingTests))]
public sealed class LeftComposingTests : IDisposable
{
    private const int Sources = 20;

    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    // Queries come to T with any set of the sources, until these are too many.
    [Fact]
    public async Task Who_has_gone_composes_no_more()
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"));
        var before = GC.GetTotalAllocatedBytes();
        var result = Composer.Compose([.. Enumerable.Range(0, Sources).Select(source => new SourceInput { Name = $"s{source}", Documents = [new SourceText(Schema(source), $"s{source}")] })]);
        Assert.Equal(ProblemCode.UnsupportedFeature, Assert.Single(result.Problems).Code);
        var part = (GC.GetTotalAllocatedBytes() - before) * ApiGate.HeavyAtOnce / 4;
        var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            newStage = true,
            sources = Enumerable.Range(0, Sources).Select(source => new { source = $"s{source}", url = "http://s/graphql", schema = Schema(source) }),
        }));
        var gone = new List<Socket>();
        for (var at = 0; at < ApiGate.HeavyAtOnce; at++)
        {
            gone.Add(await AskAsync(api, $"/api/graphs/g{at}/stages/dev/check", await api.KeyAsync($"publish:g{at}"), body));
        }

        before = GC.GetTotalAllocatedBytes();
        await SeenAsync(() => GC.GetTotalAllocatedBytes() - before > part);
        Assert.Equal(ApiGate.HeavyAtOnce, api.Server.Composing);
        before = GC.GetTotalAllocatedBytes();
        gone.ForEach(socket => socket.Dispose());
        await SeenAsync(() => api.Server.Composing == 0);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, part);
        var (status, answer) = await api.SendAsync("POST", "/api/graphs/shop/stages/dev/publish", api.FirstKey, """{"sources":[{"source":"a","schema":"type Query { a: Int }"}]}""");
        Assert.Equal((200, "launched"), (status, JsonDocument.Parse(answer).RootElement.GetProperty("outcome").GetString()));
    }

    // Each source lacks another field of T.
    private static string Schema(int source) =>
        $"type Query {{ t: T @shareable }} type T {{ {string.Join(' ', Enumerable.Range(0, Sources).Select(i => i == source ? "x: Int @shareable" : $"f{i}: T @shareable"))} }}";

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
        using var limit = new CancellationTokenSource(TestPatience.Limit);
        while (!isSo())
        {
            await Task.Yield();
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
