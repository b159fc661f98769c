using System.Diagnostics;
using System.Globalization;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Demo.Tests;

/// <summary>The demo with its services: what people see, and that nothing stays behind.</summary>
public sealed class DemoRunTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly int[] _ports = FreePort.Several(4);

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task It_shows_where_the_graph_is_and_stops_its_children_on_a_signal(string signal)
    {
        await using var demo = Start();
        var children = await ChildrenAsync(demo);
        await demo.WaitForLineAsync(line => line.StartsWith($"The graph is at http://127.0.0.1:{_ports[3]}/graphql", StringComparison.Ordinal));

        await demo.SignalAsync(signal);

        Assert.Equal(0, (await demo.WaitForExitAsync()).ExitCode);
        AssertEnded(children);
    }

    [Fact]
    public async Task When_a_child_dies_it_says_which_and_stops_the_others()
    {
        await using var demo = Start();
        var children = await ChildrenAsync(demo);
        await demo.WaitForLineAsync(line => line.StartsWith("The graph is at", StringComparison.Ordinal));

        using (var orders = Process.GetProcessById(children[1]))
        {
            orders.Kill();
        }

        var result = await demo.WaitForExitAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("orders has ended with exit code 137. Its last output:\n", result.Error, StringComparison.Ordinal);
        AssertEnded(children);
    }

    private static async Task<int[]> ChildrenAsync(ChildProcess demo)
    {
        var children = new int[4];
        for (var i = 0; i < children.Length; i++)
        {
            var line = await demo.WaitForLineAsync(text => text.Contains("(process ", StringComparison.Ordinal));
            children[i] = int.Parse(line.Split("(process ")[1].TrimEnd(')'), CultureInfo.InvariantCulture);
        }

        return children;
    }

    private static void AssertEnded(int[] children) =>
        Assert.All(children, child => Assert.Throws<ArgumentException>(() => Process.GetProcessById(child)));

    private ChildProcess Start(params string[] arguments)
    {
        string[] names = ["users", "orders", "payments", "gateway"];
        var ports = names.Zip(_ports, (name, port) => new[] { $"--{name}-port", port.ToString(CultureInfo.InvariantCulture) }).SelectMany(option => option);
        return ChildProcess.StartDotnet(
            Repository.Output("src/Demo", "GraphGateway.Demo.dll"), ["--data", _data.Path, .. ports, .. arguments]);
    }
}
