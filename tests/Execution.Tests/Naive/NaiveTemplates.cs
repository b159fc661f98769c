using System.Text.Json.Nodes;
using GraphGateway.Planning;

namespace GraphGateway.Execution.Tests;

/// <summary>What a template came to: a value, a null, nothing since a part of a key is null, or a null where the source takes none.</summary>
internal enum NaiveResult
{
    Value,
    Null,
    NoValue,
    Unfit,
}

/// <summary>Evaluates templates for one target, as the comments of the plan's data model say. Values are the JSON that sources gave, as they wrote it.</summary>
internal sealed class NaiveTemplates(FetchStep step)
{
    private int depth;

    /// <summary>Why a value is null: the last failure that was met.</summary>
    public NaiveFailure? Failure { get; set; }

    /// <summary>True when a value is null because a source has no such entity.</summary>
    public bool IsNoEntity { get; set; }

    /// <summary>The inputs, or entries of the representation, that failures made null or kept from fitting.</summary>
    public List<(string Name, NaiveFailure Failure)> Failed { get; } = [];

    public static NaiveFailure Unfit(FetchStep step, string message) => new(step.Id, message, "NON_NULL_VIOLATION");

    public NaiveResult Evaluate(ValueTemplate template, NaiveObject target, out string? value)
    {
        switch (template)
        {
            case LeafTemplate leaf:
                return Slot(target.Values.GetValueOrDefault(leaf.Field), leaf.NonNullItems, null, 0, out value);
            case CompositeTemplate composite:
                return Slot(target.Values.GetValueOrDefault(composite.Field), composite.NonNullItems, composite.Inner, 0, out value);
            case TypenameTemplate typename:
                IsNoEntity |= typename.FixedName is null && target.Type is null;
                value = (typename.FixedName ?? target.Type) is { } name ? $"\"{name}\"" : null;
                return value is null ? NaiveResult.NoValue : NaiveResult.Value;
            case ObjectTemplate @object:
                return Object(@object, target, out value);
            default:
                throw new NotSupportedException($"No test needs {template}.");
        }
    }

    private NaiveResult Slot(NaiveValue? slot, int nonNullItems, ValueTemplate? inner, int level, out string? value)
    {
        value = null;
        switch (slot)
        {
            case NaiveLeaf leaf:
                value = leaf.Raw;
                return HasNull(JsonNode.Parse(value), nonNullItems, level) ? NaiveResult.Unfit : NaiveResult.Value;
            case NaiveReference reference:
                return Evaluate(inner!, reference.Value, out value);
            case NaiveList list:
                return List(list, nonNullItems, inner, level, out value);
            case NaiveFailed failed:
                Failure = failed.Failure;
                break;
            case NaiveNull isNull:
                Failure = isNull.Error ?? Failure;
                IsNoEntity |= isNull.IsNoEntity && !isNull.IsErrored;
                break;
        }

        return NaiveResult.Null;
    }

    private static bool HasNull(JsonNode? value, int nonNullItems, int level) => value is JsonArray items
        && items.Any(item => (item is null && (nonNullItems >> level & 1) != 0) || HasNull(item, nonNullItems, level + 1));

    private NaiveResult List(NaiveList list, int nonNullItems, ValueTemplate? inner, int level, out string? value)
    {
        var items = new List<string>();
        value = null;
        foreach (var item in list.Items)
        {
            var result = Slot(item, nonNullItems, inner, level + 1, out var one);
            if (result == NaiveResult.Unfit || (result != NaiveResult.Value && (nonNullItems >> level & 1) != 0))
            {
                return NaiveResult.Unfit;
            }

            items.Add(result == NaiveResult.Value ? one! : "null");
        }

        value = $"[{string.Join(',', items)}]";
        return NaiveResult.Value;
    }

    private NaiveResult Object(ObjectTemplate template, NaiveObject target, out string? value)
    {
        var written = new List<string>();
        value = null;
        foreach (var entry in template.Entries)
        {
            var result = Entry(entry, target, out var one);
            if (result != NaiveResult.Value && entry.IsKey)
            {
                return NaiveResult.NoValue;
            }

            if (result == NaiveResult.Unfit && entry.WhenUnfit is null)
            {
                return NaiveResult.Unfit;
            }

            if (result != NaiveResult.Unfit)
            {
                written.Add($"\"{entry.Name}\":{(result == NaiveResult.Value ? one : "null")}");
            }
        }

        value = $"{{{string.Join(',', written)}}}";
        return NaiveResult.Value;
    }

    // Only what is on the target itself is told apart from what else the target carries.
    private NaiveResult Entry(TemplateEntry entry, NaiveObject target, out string? value)
    {
        var before = Failure;
        Failure = null;
        depth++;
        var result = Evaluate(entry.Value, target, out value);
        depth--;
        result = entry.IsNonNull && result != NaiveResult.Value ? NaiveResult.Unfit : result;
        if (result == NaiveResult.Unfit && entry.WhenUnfit is { } message)
        {
            Failure ??= Unfit(step, message);
        }

        if (Failure is not null && depth == 0)
        {
            Failed.Add((entry.Name, Failure));
        }

        Failure ??= before;
        return result;
    }
}
