using System.Net;
using System.Net.Sockets;
using System.Text;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>Who has a connection where there are as many as a server may have.</summary>
public sealed class ConnectionRoomTests : IDisposable
{
    private const string Form = "POST /registry/sign-in HTTP/1.1\r\nHost: registry\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8000\r\n\r\nkey=";

    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task Connections_on_which_nothing_is_asked_make_room_for_others()
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"), options => options with { Connections = 3 });

        // One is silent, one has not ended the head of a request, one has asked and stays.
        using var silent = await OpenAsync(api, "127.0.0.1");
        using var slow = await OpenAsync(api, "127.0.0.1", "GET /openapi.json HTTP/1.1\r\nHost: registry\r\nX: ");
        using var kept = await OpenAsync(api, "127.0.0.1");
        Assert.Equal("HTTP/1.1 401 Unauthorized", await AskAsync(kept, api, "/api/stages"));

        using var next = await OpenAsync(api, "127.0.0.1");
        Assert.Equal("HTTP/1.1 401 Unauthorized", await AskAsync(next, api, "/api/stages"));
        Assert.True(await IsClosedAsync(silent));
        using var third = await OpenAsync(api, "127.0.0.1");
        Assert.Equal("HTTP/1.1 401 Unauthorized", await AskAsync(third, api, "/api/stages"));
        Assert.True(await IsClosedAsync(slow));

        // Who has asked lately stays longest.
        Assert.Equal("HTTP/1.1 401 Unauthorized", await AskAsync(kept, api, "/api/stages"));
        Assert.Equal(3, api.Server.Room.Count);
    }

    [Fact]
    public async Task The_address_that_has_most_of_them_gives_way()
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"), options => options with { Connections = 4 });
        using var other = await OpenAsync(api, "127.0.0.2");
        var many = new List<Socket>();
        for (var at = 0; at < 10; at++)
        {
            many.Add(await OpenAsync(api, "127.0.0.1"));
        }

        foreach (var gone in many[..7])
        {
            Assert.True(await IsClosedAsync(gone));
        }

        Assert.Equal("HTTP/1.1 401 Unauthorized", await AskAsync(other, api, "/api/stages"));
        many.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Who_waits_for_an_answer_keeps_the_connection_and_what_has_no_room_is_told()
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"), options => options with { Connections = 2 });
        await api.SendAsync("POST", "/api/graphs/shop/stages/dev/publish", api.FirstKey, """{"sources":[{"source":"a","schema":"type Query { a: Int }"}]}""");

        // The connection of the one that has published is idle as soon as all of its answer has gone, and makes room.
        using var first = await OpenAsync(api, "127.0.0.1", Wait(api));
        await SeenAsync(() => api.Server.Live.Waiters == 1 && api.Server.Room.Idle == 1);
        using var second = await OpenAsync(api, "127.0.0.1", Wait(api));
        await SeenAsync(() => api.Server.Live.Waiters == 2);
        using var none = await OpenAsync(api, "127.0.0.1");
        using var neither = await OpenAsync(api, "127.0.0.1");
        Assert.True(await IsClosedAsync(none));
        Assert.True(await IsClosedAsync(neither));
        Assert.Equal(2, api.Server.Live.Waiters);
        Assert.Equal(
            ["Warning: 2 connections are asking something with a valid key, and there is no room for others: 1 refused since this was told last. Another server beside this one makes room, or gateways that ask elsewhere."],
            api.Log.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)));
    }

    // A form, or whatever else is asked by somebody who has shown no valid key.
    [Fact]
    public async Task Who_is_not_known_makes_room_also_while_they_ask_and_forms_have_a_time()
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"), options => options with { Connections = 4 });
        await api.SendAsync("POST", "/api/graphs/shop/stages/dev/publish", api.FirstKey, """{"sources":[{"source":"a","schema":"type Query { a: Int }"}]}""");

        // Of those who are known one waits, and one asks nothing just now.
        using var waiting = await OpenAsync(api, "127.0.0.1", Wait(api));
        await SeenAsync(() => api.Server.Live.Waiters == 1);
        var slow = new List<Socket>();
        for (var at = 0; at < 6; at++)
        {
            slow.Add(await OpenAsync(api, "127.0.0.3", Form));
            await SeenAsync(() => api.Server.Room.Idle == 1);
        }

        foreach (var gone in slow[..4])
        {
            Assert.True(await IsClosedAsync(gone));
        }

        Assert.Equal(200, (await api.SendAsync("GET", "/api/stages", api.FirstKey)).Status);
        Assert.Equal(0, slow[4].Available + slow[5].Available);
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(await IsClosedAsync(slow[4]));
        Assert.True(await IsClosedAsync(slow[5]));
        Assert.DoesNotContain(api.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Equal(1, api.Server.Live.Waiters);
        slow.ForEach(socket => socket.Dispose());
    }

    private static string Wait(ApiUnderTest api) =>
        $"GET /api/graphs/shop/stages/dev/live?after=1&wait=60 HTTP/1.1\r\nHost: registry\r\nAuthorization: Bearer {api.FirstKey}\r\n\r\n";

    private static async Task<Socket> OpenAsync(ApiUnderTest api, string from, string? begin = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        var before = api.Server.Room.Arrived;
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, api.Server.Address.Port);
            if (begin is not null)
            {
                await socket.SendAsync(Encoding.ASCII.GetBytes(begin));
            }
        }
        catch (SocketException exception) when (IsReset(exception))
        {
            // What has no room may be closed before its opening is seen from here.
        }

        // One after the other, in this order.
        await SeenAsync(() => api.Server.Room.Arrived > before);
        return socket;
    }

    // The first line of the answer.
    private static async Task<string> AskAsync(Socket socket, ApiUnderTest api, string path)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: registry\r\n\r\n"));
        var buffer = new byte[8_192];
        var count = await socket.ReceiveAsync(buffer);
        return Encoding.ASCII.GetString(buffer, 0, count).Split("\r\n")[0];
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

    private static async Task<bool> IsClosedAsync(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1]) == 0;
        }
        catch (SocketException exception) when (IsReset(exception) || !socket.Connected)
        {
            return true;
        }
    }

    private static bool IsReset(SocketException exception) => exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted;
}
