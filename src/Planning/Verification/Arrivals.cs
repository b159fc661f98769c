using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>Some of the objects at a position, by the numbers of the fetches that brought them.</summary>
/// <param name="Numbers">Bits as in a set of types, which is small where there are few.</param>
internal readonly record struct Arrivals(TypeSet Numbers)
{
    public bool IsEmpty => Numbers.IsEmpty;

    public bool Contains(int number) => Numbers.Contains(number);

    public bool Overlaps(Arrivals other) => Numbers.Overlaps(other.Numbers);

    public bool IsWithin(Arrivals other) => Numbers.IsSubsetOf(other.Numbers);

    public Arrivals With(int number) => new(Numbers.With(number));

    public Arrivals Except(Arrivals other) => new(Numbers.Except(other.Numbers));

    public Arrivals Intersect(Arrivals other) => new(Numbers.Intersect(other.Numbers));
}
