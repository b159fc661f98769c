using GraphGateway.Execution;
using GraphGateway.Gateway.Tests.Deduplication;
using GraphGateway.Gateway.Tests.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Upstream;

/// <summary>All answers that are held at the same time have one bound, and whatever happens, their memory is given back.</summary>
public sealed class AnswerMemoryTests
{
    private const string Supergraph = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source {
          USERS @gateway__source(name: "users", dialect: COMPOSITE)
          ORDERS @gateway__source(name: "orders", dialect: COMPOSITE)
        }
        type Query @gateway__type(in: [USERS, ORDERS]) {
          user: String @gateway__field(in: USERS)
          order: String @gateway__field(in: ORDERS)
        }
        """;

    private const string Full =
        """{"message":"The gateway holds as much of answers as it may at the moment. Send the request again later.","path":["order"],"extensions":{"code":"ANSWER_MEMORY_FULL"}}""";

    // With the JSON around it this is more than 32 KB: 64 KB of memory.
    private static readonly string Long = new('x', 40_000);

    /// <summary>How an answer of 40 KB is sent.</summary>
    public static TheoryData<string> Forms { get; } = ["with its length", "in chunks"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task What_there_is_no_room_for_is_an_error_and_the_rest_stands(string form)
    {
        var userHeld = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var users = SocketSource.Start(exchange => exchange.SendAsync(Sent(form, $$$"""{"data":{"user":"{{{Long}}}"}}""")));
        await using var orders = SocketSource.Start(async exchange =>
        {
            await userHeld.Task;
            await exchange.SendAsync(Sent(form, $$$"""{"data":{"order":"{{{Long}}}"}}"""));
        });
        AnswerMemory memory;
        await using (var gateway = await StartAsync(users, orders, 100_000))
        {
            memory = gateway.Services.GetRequiredService<AnswerMemory>();
            var answer = gateway.QueryAsync("{ user order }");
            while (memory.HeldBytes != 65_536)
            {
                await Task.Yield();
            }

            userHeld.SetResult();
            Assert.Equal($$$"""{"errors":[{{{Full}}}],"data":{"user":"{{{Long}}}","order":null}}""", await answer);

            // Alone there is room for it, once the memory of the answer that has been read is given back.
            while (memory.HeldBytes != 0)
            {
                await Task.Yield();
            }

            Assert.Equal($$$"""{"data":{"order":"{{{Long}}}"}}""", await gateway.QueryAsync("{ order }"));
        }

        Assert.Equal(0, memory.HeldBytes);
    }

    [Fact]
    public async Task An_answer_that_several_share_counts_once()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var users = SocketSource.Start(async exchange =>
        {
            asked.SetResult();
            await answer.Task;
            await exchange.SendAsync(SocketSource.Response($$$"""{"data":{"user":"{{{Long}}}"}}"""));
        });
        AnswerMemory memory;
        await using (var gateway = await StartAsync(users, users, 100_000))
        {
            memory = gateway.Services.GetRequiredService<AnswerMemory>();
            using var shared = new SharedRequests(gateway);
            using var leaver = new CancellationTokenSource();
            var left = gateway.SendAsync("{ user }", cancellationToken: leaver.Token);
            await asked.Task;

            // All wait for the one answer before the first one leaves: who came later would ask anew.
            Task<string>[] others = [gateway.QueryAsync("{ user }"), gateway.QueryAsync("{ user }")];
            Assert.Equal(("source users", "source users"), (await shared.NextAsync(), await shared.NextAsync()));
            await leaver.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
            answer.SetResult();
            Assert.All(await Task.WhenAll(others), text => Assert.Equal($$$"""{"data":{"user":"{{{Long}}}"}}""", text));
        }

        Assert.Equal(0, memory.HeldBytes);
    }

    [Fact]
    public async Task A_client_that_leaves_half_way_through_an_answer_gives_its_memory_back()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var users = SocketSource.Start(async exchange =>
        {
            await exchange.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n{{\"data\":");
            await exchange.LeftAsync();
            left.SetResult();
        });
        AnswerMemory memory;
        await using (var gateway = await StartAsync(users, users, 100_000))
        {
            memory = gateway.Services.GetRequiredService<AnswerMemory>();
            using var leaver = new CancellationTokenSource();
            var answer = gateway.SendAsync("{ user }", cancellationToken: leaver.Token);
            while (memory.HeldBytes == 0)
            {
                await Task.Yield();
            }

            await leaver.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
            await left.Task;
        }

        Assert.Equal(0, memory.HeldBytes);
    }

    private static Task<RunningGateway> StartAsync(SocketSource users, SocketSource orders, int bytes) => RunningGateway.StartAsync(
        Supergraph, [("users", users.Url), ("orders", orders.Url)], [$"--Gateway:Limits:AnswerMemoryBytes={bytes}", "--Gateway:Health:Interval=1h"]);

    private static string Sent(string form, string body) => form == "in chunks"
        ? $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n"
        : SocketSource.Response(body);
}
