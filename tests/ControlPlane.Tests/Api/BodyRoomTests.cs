using System.Net.Sockets;
using System.Text;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>Who sends a body slowly, or many, keeps nobody else from being answered.</summary>
public sealed class BodyRoomTests : IDisposable
{
    private const string Publish = "/api/graphs/shop/stages/dev/publish";
    private const string Body = """{"sources":[{"source":"a","schema":"type Query { a: Int }"}]}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Theory]
    [InlineData("report:shop/dev", "/api/graphs/shop/stages/dev/usage")]
    [InlineData("publish:shop/dev/a", Publish)]
    [InlineData("read", "/api/graphs/shop/stages/dev/check")]
    public async Task Slow_senders_keep_no_place_and_have_a_time_of_their_own(string scope, string path)
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"));
        var key = await api.KeyAsync(scope);
        var slow = new List<Socket>();
        for (var at = 0; at < 2 * Environment.ProcessorCount + 2; at++)
        {
            slow.Add(await SendAsync(api, $"POST {path} HTTP/1.1\r\nHost: registry\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"));
        }

        await SeenAsync(() => api.Server.Bodies.Bytes == slow.Count * 16_384);
        Assert.Equal(200, (await api.SendAsync("POST", Publish, api.FirstKey, Body)).Status);

        api.Clock.Advance(TimeSpan.FromSeconds(60));
        foreach (var socket in slow)
        {
            Assert.Equal(
                """HTTP/1.1 400 Bad Request … {"type":"urn:graphgateway:registry:body-invalid","title":"body invalid","status":400,"detail":"It has not come within 60 seconds.","code":"BODY_INVALID","advice":"GET /openapi.json tells what the body is."}""",
                await AnswerOfAsync(socket));
            socket.Dispose();
        }

        await SeenAsync(() => api.Server.Bodies.Bytes == 0);
    }

    [Fact]
    public void A_key_has_half_of_the_room_and_what_it_gives_back_is_there_for_others()
    {
        var room = new BodyRoom(mostBytes: 200_000, mostBodies: 6);
        var (first, second, other) = (room.TryEnter("a")!, room.TryEnter("a")!, room.TryEnter("b")!);
        Assert.True(Read(first, 40_000));
        Assert.Equal(65_536, room.Bytes);
        Assert.False(Read(second, 40_000));
        Assert.True(Read(other, 40_000));
        Assert.NotNull(room.TryEnter("a"));
        Assert.Null(room.TryEnter("a"));
        Assert.NotNull(room.TryEnter("b"));
        first.Dispose();
        first.Dispose();
        second.Dispose();
        other.Dispose();
        Assert.Equal(0, room.Bytes);
        var again = room.TryEnter("a")!;
        Assert.True(Read(again, 40_000));
        Assert.Equal(40_000, again.Bytes.Length);

        // All keys together have no more than there is.
        var (third, fourth) = (room.TryEnter("c")!, room.TryEnter("d")!);
        Assert.True(Read(third, 60_000));
        Assert.False(Read(fourth, 60_000) && Read(room.TryEnter("e")!, 60_000));

        static bool Read(BodyRoom.Place place, int bytes) => place.TryReadAsync(new MemoryStream(new byte[bytes]), default).GetAwaiter().GetResult();
    }

    private static async Task<Socket> SendAsync(ApiUnderTest api, string text)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(api.Server.Address.Host, api.Server.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text));
        return socket;
    }

    // The first line, and the body.
    private static async Task<string> AnswerOfAsync(Socket socket)
    {
        var (text, buffer) = (new StringBuilder(), new byte[8_192]);
        while (!text.ToString().EndsWith('}'))
        {
            var count = await socket.ReceiveAsync(buffer);
            Assert.NotEqual(0, count);
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        var lines = text.ToString().Split("\r\n");
        return $"{lines[0]} … {lines[^1]}";
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
