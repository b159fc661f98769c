using System.Globalization;
using System.Text.Json;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Demo.Tests;

/// <summary><c>--query</c>: one answer, and the exit code says whether it is good.</summary>
public sealed class DemoQueryTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly int[] _ports = FreePort.Several(4);

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task One_query_is_answered_on_standard_output_alone()
    {
        await using var demo = Start("--query", Repository.PathOf("src/Demo/first-query.graphql"));
        var result = await demo.WaitForExitAsync();

        Assert.True(result.ExitCode == 0, demo.Everything);
        using var answer = JsonDocument.Parse(result.Output);
        Assert.False(answer.RootElement.TryGetProperty("errors", out _), result.Output);
        Assert.Equal(5, answer.RootElement.GetProperty("data").GetProperty("users").GetProperty("nodes").GetArrayLength());
        Assert.Contains("gateway   is ready after", result.Error, StringComparison.Ordinal);
        Assert.Equal(["orders.db", "payments.db", "registry.db", "users.db"], Databases());
    }

    [Fact]
    public async Task A_query_with_an_error_ends_with_1_and_prints_the_error()
    {
        await using var demo = Start("--query", _data.Write("wrong.graphql", "{ nobodyKnowsThis }"));
        var result = await demo.WaitForExitAsync();
        Assert.Equal(1, result.ExitCode);
        using var answer = JsonDocument.Parse(result.Output);
        Assert.Contains("nobodyKnowsThis", answer.RootElement.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_deletes_the_data_and_nothing_else()
    {
        _data.Write("users.db", "not a database");
        _data.Write("notes.txt", "mine");
        await using var demo = Start("--reset", "--query", Repository.PathOf("src/Demo/first-query.graphql"));
        var result = await demo.WaitForExitAsync();
        Assert.True(result.ExitCode == 0, demo.Everything);
        Assert.Equal("mine", File.ReadAllText($"{_data.Path}/notes.txt"));
    }

    private IEnumerable<string?> Databases() =>
        Directory.EnumerateFiles(_data.Path, "*.db").Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private ChildProcess Start(params string[] arguments)
    {
        string[] names = ["users", "orders", "payments", "gateway"];
        var ports = names.Zip(_ports, (name, port) => new[] { $"--{name}-port", port.ToString(CultureInfo.InvariantCulture) }).SelectMany(option => option);
        return ChildProcess.StartDotnet(
            Repository.Output("src/Demo", "GraphGateway.Demo.dll"), ["--data", _data.Path, .. ports, .. arguments]);
    }
}
