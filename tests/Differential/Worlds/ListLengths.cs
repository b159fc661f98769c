using System.Globalization;

namespace GraphGateway.Differential;

/// <summary>How many items a list has at least and at most: the field's own, or those of the pages that it gives.</summary>
internal readonly record struct ListLength(int Least, int Most, bool IsOfPages = false)
{
    public int Pick(ulong hash) => Least + (int)(hash % (ulong)(Most - Least + 1));
}

/// <summary>What is said of a list: the arguments that say how many are wanted (<c>first</c>, <c>in.p</c>), and how many there are where none of them does.</summary>
internal sealed record ListRule(IReadOnlyList<string> Slicing, int? Otherwise)
{
    /// <summary>It is said of the lists of pages that the field gives.</summary>
    public bool IsOfPages { get; init; }

    /// <summary>The largest of the arguments that are given, else what is said otherwise, else the default.</summary>
    public int Most(IReadOnlyDictionary<string, object?> arguments) =>
        Slicing.Select(path => Size(At(arguments, path.Split('.')))).Max() ?? Otherwise ?? ListLengths.Default;

    private static object? At(object? value, IEnumerable<string> path) =>
        path.Aggregate(value, (inside, name) => (inside as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(name));

    private static int? Size(object? value) => value switch
    {
        null => null,
        IEnumerable<object?> list => list.Count(),
        _ => Math.Max(0, Convert.ToInt32(value, CultureInfo.InvariantCulture)),
    };
}

/// <summary>How long the lists of a world are: never longer than its schemas say.</summary>
internal sealed class ListLengths
{
    /// <summary>Items where nothing is said.</summary>
    public const int Default = 3;

    /// <summary>A type whose objects have a list (<c>items</c>) as long as the field says that leads to them.</summary>
    public const string Page = "P0";

    private const int Sizes = 10;

    /// <summary>Lists are as long as they may be, and nothing is null.</summary>
    public bool IsExact { get; set; }

    /// <summary>What is said, by type and field; of a field that leads to pages what is said of their lists.</summary>
    public Dictionary<(string Type, string Field), ListRule> Rules { get; } = [];

    /// <summary>A list of which nothing is said.</summary>
    public ListLength Unsaid => UpTo(Default);

    /// <summary>The number of a page whose list has that length.</summary>
    public static int PageNumber(int number, int length) => (number * Sizes) + length;

    /// <summary>How long the list is that the field gives.</summary>
    public ListLength Of(WorldObject parent, WorldField field, IReadOnlyDictionary<string, object?> arguments) =>
        parent.TypeName == Page && field.ListDepth > 0 ? new ListLength(parent.Number % Sizes, parent.Number % Sizes)
        : Rules.TryGetValue((parent.TypeName, field.Name), out var rule) ? UpTo(rule.Most(arguments)) with { IsOfPages = rule.IsOfPages }
        : Unsaid;

    private ListLength UpTo(int most) => new(IsExact ? most : 0, most);
}
