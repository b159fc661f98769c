using System.Globalization;
using System.Net;
using System.Net.Sockets;
using GraphGateway.Gateway;
using GraphGateway.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Gateway.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task A_gateway_without_its_services_is_live_and_ready_and_says_what_is_down()
    {
        var clock = new FakeTimeProvider();
        var log = new LogWatch();
        var port = FreePort.Next();
        await using var gateway = await GatewayUnderTest.StartAsync(
            [Url(port), "--Logging:LogLevel:GraphGateway=Information"],
            services => services.AddSingleton<TimeProvider>(clock).AddSingleton<ILoggerProvider>(log));

        Assert.Equal("""{"status":"live"}""", await gateway.Client.GetStringAsync("/health/live"));
        Assert.Equal("""{"status":"ready"}""", await gateway.Client.GetStringAsync("/health/ready"));

        await log.SeenAsync("Source users at http://127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture) + "/graphql is down: Connection refused");
        Assert.Equal(
            """{"status":"degraded","sources":{"users":{"status":"down","reason":"Connection refused"}}}""",
            await gateway.Client.GetStringAsync("/health"));

        // It heals without a restart: the next look finds somebody listening.
        using var service = new TcpListener(IPAddress.Loopback, port);
        service.Start();
        clock.Advance(TimeSpan.FromSeconds(5));
        await log.SeenAsync("Source users is up again");
        Assert.Equal("""{"status":"healthy","sources":{"users":{"status":"up"}}}""", await gateway.Client.GetStringAsync("/health"));
    }

    [Fact]
    public async Task Health_is_never_cached()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var answer = await gateway.GetAsync("/health/live");
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    private static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"--Gateway:Subgraphs:users:Url=http://127.0.0.1:{port}/graphql");
}
