using System.Collections.Immutable;
using System.Runtime;
using GraphGateway.Composition;

namespace GraphGateway.Cli;

/// <summary>
/// Work that is done without looking for garbage: most of what composing makes lives until its end, so that to look is work for nothing. It
/// holds for as much as such sources usually need, a gigabyte at most (300 sources with 20,000 types need less), and a quarter of the memory that
/// there is; after that garbage is looked for as ever. Small sets need none. It is the process that pauses: of several commands at once in one process the first begins it, and whoever began it ends it.
/// </summary>
internal readonly struct CollectorPause : IDisposable
{
    private const long BytesMax = 1_000_000_000;

    // What is set aside is cleared by the system, used or not: a gigabyte takes it longer than a small set to compose.
    private const long BytesLeast = 24_000_000;
    private const long BytesForEachOfSources = 300;

    // 120 KB make 27 MB, for which the collector did not look once where it was measured. Its patience depends on the processor's cache.
    private const long TextLeast = 200_000;

    // With less in use than that, what garbage there is can stay: to look for it before the pause takes longer than to compose a small set.
    private const long InUseMax = 100_000_000;

    private readonly bool hasBegun;

    private CollectorPause(bool hasBegun) => this.hasBegun = hasBegun;

    /// <summary>Begins; where it is not possible nothing is changed.</summary>
    /// <param name="sources">What is composed.</param>
    internal static CollectorPause Begin(ImmutableArray<SourceInput> sources)
    {
        var read = sources.Sum(source => source.Documents.Sum(document => (long)document.Utf8.Length));
        if (read < TextLeast)
        {
            return default;
        }

        var bytes = Math.Min(Math.Min(BytesMax, BytesLeast + (BytesForEachOfSources * read)), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);
        try
        {
            return new CollectorPause(bytes > 0 && GCSettings.LatencyMode != GCLatencyMode.NoGCRegion && TryStart(bytes));
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or InvalidOperationException)
        {
            // More than this runtime can set aside at once; or another one has begun just now.
            return default;
        }
    }

    // What can be had without a collection is tried first.
    private static bool TryStart(long bytes) =>
        GC.GetTotalMemory(forceFullCollection: false) < InUseMax && GC.TryStartNoGCRegion(bytes, disallowFullBlockingGC: true)
        || GC.TryStartNoGCRegion(bytes);

    /// <summary>Ends it; it may have ended by itself.</summary>
    public void Dispose()
    {
        if (hasBegun && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            try
            {
                GC.EndNoGCRegion();
            }
            catch (InvalidOperationException)
            {
                // It ended by itself just now.
            }
        }
    }
}
