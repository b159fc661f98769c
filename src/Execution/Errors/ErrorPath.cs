namespace GraphGateway.Execution;

/// <summary>The path of a place in the answer while it is walked. PERF: an array, and objects for indices, are made of it only where an error is told.</summary>
internal sealed class ErrorPath
{
    private readonly List<(string? Key, int Index)> segments = [];

    /// <summary>The path of the answer itself.</summary>
    public ErrorPath()
    {
    }

    /// <summary>The path of a root field.</summary>
    public ErrorPath(string key) => Add(key);

    /// <summary>How many segments it has.</summary>
    public int Length => segments.Count;

    /// <summary>Goes to a field.</summary>
    public void Add(string key) => segments.Add((key, 0));

    /// <summary>Goes to an item of a list.</summary>
    public void Add(int index) => segments.Add((null, index));

    /// <summary>Goes along a path.</summary>
    public void Add(ReadOnlySpan<object> path)
    {
        foreach (var segment in path)
        {
            segments.Add(segment is string key ? (key, 0) : (null, (int)segment));
        }
    }

    /// <summary>Goes back to where the path had so many segments.</summary>
    public void CutTo(int length) => segments.RemoveRange(length, segments.Count - length);

    /// <summary>Strings and ints.</summary>
    public object[] ToArray() => [.. segments.Select(static segment => segment.Key ?? (object)segment.Index)];
}
