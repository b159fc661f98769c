using System.Text.Json;

namespace GraphGateway.Execution;

/// <summary>Finds nulls in a list of leaves, whose bytes are kept as its source gave them.</summary>
internal static class NullItems
{
    /// <summary>True when an item is null where none may be.</summary>
    /// <param name="json">The list, which has been read before: it is well formed.</param>
    /// <param name="nonNull">Bit n: no item n + 1 lists deep may be null. A null inside an object, which a scalar can be, is none of the list's.</param>
    public static bool IsAny(ReadOnlySpan<byte> json, int nonNull)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.Null && reader.CurrentDepth > 0 && (nonNull >> (reader.CurrentDepth - 1) & 1) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
