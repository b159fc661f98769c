namespace GraphGateway.Language;

/// <summary>
/// A node of the syntax tree. Nodes are immutable and named after the grammar's productions
/// (<see href="https://spec.graphql.org/September2025/#sec-Appendix-Grammar-Summary">Spec, Appendix C</see>).
/// </summary>
/// <param name="start">Byte offset of the first byte.</param>
/// <param name="end">Byte offset after the last byte.</param>
public abstract class SyntaxNode(int start, int end)
{
    /// <summary>Byte offset of the node's first byte in its <see cref="SourceText"/>.</summary>
    public int Start { get; } = start;

    /// <summary>Byte offset after the node's last byte.</summary>
    public int End { get; } = end;
}

/// <summary>A name and the byte offset where it stands. Names are ASCII; equal names of one process are mostly one string instance.</summary>
public readonly record struct NameNode(string Value, int Start)
{
    /// <summary>Byte offset after the name.</summary>
    public int End => Start + Value.Length;

    /// <inheritdoc/>
    public override string ToString() => Value;
}
