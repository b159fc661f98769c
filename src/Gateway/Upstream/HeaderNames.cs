using System.Buffers;
using System.Collections.Frozen;

namespace GraphGateway.Gateway;

/// <summary>What may be said of a header by its name.</summary>
internal static class HeaderNames
{
    // C0 without the tab, DEL, and C1, which a reader of Latin-1 may take for the ends of lines.
    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(character => char.IsControl(character) && character != '\t')]);

    // They belong to one connection or to one body (RFC 9110, 7.6.1, https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1), or the gateway sets them itself.
    private static readonly FrozenSet<string> OwnToEachRequest = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "accept", "accept-encoding", "connection", "content-encoding", "content-length", "content-type", "expect", "host", "keep-alive",
        "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

    // A cookie is a secret between the browser and the gateway's site; the trace's context goes along by itself, and is another one for each request;
    // conditions and ranges are about the gateway's answer.
    private static readonly FrozenSet<string> OnlyByName = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "cookie", "traceparent", "tracestate", "if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range", "range");

    /// <summary>True for a header that is never taken from a client or a setting.</summary>
    public static bool IsOwn(string name) => OwnToEachRequest.Contains(name);

    /// <summary>False for a header that goes along only where a rule names it.</summary>
    public static bool IsForPatterns(string name) =>
        !OwnToEachRequest.Contains(name) && !OnlyByName.Contains(name) && !name.StartsWith("content-", StringComparison.OrdinalIgnoreCase) && !name.StartsWith(':');

    /// <summary>True for a token of RFC 9110, 5.6.2.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && name.All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal));

    /// <summary>True for text that a header can hold: no line breaks and no other control characters but the tab.</summary>
    public static bool IsValue(string value) => !value.AsSpan().ContainsAny(Controls);

    /// <summary>
    /// True for names that a source may take for the same: whatever their case, and whatever stands where a letter or a digit does not, since programs that read
    /// headers as variables (CGI, RFC 3875, 4.1.18) put <c>_</c> there, for <c>-</c> all of them, some for a dot and others, too.
    /// </summary>
    public static bool LookAlike(string left, string right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (Plain(left[i]) != Plain(right[i]))
            {
                return false;
            }
        }

        return true;

        static char Plain(char character) => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '-';
    }

    /// <summary>True where the name is a pattern.</summary>
    public static bool IsPattern(string name) => name.Contains('*', StringComparison.Ordinal);
}
