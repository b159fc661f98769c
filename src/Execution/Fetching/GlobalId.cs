using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace GraphGateway.Execution;

/// <summary>
/// Reads the name of the type from a global id: <c>Type:id</c>, in older servers <c>Type\nid</c>, in Base64 of either alphabet and with or
/// without padding, or in hexadecimal digits. So HotChocolate writes ids, graphql-relay for JavaScript, Python and others.
/// </summary>
public static class GlobalId
{
    private const int StackMax = 512;

    /// <summary>The name, one that is known where there are two ways to read the id; null when the id names no type.</summary>
    /// <param name="id">The id as the client gave it.</param>
    /// <param name="isKnown">Which names are those of types.</param>
    public static string? TypeNameOf(string id, Predicate<string> isKnown)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(isKnown);
        var text = id.AsSpan().TrimEnd('=');
        Span<byte> bytes = text.Length <= StackMax ? stackalloc byte[StackMax] : new byte[text.Length];
        var inBase64 = FromBase64(text, bytes);
        if (inBase64 is not null && isKnown(inBase64))
        {
            return inBase64;
        }

        var inHex = FromHex(text, bytes);
        return inHex is not null && (inBase64 is null || isKnown(inHex)) ? inHex : inBase64;
    }

    private static string? FromBase64(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        Span<char> urlSafe = text.Length <= StackMax ? stackalloc char[text.Length] : new char[text.Length];
        text.CopyTo(urlSafe);
        urlSafe.Replace('+', '-');
        urlSafe.Replace('/', '_');
        return Base64Url.DecodeFromChars(urlSafe, bytes, out _, out var written) == OperationStatus.Done ? NameIn(bytes[..written]) : null;
    }

    private static string? FromHex(ReadOnlySpan<char> text, Span<byte> bytes) =>
        Convert.FromHexString(text, bytes, out _, out var written) == OperationStatus.Done ? NameIn(bytes[..written]) : null;

    // A name of the GraphQL language, a delimiter, and something after it.
    private static string? NameIn(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny((byte)':', (byte)'\n');
        if (end <= 0 || end == bytes.Length - 1 || char.IsAsciiDigit((char)bytes[0]))
        {
            return null;
        }

        foreach (var c in bytes[..end])
        {
            if (!char.IsAsciiLetterOrDigit((char)c) && c != (byte)'_')
            {
                return null;
            }
        }

        return Encoding.ASCII.GetString(bytes[..end]);
    }
}
