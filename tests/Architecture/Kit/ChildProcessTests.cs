using System.Diagnostics;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Architecture.Kit;

public sealed class ChildProcessTests
{
    [Fact]
    public async Task Both_streams_and_the_exit_code_are_kept()
    {
        await using var child = ChildProcess.Start("sh", ["-c", "echo out; echo err >&2; exit 3"]);
        Assert.Equal(new ProcessResult(3, "out\n", "err\n"), await child.WaitForExitAsync());
    }

    [Fact]
    public async Task A_line_is_waited_for_and_a_signal_arrives()
    {
        await using var child = ChildProcess.Start("sh", ["-c", "trap 'echo bye; kill $!; exit 0' TERM; sleep 1000 & echo ready; wait"]);
        await child.WaitForLineAsync(line => line == "ready");
        await child.SignalAsync("TERM");
        Assert.Equal(0, (await child.WaitForExitAsync()).ExitCode);
        Assert.Contains("bye\n", child.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_does_not_outlive_its_test()
    {
        int id;
        await using (var child = ChildProcess.Start("sleep", ["1000"]))
        {
            id = child.Id;
        }

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    [Fact]
    public async Task Waiting_for_a_line_that_never_comes_says_what_did_come()
    {
        await using var child = ChildProcess.Start("sh", ["-c", "echo something else"]);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => child.WaitForLineAsync(line => line == "ready"));
        Assert.Equal(
            "The program ended before the line came. --- standard output ---\nsomething else\n--- standard error ---\n", failure.Message);
    }

    [Fact]
    public void Free_ports_are_different_from_each_other() =>
        Assert.Equal(20, FreePort.Several(20).Distinct().Count());
}
