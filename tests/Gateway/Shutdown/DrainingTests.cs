using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using GraphGateway.Gateway.Tests.Deduplication;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace GraphGateway.Gateway.Tests.Shutdown;

/// <summary>The real program is asked to stop while it has work.</summary>
public sealed class DrainingTests : IDisposable
{
    private const string Request = """{"query":"{ hello }"}""";
    private const string Late = """{"data":{"late":"you"}}""";
    private const int NoError = 0;
    private const string Hello = """{"data":{"hello":"you"}}""";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Under_load_no_request_is_lost()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = Start(source.Url, "--Gateway:Shutdown:Delay=60s");
        using var client = await ClientOf(gateway);

        // Each worker goes on until the gateway says that it is to be left.
        var answers = 0;
        var warm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var leaving = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 16).Select(_ => WorkAsync()).ToArray();
        await warm.Task;
        await gateway.SignalAsync("TERM");
        while ((await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode == HttpStatusCode.OK)
        {
            // Until the signal has arrived.
        }

        Assert.Equal("""{"status":"draining"}""", await client.GetStringOfAnyAsync("/health/ready"));
        Assert.Equal("""{"status":"live"}""", await client.GetStringOfAnyAsync("/health/live"));
        var before = Volatile.Read(ref answers);
        while (Volatile.Read(ref answers) < before + 200)
        {
            // Still served, on new connections too: each answer closes its own.
            using var late = await client.PostAsync(new Uri("/graphql", UriKind.Relative), Query());
            Assert.Equal((Hello, true), (await late.Content.ReadAsStringAsync(), late.Headers.ConnectionClose));
        }

        await leaving.CancelAsync();
        await Task.WhenAll(workers);

        // A second signal does not wait for the delay.
        await gateway.SignalAsync("TERM");
        Assert.Equal(0, (await gateway.WaitForExitAsync()).ExitCode);

        async Task WorkAsync()
        {
            while (!leaving.IsCancellationRequested)
            {
                using var response = await client.PostAsync(new Uri("/graphql", UriKind.Relative), Query());
                Assert.Equal(Hello, await response.Content.ReadAsStringAsync());
                if (Interlocked.Increment(ref answers) == 200)
                {
                    warm.SetResult();
                }
            }
        }
    }

    [Fact]
    public async Task What_has_begun_ends_though_no_connection_is_accepted_any_more()
    {
        await using var source = await HeldSource.StartAsync();
        await using var gateway = Start(source.Source.Url);
        using var client = await ClientOf(gateway);
        var answer = client.PostAsync(new Uri("/graphql", UriKind.Relative), Query());
        var asked = await source.AskedAsync();
        await gateway.SignalAsync("TERM");
        await RefusesAsync(client.BaseAddress!);
        Assert.False(gateway.HasExited);
        asked.Answer(Hello);
        Assert.Equal(Hello, await (await answer).Content.ReadAsStringAsync());
        Assert.Equal(0, (await gateway.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task Over_http2_clients_are_told_to_leave_and_what_has_begun_ends()
    {
        await using var source = await HeldSource.StartAsync();
        await using var gateway = Start(source.Source.Url, "--Kestrel:EndpointDefaults:Protocols=Http2");
        var address = await AddressOf(gateway);
        using var client = await Http2Client.ConnectAsync(address);
        await client.PostAsync(1, Request);
        var asked = await source.AskedAsync();

        await gateway.SignalAsync("TERM");

        // RFC 9113, 6.8: the server says that it leaves, with no error, while the request is still on its way.
        Assert.Equal((Http2Frame.GoAway, NoError), await client.ReadAsync() is { } goAway ? (goAway.Type, ErrorOf(goAway)) : default);
        await RefusesAsync(address);

        // A request that was sent before the client heard of that is answered, too.
        await client.PostAsync(3, Request.Replace("{ hello", "{ late: hello", StringComparison.Ordinal));
        var late = await source.AskedAsync();
        Assert.False(gateway.HasExited);
        asked.Answer(Hello);
        Assert.Equal((1, Hello), await AnswerAsync(client));
        late.Answer(Late);
        Assert.Equal((3, Late), await AnswerAsync(client));

        // The client leaves, as it was told.
        client.Dispose();
        Assert.Equal(0, (await gateway.WaitForExitAsync(TimeSpan.FromSeconds(25))).ExitCode);
    }

    [Fact]
    public async Task What_does_not_end_in_time_is_ended_with_an_error_and_the_source_sees_it()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var source = await FakeSource.StartAsync(async context =>
        {
            asked.SetResult();
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
            left.SetResult();
        });
        await using var gateway = Start(source.Url, "--Gateway:Shutdown:Timeout=200ms");
        using var client = await ClientOf(gateway);
        var answer = client.PostAsync(new Uri("/graphql", UriKind.Relative), Query());
        await asked.Task;
        await gateway.SignalAsync("TERM");
        Assert.Equal(
            """{"errors":[{"message":"The gateway is shutting down. Send the request again.","path":["hello"],"extensions":{"code":"GATEWAY_SHUTTING_DOWN"}}],"data":{"hello":null}}""",
            await (await answer).Content.ReadAsStringAsync());
        await left.Task;
        Assert.Equal(0, (await gateway.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task Clients_that_do_not_take_their_answers_have_five_seconds_more_whatever_telemetry_has()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(
            source, ["--Gateway:Shutdown:Delay=1s", "--Gateway:Shutdown:Timeout=2s", "--Gateway:Telemetry:ShutdownTimeout=7s", "--Gateway:Health:Interval=1h"]);
        Assert.Equal(TimeSpan.FromSeconds(1 + 2 + 5), gateway.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
    }

    [Fact]
    public async Task Ctrl_c_does_not_wait_for_the_delay()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = Start(source.Url, "--Gateway:Shutdown:Delay=24h");
        using var client = await ClientOf(gateway);
        await gateway.SignalAsync("INT");
        Assert.Equal(0, (await gateway.WaitForExitAsync()).ExitCode);
    }

    private static async Task<(int Stream, string Body)> AnswerAsync(Http2Client client)
    {
        var body = "";
        while (await client.ReadAsync() is { } frame)
        {
            Assert.Contains(frame.Type, (byte[])[Http2Frame.Headers, Http2Frame.Data]);
            body += frame.Type == Http2Frame.Data ? Encoding.UTF8.GetString(frame.Payload) : "";
            if (frame.EndsStream)
            {
                return (frame.Stream, body);
            }
        }

        throw new InvalidOperationException("The connection ended before the answer did.");
    }

    // The last four bytes of a GOAWAY after the stream's number, all of a reset.
    private static int ErrorOf(Http2Frame frame) => BinaryPrimitives.ReadInt32BigEndian(frame.Payload.AsSpan(frame.Type == Http2Frame.GoAway ? 4 : 0));

    private static StringContent Query() => new(Request, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    // Asks until nobody listens any more.
    private static async Task RefusesAsync(Uri address)
    {
        while (true)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(address.Host, address.Port);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    private static async Task<HttpClient> ClientOf(ChildProcess gateway) => new() { BaseAddress = await AddressOf(gateway) };

    private static async Task<Uri> AddressOf(ChildProcess gateway)
    {
        var line = await gateway.WaitForLineAsync(text => text.Contains("Now listening on: ", StringComparison.Ordinal));
        return new Uri(line.Split("on: ")[1]);
    }

    private ChildProcess Start(string source, params string[] arguments) => ChildProcess.StartDotnet(
        Repository.Output("src/Gateway", "GraphGateway.Gateway.dll"),
        [
            "--urls", "http://127.0.0.1:0", $"--Gateway:Supergraph={folder.Write("supergraph.graphql", GatewayUnderTest.Supergraph)}",
            $"--Gateway:Subgraphs:users:Url={source}/graphql", .. arguments,
        ],
        folder.Path);
}

/// <summary>Reads answers whatever their status.</summary>
internal static class AnyStatus
{
    public static async Task<string> GetStringOfAnyAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return await response.Content.ReadAsStringAsync();
    }
}
