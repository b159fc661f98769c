namespace GraphGateway.Differential;

/// <summary>Random choices from a seed.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random random = new(seed);

    public int Next(int below) => random.Next(below);

    public int Between(int low, int high) => random.Next(low, high + 1);

    /// <summary>True in that many of a hundred cases.</summary>
    public bool Percent(int chance) => random.Next(100) < chance;

    public T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    /// <summary>Null when there is none.</summary>
    public T? PickOrNull<T>(IReadOnlyList<T> items)
        where T : class => items.Count == 0 ? null : Pick(items);

    /// <summary>Some of the items in their order, at least one.</summary>
    public List<T> Some<T>(IReadOnlyList<T> items, int percent)
    {
        var some = items.Where(_ => Percent(percent)).ToList();
        return some.Count > 0 ? some : [Pick(items)];
    }
}
