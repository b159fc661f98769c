using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.TypeSystem;

namespace GraphGateway.Operations;

/// <summary>Which requirements of an operation a client does not meet.</summary>
/// <param name="Key">The same text for the same requirements; empty where all are met.</param>
/// <param name="Unmet">Their numbers.</param>
public sealed record AccessOutcome(string Key, ImmutableHashSet<int> Unmet)
{
    /// <summary>The client meets all of them.</summary>
    public static AccessOutcome Free { get; } = new("", []);

    /// <summary>True where the client may have all.</summary>
    public bool IsFree => Unmet.IsEmpty;

    /// <summary>The outcome with these unmet.</summary>
    /// <param name="unmet">Numbers in ascending order.</param>
    public static AccessOutcome Without(IReadOnlyCollection<int> unmet)
    {
        ArgumentNullException.ThrowIfNull(unmet);
        return unmet.Count == 0 ? Free : new AccessOutcome(string.Join(',', unmet.Select(number => number.ToString(CultureInfo.InvariantCulture))), [.. unmet]);
    }
}

/// <summary>A field that a client selects and may not see.</summary>
/// <param name="Field">The field, for the types of <see cref="NormalizedField.AppliesTo"/>.</param>
/// <param name="Path">The response keys on the way to it, its own included; lists leave no trace.</param>
public sealed record WithheldField(NormalizedField Field, ImmutableArray<string> Path);

/// <summary>
/// Marks in an operation what a client may not see (<see cref="NormalizedField.IsWithheld"/>): nothing fetches it, and it is null with an error. Where
/// only some types of object may not be seen, the field is two: one for those, one for the others.
/// </summary>
public sealed class AccessFilter
{
    private readonly AccessIndex index;
    private readonly Schema schema;
    private readonly AccessOutcome outcome;
    private readonly List<WithheldField> withheld = [];
    private readonly HashSet<int> required = [];
    private bool hasWithheldTypes;

    private AccessFilter(AccessIndex index, Schema schema, AccessOutcome outcome)
    {
        this.index = index;
        this.schema = schema;
        this.outcome = outcome;
    }

    /// <summary>The operation with everything marked that is withheld, and what that is; the same operation where nothing is.</summary>
    /// <param name="operation">The operation, normalised against <paramref name="schema"/>.</param>
    /// <param name="index">The index of its graph.</param>
    /// <param name="schema">The graph's public schema.</param>
    /// <param name="outcome">What the client does not meet.</param>
    public static (NormalizedOperation Operation, ImmutableArray<WithheldField> Withheld) Apply(
        NormalizedOperation operation, AccessIndex index, Schema schema, AccessOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.IsFree)
        {
            return (operation, []);
        }

        var filter = new AccessFilter(index, schema, outcome);
        var selections = filter.Filter(operation.SelectionSet, []);
        return filter.withheld.Count == 0 && !filter.hasWithheldTypes ? (operation, []) : (operation with { SelectionSet = selections }, [.. filter.withheld]);
    }

    private NormalizedSelectionSet Filter(NormalizedSelectionSet selections, ImmutableArray<string> path)
    {
        var fields = ImmutableArray.CreateBuilder<NormalizedField>(selections.Fields.Length);
        foreach (var field in selections.Fields)
        {
            var own = path.Add(field.ResponseKey);
            var unseen = Unseen(selections.Type, field);
            var seen = field.AppliesTo.Except(unseen);
            var isUnseen = !unseen.IsEmpty || (field.AppliesTo.IsEmpty && IsUnseen(selections.Type, field, null));
            if (!seen.IsEmpty || !isUnseen)
            {
                fields.Add(field with
                {
                    AppliesTo = seen,
                    SelectionSet = field.SelectionSet is { } below && field.Definition.DeclaringType is not null ? Filter(below, own) : field.SelectionSet,
                });
            }

            if (isUnseen)
            {
                var marked = field with
                {
                    AppliesTo = unseen,
                    IsWithheld = true,
                    SelectionSet = field.SelectionSet is null ? null : field.SelectionSet with { Fields = [] },
                };
                fields.Add(marked);
                withheld.Add(new WithheldField(marked, own));
            }
        }

        return selections with { Fields = fields.DrainToImmutable(), Withheld = selections.Type is ObjectType ? default : TypesUnseen(selections.Type) };
    }

    private TypeSet TypesUnseen(CompositeType position)
    {
        var unseen = default(TypeSet);
        foreach (var ordinal in position.PossibleTypes.Ordinals())
        {
            unseen = index.OfType(schema.ObjectTypes[ordinal].Name) is { } number && outcome.Unmet.Contains(number) ? unseen.With(ordinal) : unseen;
        }

        hasWithheldTypes |= !unseen.IsEmpty;
        return unseen;
    }

    private TypeSet Unseen(CompositeType position, NormalizedField field)
    {
        var unseen = default(TypeSet);
        foreach (var ordinal in field.AppliesTo.Ordinals())
        {
            unseen = IsUnseen(position, field, schema.ObjectTypes[ordinal]) ? unseen.With(ordinal) : unseen;
        }

        return unseen;
    }

    private bool IsUnseen(CompositeType position, NormalizedField field, ObjectType? type)
    {
        required.Clear();
        index.AddTo(position, type is null ? field.ParentType : field.SelectedOn(type.Ordinal), field.Definition, type, required);
        return outcome.Unmet.Overlaps(required);
    }
}
