using System.Runtime;

namespace GraphGateway.Cli;

/// <summary>
/// Work that is done without looking for garbage: most of what composing makes lives until its end, so that to look is work for nothing. It
/// holds for a gigabyte (300 sources with 20,000 types need less), or a quarter of the memory that there is; after that garbage is looked for as ever.
/// </summary>
internal readonly struct CollectorPause : IDisposable
{
    private const long BytesMax = 1_000_000_000;

    /// <summary>Begins; where it is not possible nothing is changed.</summary>
    internal static CollectorPause Begin()
    {
        var bytes = Math.Min(BytesMax, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);
        if (bytes > 0 && GCSettings.LatencyMode != GCLatencyMode.NoGCRegion)
        {
            try
            {
                GC.TryStartNoGCRegion(bytes);
            }
            catch (ArgumentOutOfRangeException)
            {
                // More than this runtime can set aside at once.
            }
        }

        return default;
    }

    /// <summary>Ends it; it may have ended by itself.</summary>
    public void Dispose()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            GC.EndNoGCRegion();
        }
    }
}
