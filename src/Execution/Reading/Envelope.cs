namespace GraphGateway.Execution;

/// <summary>What one response holds besides its data.</summary>
internal sealed class Envelope
{
    private List<(int First, int Count)>? nullLists;

    /// <summary>The position that it answers in a batch of variables or requests, otherwise the call's first one; -1 while unknown, and for all of them.</summary>
    public int Position { get; set; }

    public bool IsDataRead { get; set; }

    public bool IsDataNull { get; set; }

    /// <summary>Lists of entities that were null as a whole: the first position, and how many.</summary>
    public List<(int First, int Count)> NullLists => nullLists ??= [];

    /// <summary>True where data, or a list of entities, is null.</summary>
    public bool IsNullAnywhere => IsDataNull || nullLists is not null;

    /// <summary>True where the position is null because all around it is.</summary>
    public bool IsNullAsAWhole(int position) =>
        IsDataNull || (nullLists?.Exists(list => position >= list.First && position < list.First + list.Count) ?? false);

    public SourceError[] Errors { get; set; } = [];

    /// <summary>How many errors there are besides those: too many to be read.</summary>
    public int UnreadErrors { get; set; }
}
