using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GraphGateway.Gateway;

/// <summary>
/// SHA-256 of a document's bytes, the identifier that client and gateway both know without a word to each other
/// (<see href="https://github.com/graphql/graphql-over-http/blob/main/spec/Appendix%20A%20--%20Persisted%20Documents.md">GraphQL over HTTP, SHA256 Hex
/// Document Identifier</see>).
/// </summary>
/// <param name="High">Its first 16 bytes.</param>
/// <param name="Low">Its last 16 bytes.</param>
internal readonly record struct DocumentHash(UInt128 High, UInt128 Low)
{
    private const string Prefix = "sha256:";

    /// <summary>The hash of a document.</summary>
    public static DocumentHash Of(ReadOnlySpan<byte> document)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(document, hash);
        return Of32(hash);
    }

    /// <summary>Reads <c>sha256:</c> and 64 hexadecimal digits, or the digits alone as in Apollo's protocol; false for any other identifier.</summary>
    public static bool TryParse(string id, out DocumentHash hash)
    {
        var digits = id.AsSpan();
        digits = digits.StartsWith(Prefix, StringComparison.Ordinal) ? digits[Prefix.Length..] : digits;
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        hash = default;
        if (digits.Length != 2 * bytes.Length || Convert.FromHexString(digits, bytes, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        hash = Of32(bytes);
        return true;
    }

    private static DocumentHash Of32(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));
}
