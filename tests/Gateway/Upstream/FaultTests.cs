using System.Text;
using GraphGateway.Execution;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Upstream;

/// <summary>
/// A source that does everything wrong, over real sockets. All go through one gateway, and after each fault a healthy answer is the right one:
/// nothing leaks into the next request. Nothing of the source is told: every answer of a fault is compared as a whole.
/// </summary>
public sealed class FaultTests(FaultTests.World world) : IClassFixture<FaultTests.World>
{
    private const string Entities =
        """[{"orders":1,"profile":{"city":"a","tags":["x"]},"data":1.50},{"orders":2,"profile":null,"data":{"a":[]}}]""";

    private const string Healthy =
        """{"data":{"users":[{"id":"1","orders":1,"profile":{"city":"a","tags":["x"]},"data":1.50},{"id":"2","orders":2,"profile":null,"data":{"a":[]}}],"version":"v"}}""";

    private const string NoResponse = "A source's answer is no GraphQL response.";
    private const string WrongValue = "A source's value does not have the field's type.";
    private const string Malformed = "SUBREQUEST_MALFORMED_RESPONSE";

    /// <summary>Bytes on the wire that leave no answer.</summary>
    public static TheoryData<string, string, string, string> WithoutAnswer { get; } = new()
    {
        { "closes at once", "", "A source could not be reached.", "SUBREQUEST_HTTP_ERROR" },
        { "no HTTP", "SSH-2.0-OpenSSH_9.6\r\n\r\n", "A source could not be reached.", "SUBREQUEST_HTTP_ERROR" },
        { "ends in the head", "HTTP/1.1 200 OK\r\nContent-Ty", "A source could not be reached.", "SUBREQUEST_HTTP_ERROR" },
        { "ends in the body", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"data\":{\"_enti", "A source could not be reached.", "SUBREQUEST_HTTP_ERROR" },
        { "ends in a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"data\":{", "A source could not be reached.", "SUBREQUEST_HTTP_ERROR" },
        { "ends before the last chunk", $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{Chunk(Data(Entities))}", "A source could not be reached.", "SUBREQUEST_HTTP_ERROR" },
        { "a chunk of no size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "A source could not be reached.", "SUBREQUEST_HTTP_ERROR" },
        { "an endless head", $"HTTP/1.1 200 OK\r\nX-Long: {new string('x', 200_000)}\r\n\r\n", "A source could not be reached.", "SUBREQUEST_HTTP_ERROR" },
        { "switches protocols", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n", "A source answered with an error status.", "SUBREQUEST_HTTP_ERROR" },
        { "nothing", SocketSource.Response(""), NoResponse, Malformed },
        { "no content", "HTTP/1.1 204 No Content\r\n\r\n", NoResponse, Malformed },
        { "not modified", "HTTP/1.1 304 Not Modified\r\n\r\n", "A source answered with an error status.", "SUBREQUEST_HTTP_ERROR" },
        { "a page", SocketSource.Response("<html>secret at http://10.0.0.1/</html>", headers: "Content-Type: text/html\r\n"), NoResponse, Malformed },
        { "500 with a page", SocketSource.Response("<html>at System.Foo() in /src/Foo.cs:line 7</html>", "500 Internal Server Error", "Content-Type: text/html\r\n"), "A source answered with an error status.", "SUBREQUEST_HTTP_ERROR" },
        { "503 with nothing", SocketSource.Response("", "503 Service Unavailable"), "A source answered with an error status.", "SUBREQUEST_HTTP_ERROR" },
        { "404 with JSON", SocketSource.Response("""{"error":"not found"}""", "404 Not Found"), "A source answered with an error status.", "SUBREQUEST_HTTP_ERROR" },
        { "401 with errors", SocketSource.Response("""{"errors":[{"message":"token of root expired"}]}""", "401 Unauthorized"), "Unexpected error from a source.", "DOWNSTREAM_SERVICE_ERROR" },
        { "500 with errors", SocketSource.Response("""{"data":null,"errors":[{"message":"at System.Foo()","extensions":{"exception":{"stacktrace":["x"]}}}]}""", "500 Internal Server Error"), "Unexpected error from a source.", "DOWNSTREAM_SERVICE_ERROR" },
        { "a redirect", SocketSource.Response("", "302 Found", "Location: http://127.0.0.1:1/elsewhere\r\n"), "A source answered with an error status.", "SUBREQUEST_HTTP_ERROR" },
        { "a redirect that keeps the method", SocketSource.Response("", "307 Temporary Redirect", "Location: /graphql\r\n"), "A source answered with an error status.", "SUBREQUEST_HTTP_ERROR" },
        { "a byte order mark", SocketSource.Response($"\uFEFF{Data(Entities)}"), NoResponse, Malformed },
        { "truncated JSON", SocketSource.Response(Data(Entities)[..60]), NoResponse, Malformed },
        { "JSON and more", SocketSource.Response(Data(Entities) + Data(Entities)), NoResponse, Malformed },
        { "an unquoted key", SocketSource.Response("{data:{}}"), NoResponse, Malformed },
        { "a comment", SocketSource.Response($"/* x */{Data(Entities)}"), NoResponse, Malformed },
        { "NaN", SocketSource.Response(Data(Entities.Replace("1.50", "NaN", StringComparison.Ordinal))), NoResponse, Malformed },
        { "a control character in a text", SocketSource.Response(Data(Entities.Replace("\"x\"", "\"\n\"", StringComparison.Ordinal))), NoResponse, Malformed },
        { "another root", SocketSource.Response("""[{"data":{}}]"""), NoResponse, Malformed },
        { "data that is a text", SocketSource.Response("""{"data":"x"}"""), NoResponse, Malformed },
        { "data that is a list", SocketSource.Response("""{"data":[]}"""), NoResponse, Malformed },
        { "data that is null", SocketSource.Response("""{"data":null}"""), NoResponse, Malformed },
        { "half of a surrogate pair for data", SocketSource.Response($$$"""{"\ud800":{"_entities":{{{Entities}}}}}"""), NoResponse, Malformed },
        { "no entities", SocketSource.Response("""{"data":{}}"""), NoResponse, Malformed },
        { "entities that are null", SocketSource.Response("""{"data":{"_entities":null}}"""), NoResponse, Malformed },
        { "entities that are an object", SocketSource.Response("""{"data":{"_entities":{"orders":1}}}"""), NoResponse, Malformed },
        { "too few entities", SocketSource.Response(Data("""[{"orders":1,"profile":null,"data":1}]""")), NoResponse, Malformed },
        { "too many entities", SocketSource.Response(Data($"{Entities[..^1]},null]")), NoResponse, Malformed },
        { "two of one key", SocketSource.Response(Data(Entities.Replace("\"orders\":2", "\"orders\":2,\"orders\":3", StringComparison.Ordinal))), NoResponse, Malformed },
        { "data twice", SocketSource.Response($"{Data(Entities)[..^1]},{Data(Entities)[1..]}"), NoResponse, Malformed },
        { "deep nesting", SocketSource.Response(Data(Entities.Replace("1.50", new string('[', 100_000) + new string(']', 100_000), StringComparison.Ordinal))), NoResponse, Malformed },
        { "deep nesting outside of data", SocketSource.Response($$$"""{"extensions":{{{new string('[', 100_000)}}}{{{new string(']', 100_000)}}},"data":{"_entities":{{{Entities}}}}}"""), NoResponse, Malformed },
        { "another encoding", SocketSource.Response(Data(Entities).Aggregate("", (text, character) => $"{text}{character}\0"), headers: "Content-Type: application/json; charset=utf-16\r\n"), NoResponse, Malformed },
        { "more than the limit, told", "HTTP/1.1 200 OK\r\nContent-Length: 8000000000\r\n\r\n{", "A source's answer is larger than allowed.", Malformed },
    };

    /// <summary>Answers whose values are wrong: the errors of their fields, and what is left of the data.</summary>
    public static TheoryData<string, string, string> WithWrongValues { get; } = new()
    {
        {
            """[{"orders":1,"profile":{"city":null,"tags":["x"]},"data":1},{"orders":2,"profile":{"city":"b"},"data":2}]""",
            """
            [{"message":"A source's answer lacks the field.","path":["users",1,"profile","tags"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
             {"message":"Cannot return null for non-nullable field Profile.city.","path":["users",0,"profile","city"],"extensions":{"code":"NON_NULL_VIOLATION"}}]
            """,
            """[{"id":"1","orders":1,"profile":null,"data":1},{"id":"2","orders":2,"profile":{"city":"b","tags":null},"data":2}]"""
        },
        {
            """[{"orders":"many","profile":"Berlin","data":1},{"orders":{"count":2},"profile":[{"city":"b","tags":[]}],"data":2}]""",
            $$$"""
            [{"message":"{{{WrongValue}}}","path":["users",0,"orders"],"extensions":{"code":"{{{Malformed}}}"}},
             {"message":"{{{WrongValue}}}","path":["users",0,"profile"],"extensions":{"code":"{{{Malformed}}}"}},
             {"message":"{{{WrongValue}}}","path":["users",1,"orders"],"extensions":{"code":"{{{Malformed}}}"}},
             {"message":"{{{WrongValue}}}","path":["users",1,"profile"],"extensions":{"code":"{{{Malformed}}}"}}]
            """,
            """[{"id":"1","orders":null,"profile":null,"data":1},{"id":"2","orders":null,"profile":null,"data":2}]"""
        },
        {
            """[{"orders":1,"profile":{"city":"a","tags":"x"},"data":1},{"orders":2,"profile":{"city":["b"],"tags":[["x"],{},3]},"data":2}]""",
            $$$"""
            [{"message":"{{{WrongValue}}}","path":["users",0,"profile","tags"],"extensions":{"code":"{{{Malformed}}}"}},
             {"message":"{{{WrongValue}}}","path":["users",1,"profile","city"],"extensions":{"code":"{{{Malformed}}}"}},
             {"message":"{{{WrongValue}}}","path":["users",1,"profile","tags",0],"extensions":{"code":"{{{Malformed}}}"}},
             {"message":"{{{WrongValue}}}","path":["users",1,"profile","tags",1],"extensions":{"code":"{{{Malformed}}}"}},
             {"message":"{{{WrongValue}}}","path":["users",1,"profile","tags",2],"extensions":{"code":"{{{Malformed}}}"}}]
            """,
            """[{"id":"1","orders":1,"profile":{"city":"a","tags":null},"data":1},{"id":"2","orders":2,"profile":null,"data":2}]"""
        },
        {
            """[{"orders":2147483648,"profile":null,"data":123456789012345678901234567890.000},{"orders":1e400,"profile":null,"data":-1E+9999}]""",
            $$$"""
            [{"message":"{{{WrongValue}}}","path":["users",0,"orders"],"extensions":{"code":"{{{Malformed}}}"}},
             {"message":"{{{WrongValue}}}","path":["users",1,"orders"],"extensions":{"code":"{{{Malformed}}}"}}]
            """,
            """[{"id":"1","orders":null,"profile":null,"data":123456789012345678901234567890.000},{"id":"2","orders":null,"profile":null,"data":-1E+9999}]"""
        },
        {
            """[{"orders":1,"profile":{"city":"\ud800","tags":["\u0000"]},"data":"\udc00\ud800"},{"orders":-0,"profile":null,"data":-0.0}]""",
            "null",
            """[{"id":"1","orders":1,"profile":{"city":"\ud800","tags":["\u0000"]},"data":"\udc00\ud800"},{"id":"2","orders":-0,"profile":null,"data":-0.0}]"""
        },
        {
            """[null,{"orders":2,"profile":null,"data":2}]""",
            "null",
            """[{"id":"1","orders":null,"profile":null,"data":null},{"id":"2","orders":2,"profile":null,"data":2}]"""
        },
        {
            """[{"__typename":"Robot","orders":1,"profile":null,"data":1},7]""",
            $$$"""
            [{"message":"{{{WrongValue}}}","path":["users",1,"orders"],"extensions":{"code":"{{{Malformed}}}"}},
             {"message":"{{{WrongValue}}}","path":["users",1,"profile"],"extensions":{"code":"{{{Malformed}}}"}},
             {"message":"{{{WrongValue}}}","path":["users",1,"data"],"extensions":{"code":"{{{Malformed}}}"}}]
            """,
            """[{"id":"1","orders":1,"profile":null,"data":1},{"id":"2","orders":null,"profile":null,"data":null}]"""
        },
    };

    /// <summary>What is odd and yet right.</summary>
    public static TheoryData<string, string> Odd { get; } = new()
    {
        { "another media type", SocketSource.Response(Data(Entities), headers: "Content-Type: text/html\r\n") },
        { "no media type", SocketSource.Response(Data(Entities), headers: "") },
        { "chunks and trailers", $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n{Chunk(Data(Entities)[..7])}{Chunk(Data(Entities)[7..])}0\r\nX-Sum: 1\r\n\r\n" },
        { "hints before it", $"HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n{SocketSource.Response(Data(Entities))}" },
        { "white space", SocketSource.Response($"\r\n\t {Data(Entities)} \n") },
        { "unknown keys", SocketSource.Response($$$"""{"extensions":{"a":[1,{"b":null}]},"x":"\u00e4","data":{"y":{},"_entities":{{{Entities}}},"_service":{"sdl":""} }}""") },
        { "escaped keys", SocketSource.Response(Data(Entities).Replace("\"orders\"", "\"\\u006frders\"", StringComparison.Ordinal)) },
        { "keys with half of a surrogate pair", SocketSource.Response($$$"""{"\ud800":1,"data":{"\ud800":2,"_entities":{{{Entities.Replace("\"city\"", "\"\\ud800\":3,\"city\"", StringComparison.Ordinal)}}}},"\udc00":4}""") },
        { "errors that are null", SocketSource.Response($$"""{"errors":null,"data":{"_entities":{{Entities}} } }""") },
        { "errors that are empty", SocketSource.Response($$"""{"errors":[],"data":{"_entities":{{Entities}} } }""") },
        { "400 with all the data", SocketSource.Response(Data(Entities), "400 Bad Request") },
        { "a second answer that nobody asked for", SocketSource.Response(Data(Entities)) + SocketSource.Response(Data(Entities.Replace("\"orders\":1", "\"orders\":666", StringComparison.Ordinal))) },
    };

    [Theory]
    [MemberData(nameof(WithoutAnswer))]
    public async Task A_source_without_an_answer_costs_its_fields_and_tells_nothing(string fault, string sent, string message, string code)
    {
        world.Answers(async exchange =>
        {
            await exchange.SendAsync(sent);
            exchange.Close();
        });
        Same(Nothing(message, code), await world.QueryAsync(), fault);
        await world.IsHealthyAsync();
    }

    [Theory]
    [MemberData(nameof(WithWrongValues))]
    public async Task A_wrong_value_costs_its_field(string entities, string errors, string users)
    {
        world.Answers(exchange => exchange.SendAsync(SocketSource.Response(Data(entities))));
        Same(errors == "null" ? $$$"""{"data":{"users":{{{users}}},"version":"v"}}""" : $$$"""{"errors":{{{errors}}},"data":{"users":{{{users}}},"version":"v"}}""", await world.QueryAsync(), entities);
        await world.IsHealthyAsync();
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task What_is_odd_and_yet_right_is_read(string what, string sent)
    {
        world.Answers(exchange => exchange.SendAsync(sent));
        Same(Healthy, await world.QueryAsync(), what);
        await world.IsHealthyAsync();
    }

    [Fact]
    public async Task Invalid_utf8_is_no_response()
    {
        world.Answers(async exchange =>
        {
            var bytes = Encoding.UTF8.GetBytes(SocketSource.Response(Data(Entities)));
            bytes[Array.LastIndexOf(bytes, (byte)'x')] = 0xC3;
            await exchange.SendAsync(bytes);
        });
        Same(Nothing(NoResponse, Malformed), await world.QueryAsync(), "invalid UTF-8");
        await world.IsHealthyAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"data\":")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"dat")]
    public async Task A_source_that_stalls_is_given_up_and_its_connection_ended(string sent)
    {
        var stalls = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Answers(async exchange =>
        {
            await exchange.SendAsync(sent);
            stalls.TrySetResult();
            await exchange.LeftAsync();
            left.TrySetResult();
        });
        var answer = world.QueryAsync();
        await stalls.Task;
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        Same(Nothing("A source did not answer in time.", "GATEWAY_TIMEOUT"), await answer, sent);
        await left.Task;
        await world.IsHealthyAsync();
    }

    // The source keeps the connection open, and no time passes.
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}", "A source could not be reached.")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\n{}", "A source could not be reached.")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2x\r\n\r\n{}", "A source could not be reached.")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n", "A source answered with an error status.")]
    public async Task A_message_whose_end_nobody_knows_is_not_waited_for(string sent, string message)
    {
        world.Answers(async exchange =>
        {
            await exchange.SendAsync(sent);
            await exchange.LeftAsync();
        });
        Same(Nothing(message, "SUBREQUEST_HTTP_ERROR"), await world.QueryAsync(), sent);
        await world.IsHealthyAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"data\":")]
    public async Task A_connection_that_is_reset_is_an_error(string sent)
    {
        world.Answers(async exchange =>
        {
            await exchange.SendAsync(sent);
            exchange.Reset();
        });
        Same(Nothing("A source could not be reached.", "SUBREQUEST_HTTP_ERROR"), await world.QueryAsync(), sent);
        await world.IsHealthyAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gigabytes_are_cut_off(bool inChunks)
    {
        var sent = 0L;
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Answers(async exchange =>
        {
            try
            {
                await exchange.SendAsync($"HTTP/1.1 200 OK\r\n{(inChunks ? "Transfer-Encoding: chunked" : "Connection: close")}\r\n\r\n");
                var block = Encoding.UTF8.GetBytes(inChunks ? Chunk(new string(' ', 100_000)) : new string(' ', 100_000));
                while (sent < 4_000_000_000)
                {
                    await exchange.SendAsync(block);
                    sent += block.Length;
                }
            }
            finally
            {
                cut.TrySetResult();
            }
        });
        Same(Nothing("A source's answer is larger than allowed.", Malformed), await world.QueryAsync(), "gigabytes");
        await cut.Task;

        // The limit is 1 MB; what the framework throws away to keep the connection, and what lies in the sockets, comes on top.
        Assert.InRange(sent, 1_000_000, 50_000_000);
        await world.IsHealthyAsync();
    }

    [Fact]
    public async Task An_answer_before_the_request_was_read_is_an_answer()
    {
        await using var early = SocketSource.StartEager(SocketSource.Response("""{"data":{"hello":"early"}}"""));
        await using var gateway = await RunningGateway.StartAsync(early, ["--Gateway:Health:Interval=1h"], new FakeTimeProvider());
        Assert.Equal("""{"data":{"hello":"early"}}""", await gateway.QueryAsync("query($name: String) { hello(name: $name) }", $$"""{"name":"{{new string('x', 1_500_000)}}"}"""));
    }

    private static string Data(string entities) => $$$"""{"data":{"_entities":{{{entities}}}}}""";

    private static string Chunk(string text) => $"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n";

    // All that the source should have given is null, for one reason.
    private static string Nothing(string message, string code)
    {
        var errors = from user in (int[])[0, 1]
                     from field in (string[])["orders", "profile", "data"]
                     select $$$"""{"message":"{{{message}}}","path":["users",{{{user}}},"{{{field}}}"],"extensions":{"code":"{{{code}}}"}}""";
        return $$$"""
            {"errors":[{{{string.Join(',', errors)}}}],
            "data":{"users":[{"id":"1","orders":null,"profile":null,"data":null},{"id":"2","orders":null,"profile":null,"data":null}],"version":"v"}}
            """;
    }

    private static void Same(string expected, string actual, string fault) =>
        Assert.True(Compact(expected) == actual, $"{(fault.Length > 300 ? fault[..300] : fault)}\nexpected: {Compact(expected)}\nactual:   {actual}");

    // Without the line breaks of this file; numbers stay as they are written.
    private static string Compact(string json) => string.Concat(json.Split('\n').Select(line => line.Trim()));

    /// <summary>A gateway before two sources: one that is healthy, and one that does what a test says.</summary>
    public sealed class World : IAsyncLifetime
    {
        private const string Supergraph = """
            schema @gateway__supergraph(version: 1) { query: Query }
            enum gateway__Source {
              USERS @gateway__source(name: "users", dialect: APOLLO)
              ORDERS @gateway__source(name: "orders", dialect: APOLLO)
            }
            scalar Data @gateway__type(in: ORDERS)
            type Query @gateway__type(in: USERS) {
              users: [User!] @gateway__field(in: USERS)
              version: String @gateway__field(in: USERS)
            }
            type User @gateway__type(in: [USERS, ORDERS]) @gateway__key(in: [USERS, ORDERS], fields: "id") @gateway__lookup(in: ORDERS, key: "id") {
              id: ID! @gateway__field(in: [USERS, ORDERS])
              orders: Int @gateway__field(in: ORDERS)
              profile: Profile @gateway__field(in: ORDERS)
              data: Data @gateway__field(in: ORDERS)
            }
            type Profile @gateway__type(in: ORDERS) {
              city: String! @gateway__field(in: ORDERS)
              tags: [String] @gateway__field(in: ORDERS)
            }
            """;

        private readonly SocketSource orders = SocketSource.Start(_ => Task.CompletedTask);
        private FakeSource? users;
        private RunningGateway? gateway;

        internal FakeTimeProvider Clock { get; } = new();

        public async Task InitializeAsync()
        {
            users = await FakeSource.AnswersAsync("""{"data":{"users":[{"id":"1"},{"id":"2"}],"version":"v"}}""");
            gateway = await RunningGateway.StartAsync(
                Supergraph,
                [("users", $"{users.Url}/graphql"), ("orders", orders.Url)],
                ["--Gateway:Subgraphs:orders:ResponseBytes=1000000", "--Gateway:Health:Interval=1h"],
                Clock);
        }

        public async Task DisposeAsync()
        {
            // All of it was given back, whatever happened.
            var memory = gateway!.Services.GetRequiredService<AnswerMemory>();
            await gateway.DisposeAsync();
            Assert.Equal(0, memory.HeldBytes);
            await users!.DisposeAsync();
            await orders.DisposeAsync();
        }

        internal void Answers(Func<SocketSource.Exchange, Task> answer) => orders.Answer = answer;

        internal Task<string> QueryAsync() => gateway!.QueryAsync("{ users { id orders profile { city tags } data } version }");

        internal async Task IsHealthyAsync()
        {
            orders.Answer = exchange => exchange.SendAsync(SocketSource.Response(Data(Entities)));
            Same(Healthy, await QueryAsync(), "healthy again");
        }
    }
}
