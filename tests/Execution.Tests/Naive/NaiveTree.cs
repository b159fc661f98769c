using System.Text.Json.Nodes;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;

namespace GraphGateway.Execution.Tests;

/// <summary>An object of the answer while it is put together. Nothing is shared: each place has an object of its own.</summary>
internal sealed class NaiveObject(ResultShape shape, string? type)
{
    public ResultShape Shape { get; } = shape;

    public string? Type { get; set; } = type;

    /// <summary>What clients are told in the place of the object where a step has told that its type is not for them.</summary>
    public NaiveFailure? Hidden { get; set; }

    public Dictionary<ResultField, NaiveValue> Values { get; } = [];

    /// <summary>The steps that gave no object for a field, as long as no other had given one: as who they read it, and what they have instead.</summary>
    public List<(NaiveReader Reader, FetchField Field, NaiveValue Value)> Gaps { get; } = [];

    /// <summary>The fields at which others had given objects when these responses gave none.</summary>
    public HashSet<(ResultField Field, object Response)> Over { get; } = [];

    /// <summary>The fields that failed with what they require: what the source says of them does not count.</summary>
    public HashSet<ResultField> Settled { get; } = [];

    /// <summary>What is there stays, unless it is a failure, or a null that a value can replace.</summary>
    public void Fill(ResultField field, NaiveValue value)
    {
        if (!Settled.Contains(field) && GivesWay(Values.GetValueOrDefault(field), value))
        {
            Values[field] = value;
        }
    }

    public static bool GivesWay(NaiveValue? old, NaiveValue value) =>
        old is null or NaiveFailed || (old is NaiveNull && value is not (NaiveNull or NaiveFailed));
}

internal abstract class NaiveValue;

/// <summary>A leaf: its JSON as it is written, and as sources get it back.</summary>
internal sealed class NaiveLeaf(string json, string raw) : NaiveValue
{
    public string Json { get; } = json;

    public string Raw { get; } = raw;
}

internal sealed class NaiveNull(object? from) : NaiveValue
{
    public object? From { get; } = from;

    /// <summary>True when a source has no such entity.</summary>
    public bool IsNoEntity { get; init; }

    /// <summary>True when an error for it stands in the list already.</summary>
    public bool IsErrored => Error is not null;

    /// <summary>The error that stands in the list; null when there is none.</summary>
    public NaiveFailure? Error { get; init; }
}

internal sealed class NaiveFailed(NaiveFailure failure, object? from) : NaiveValue
{
    public NaiveFailure Failure { get; } = failure;

    public object? From { get; } = from;
}

internal sealed class NaiveReference(NaiveObject value) : NaiveValue
{
    public NaiveObject Value { get; } = value;

    /// <summary>The error where clients must not see the object's type.</summary>
    public NaiveFailure? WhenHidden { get; init; }
}

internal sealed class NaiveList(List<NaiveValue> items) : NaiveValue
{
    /// <summary>Who read it first, and as what.</summary>
    public required (NaiveReader Reader, FetchField Field) From { get; init; }

    public List<NaiveValue> Items { get; } = items;

    /// <summary>The items at which others had given objects when these responses gave none.</summary>
    public HashSet<(int Index, object Response)> Over { get; } = [];
}

/// <summary>Why something has no value: the error's message and code, and the step that it comes from.</summary>
internal sealed record NaiveFailure(int Step, string Message, string Code, string? MessageJson = null, string? ExtensionsJson = null);

/// <summary>The errors of an answer, each with the number of its step.</summary>
internal sealed class NaiveErrorList
{
    /// <summary>Those that are told, the open ones included.</summary>
    public List<(int Step, JsonObject Error)> Told { get; } = [];

    /// <summary>Those of sources that are in a null: told where there is none by another source's value in the end; with the path of the null.</summary>
    public List<(JsonObject Error, List<object> NullAt)> Open { get; } = [];

    /// <summary>All sources have answered.</summary>
    public void SettleOpen(Schema schema, NaiveObject root)
    {
        foreach (var (error, _) in Open.Where(open => HasValue(schema, root, open.NullAt)))
        {
            Told.RemoveAll(told => told.Error == error);
        }
    }

    private static bool HasValue(Schema schema, NaiveObject root, List<object> path)
    {
        NaiveValue? value = new NaiveReference(root);
        foreach (var segment in path)
        {
            value = (value, segment) switch
            {
                (NaiveReference reference, string key) => reference.Value.Values.FirstOrDefault(field => IsAt(schema, field.Key, reference.Value, key)).Value,
                (NaiveList list, int index) when index < list.Items.Count => list.Items[index],
                _ => null,
            };
        }

        return value is NaiveReference or NaiveList;
    }

    private static bool IsAt(Schema schema, ResultField field, NaiveObject target, string key) =>
        !field.IsHidden && field.Key == key && (target.Type is null || field.AppliesTo.Contains((ObjectType)schema.FindType(target.Type)!));
}

/// <summary>The answer of a source cannot be used at all.</summary>
internal sealed class MalformedException : Exception;
