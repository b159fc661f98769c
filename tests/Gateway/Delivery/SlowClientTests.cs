using System.Diagnostics.Metrics;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using GraphGateway.Execution;
using GraphGateway.Gateway.Tests.Health;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.Gateway.Tests.Shutdown;
using GraphGateway.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Delivery;

/// <summary>
/// Clients that ask for much and do not take it. The answer has 8 MB, of which sockets hold a part; at a million bytes a second, with two seconds of grace,
/// it may take ten seconds for all of it, and for a part the time of that part. Who waits is looked at once a second.
/// </summary>
public sealed class SlowClientTests
{
    private const int Length = 8_000_000;
    private const string Request = """{"query":"{ hello }"}""";
    private static readonly string Answer = $$$"""{"data":{"hello":"{{{new string('x', Length - 21)}}}"}}""";
    private static readonly string[] Settings =
    [
        "--Gateway:MinResponseDataRate:BytesPerSecond=1000000", "--Gateway:MinResponseDataRate:GracePeriod=2s", "--Gateway:Health:Interval=1h",
        "--Gateway:Limits:AnswerMemoryBytes=100000000",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Over_http1_the_connection_is_ended_when_the_time_for_the_answer_is_over(bool withTls)
    {
        using var certificate = new TemporaryFolder();
        using var counted = new Counted();
        using var log = new LogWatch();
        await using var world = await World.StartAsync(log, withTls ? Tls(certificate) : []);
        using var client = await SlowReader.ConnectAsync(world.Url, withTls);
        await client.PostAsync(Request);
        await world.WaitsForClientAsync(client.ReadSomeAsync());

        // It goes out in pieces, and how many of them sockets hold differs: the time is that of what has gone out.
        world.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.NotEqual(0, world.Memory.HeldBytes);
        world.Clock.Advance(TimeSpan.FromSeconds(9));

        await world.GivenBackAsync();
        Assert.InRange(await client.ReadToEndAsync(), 0, Length - 1);
        await log.SeenStartAsync("A client did not take its answer in time and was cut off: ");
        Assert.Equal(1, counted.Read());
    }

    [Fact]
    public async Task Who_takes_it_in_time_gets_all_of_it()
    {
        await using var world = await World.StartAsync();
        using var client = await SlowReader.ConnectAsync(world.Url, withTls: false);
        await client.PostAsync(Request, "Connection: close\r\n");
        await world.WaitsForClientAsync(client.ReadSomeAsync());
        world.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.InRange(await client.ReadToEndAsync(), Length, Length + 100_000);
        await world.GivenBackAsync();

        // The time that is over afterwards is nobody's.
        world.Clock.Advance(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Over_http2_the_stream_is_reset_and_the_others_on_its_connection_go_on()
    {
        await using var world = await World.StartAsync(arguments: ["--Kestrel:EndpointDefaults:Protocols=Http2"]);
        using var client = await Http2Client.ConnectAsync(world.Url);
        // The connection has room for all, the stream for its first 64 KB: nobody gives it more.
        await client.GiveAsync(0, 100_000_000);
        await client.PostAsync(1, Request);
        var received = 0;
        await world.WaitsForClientAsync(ReadHeadersAsync());

        world.Clock.Advance(TimeSpan.FromSeconds(11));

        await world.GivenBackAsync();
        while (await client.ReadAsync() is { Type: not Http2Frame.Reset } data)
        {
            Assert.Equal((Http2Frame.Data, 1, false), (data.Type, data.Stream, data.EndsStream));
            received += data.Payload.Length;
        }

        Assert.Equal(65_535, received);
        await client.PostAsync(3, """{"query":"{ __typename }"}""");
        Assert.Equal((Http2Frame.Headers, 3), await client.ReadAsync() is { } head ? (head.Type, head.Stream) : default);
        Assert.Equal("""{"data":{"__typename":"Query"}}""", Encoding.UTF8.GetString((await client.ReadAsync())!.Payload));

        async Task ReadHeadersAsync() => Assert.Equal((Http2Frame.Headers, 1), await client.ReadAsync() is { } head ? (head.Type, head.Stream) : default);
    }

    // Its buffer has 8.4 MB, more than three quarters of what there is: an eighth of at least two seconds.
    [Fact]
    public async Task Where_answers_fill_their_memory_clients_have_less_time()
    {
        await using var world = await World.StartAsync(arguments: ["--Gateway:Limits:AnswerMemoryBytes=10000000"]);
        using var client = await SlowReader.ConnectAsync(world.Url, withTls: false);
        await client.PostAsync(Request);
        await world.WaitsForClientAsync(client.ReadSomeAsync());
        world.Clock.Advance(TimeSpan.FromSeconds(2));
        await world.GivenBackAsync();
    }

    [Fact]
    public async Task What_is_compressed_has_the_time_of_what_is_sent()
    {
        await using var world = await World.StartAsync(arguments: ["--Gateway:Compression=On"], answer: Incompressible());
        using var client = await SlowReader.ConnectAsync(world.Url, withTls: false);
        await client.PostAsync(Request, "Accept-Encoding: gzip\r\n");
        await world.WaitsForClientAsync(client.ReadSomeAsync());
        world.Clock.Advance(TimeSpan.FromSeconds(11));
        await world.GivenBackAsync();
        Assert.InRange(await client.ReadToEndAsync(), 0, Length - 1);
    }

    [Fact]
    public async Task A_rate_of_zero_lets_clients_be_as_slow_as_they_like()
    {
        await using var world = await World.StartAsync(arguments: ["--Gateway:MinResponseDataRate:BytesPerSecond=0"]);
        using var client = await SlowReader.ConnectAsync(world.Url, withTls: false);
        await client.PostAsync(Request, "Connection: close\r\n");
        await client.ReadSomeAsync();
        world.Clock.Advance(TimeSpan.FromDays(1));
        Assert.InRange(await client.ReadToEndAsync(), Length, Length + 100_000);
    }

    private static string Incompressible()
    {
        var bytes = new byte[Length];
        new Random(12_000).NextBytes(bytes);
        return $$$"""{"data":{"hello":"{{{Convert.ToBase64String(bytes)}}}"}}""";
    }

    // A certificate of the server's own.
    private static string[] Tls(TemporaryFolder folder)
    {
        using var certificate = Upstream.TestCertificates.SelfSigned("127.0.0.1");
        return
        [
            "--urls", "https://127.0.0.1:0",
            $"--Kestrel:Certificates:Default:Path={folder.Write("server.pem", certificate.ExportCertificatePem())}",
            $"--Kestrel:Certificates:Default:KeyPath={folder.Write("server.key", Upstream.TestCertificates.KeyOf(certificate))}",
        ];
    }

    /// <summary>A gateway before a source with a long answer, and a clock that stands still.</summary>
    private sealed class World(RunningGateway gateway, FakeSource source, FakeTimeProvider clock) : IAsyncDisposable
    {
        public FakeTimeProvider Clock { get; } = clock;

        public AnswerMemory Memory { get; } = gateway.Services.GetRequiredService<AnswerMemory>();

        public Uri Url => gateway.Client.BaseAddress!;

        public static async Task<World> StartAsync(LogWatch? log = null, string[]? arguments = null, string? answer = null)
        {
            var body = Encoding.UTF8.GetBytes(answer ?? Answer);
            var source = await FakeSource.StartAsync(async context =>
            {
                // Its buffer is as large as it needs to be, and never grows.
                context.Response.ContentLength = body.Length;
                await context.Response.Body.WriteAsync(body);
            });
            var clock = new FakeTimeProvider();
            return new World(await RunningGateway.StartAsync(source, [.. Settings, .. arguments ?? []], clock, log), source, clock);
        }

        // Nothing else looks once a second.
        public async Task WaitsForClientAsync(Task begun)
        {
            await begun;
            while (Clock.WaitingTimersOf(TimeSpan.FromSeconds(1)) == 0)
            {
                await Task.Yield();
            }
        }

        // Sockets take more of it little by little, and each piece is waited for by a timer of its own: time goes on while there is one.
        public async Task GivenBackAsync()
        {
            while (Memory.HeldBytes != 0)
            {
                if (Clock.WaitingTimersOf(TimeSpan.FromSeconds(1)) > 0)
                {
                    Clock.Advance(TimeSpan.FromSeconds(1));
                }

                await Task.Yield();
            }
        }

        public async ValueTask DisposeAsync()
        {
            await gateway.DisposeAsync();
            await source.DisposeAsync();
        }
    }

    /// <summary>A client with a small window that reads when it is told to.</summary>
    private sealed class SlowReader(TcpClient connection, Stream stream, Uri url) : IDisposable
    {
        private readonly byte[] buffer = new byte[64 * 1024];

        public static async Task<SlowReader> ConnectAsync(Uri url, bool withTls)
        {
            var connection = new TcpClient { ReceiveBufferSize = 4_096 };
            await connection.ConnectAsync(url.Host, url.Port);
            if (!withTls)
            {
                return new SlowReader(connection, connection.GetStream(), url);
            }

#pragma warning disable CA5359 // It is the test's own server.
            var tls = new SslStream(connection.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
            await tls.AuthenticateAsClientAsync(url.Host);
            return new SlowReader(connection, tls, url);
        }

        public async Task PostAsync(string body, string headers = "") => await stream.WriteAsync(Encoding.UTF8.GetBytes(
            $"POST /graphql HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}"));

        public async Task ReadSomeAsync() => Assert.NotEqual(0, await stream.ReadAsync(buffer.AsMemory(0, 100)));

        /// <summary>How many bytes still come.</summary>
        public async Task<int> ReadToEndAsync()
        {
            var all = 0;
            try
            {
                while (await stream.ReadAsync(buffer) is > 0 and var read)
                {
                    all += read;
                }
            }
            catch (IOException)
            {
                // Broken off.
            }

            return all;
        }

        public void Dispose()
        {
            stream.Dispose();
            connection.Dispose();
        }
    }

    /// <summary>The counter of answers that were broken off.</summary>
    private sealed class Counted : IDisposable
    {
        private readonly MeterListener listener = new();
        private long most;

        public Counted()
        {
            listener.InstrumentPublished = (instrument, own) =>
            {
                if (instrument is { Meter.Name: GatewayTelemetry.Name, Name: "graphgateway.answers.abandoned" })
                {
                    own.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((_, value, _, _) => most = Math.Max(most, value));
            listener.Start();
        }

        public long Read()
        {
            listener.RecordObservableInstruments();
            return most;
        }

        public void Dispose() => listener.Dispose();
    }
}
