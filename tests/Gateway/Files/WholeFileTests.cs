using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.Files;

/// <summary>Files that are there whole or not at all, for nobody else.</summary>
public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_is_replaced_whole_and_is_the_users_own()
    {
        var path = folder.Write("kept", "old and longer");
        using (var reader = File.OpenText(path))
        {
            WholeFile.Write(path, "new"u8);

            // Who has opened the old one reads it to its end.
            Assert.True(OperatingSystem.IsWindows() || reader.ReadToEnd() == "old and longer");
        }

        Assert.Equal("new", File.ReadAllText(path));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal(["kept"], Names());
    }

    [Fact]
    public void What_cannot_be_written_leaves_nothing_behind()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "kept", "within"));
        Assert.ThrowsAny<Exception>(() => WholeFile.Write(Path.Combine(folder.Path, "kept"), "new"u8));
        Assert.Empty(Names());
        Assert.Throws<DirectoryNotFoundException>(() => WholeFile.Write(Path.Combine(folder.Path, "none", "kept"), "new"u8));
    }

    private IEnumerable<string?> Names() => Directory.GetFiles(folder.Path).Select(Path.GetFileName);
}
