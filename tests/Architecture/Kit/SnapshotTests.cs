using GraphGateway.TestKit;
using Xunit;
using Xunit.Sdk;

namespace GraphGateway.Architecture.Kit;

public sealed class SnapshotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_input_stands_above_the_output_and_line_ends_are_normalised() =>
        Assert.Equal("=== input ===\n{ a }\n=== output ===\nx\ny\n", Snapshot.Render("x\r\ny", "{ a }\n"));

    [Fact]
    public void An_equal_output_passes_and_another_one_names_the_first_line_that_differs()
    {
        var file = _folder.Write("a.snap", "one\ntwo\n");
        Snapshot.MatchFile(file, Snapshot.Render("one\ntwo", null), update: false, continuousIntegration: true);

        var failure = Assert.Throws<XunitException>(
            () => Snapshot.MatchFile(file, Snapshot.Render("one\n2", null), update: false, continuousIntegration: false));
        Assert.StartsWith($"""
            The output differs from {file} at line 2.
            expected: two
            actual:   2
            """, failure.Message, StringComparison.Ordinal);
        Assert.Equal("one\ntwo\n", File.ReadAllText(file));
    }

    [Fact]
    public void A_missing_snapshot_is_written_but_fails_in_CI()
    {
        var file = Path.Combine(_folder.Path, "__snapshots__", "new.snap");
        Assert.Throws<XunitException>(() => Snapshot.MatchFile(file, "x\n", update: false, continuousIntegration: true));
        Assert.False(File.Exists(file));

        Snapshot.MatchFile(file, "x\n", update: false, continuousIntegration: false);
        Assert.Equal("x\n", File.ReadAllText(file));
    }

    [Fact]
    public void An_update_overwrites_what_is_there()
    {
        var file = _folder.Write("a.snap", "old\n");
        Snapshot.MatchFile(file, "new\n", update: true, continuousIntegration: false);
        Assert.Equal("new\n", File.ReadAllText(file));
    }
}
