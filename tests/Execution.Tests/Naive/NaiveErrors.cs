using System.Text.Json;
using System.Text.Json.Nodes;
using GraphGateway.Planning;

namespace GraphGateway.Execution.Tests;

/// <summary>The errors of one response, put where clients look for them; and a reason for each null that came without one.</summary>
internal sealed class NaiveErrors(
    QueryPlan plan, ExecutionOptions options, NaiveErrorList errors, FetchStep step, NaiveLayout layout, NaiveEnvelope envelope, object response)
{
    // So many segments of the path that is followed lead to the null that the error is in; null where there is none.
    private int? nullAt;

    public void Report()
    {
        var reasons = new Dictionary<NaiveEntry, NaiveFailure>();
        var pathless = new List<NaiveFailure>();
        foreach (var json in envelope.Errors)
        {
            var failure = FailureOf(json);
            if (PathOf(json) is not { } path || Locate(path) is not { } place)
            {
                pathless.Add(failure);
                continue;
            }

            if (place.Entry.IsNull)
            {
                reasons.TryAdd(place.Entry, failure);
            }

            ReportAt(place.Entry, path[place.Used..], failure);
        }

        ReportPathless(reasons, pathless);
        foreach (var (entry, failure) in reasons)
        {
            foreach (var (target, _) in entry.Targets)
            {
                TryExplain(target, failure);
            }
        }
    }

    private void ReportPathless(Dictionary<NaiveEntry, NaiveFailure> reasons, List<NaiveFailure> pathless)
    {
        var unexplained = envelope.Entries.Where(entry => entry.IsNull && !reasons.ContainsKey(entry)).ToList();
        NaiveFailure? reason = null;
        if (unexplained.Count > 0)
        {
            if (pathless.Count > 0)
            {
                reason = pathless[0];
                pathless.RemoveAt(0);
            }
            else if (envelope.IsDataNull || IsEntitiesNull)
            {
                reason = envelope.Errors.Count > 0
                    ? FailureOf(envelope.Errors[0])
                    : new NaiveFailure(step.Id, "A source's answer is no GraphQL response.", "SUBREQUEST_MALFORMED_RESPONSE");
            }
        }

        foreach (var entry in reason is null ? [] : unexplained)
        {
            reasons.Add(entry, reason!);
        }

        errors.Told.AddRange(pathless.Select(failure => (step.Id, NaiveWriter.ErrorOf(failure, null))));
    }

    private bool IsEntitiesNull => step.Kind == FetchKind.Representations && envelope.Json.TryGetProperty("data", out var data)
        && data.ValueKind == JsonValueKind.Object && data.GetProperty("_entities").ValueKind == JsonValueKind.Null;

    private NaiveFailure FailureOf(JsonElement json)
    {
        const string masked = "Unexpected error from a source.";
        var message = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("message", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetRawText()
            : $"\"{masked}\"";
        var extensions = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("extensions", out var map) && map.ValueKind == JsonValueKind.Object
            ? map.GetRawText()
            : "{}";
        return options.ForwardsErrors(step.Source)
            ? new NaiveFailure(step.Id, "", "DOWNSTREAM_SERVICE_ERROR", message, extensions)
            : new NaiveFailure(step.Id, masked, "DOWNSTREAM_SERVICE_ERROR");
    }

    private static object[]? PathOf(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("path", out var path) || path.ValueKind != JsonValueKind.Array
            || path.GetArrayLength() == 0)
        {
            return null;
        }

        var segments = path.EnumerateArray().Select(segment => segment.ValueKind switch
        {
            JsonValueKind.String => (object)segment.GetString()!,
            JsonValueKind.Number when segment.TryGetInt32(out var index) => index,
            _ => false,
        }).ToArray();
        return segments.Contains(false) ? null : segments;
    }

    private (NaiveEntry Entry, int Used)? Locate(object[] path)
    {
        switch (step.Kind)
        {
            case FetchKind.Root:
                return (layout.Entries[0], 0);
            case FetchKind.Representations:
                return path is ["_entities", int index, ..] && index >= 0 && index < layout.Entries.Length ? (layout.Entries[index], 2) : null;
        }

        if (envelope.IsForAll)
        {
            return null;
        }

        var names = step.Document.LookupPath.ToArray();
        var entry = envelope.Entries[0];
        if (layout.IsAliasBatch)
        {
            var alias = path[0] is string key ? NaiveLayout.AliasIndex(key) : -1;
            if (alias < 0 || alias >= layout.Entries.Length)
            {
                return null;
            }

            names[0] = (string)path[0];
            entry = layout.Entries[alias];
        }

        var used = Math.Min(names.Length, path.Length);
        return path.Take(used).SequenceEqual(names.Take(used)) ? (entry, used) : null;
    }

    private void ReportAt(NaiveEntry entry, object[] rest, NaiveFailure failure)
    {
        if (rest.Length == 0 && entry.IsNull)
        {
            return;
        }

        foreach (var (target, path) in entry.Targets)
        {
            var at = new List<object>(path);
            nullAt = null;
            if (!TryFollow(step.Selection, target, rest, at, failure, visible: true, over: false))
            {
                continue;
            }

            var error = NaiveWriter.ErrorOf(failure, [.. at]);
            errors.Told.Add((step.Id, error));
            if (nullAt is { } length)
            {
                errors.Open.Add((error, at[..length]));
            }
        }
    }

    // The nulls that the response left in an object, and in the objects below that were there before; false when there are none.
    private bool TryExplain(NaiveObject target, NaiveFailure failure)
    {
        var isAny = false;
        foreach (var (field, value) in target.Values.ToList())
        {
            if ((value is NaiveNull { IsErrored: false } isNull && isNull.From == response) || (value is NaiveFailed failed && failed.From == response))
            {
                target.Values[field] = new NaiveFailed(failure, response);
                isAny = true;
            }

            foreach (var below in NaiveReader.ObjectsOf(value))
            {
                isAny |= TryExplain(below, failure);
            }
        }

        return isAny;
    }

    private bool TryFollow(FetchSelectionSet selection, NaiveObject target, object[] rest, List<object> path, NaiveFailure failure, bool visible, bool over)
    {
        if (rest.Length == 0 || rest[0] is not string key)
        {
            return !over;
        }

        var reader = new NaiveReader(plan.Supergraph, step, response, []);
        var field = reader.FieldsFor(selection, target.Shape, target.Type).FirstOrDefault(field => field.SourceKey == key);
        if (field is null)
        {
            // Of objects of other types it was asked, of this one not.
            return !over && selection.Fields.All(other => other.SourceKey != key);
        }

        visible &= !field.Target.IsHidden;
        if (visible)
        {
            path.Add(field.Target.Key);
        }

        var value = target.Values.GetValueOrDefault(field.Target);
        return FollowValue(field, ref value, rest[1..], path, failure, visible, over | target.Over.Contains((field.Target, response))) is var isReported
            && Set(target, field, value) && isReported;
    }

    private static bool Set(NaiveObject target, FetchField field, NaiveValue? value)
    {
        target.Values[field.Target] = value!;
        return true;
    }

    // The value, or the null that the error is in, marked as told.
    private bool FollowValue(FetchField field, ref NaiveValue? value, object[] rest, List<object> path, NaiveFailure failure, bool visible, bool over)
    {
        if (rest.Length > 0 && value is NaiveList list && rest[0] is int index && index >= 0 && index < list.Items.Count)
        {
            if (visible)
            {
                path.Add(index);
            }

            NaiveValue? item = list.Items[index];
            var isReported = FollowValue(field, ref item, rest[1..], path, failure, visible, over | list.Over.Contains((index, response)));
            list.Items[index] = item!;
            return isReported;
        }

        if (rest.Length > 0 && value is NaiveReference reference && field.Selection is not null)
        {
            return TryFollow(field.Selection, reference.Value, rest, path, failure, visible, over);
        }

        if (rest.Length == 0 && value is NaiveReference or NaiveList)
        {
            return !NaiveReader.ObjectsOf(value).Aggregate(false, (isAny, target) => TryExplain(target, failure) || isAny) && visible && !over;
        }

        nullAt = value is NaiveNull or NaiveFailed ? path.Count : null;
        FollowNames(field.Selection, visible ? rest : [], path);
        value = value is NaiveNull || (value is NaiveFailed failed && failed.From == response) ? new NaiveNull(response) { Error = failure } : value;
        return visible;
    }

    private static void FollowNames(FetchSelectionSet? selection, object[] rest, List<object> path)
    {
        foreach (var segment in rest)
        {
            if (segment is int)
            {
                path.Add(segment);
                continue;
            }

            var field = selection?.Fields.FirstOrDefault(field => field.SourceKey == (string)segment);
            if (field is null || field.Target.IsHidden)
            {
                return;
            }

            path.Add(field.Target.Key);
            selection = field.Selection;
        }
    }
}
