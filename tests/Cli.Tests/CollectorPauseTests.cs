using System.Runtime;
using GraphGateway.Composition;
using GraphGateway.Language;
using Xunit;

namespace GraphGateway.Cli.Tests;

/// <summary>A pause is the whole process's: these run alone.</summary>
[CollectionDefinition(nameof(CollectorPauseTests), DisableParallelization = true)]
[Collection(nameof(CollectorPauseTests))]
public sealed class CollectorPauseTests
{
    [Fact]
    public void Whoever_began_it_ends_it()
    {
        using (CollectorPause.Begin([Source(200_000)]))
        {
            using (CollectorPause.Begin([Source(200_000)]))
            {
            }

            Assert.Equal(GCLatencyMode.NoGCRegion, GCSettings.LatencyMode);
        }

        Assert.NotEqual(GCLatencyMode.NoGCRegion, GCSettings.LatencyMode);
    }

    [Fact]
    public void Small_sets_begin_none()
    {
        using (CollectorPause.Begin([Source(100_000), Source(99_999)]))
        {
            Assert.NotEqual(GCLatencyMode.NoGCRegion, GCSettings.LatencyMode);
        }
    }

    // Only the length counts.
    private static SourceInput Source(int bytes) => new() { Name = "a", Documents = [new SourceText(new byte[bytes])] };
}
