using System.Collections.Immutable;

namespace GraphGateway.Composition;

/// <summary>Collects changes while two schemas are compared.</summary>
internal sealed class ChangeList(SchemaComparisonOptions options)
{
    private readonly List<SchemaChange> changes = [];
    private readonly int[] counts = new int[Enum.GetValues<ChangeSeverity>().Length];

    /// <summary>How many more there are of a severity than were collected.</summary>
    internal int More(ChangeSeverity severity) => Math.Max(0, counts[(int)severity] - options.Most);

    internal void Breaking(ChangeCode code, string coordinate, string message) => Add(code, ChangeSeverity.Breaking, coordinate, message);

    internal void Dangerous(ChangeCode code, string coordinate, string message) => Add(code, ChangeSeverity.Dangerous, coordinate, message);

    internal void Safe(ChangeCode code, string coordinate, string message) => Add(code, ChangeSeverity.Safe, coordinate, message);

    /// <summary>Something is gone, which its users may have been told of.</summary>
    internal void Removed(ChangeCode code, string coordinate, string message, string? deprecationReason)
    {
        var severity = deprecationReason is not null && options.AllowRemovalOfDeprecated ? ChangeSeverity.Dangerous : ChangeSeverity.Breaking;
        var told = deprecationReason is null ? "" : $" It was deprecated: {deprecationReason}";
        Add(code, severity, coordinate, message + told);
    }

    internal void Deprecation(string coordinate, string? old, string? now)
    {
        if (old is null && now is not null)
        {
            Safe(ChangeCode.DeprecationAdded, coordinate, $"{coordinate} is now deprecated: {now}");
        }
        else if (old is not null && now is null)
        {
            Safe(ChangeCode.DeprecationRemoved, coordinate, $"{coordinate} is no longer deprecated.");
        }
        else if (old != now)
        {
            Safe(ChangeCode.DeprecationReasonChange, coordinate, $"{coordinate} is deprecated for another reason: {now}");
        }
    }

    internal void Description(string coordinate, string? old, string? now)
    {
        if (old != now)
        {
            Safe(ChangeCode.DescriptionChange, coordinate, $"{coordinate} has another description.");
        }
    }

    private void Add(ChangeCode code, ChangeSeverity severity, string coordinate, string message)
    {
        if (counts[(int)severity]++ < options.Most)
        {
            changes.Add(new SchemaChange(code, severity, coordinate, Words.Shortened(message)));
        }
    }

    internal ImmutableArray<SchemaChange> Sorted() =>
    [
        .. changes
            .OrderBy(change => change.Severity)
            .ThenBy(change => change.Coordinate, StringComparer.Ordinal)
            .ThenBy(change => change.Code)
            .ThenBy(change => change.Message, StringComparer.Ordinal),
    ];
}
