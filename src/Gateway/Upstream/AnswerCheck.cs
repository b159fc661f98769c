using System.Text.Json;
using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>
/// Tells for the log whether a source's answer is a GraphQL response (Spec §7.1). It looks at the ends of the body and at the first members:
/// a broken place in the middle is found by the executor, which reads all of it.
/// </summary>
internal static class AnswerCheck
{
    /// <summary>What is wrong with an answer; null when nothing is.</summary>
    public static (SourceFailure Kind, string Problem)? Find(SubgraphResponse response, bool isBatch)
    {
        var isGraphQL = IsGraphQL(response.Body, isBatch);
        if (isGraphQL && response.Status < 500)
        {
            // Also with 400: that is how GraphQL over HTTP tells a request error.
            return null;
        }

        var what = $"status {response.Status} with {(isGraphQL ? "a" : "no")} GraphQL response ({response.ContentType ?? "no media type"}, {response.Length} bytes)";
        return (response.Status is >= 200 and < 300 ? SourceFailure.Malformed : SourceFailure.Status, what);
    }

    private static bool IsGraphQL(ReadOnlySpan<byte> body, bool isBatch)
    {
        body = body.Trim(" \t\r\n"u8);
        return body switch
        {
            [(byte)'[', .., (byte)']'] => isBatch,
            [(byte)'{', .., (byte)'}'] => HasDataOrErrors(body),
            _ => false,
        };
    }

    private static bool HasDataOrErrors(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 256 });
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                // Comparing a key with escapes throws where they are half of a surrogate pair. The executor does not take such a key for one of these, either.
                if (!reader.ValueIsEscaped && (reader.ValueTextEquals("data"u8) || reader.ValueTextEquals("errors"u8)))
                {
                    return true;
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Nothing that could be read: that is the answer.
        }

        return false;
    }
}
