using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>After how many more fetches a leaf without arguments can be had of an object that a source gave.</summary>
/// <param name="reachability">What can be reached.</param>
/// <param name="type">The object's type.</param>
/// <param name="name">The leaf.</param>
internal sealed class LeafWays(Reachability reachability, GraphType type, string name)
{
    // By source, and one more: 0 where nobody has asked yet.
    private readonly int[] distances = new int[type.BySource.Length];

    /// <summary>0 where the source gives it along with the object; <see cref="Closure.Never"/> where nobody can give it.</summary>
    public int From(SourceSchema source)
    {
        ref var known = ref distances[source.Ordinal];
        if (known == 0)
        {
            known = Find(source) is var distance and not Closure.Never ? distance + 1 : Closure.Never;
        }

        return known == Closure.Never ? Closure.Never : known - 1;
    }

    private int Find(SourceSchema source)
    {
        if (type.BySource[source.Ordinal] is not { } at)
        {
            return Closure.Never;
        }

        if (at.Fields.TryGetValue(name, out var own) && own.Needs is null && own.IsServed([], view: null))
        {
            return 0;
        }

        var closure = reachability.From(at);
        var nearest = Closure.Never;
        foreach (var other in type.SourcesWith(name))
        {
            nearest = Math.Min(nearest, reachability.DepthOfField(type, type.BySource[other]!.Fields[name], [], closure));
        }

        return nearest;
    }
}

/// <summary>Two lists of the very same leaves, in one order.</summary>
internal sealed class SameLeaves : IEqualityComparer<List<LeafWays>>
{
    /// <inheritdoc/>
    public bool Equals(List<LeafWays>? x, List<LeafWays>? y) => CollectionsMarshal.AsSpan(x).SequenceEqual(CollectionsMarshal.AsSpan(y));

    /// <inheritdoc/>
    public int GetHashCode(List<LeafWays> obj)
    {
        var hash = default(HashCode);
        foreach (var leaf in obj)
        {
            hash.Add(RuntimeHelpers.GetHashCode(leaf));
        }

        return hash.ToHashCode();
    }
}
