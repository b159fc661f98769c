using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace GraphGateway.ControlPlane;

/// <summary>
/// The text of an API key: <c>ggk_ID_SECRET</c>. ID are 16 hexadecimal digits, SECRET 64 and then 8 that follow from all before, so that a search for leaked
/// keys finds no others, and a mistyped key is told from one that is not known without a look at the store.
/// </summary>
public static class ApiKeyText
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "ggk_";

    private const int IdDigits = 16;
    private const int SecretDigits = 64;
    private const int CheckDigits = 8;
    private const int IdEnd = 4 + IdDigits;
    private const int SignedLength = IdEnd + 1 + SecretDigits;
    private const int Length = SignedLength + CheckDigits;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>The least number of bytes of a pepper: as many as the hash has.</summary>
    public const int MinPepperBytes = 32;

    /// <summary>A new key, of 256 random bits.</summary>
    public static string Make()
    {
        var text = $"{Prefix}{RandomNumberGenerator.GetHexString(IdDigits, lowercase: true)}_{RandomNumberGenerator.GetHexString(SecretDigits, lowercase: true)}";
        return text + CheckOf(text);
    }

    /// <summary>The part of a key that names it; null where the text is no key.</summary>
    /// <param name="text">What somebody has shown.</param>
    public static string? IdOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == Length
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[IdEnd] == '_'
            && !text.AsSpan(Prefix.Length, IdDigits).ContainsAnyExcept(Digits)
            && text.AsSpan(SignedLength).SequenceEqual(CheckOf(text[..SignedLength]))
            ? text[Prefix.Length..IdEnd]
            : null;
    }

    /// <summary>Whether a text can be what names a key: as many digits as <see cref="IdOf"/> gives.</summary>
    /// <param name="text">The text.</param>
    public static bool IsId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == IdDigits && !text.AsSpan().ContainsAnyExcept(Digits);
    }

    /// <summary>What is stored of a key: without the pepper, which is not in the store, nobody can try keys against it.</summary>
    /// <param name="text">The key.</param>
    /// <param name="pepper">The server's secret, of <see cref="MinPepperBytes"/> at least.</param>
    public static byte[] HashOf(string text, ReadOnlySpan<byte> pepper) => HMACSHA256.HashData(pepper, Encoding.UTF8.GetBytes(text));

    private static string CheckOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, CheckDigits / 2));
}
