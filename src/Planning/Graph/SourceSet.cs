using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>A set of sources, by ordinal; the default is empty. The bits are kept as a <see cref="TypeSet"/> keeps its own.</summary>
internal readonly record struct SourceSet
{
    private readonly TypeSet bits;

    internal SourceSet(TypeSet bits)
    {
        this.bits = bits;
    }

    public bool IsEmpty => bits.IsEmpty;

    public bool Contains(SourceSchema source) => bits.Contains(source.Ordinal);

    public SourceSet With(SourceSchema source) => new(bits.With(source.Ordinal));

    public SourceSet Union(SourceSet other) => new(bits.Union(other.bits));

    public SourceSet Intersect(SourceSet other) => new(bits.Intersect(other.bits));
}
