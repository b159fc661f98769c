using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>Who reads slowly has no more of a server's memory than there is for that.</summary>
public sealed class AnswerRoomTests : IDisposable
{
    private const string Dev = "/api/graphs/shop/stages/dev";
    private const int Large = 8 * 1024 * 1024 - 1_000;

    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public void A_key_has_half_of_the_room_and_what_it_gives_back_is_there_for_others()
    {
        var room = new AnswerRoom(mostBytes: 400_000);
        var (first, second, other) = (room.TryEnter("a", new byte[100_000])!, room.TryEnter("a", new byte[100_000])!, room.TryEnter("b", new byte[150_000])!);
        Assert.Equal(350_000, room.Bytes);
        Assert.Null(room.TryEnter("a", new byte[40_000]));

        // Small ones do not count.
        Assert.NotNull(room.TryEnter("a", new byte[AnswerRoom.SmallBytes]));
        Assert.Equal(350_000, room.Bytes);
        first.Dispose();
        first.Dispose();
        Assert.NotNull(room.TryEnter("a", new byte[40_000]));
        second.Dispose();
        other.Dispose();
        Assert.Equal(40_000, room.Bytes);

        // What is larger than all of it goes out alone.
        Assert.NotNull(new AnswerRoom(mostBytes: 400_000).TryEnter("a", new byte[500_000]));
    }

    // The one of which nobody has taken anything for longest, with all who are sent it; of who already has something, of who would still have more.
    [Fact]
    public void Who_has_most_makes_place_for_who_has_less()
    {
        var room = new AnswerRoom(mostBytes: 400_000);
        var (shared, own) = (new byte[100_000], new byte[100_000]);
        AnswerRoom.Place[] places = [room.TryEnter("a", shared)!, room.TryEnter("a", own)!, room.TryEnter("b", new byte[150_000])!, room.TryEnter("b", shared)!];
        Assert.Equal(350_000, room.Bytes);

        // What b is sent, too, has just begun.
        places = [.. places, room.TryEnter("c", new byte[60_000])!];
        Assert.Equal("there taken there there there", Told());
        Assert.Equal(310_000, room.Bytes);

        // With so much more c would have most.
        Assert.Null(room.TryEnter("c", new byte[100_000]));
        Assert.Equal("there taken there there there", Told());
        places = [.. places, room.TryEnter("b", new byte[50_000])!, room.TryEnter("c", new byte[80_000])!];
        Assert.Equal("there taken taken there there there there", Told());
        Assert.Equal(290_000, room.Bytes);

        Array.ForEach(places, place => place.Dispose());
        Assert.Equal(0, room.Bytes);

        string Told() => string.Join(' ', places.Select(place => place.Taken.IsCancellationRequested ? "taken" : "there"));
    }

    // Each of ten keys has less than a supergraph takes, which would have most: the first of them that asks again would end it.
    [Fact]
    public void A_supergraph_has_room_however_many_keys_read_slowly_and_keeps_it_as_long_as_it_is_read()
    {
        var room = new AnswerRoom(mostBytes: 400_000);
        var slow = Enumerable.Range(0, 10).Select(at => room.TryEnter($"slow {at}", new byte[40_000])!).ToList();
        Assert.Equal(400_000, room.Bytes);
        var supergraph = new byte[150_000];
        var gateway = room.TryEnter("gateway", supergraph)!;
        Assert.Equal("0, 1, 2, 3", Taken());
        var other = room.TryEnter("other gateway", supergraph)!;
        for (var at = 0; at < 20; at++)
        {
            other.Advance();
            slow.Add(room.TryEnter($"slow again {at}", new byte[40_000])!);
        }

        Assert.False(gateway.Taken.IsCancellationRequested || other.Taken.IsCancellationRequested);
        Assert.Equal(string.Join(", ", Enumerable.Range(0, 24)), Taken());
        Assert.Equal(390_000, room.Bytes);

        // Who stops reading it keeps it no longer than others.
        for (var at = 0; at < 7; at++)
        {
            slow.Add(room.TryEnter($"slow once more {at}", new byte[40_000])!);
        }

        Assert.True(gateway.Taken.IsCancellationRequested && other.Taken.IsCancellationRequested);
        slow.ForEach(place => place.Dispose());
        Assert.Equal(0, room.Bytes);

        string Taken() => string.Join(", ", Enumerable.Range(0, slow.Count).Where(at => slow[at].Taken.IsCancellationRequested));
    }

    [Fact]
    public void What_several_are_sent_counts_once_until_the_last_one_has_it()
    {
        var room = new AnswerRoom(mostBytes: 400_000);
        var text = new byte[150_000];
        var (first, second) = (room.TryEnter("a", text)!, room.TryEnter("b", text)!);
        Assert.Equal(150_000, room.Bytes);
        first.Dispose();
        Assert.Equal(150_000, room.Bytes);
        second.Dispose();
        Assert.Equal(0, room.Bytes);
        using var again = room.TryEnter("a", text);
        Assert.Equal(150_000, room.Bytes);
    }

    [Fact]
    public void What_is_told_of_a_change_has_room_always_and_counts()
    {
        var room = new AnswerRoom(mostBytes: 400_000);
        using var other = room.TryEnter("a", new byte[400_000])!;
        var answer = new byte[100_000];
        Assert.Null(room.TryEnter("a", answer));
        var change = room.Enter("a", answer);
        Assert.Equal(500_000, room.Bytes);
        change.Dispose();
        Assert.Equal(400_000, room.Bytes);
    }

    [Fact]
    public void Whether_there_is_room_can_be_asked_without_anybody_making_place()
    {
        var room = new AnswerRoom(mostBytes: 400_000);
        using var slow = room.TryEnter("slow", new byte[200_000])!;
        using var other = room.TryEnter("other", new byte[150_000])!;
        (string Key, long Bytes, bool HasRoom)[] asked =
        [
            ("new", 40_000, true), ("new", 200_000, true), ("new", 500_000, true),
            ("other", 50_000, true), ("other", 50_001, false), ("slow", 1 + AnswerRoom.SmallBytes, false), ("slow", AnswerRoom.SmallBytes, true),
        ];
        Assert.Equal(asked, asked.Select(one => (one.Key, one.Bytes, room.HasRoomFor(one.Key, one.Bytes))));
        Assert.False(slow.Taken.IsCancellationRequested || other.Taken.IsCancellationRequested);
        Assert.Equal(350_000, room.Bytes);
    }

    [Fact]
    public void Large_answers_are_work_as_long_as_they_are_on_their_way_and_once_after_that()
    {
        var room = new AnswerRoom(mostBytes: 400_000);
        room.TryEnter("a", new byte[AnswerRoom.SmallBytes])!.Dispose();
        Assert.False(room.TakeUse());
        room.TryEnter("a", new byte[200_000])!.Dispose();
        Assert.Equal((true, false), (room.TakeUse(), room.TakeUse()));
        using (room.TryEnter("a", new byte[200_000])!)
        {
            Assert.Equal((true, true), (room.TakeUse(), room.TakeUse()));
        }

        Assert.False(room.TakeUse());
    }

    // The supergraph cannot be read: who reads it is told so, and who has no room for it is not.
    [Fact]
    public async Task A_supergraph_that_there_is_no_room_for_is_not_read()
    {
        var place = Path.Combine(folder.Path, "registry.db");
        await using var api = await ApiUnderTest.StartAsync(place, options => options with { AnswerBytes = 64L * 1024 * 1024 });
        var key = await api.KeyAsync("read");
        var readers = await FillAsync(api, key);
        await using (var store = new SqliteConnection($"Data Source={place}"))
        {
            await store.OpenAsync();
            await using var damage = store.CreateCommand();
            damage.CommandText = "UPDATE graphgateway_registry_supergraphs SET document = zeroblob(100000000)";
            Assert.Equal(1, await damage.ExecuteNonQueryAsync());
        }

        Assert.Equal("BUSY", await CodeAsync());
        readers.ForEach(socket => socket.Dispose());
        await SeenAsync(() => api.Server.Answers.Bytes == 0);
        Assert.Equal("STORE_UNAVAILABLE", await CodeAsync());

        async Task<string> CodeAsync() => (string)JsonNode.Parse((await api.SendAsync("GET", $"{Dev}/launches/1/supergraph", key)).Body)!["code"]!;
    }

    // Of 64 MB a key has half, which are four of these; others are answered.
    [Fact]
    public async Task Who_reads_slowly_is_told_that_there_is_no_more_room_and_others_are_answered()
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"), options => options with { AnswerBytes = 64L * 1024 * 1024 });
        var key = await api.KeyAsync("read", "publish:shop");
        var schema = $"\"{new string('x', Large)}\"\ntype Query {{ a: Int }}";
        Assert.Equal(200, (await api.SendAsync("POST", $"{Dev}/publish", api.FirstKey, $$"""{"sources":[{"source":"a","schema":{{System.Text.Json.JsonSerializer.Serialize(schema)}}}]}""")).Status);
        var readers = new List<Socket>();
        for (var at = 0; at < 4; at++)
        {
            readers.Add(await AskAsync(api, key, $"{Dev}/launches/1/sources/a"));
            Assert.Equal("HTTP/1.1 200 OK", await FirstLineAsync(readers[^1]));
        }

        // Each a little more than its schema.
        var length = api.Server.Answers.Bytes / 4;
        Assert.InRange(length, Large, Large + 1_000);
        using var next = await AskAsync(api, key, $"{Dev}/launches/1/sources/a");
        Assert.Equal("HTTP/1.1 503 Service Unavailable", await FirstLineAsync(next));
        Assert.Equal(
            (503, """{"type":"urn:graphgateway:registry:busy","title":"busy","status":503,"detail":"Others are sent so much now that there is no room for more.","code":"BUSY","advice":"Try again later."}"""),
            await api.SendAsync("GET", $"{Dev}/launches/1/sources/a", key));
        Assert.Equal(200, (await api.SendAsync("GET", $"{Dev}/launches", key)).Status);
        Assert.Equal(200, (await api.SendAsync("GET", $"{Dev}/launches/1/sources/a", api.FirstKey)).Status);

        // Who has gone holds nothing.
        readers.ForEach(socket => socket.Dispose());
        await SeenAsync(() => api.Server.Answers.Bytes == 0);
        Assert.Equal(200, (await api.SendAsync("GET", $"{Dev}/launches/1/sources/a", key)).Status);
    }

    // Keys that may only read take all the room that there is.
    [Fact]
    public async Task Who_reads_slowly_keeps_no_gateway_from_its_supergraph()
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"), options => options with { AnswerBytes = 64L * 1024 * 1024 });
        var readers = await FillAsync(api, await api.KeyAsync("read"), await api.KeyAsync("read"));
        var before = api.Server.Answers.Bytes;
        Assert.True(before > 8L * Large);
        var (status, text) = await api.SendAsync("GET", $"{Dev}/launches/1/supergraph", await api.KeyAsync("read:shop/dev"));
        Assert.Equal(200, status);
        Assert.True(text.Length > Large);
        await SeenAsync(() => api.Server.Answers.Bytes < before);

        // One of those who read slowly has no more than was on its way.
        await SeenAsync(() => readers.Exists(socket => socket.Poll(0, SelectMode.SelectError) || IsCut(socket)));
        readers.ForEach(socket => socket.Dispose());
    }

    // Keys that may only read take all the room that there is.
    [Fact]
    public async Task Who_reads_slowly_keeps_nobody_from_making_changes()
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"), options => options with { AnswerBytes = 64L * 1024 * 1024 });
        string[] keys = [await api.KeyAsync("read"), await api.KeyAsync("read")];
        var readers = await FillAsync(api, keys);
        (string Method, string Path, string? Body)[] changes =
        [
            ("POST", $"{Dev}/publish", """{"sources":[{"source":"b","schema":"type Query { b: Int }"}]}"""),
            ("POST", $"{Dev}/rollback", """{"to":1}"""),
            ("POST", $"{Dev}/publish", """{"waitForApproval":true,"sources":[{"source":"b","schema":"type Query { c: Int }"}]}"""),
            ("POST", $"{Dev}/reject", """{"launch":4}"""),
            ("POST", $"{Dev}/publish", """{"waitForApproval":true,"sources":[{"source":"b","schema":"type Query { d: Int }"}]}"""),
            ("POST", $"{Dev}/approve", """{"launch":5}"""),
            ("POST", $"{Dev}/delete", """{"source":"b"}"""),
            ("POST", "/api/graphs/shop/stages/production/promote", """{"from":"dev"}"""),
            ("DELETE", "/api/graphs/shop/stages/production", null),
            ("POST", $"{Dev}/usage", $$"""{"reporter":"{{new string('a', 32)}}","number":1,"members":[],"operations":[]}"""),
            ("POST", "/api/keys", """{"name":"other","scopes":["read"]}"""),
            ("POST", $"/api/keys/{IdOf(keys[0])}/rotate", """{"graceSeconds":0}"""),
            ("DELETE", $"/api/keys/{IdOf(keys[1])}", null),
        ];
        var answers = new List<string>();
        foreach (var (method, path, body) in changes)
        {
            answers.Add($"{method} {path} {(await api.SendAsync(method, path, api.FirstKey, body)).Status}");
        }

        Assert.Equal(changes.Select(change => $"{change.Method} {change.Path} {(change.Path == $"{Dev}/usage" ? 204 : 200)}"), answers);
        Assert.True(api.Server.Answers.Bytes > 7L * Large);
        readers.ForEach(socket => socket.Dispose());
    }

    // Of 32 KB it has as many problems as there is room for, which is more than that the change was not made.
    [Fact]
    public async Task What_is_told_of_a_change_gets_shorter_where_there_is_no_room_for_all_of_it()
    {
        await using var api = await ApiUnderTest.StartAsync(Path.Combine(folder.Path, "registry.db"), options => options with { AnswerBytes = 64L * 1024 * 1024 });
        var fields = string.Concat(Enumerable.Range(0, 500).Select(i => $"f{i}: Int "));
        var wrong = $$"""{"sources":[{"source":"b","schema":"type Query { {{fields}} }"},{"source":"c","schema":"type Query { {{fields}} }"}]}""";
        var readers = await FillAsync(api, api.FirstKey!);
        var (status, body) = await api.SendAsync("POST", $"{Dev}/publish", api.FirstKey, wrong);
        var answer = JsonNode.Parse(body)!;
        Assert.Equal(
            (200, false, "draft", 0, 3),
            (status, (bool)answer["success"]!, (string)answer["launch"]!["status"]!, answer["sources"]!.AsArray().Count, (int)answer["moreSources"]!));
        Assert.InRange(Encoding.UTF8.GetByteCount(body), AnswerRoom.SmallBytes / 4, AnswerRoom.SmallBytes);
        var (told, more) = (answer["problems"]!.AsArray(), (int)answer["moreProblems"]!);
        readers.ForEach(socket => socket.Dispose());
        await SeenAsync(() => api.Server.Answers.Bytes == 0);

        // The same once more, in whole.
        answer = JsonNode.Parse((await api.SendAsync("POST", $"{Dev}/publish", api.FirstKey, wrong)).Body)!;
        Assert.Equal((3, null, null), (answer["sources"]!.AsArray().Count, answer["moreSources"], answer["moreProblems"]));
        Assert.Equal(answer["problems"]!.AsArray().Count, told.Count + more);
        Assert.Equal(answer["problems"]!.AsArray().Take(told.Count).Select(problem => problem!.ToJsonString()), told.Select(problem => problem!.ToJsonString()));
    }

    [Fact]
    public void What_gets_shorter_is_counted_and_ends_with_what_was_done()
    {
        ImmutableArray<string> broken = ["one", "two", "three"];
        var launch = new Launch(7, LaunchKind.Publish, LaunchStatus.Live, "a@1", null, null, new LaunchNote("ann", null), DateTimeOffset.UnixEpoch, null) { Consent = new LaunchConsent(3, true, broken) };
        var problem = new ApiCompositionProblem("SOME", Composition.ProblemSeverity.Warning, "message", "hint", []);
        var answer = new ChangeAnswer(true, LaunchOutcome.Launched, 7, launch, [new("a", 1, null, ""), new("b", 1, null, "")], [problem, problem, problem], 5, broken, "3 break.");
        Assert.Equal(ApiJson.Of(answer), AnswerBounds.Short(answer, 10_000));
        Assert.Equal(
            """{"success":true,"outcome":"launched","live":7,"launch":{"number":7,"kind":"publish","status":"live","subject":"a@1","note":{"author":"ann","waitForApproval":false},"created":"1970-01-01T00:00:00+00:00","consent":{"broken":3,"isWhole":true,"operations":[]}},"sources":[],"problems":[],"moreProblems":8,"broken":[],"brokenSummary":"3 break.","moreSources":2}""",
            Encoding.UTF8.GetString(AnswerBounds.Short(answer, 1)));
    }

    // So many as have room read a source of 8 MB each, and take nothing of it but its beginning.
    private static async Task<List<Socket>> FillAsync(ApiUnderTest api, params string[] keys)
    {
        var schema = $"\"{new string('x', Large)}\"\ntype Query {{ a: Int }}";
        Assert.Equal(200, (await api.SendAsync("POST", $"{Dev}/publish", api.FirstKey, $$"""{"sources":[{"source":"a","schema":{{System.Text.Json.JsonSerializer.Serialize(schema)}}}]}""")).Status);
        var readers = new List<Socket>();
        foreach (var key in keys.SelectMany(key => Enumerable.Repeat(key, 4)))
        {
            readers.Add(await AskAsync(api, key, $"{Dev}/launches/1/sources/a"));
            Assert.Equal("HTTP/1.1 200 OK", await FirstLineAsync(readers[^1]));
        }

        return readers;
    }

    // Reads on: what comes after what had come already is its end, or that it has none.
    private static bool IsCut(Socket socket)
    {
        try
        {
            return socket.Available > 0 && socket.Receive(new byte[64 * 1024]) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static string IdOf(string key) => key.Split('_')[1];

    private static async Task<Socket> AskAsync(ApiUnderTest api, string key, string path)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 4_096 };
        await socket.ConnectAsync(api.Server.Address.Host, api.Server.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: registry\r\nAuthorization: Bearer {key}\r\n\r\n"));
        return socket;
    }

    // All that is read of the answer.
    private static async Task<string> FirstLineAsync(Socket socket)
    {
        var buffer = new byte[1_024];
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
}
