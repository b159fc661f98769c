using System.Runtime;
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
        using (CollectorPause.Begin([]))
        {
            using (CollectorPause.Begin([]))
            {
            }

            Assert.Equal(GCLatencyMode.NoGCRegion, GCSettings.LatencyMode);
        }

        Assert.NotEqual(GCLatencyMode.NoGCRegion, GCSettings.LatencyMode);
    }
}
