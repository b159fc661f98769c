using System.Globalization;
using System.Net;
using System.Net.Sockets;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Demo.Tests;

/// <summary>What stops the demo before it starts anything: one message each, exit code 1.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly int[] _ports = FreePort.Several(4);

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_port_in_use_is_told_by_number_and_by_the_option_that_changes_it()
    {
        using var orders = new TcpListener(IPAddress.Loopback, _ports[1]);
        orders.Start();
        using var gateway = new TcpListener(IPAddress.Loopback, _ports[3]);
        gateway.Start();
        await using var demo = Start();
        await RefusesAsync(
            demo,
            $"""
            Port {_ports[1]} for orders is in use by another program. Stop that one, or choose another port: dotnet run --project src/Demo -- --orders-port PORT
            Port {_ports[3]} for gateway is in use by another program. Stop that one, or choose another port: dotnet run --project src/Demo -- --gateway-port PORT

            """);
    }

    [Fact]
    public async Task Ports_that_cannot_be_are_refused()
    {
        _ports[0] = 70000;
        _ports[1] = _ports[2];
        await using var demo = Start();
        await RefusesAsync(
            demo,
            $"""
            --users-port 70000 is not a port from 1 to 65535.
            --orders-port {_ports[1]} is the port of another program of the demo too.
            --payments-port {_ports[2]} is the port of another program of the demo too.

            """);
    }

    [Fact]
    public async Task A_query_file_that_is_not_there_is_told_before_anything_starts()
    {
        await using var demo = Start("--query", $"{_data.Path}/none.graphql");
        await RefusesAsync(demo, $"There is no file {_data.Path}/none.graphql to query with.\n");
    }

    private static async Task RefusesAsync(ChildProcess demo, string message) =>
        Assert.Equal(new ProcessResult(1, "", message), await demo.WaitForExitAsync());

    private ChildProcess Start(params string[] arguments)
    {
        string[] names = ["users", "orders", "payments", "gateway"];
        var ports = names.Zip(_ports, (name, port) => new[] { $"--{name}-port", port.ToString(CultureInfo.InvariantCulture) }).SelectMany(option => option);
        return ChildProcess.StartDotnet(
            Repository.Output("src/Demo", "GraphGateway.Demo.dll"), ["--data", _data.Path, .. ports, .. arguments]);
    }
}
