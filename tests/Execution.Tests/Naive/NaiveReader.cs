using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Execution.Tests;

/// <summary>
/// Reads one value of a source's answer into one target. Nothing is filled while it reads: the fills are collected, so that an answer that
/// turns out to be malformed has left nothing behind.
/// </summary>
internal sealed class NaiveReader(Supergraph supergraph, FetchStep step, object response, List<Action> fills)
{
    public static string WrongType => "A source's value does not have an expected runtime type.";

    public static string WrongValue => "A source's value does not have the field's type.";

    /// <summary>Reads an object; the failure when it is none of the right kind.</summary>
    public NaiveFailed? ReadObject(FetchSelectionSet selection, NaiveObject target, JsonElement json, bool isNew = false)
    {
        if (!TryFindType(selection, target, json, isNew, out var type))
        {
            CheckWellFormed(json);
            return Failed(WrongType);
        }

        if (!isNew && target.Type is null && type is not null && supergraph.PublicSchema.FindType(type) is null)
        {
            fills.Add(() => target.Hidden = Inaccessible());
        }

        fills.Add(() => target.Type = type);
        foreach (var group in FieldsFor(selection, target.Shape, type).GroupBy(field => field.SourceKey))
        {
            var values = json.EnumerateObject().Where(member => member.Name == group.Key).ToList();
            if (values.Count > 1)
            {
                throw new MalformedException();
            }

            foreach (var field in group)
            {
                var value = values.Count == 0
                    ? Failed("A source's answer lacks the field.")
                    : ReadValue(field, field.SourceType, values[0].Value, target.Values.GetValueOrDefault(field.Target));
                fills.Add(() => Put(field, target, value));
            }
        }

        if (selection.TellsRuntimeType && json.EnumerateObject().Count(member => member.Name == "__typename") > 1)
        {
            throw new MalformedException();
        }

        return null;
    }

    /// <summary>Settles a field that gets no value: itself, or what would have been added to the objects that are there.</summary>
    public void Settle(FetchField field, NaiveObject target, NaiveValue value)
    {
        var there = target.Values.GetValueOrDefault(field.Target);
        if (field.Selection is null || there is not (NaiveReference or NaiveList))
        {
            target.Fill(field.Target, value);
            target.Gaps.Add((this, field, value));
            return;
        }

        target.Over.Add((field.Target, response));
        NoteOver(there);
        SettleBelow(field, there, value);
    }

    private void NoteOver(NaiveValue there)
    {
        foreach (var (index, item) in there is NaiveList list ? list.Items.Index() : [])
        {
            if (item is NaiveReference or NaiveList)
            {
                ((NaiveList)there).Over.Add((index, response));
                NoteOver(item);
            }
        }
    }

    private void SettleBelow(FetchField field, NaiveValue there, NaiveValue value)
    {
        foreach (var item in ObjectsOf(there))
        {
            foreach (var below in FieldsFor(field.Selection!, item.Shape, item.Type))
            {
                Settle(below, item, value);
            }
        }
    }

    /// <summary>The objects of a value, those in lists too.</summary>
    public static IEnumerable<NaiveObject> ObjectsOf(NaiveValue? value) => value switch
    {
        NaiveReference reference => [reference.Value],
        NaiveList list => list.Items.SelectMany(ObjectsOf),
        _ => [],
    };

    /// <summary>The fields of a fetch for an object of the type.</summary>
    public IEnumerable<FetchField> FieldsFor(FetchSelectionSet selection, ResultShape shape, string? type) =>
        selection.Fields.Where(field => type is null
            ? Untold(shape, field.Target).IsSubsetOf(field.AppliesTo)
            : field.AppliesTo.Contains((ObjectType)supergraph.FullSchema.FindType(type)!));

    // What clients see is asked of the objects that they see.
    private TypeSet Untold(ResultShape shape, ResultField field) => TypeSet.Of(((CompositeType)supergraph.FullSchema.FindType(shape.Type.Name)!).PossibleTypes.Ordinals().ToArray()
        .Select(type => supergraph.FullSchema.ObjectTypes[type]).Where(type => field.IsHidden || supergraph.PublicSchema.FindType(type.Name) is not null));

    public NaiveFailed Failed(string message) => new(new NaiveFailure(step.Id, message, "SUBREQUEST_MALFORMED_RESPONSE"), response);

    // Where objects are already, a source that has none there fails what it would have added.
    private void Put(FetchField field, NaiveObject target, NaiveValue value)
    {
        if (value is NaiveNull or NaiveFailed && target.Values.GetValueOrDefault(field.Target) is NaiveReference or NaiveList)
        {
            Settle(field, target, value is NaiveFailed ? value : Failed("A source's answer lacks the entity."));
        }
        else if (value is NaiveList added && target.Values.GetValueOrDefault(field.Target) is NaiveList there)
        {
            PutItems(field, there, added);
        }
        else
        {
            var before = target.Values.GetValueOrDefault(field.Target);
            target.Fill(field.Target, value);
            SettleGaps(field, target, value, before);
        }
    }

    // Who gave no object where another one does now tells why in what it would have added.
    private void SettleGaps(FetchField field, NaiveObject target, NaiveValue value, NaiveValue? before)
    {
        if (value is NaiveNull or NaiveFailed)
        {
            target.Gaps.Add((this, field, value is NaiveNull ? new NaiveNull(response) : value));
        }
        else if (target.Values[field.Target] is NaiveReference or NaiveList)
        {
            foreach (var gap in target.Gaps.Where(gap => gap.Field.Target == field.Target && gap.Field.Selection is not null).ToList())
            {
                target.Gaps.Remove(gap);
                gap.Reader.Settle(gap.Field, target, gap.Reader.ReasonOf(gap.Value, before));
            }
        }
    }

    private NaiveValue ReasonOf(NaiveValue gap, NaiveValue? before) => (gap, before) switch
    {
        (_, NaiveFailed failed) when failed.From is not null && failed.From == response => failed,
        (_, NaiveNull { Error: { } error } isNull) when isNull.From is not null && isNull.From == response => new NaiveFailed(error, response),
        (NaiveNull { From: not null, IsNoEntity: false }, _) => Failed("A source's answer lacks the entity."),
        _ => gap,
    };

    // A list that is there is filled item by item, as far as both go.
    private void PutItems(FetchField field, NaiveList there, NaiveList added)
    {
        for (var i = 0; i < Math.Min(there.Items.Count, added.Items.Count); i++)
        {
            var (old, value) = (there.Items[i], added.Items[i]);
            if (old is NaiveList oldList && value is NaiveList list)
            {
                PutItems(field, oldList, list);
            }
            else if (value is NaiveNull or NaiveFailed && old is NaiveReference or NaiveList)
            {
                there.Over.Add((i, response));
                NoteOver(old);
                SettleBelow(field, old, value is NaiveFailed ? value : Failed("A source's answer lacks the entity."));
            }
            else if (NaiveObject.GivesWay(old, value))
            {
                there.Items[i] = value;
                if (old is NaiveNull or NaiveFailed && value is NaiveReference or NaiveList)
                {
                    there.From.Reader.SettleBelow(there.From.Field, value, there.From.Reader.ReasonOf(old, old));
                }
            }
        }
    }

    private static void CheckWellFormed(JsonElement json) => json.GetRawText();

    private bool TryFindType(FetchSelectionSet selection, NaiveObject target, JsonElement json, bool isNew, out string? type)
    {
        type = selection.FixedType?.Name;
        if (selection.TellsRuntimeType)
        {
            var told = json.EnumerateObject().Where(member => member.Name == "__typename").Select(member => member.Value).ToList();
            if (told.Count == 0 || told[0].ValueKind != JsonValueKind.String || supergraph.FullSchema.FindType(told[0].GetString()!) is not ObjectType)
            {
                return false;
            }

            type = told[0].GetString();
        }

        type ??= target.Type ?? (target.Shape.Type as ObjectType)?.Name;
        return target.Type is null ? type is null || IsPossible(target.Shape.Type, type) || IsPossible(Full(target.Shape.Type), type) : type == target.Type;
    }

    private CompositeType Full(CompositeType position) => (CompositeType)supergraph.FullSchema.FindType(position.Name)!;

    private bool IsPossible(CompositeType position, string type)
    {
        var schema = ReferenceEquals(supergraph.PublicSchema.FindType(position.Name), position) ? supergraph.PublicSchema : supergraph.FullSchema;
        return schema.FindType(type) is ObjectType found && position.PossibleTypes.Contains(found);
    }

    private NaiveValue ReadValue(FetchField field, TypeNode type, JsonElement json, NaiveValue? existing)
    {
        if (type is NonNullTypeNode nonNull)
        {
            return ReadValue(field, nonNull.Type, json, existing);
        }

        if (json.ValueKind == JsonValueKind.Null)
        {
            return new NaiveNull(response);
        }

        if (type is ListTypeNode list)
        {
            return json.ValueKind != JsonValueKind.Array
                ? Failed(WrongValue)
                : new NaiveList([.. json.EnumerateArray().Select((item, index) =>
                    ReadValue(field, list.Type, item, (existing as NaiveList)?.Items.ElementAtOrDefault(index)))]) { From = (this, field) };
        }

        if (field.Selection is null)
        {
            return ReadLeaf(field, json);
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return Failed(WrongValue);
        }

        var old = (existing as NaiveReference)?.Value;
        var target = old ?? new NaiveObject(field.Target.Shape!, null);
        return ReadObject(field.Selection, target, json, isNew: old is null) is { } failed
            ? failed
            : new NaiveReference(target) { WhenHidden = Inaccessible() };
    }

    private NaiveFailure Inaccessible() => new(step.Id, "The object is of a type that is not for clients.", "INACCESSIBLE");

    private NaiveValue ReadLeaf(FetchField field, JsonElement json)
    {
        var raw = json.GetRawText();
        var name = field.Target.Definition.Type.Named.Name;
        var type = (field.Target.IsHidden ? supergraph.FullSchema : supergraph.PublicSchema).FindType(name);
        var isWhole = json.ValueKind == JsonValueKind.Number && !raw.AsSpan().ContainsAny('.', 'e', 'E');
        var fits = type switch
        {
            EnumType values => json.ValueKind == JsonValueKind.String && values.FindValue(json.GetString()!) is not null,
            _ => name switch
            {
                "Int" => isWhole && json.TryGetInt32(out _),
                "Float" => json.ValueKind == JsonValueKind.Number,
                "String" => json.ValueKind == JsonValueKind.String,
                "Boolean" => json.ValueKind is JsonValueKind.True or JsonValueKind.False,
                "ID" => json.ValueKind == JsonValueKind.String || isWhole,
                _ => true,
            },
        };
        if (!fits && type is EnumType && json.ValueKind == JsonValueKind.String && (supergraph.FullSchema.FindType(name) as EnumType)?.FindValue(json.GetString()!) is not null)
        {
            return new NaiveFailed(new NaiveFailure(step.Id, "The value is not for clients.", "INACCESSIBLE"), response);
        }

        return fits ? new NaiveLeaf(name == "ID" && isWhole ? $"\"{raw}\"" : raw, raw) : Failed(WrongValue);
    }
}
