using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Execution.Tests;

/// <summary>One GraphQL response.</summary>
internal sealed record NaiveEnvelope(JsonElement Json, List<NaiveEntry> Entries)
{
    public bool IsDataNull => !Json.TryGetProperty("data", out var data) || data.ValueKind == JsonValueKind.Null;

    /// <summary>True for the answer of a source that refuses a whole list of requests.</summary>
    public bool IsForAll { get; init; }

    public List<JsonElement> Errors => Json.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
        ? [.. errors.EnumerateArray()]
        : [];
}

/// <summary>How the entries of a request lie in its body and in its answer.</summary>
internal sealed class NaiveLayout(FetchStep step, NaiveEntry[] entries, bool isSingle)
{
    public NaiveEntry[] Entries => entries;

    public bool IsVariableBatch => step.Kind == FetchKind.Lookup && !isSingle && step.Source.Batching.HasFlag(SourceBatching.Variables);

    public bool IsRequestBatch => step.Kind == FetchKind.Lookup && !isSingle && step.Source.Batching == SourceBatching.Requests;

    public bool IsAliasBatch => step.Kind == FetchKind.Lookup && !isSingle && !IsVariableBatch && !IsRequestBatch;

    private string? IndexName => IsVariableBatch ? "variableIndex" : IsRequestBatch ? "requestIndex" : null;

    public string Body()
    {
        var document = IsAliasBatch ? step.Document.WithAliases(entries.Length) : step.Document.Text;
        var query = $"{{\"query\":\"{JsonEncodedText.Encode(document)}\"";
        return step.Kind switch
        {
            FetchKind.Root => query + "}",
            FetchKind.Representations => $"{query},\"variables\":{{\"representations\":[{string.Join(',', entries.Select(entry => entry.Values[0]))}]}}}}",
            _ when IsVariableBatch => $"{query},\"variables\":[{string.Join(',', entries.Select(entry => $"{{{Members(entry, "")}}}"))}]}}",
            _ when IsRequestBatch => $"[{string.Join(',', entries.Select(entry => $"{query},\"variables\":{{{Members(entry, "")}}}}}"))}]",
            _ when IsAliasBatch => $"{query},\"variables\":{{{string.Join(',', entries.Select((entry, index) => Members(entry, $"_{index}")))}}}}}",
            _ => $"{query},\"variables\":{{{Members(entries[0], "")}}}}}",
        };
    }

    /// <summary>The responses in an answer: one, or one for each entry of a batch of variables or requests.</summary>
    public List<NaiveEnvelope> Envelopes(string text)
    {
        var parts = Parts(text).ToList();
        if (parts.Count == 0)
        {
            throw new MalformedException();
        }

        var isInOrder = IsRequestBatch && text.TrimStart().StartsWith('[');
        var (seen, envelopes, isByPlace) = (new HashSet<int>(), new List<NaiveEnvelope>(), false);
        for (var place = 0; place < parts.Count; place++)
        {
            var json = parts[place];
            if (isInOrder && json.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            Check(json);
            var entry = EntryOf(json);
            var envelope = new NaiveEnvelope(json, entry >= 0 && IndexName is not null ? [entries[entry]] : [.. entries]);
            if (!json.TryGetProperty("data", out _) && envelope.Errors.Count == 0)
            {
                // No response: in a list of them the others count.
                envelopes = isInOrder ? envelopes : throw new MalformedException();
                continue;
            }

            if (entry < 0 && IndexName is not null)
            {
                isByPlace |= isInOrder;
                entry = isInOrder ? place : envelope.IsDataNull && envelope.Errors.Count > 0 ? -1 : throw new MalformedException();
                envelope = entry < 0 ? envelope with { IsForAll = true }
                    : entry < entries.Length ? envelope with { Entries = [entries[entry]] }
                    : throw new MalformedException();
            }

            envelopes = entry < 0 || seen.Add(entry) ? [.. envelopes, envelope] : throw new MalformedException();
        }

        return (isByPlace && parts.Count != entries.Length) || (envelopes.Count > 1 && envelopes.Exists(envelope => envelope.IsForAll))
            ? throw new MalformedException()
            : envelopes;
    }

    private void Check(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new MalformedException();
        }

        var known = json.EnumerateObject().Where(member => member.Name is "data" or "errors" || member.Name == IndexName);
        if (known.GroupBy(member => member.Name).Any(group => group.Count() > 1)
            || (json.TryGetProperty("errors", out var errors) && errors.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
            || (json.TryGetProperty("data", out var data) && data.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null)))
        {
            throw new MalformedException();
        }
    }

    /// <summary>The values of the entries in a response; an undefined or null one is null.</summary>
    public IEnumerable<(NaiveEntry Entry, JsonElement Value)> ValuesIn(NaiveEnvelope envelope)
    {
        if (envelope.IsDataNull)
        {
            return envelope.Entries.Select(entry => (entry, default(JsonElement)));
        }

        var data = envelope.Json.GetProperty("data");
        if (step.Kind == FetchKind.Root)
        {
            return [(entries[0], data)];
        }

        if (step.Kind == FetchKind.Representations)
        {
            var values = Only(data, "_entities");
            return values.ValueKind switch
            {
                JsonValueKind.Null => entries.Select(entry => (entry, default(JsonElement))),
                JsonValueKind.Array when values.GetArrayLength() == entries.Length => entries.Zip(values.EnumerateArray()),
                _ => throw new MalformedException(),
            };
        }

        return IsAliasBatch
            ? data.EnumerateObject().Select(member => (Index: AliasIndex(member.Name), member.Value)).Where(item => item.Index >= 0 && item.Index < entries.Length)
                .Select(item => (entries[item.Index], Below(item.Value, 1)))
            : [(envelope.Entries[0], Below(Only(data, step.Document.LookupPath[0]), 1))];
    }

    public static int AliasIndex(string key) => key.StartsWith('_') && int.TryParse(key.AsSpan(1), out var index) ? index : -1;

    private string Members(NaiveEntry entry, string suffix) =>
        string.Join(',', step.Inputs.Select((input, index) => $"\"{input.VariableName}{suffix}\":{entry.Values[index]}"));

    private IEnumerable<JsonElement> Parts(string text)
    {
        if (IndexName is null)
        {
            return [JsonDocument.Parse(text, Options).RootElement];
        }

        return text.TrimStart().StartsWith('[')
            ? JsonDocument.Parse(text, Options).RootElement.EnumerateArray()
            : Values(text);
    }

    // One after the other, whatever stands between them: each says itself where it ends.
    private static List<JsonElement> Values(string text)
    {
        var values = new List<JsonElement>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = Options.MaxDepth });
        while (reader.Read())
        {
            values.Add(JsonElement.ParseValue(ref reader));
        }

        return values;
    }

    private static JsonDocumentOptions Options => new() { MaxDepth = 256 };

    // The entry that a response says it is for; -1 when it says nothing.
    private int EntryOf(JsonElement json)
    {
        if (IndexName is null || !json.TryGetProperty(IndexName, out var index))
        {
            return IndexName is null ? 0 : -1;
        }

        return index.ValueKind == JsonValueKind.Number && index.TryGetInt32(out var value) && value >= 0 && value < entries.Length
            ? value
            : throw new MalformedException();
    }

    private static JsonElement Only(JsonElement json, string name) =>
        json.EnumerateObject().Where(member => member.Name == name).ToArray() is [var only] ? only.Value : throw new MalformedException();

    private JsonElement Below(JsonElement json, int depth)
    {
        if (depth == step.Document.LookupPath.Length || json.ValueKind == JsonValueKind.Null)
        {
            return json;
        }

        return json.ValueKind == JsonValueKind.Object ? Below(Only(json, step.Document.LookupPath[depth]), depth + 1) : throw new MalformedException();
    }
}
