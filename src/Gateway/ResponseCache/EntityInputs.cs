using System.Collections.Immutable;
using System.Text.Json;

namespace GraphGateway.Gateway;

/// <summary>By what an entity was asked: its representation, or the arguments of its lookup.</summary>
/// <param name="json">The input values with commas between them.</param>
/// <param name="names">Of a lookup, the fields of the entity that they are, empty texts for those of which that is not known; none for a representation, which is the first.</param>
internal sealed class EntityInputs(byte[] json, ImmutableArray<string> names)
{
    /// <summary>Bytes that they take.</summary>
    public long Size => json.Length;

    /// <summary>The type that the representation names; null for a lookup.</summary>
    public string? Type => names.IsEmpty ? TextOf("__typename") : null;

    /// <summary>
    /// Whether the entity can be the one of a key: nothing in them says something else. An entity that was asked for by another key of its own may be any. What is text in the
    /// one and a number in the other is the same, as in ids.
    /// </summary>
    /// <param name="key">A JSON object.</param>
    public bool CanHave(JsonElement key)
    {
        using var document = Parse();
        return key.EnumerateObject().All(member => Find(document.RootElement, member.Name) is not { } found || IsSame(found, member.Value));
    }

    /// <summary>The text of a scalar in them; null where there is none.</summary>
    /// <param name="path">Names with dots.</param>
    public string? TextOf(string path)
    {
        using var document = Parse();
        JsonElement? found = null;
        foreach (var name in path.Split('.'))
        {
            found = found is null ? Find(document.RootElement, name)
                : found is { ValueKind: JsonValueKind.Object } outer && outer.TryGetProperty(name, out var inner) ? inner : null;
            if (found is null)
            {
                return null;
            }
        }

        return found is { ValueKind: JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } scalar ? ScalarText(scalar) : null;
    }

    private JsonDocument Parse()
    {
        var list = new byte[json.Length + 2];
        (list[0], list[^1]) = ((byte)'[', (byte)']');
        json.CopyTo(list, 1);
        return JsonDocument.Parse(list, new JsonDocumentOptions { MaxDepth = int.MaxValue });
    }

    private JsonElement? Find(JsonElement list, string name)
    {
        if (names.IsEmpty)
        {
            return list[0].ValueKind == JsonValueKind.Object && list[0].TryGetProperty(name, out var member) ? member : null;
        }

        var index = name.Length == 0 ? -1 : names.IndexOf(name);
        return index < 0 ? null : list[index];
    }

    private static bool IsSame(JsonElement mine, JsonElement wanted) => (mine.ValueKind, wanted.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => wanted.EnumerateObject().All(member => !mine.TryGetProperty(member.Name, out var inner) || IsSame(inner, member.Value)),
        (JsonValueKind.Array, JsonValueKind.Array) => mine.GetArrayLength() == wanted.GetArrayLength()
            && mine.EnumerateArray().Zip(wanted.EnumerateArray()).All(pair => IsSame(pair.First, pair.Second)),
        (JsonValueKind.Object or JsonValueKind.Array, _) or (_, JsonValueKind.Object or JsonValueKind.Array) => false,
        _ => ScalarText(mine) == ScalarText(wanted),
    };

    // As JSON has it, and arguments of root fields have it.
    private static string ScalarText(JsonElement scalar) => scalar.ValueKind == JsonValueKind.String ? scalar.GetString()! : scalar.GetRawText();
}
