using System.Globalization;

namespace GraphGateway.Gateway;

/// <summary>What became of the entities that one step of a request asked a source for.</summary>
/// <param name="source">The source.</param>
internal sealed class EntityReport(string source)
{
    /// <summary>How many there are.</summary>
    public int Count { get; set; }

    /// <summary>How many were known.</summary>
    public int Hits { get; set; }

    /// <summary>How many were known, though their time was over: somebody else was fetching them anew.</summary>
    public int Stale { get; set; }

    /// <summary>How many of those that were known came from the shared store.</summary>
    public int Shared { get; set; }

    /// <summary>Whether those that were fetched are kept, or why not; null where none was fetched, or none came.</summary>
    public string? Kept { get; set; }

    /// <summary>As clients read it.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"entities={Count}; source={source}; hit={Hits}; stale={Stale}; miss={Count - Hits - Stale}{(Shared == 0 ? "" : $"; shared={Shared}")}{(Kept is null ? "" : "; kept=")}{Kept}");
}
