using System.Collections.Immutable;
using System.Text.Json;
using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>
/// Reads the tags of a source's answer: its header <c>Cache-Tag</c>, names with commas, as CDNs read it; and in <c>extensions</c>, as Apollo's router reads them,
/// <c>apolloCacheTags</c>, a list of names, and <c>apolloEntityCacheTags</c>, such a list for each entity.
/// </summary>
internal static class SourceTags
{
    /// <summary>The most tags of an answer.</summary>
    public const int Most = 10_000;

    /// <summary>Characters of the longest one.</summary>
    public const int MostCharacters = 1_024;

    private static readonly JsonReaderOptions AlreadyLimited = new() { MaxDepth = int.MaxValue };

    /// <summary>The tags; null where there are too many, or one is too long or no text: then nobody could be sure to have the answer forgotten.</summary>
    /// <param name="header">The header, null where there is none.</param>
    /// <param name="body">A GraphQL response, or several in a list or in lines.</param>
    public static AnswerTags? Read(string? header, ReadOnlySpan<byte> body)
    {
        var all = new List<string>();
        var byEntity = new List<ImmutableArray<string>>();
        foreach (var name in header?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            all.Add(name);
        }

        // PERF: most answers have none, which is seen faster than read.
        if (body.IndexOf("CacheTags"u8) >= 0 && !TryRead(body, all, byEntity))
        {
            return null;
        }

        if (all.Count + byEntity.Count == 0)
        {
            return AnswerTags.None;
        }

        var tags = new AnswerTags([.. all], [.. byEntity]);
        return all.Count + byEntity.Sum(static tags => tags.Length) > Most || tags.Together.Any(static tag => tag.Length is 0 or > MostCharacters) ? null : tags;
    }

    private static bool TryRead(ReadOnlySpan<byte> body, List<string> all, List<ImmutableArray<string>> byEntity)
    {
        try
        {
            var reader = new Utf8JsonReader(body, AlreadyLimited with { AllowMultipleValues = true });
            while (reader.Read())
            {
                // A response is an object at the top, or in a list there.
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("extensions"u8))
                {
                    reader.Read();
                    if (reader.TokenType == JsonTokenType.StartObject && !TryReadExtensions(ref reader, all, byEntity))
                    {
                        return false;
                    }
                }
                else if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    reader.Skip();
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // It is no JSON: the executor says so, and keeps nothing of it.
            return false;
        }
    }

    private static bool TryReadExtensions(ref Utf8JsonReader reader, List<string> all, List<ImmutableArray<string>> byEntity)
    {
        using var extensions = JsonDocument.ParseValue(ref reader);
        foreach (var member in extensions.RootElement.EnumerateObject())
        {
            if (member.Name is not ("apolloCacheTags" or "apolloEntityCacheTags") || member.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (member.Value.ValueKind != JsonValueKind.Array)
            {
                return false;
            }

            foreach (var item in member.Value.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Array && member.Name == "apolloEntityCacheTags" && item.EnumerateArray().All(static tag => tag.ValueKind == JsonValueKind.String))
                {
                    byEntity.Add([.. item.EnumerateArray().Select(static tag => tag.GetString()!)]);
                }
                else if (item.ValueKind == JsonValueKind.String)
                {
                    all.Add(item.GetString()!);
                }
                else
                {
                    return false;
                }
            }
        }

        return true;
    }
}
