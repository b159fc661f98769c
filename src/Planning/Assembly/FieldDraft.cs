using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>A field of a fetch before its key in the source's answer is settled.</summary>
/// <param name="entry">What is asked.</param>
/// <param name="types">The runtime types of this draft: an entry whose types differ by wrappers in the source becomes several.</param>
/// <param name="typeText">The field's type in the source for these types.</param>
/// <param name="sourceField">The field for one of these types.</param>
/// <param name="conditions">The type conditions that it is written under; empty: it is written without one.</param>
internal sealed class FieldDraft(
    SelectionEntry entry, TypeSet types, string typeText, FieldAtSource sourceField, ImmutableArray<string> conditions)
{
    private string? shape;

    public SelectionEntry Entry { get; } = entry;

    public TypeSet Types { get; } = types;

    public string TypeText { get; } = typeText;

    public FieldAtSource SourceField { get; } = sourceField;

    public ImmutableArray<string> Conditions { get; } = conditions;

    public string SourceKey { get; set; } = "";

    /// <summary>True where another one has the same key.</summary>
    public bool SharesKey { get; set; }

    /// <summary>All that stand in the document as one, this one among them: several slots read it, each for its own types. Null for one that stands by itself.</summary>
    public List<FieldDraft>? Joint { get; init; }

    /// <summary>The runtime types that are asked where it is written.</summary>
    public TypeSet WrittenTypes => Joint is null ? Types : Joint.Aggregate(default(TypeSet), static (all, part) => all.Union(part.Types));

    /// <summary>The field and its arguments as written, without alias.</summary>
    public required string CallText { get; init; }

    /// <summary>The drafts below; null for a leaf.</summary>
    public SelectionDraft? Below { get; init; }

    /// <summary>
    /// What the field's value looks like, all the way down: its lists and nulls, for a leaf its type, otherwise the fields below with the keys that are settled there.
    /// </summary>
    public string Shape => shape ??= Below is null ? TypeText : $"{ResponseShapes.Wrappers(TypeText)}{{{string.Join(' ', Below.Fields.Select(static part => $"{part.SourceKey}:{part.Shape}"))}}}";

    /// <summary>True for the very same: of objects whose types are not told it is asked for several slots (<see cref="SlotParts"/>).</summary>
    public bool IsSame(FieldDraft other) => Types == other.Types && CallText == other.CallText && TypeText == other.TypeText && Conditions.SequenceEqual(other.Conditions)
        && (Below is { } below
            ? other.Below is { } rival && below.TellsRuntimeType == rival.TellsRuntimeType && below.Fields.Length == rival.Fields.Length
                && below.Fields.Zip(rival.Fields).All(static pair => pair.First.SourceKey == pair.Second.SourceKey && pair.First.IsSame(pair.Second))
            : other.Below is null);

    /// <summary>True where both are written by the same text, for whatever types.</summary>
    public bool IsWrittenAs(FieldDraft other) => SourceKey == other.SourceKey && CallText == other.CallText && Conditions.SequenceEqual(other.Conditions)
        && (Below is null ? other.Below is null : other.Below is { } rival && Below.IsWrittenAs(rival));
}

/// <summary>A selection set of a fetch with its keys settled.</summary>
internal sealed class SelectionDraft(Presence presence, bool tellsRuntimeType, ObjectType? fixedType, ImmutableArray<FieldDraft> fields)
{
    public Presence Presence { get; } = presence;

    public bool TellsRuntimeType { get; } = tellsRuntimeType;

    public ObjectType? FixedType { get; } = fixedType;

    public ImmutableArray<FieldDraft> Fields { get; } = fields;

    /// <summary>Fields of one document at most. What objects of different types are asked for stands below each type, and at each level of such fields as many times more.</summary>
    public const int MostWritten = 100_000;

    /// <summary>What is refused, in words.</summary>
    public const string Bound = "a document of more than 100,000 fields to one source.";

    /// <summary>How many fields are written, with all below them; where there are more, 2 to the power of 31.</summary>
    public long Written { get; } = fields.Aggregate(0L, static (all, field) => Math.Min(int.MaxValue, all + (Math.Max(1, field.Conditions.Length) * (1 + (field.Below?.Written ?? 0)))));

    /// <summary>True where both are written by the same text.</summary>
    public bool IsWrittenAs(SelectionDraft other)
    {
        if (TellsRuntimeType != other.TellsRuntimeType)
        {
            return false;
        }

        var (i, j) = (NextWritten(0), other.NextWritten(0));
        for (; i < Fields.Length && j < other.Fields.Length; (i, j) = (NextWritten(i + 1), other.NextWritten(j + 1)))
        {
            if (!Fields[i].IsWrittenAs(other.Fields[j]))
            {
                return false;
            }
        }

        return i == Fields.Length && j == other.Fields.Length;
    }

    // Of those that stand as one the first.
    private int NextWritten(int index)
    {
        while (index < Fields.Length && Fields[index].Joint is { } joint && joint[0] != Fields[index])
        {
            index++;
        }

        return index;
    }

    /// <summary>How the answer is read.</summary>
    public FetchSelectionSet ToSelectionSet(StepInputs inputs) => new()
    {
        TellsRuntimeType = TellsRuntimeType,
        FixedType = FixedType,
        Fields = ToFields(inputs),
    };

    private ImmutableArray<FetchField> ToFields(StepInputs inputs)
    {
        var fields = new FetchField[Fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            var field = Fields[i];
            fields[i] = new FetchField
            {
                SourceKey = field.SourceKey,
                AppliesTo = field.Types,
                Target = field.Entry.Target,
                SourceType = field.SourceField.Definition.Type,
                Selection = field.Below?.ToSelectionSet(inputs),
                Requires = field.SourceField.Needs is { } needs ? [.. inputs.NamesOf(needs)] : [],
            };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(fields);
    }

    /// <summary>Writes the selection set with its braces: fields without a condition first, then one inline fragment for each type.</summary>
    public void Write(TextPieces text, StepInputs inputs)
    {
        text.Append("{");
        // A selection set cannot be empty, and __typename is what every type has.
        if (TellsRuntimeType || Fields.IsEmpty)
        {
            text.Append(" __typename");
        }

        OrderedDictionary<string, List<int>>? conditional = null;
        for (var i = 0; i < Fields.Length; i++)
        {
            if (Fields[i].Conditions.IsEmpty && !IsWritten(i))
            {
                Write(Fields[i], text, inputs);
            }

            foreach (var condition in Fields[i].Conditions)
            {
                conditional ??= new(StringComparer.Ordinal);
                if (!conditional.TryGetValue(condition, out var under))
                {
                    conditional.Add(condition, under = []);
                }

                under.Add(i);
            }
        }

        foreach (var (condition, fields) in conditional ?? [])
        {
            text.Append(" ... on ").Append(condition).Append(" {");
            foreach (var i in fields)
            {
                if (!IsWritten(i, fields))
                {
                    Write(Fields[i], text, inputs);
                }
            }

            text.Append(" }");
        }

        text.Append(" }");
    }

    // What two slots read stands once at a place.
    private bool IsWritten(int index)
    {
        for (var i = 0; i < index && Fields[index].SharesKey; i++)
        {
            if (Fields[i].SourceKey == Fields[index].SourceKey && Fields[i].Conditions.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsWritten(int index, List<int> under)
    {
        for (var i = 0; under[i] < index && Fields[index].SharesKey; i++)
        {
            if (Fields[under[i]].SourceKey == Fields[index].SourceKey)
            {
                return true;
            }
        }

        return false;
    }

    private static void Write(FieldDraft field, TextPieces text, StepInputs inputs)
    {
        text.Append(" ");
        var name = field.SourceField.Name;
        if (field.SourceKey != name)
        {
            text.Append(field.SourceKey).Append(": ");
        }

        text.Append(name);
        if (!field.Entry.Target.Arguments.IsEmpty || field.SourceField.Needs is not null)
        {
            text.AppendArguments(field.Entry.Target.Arguments, inputs.ArgumentsOf(field.SourceField.Needs));
        }

        if (field.Below is { } below)
        {
            text.Append(" ");
            below.Write(text, inputs);
        }
    }
}
