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

        static bool Read(BodyRoom.Place place, int bytes) => place.TryReadAsync(new MemoryStream(new byte[bytes]), default).GetAwaiter().GetResult();
    }

    [Fact]
    public async Task Who_has_most_makes_place_for_who_has_less()
    {
        var room = new BodyRoom(mostBytes: 200_000, mostBodies: 4);
        var places = new List<BodyRoom.Place> { room.TryEnter("a")!, room.TryEnter("a")!, room.TryEnter("b")!, room.TryEnter("b")! };
        places.Add(room.TryEnter("c")!);
        Assert.Equal("taken there there there there", Told());
        places.Add(room.TryEnter("d")!);
        Assert.Equal("taken there taken there there there", Told());
        Assert.Null(room.TryEnter("e"));

        // By bytes, too: who sends them slowly is told that there is no room while it is still sending.
        var slow = new TaskCompletionSource<int>();
        Task<bool>[] sending = [.. places.Where(place => !place.Taken.IsCancellationRequested).Take(3).Select(place => place.TryReadAsync(new SlowBody(new byte[60_000], slow.Task), default))];
        Assert.Equal(196_608, room.Bytes);
        Assert.True(await places[^1].TryReadAsync(new MemoryStream(new byte[10_000]), default));
        Assert.Equal("taken taken taken there there there", Told());
        Assert.Equal(147_456, room.Bytes);
        slow.SetResult(0);
        bool[] expected = [false, true, true];
        Assert.Equal(expected, await Task.WhenAll(sending));
        places.ForEach(place => place.Dispose());
        Assert.Equal(0, room.Bytes);

        string Told() => string.Join(' ', places.Select(place => place.Taken.IsCancellationRequested ? "taken" : "there"));
    }

    // Keys that may publish, each as many bodies as one can have.
    [Fact]
    public async Task Slow_senders_with_two_keys_keep_nobody_from_publishing()
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"));
        var slow = new List<Socket>();
        foreach (var key in new[] { await api.KeyAsync("publish:shop/dev/a"), await api.KeyAsync("report:shop/dev") })
        {
            var path = slow.Count == 0 ? Publish : "/api/graphs/shop/stages/dev/usage";
            for (var at = 0; at < 128; at++)
            {
                slow.Add(await SendAsync(api, $"POST {path} HTTP/1.1\r\nHost: registry\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"));
            }
        }

        await SeenAsync(() => api.Server.Bodies.Bytes == 256 * 16_384);
        Assert.Equal(200, (await api.SendAsync("POST", Publish, api.FirstKey, Body)).Status);
        Assert.Equal(
            """HTTP/1.1 503 Service Unavailable … {"type":"urn:graphgateway:registry:busy","title":"busy","status":503,"detail":"Others send so much now that there is no room for more.","code":"BUSY","advice":"Try again later."}""",
            await (await Task.WhenAny(slow.Select(AnswerOfAsync))));
        slow.ForEach(socket => socket.Dispose());
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

    // Its bytes are there at once, and its end comes late.
    private sealed class SlowBody(byte[] bytes, Task<int> end) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Read(buffer.Span) is > 0 and var read ? read : await end.WaitAsync(cancellationToken);
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
