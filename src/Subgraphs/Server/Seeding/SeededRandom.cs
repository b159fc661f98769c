namespace GraphGateway.Subgraphs.Server.Seeding;

/// <summary>
/// A small generator whose numbers are the same on every machine and runtime: SplitMix64
/// (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). Not for secrets.
/// </summary>
public sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next number of at least <paramref name="min"/> and below <paramref name="max"/>.</summary>
    public int Next(int min, int max) => min + (int)(NextBits() % (ulong)(max - min));

    /// <summary>True in <paramref name="percent"/> of a hundred calls.</summary>
    public bool Chance(int percent) => Next(0, 100) < percent;

    /// <summary>One of the choices, each as likely as the others.</summary>
    public T Pick<T>(ReadOnlySpan<T> choices) => choices[Next(0, choices.Length)];

    private ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
