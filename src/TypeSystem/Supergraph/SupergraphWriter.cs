namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// Writes a supergraph in the canonical form: one SDL document that a person can read and a diff can show. The same supergraph gives the
/// same text, byte for byte, and <see cref="SupergraphReader"/> reads it back without loss.
/// </summary>
public static class SupergraphWriter
{
    /// <summary>What the names of the form's own types and directives begin with: none of a graph's may.</summary>
    public const string ReservedPrefix = CanonicalDirectives.Prefix;

    /// <summary>The document, ending with a newline.</summary>
    public static string Write(Supergraph supergraph)
    {
        ArgumentNullException.ThrowIfNull(supergraph);
        return new CanonicalWriter(supergraph).Write();
    }
}
