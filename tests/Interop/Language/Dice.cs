namespace GraphGateway.Interop.Language;

/// <summary>Seeded chances. A mistake is a chance that is nought in a document that is to be valid.</summary>
internal sealed class Dice(int seed, double mistakeRate)
{
#pragma warning disable CA5394 // Random input for tests, the same for the same seed.
    private readonly Random random = new(seed);

    public int Next(int exclusive) => random.Next(exclusive);

    public int Between(int low, int high) => random.Next(low, high + 1);

    public bool Chance(double probability) => random.NextDouble() < probability;

    /// <summary>True when something is to be wrong here.</summary>
    /// <param name="weight">How much more often than elsewhere, for mistakes that few places allow.</param>
    public bool Errs(double weight = 1) => mistakeRate > 0 && random.NextDouble() < mistakeRate * weight;

    public T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    /// <summary>A name as somebody mistypes it: a letter more, less, changed or in another case.</summary>
    public string Mistype(string name)
    {
        var at = random.Next(name.Length);
        return random.Next(5) switch
        {
            0 => name.Insert(at, "x"),
            1 when name.Length > 1 && at > 0 => name.Remove(at, 1),
            2 => name[..at] + "z" + name[(at + 1)..],
            3 => name.Any(char.IsAsciiLetterLower) ? name.ToUpperInvariant() : name.ToLowerInvariant(),
            _ => name + (char)('a' + random.Next(26)),
        };
    }
#pragma warning restore CA5394
}
