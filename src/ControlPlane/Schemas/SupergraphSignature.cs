using System.Buffers.Text;
using System.Text;

namespace GraphGateway.ControlPlane;

/// <summary>
/// The signature of a supergraph: its last line, a comment, so that it is where the text is, in a file, a store or over HTTP, and whoever does not check it reads past it.
/// <code># graphgateway-signature: v1 0011223344556677 shop/production MEUCIQ...</code>
/// That is the form's version, the key's id, what the supergraph is for (a stage of a graph; <c>*</c> where none is meant), and the signature in Base64Url, over what it is for and all bytes before the
/// line. It says that the holder of the key has composed, or seen, this text for this stage. An older one is signed as well: a stage can be rolled back.
/// </summary>
public static class SupergraphSignature
{
    /// <summary>For no stage: a gateway that follows a registry does not take it.</summary>
    public const string AnyStage = "*";

    private const string Prefix = "# graphgateway-signature: ";
    private const string Version = "v1";

    /// <summary>Bytes of the line; an id, two names and a signature are far below that.</summary>
    internal const int MostBytes = 1_024;

    /// <summary>What a supergraph of a stage is for.</summary>
    public static string StageOf(string graph, string stage) => $"{graph}/{stage}";

    /// <summary>A supergraph with its signature, instead of the one that it may have.</summary>
    /// <param name="text">The supergraph.</param>
    /// <param name="stage">What it is for (<see cref="StageOf"/>).</param>
    /// <param name="key">A private key.</param>
    public static string Sign(string text, string stage, SupergraphKey key)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(key);
        var bytes = Encoding.UTF8.GetBytes(text);
        var own = Encoding.UTF8.GetString(bytes.AsSpan(0, Split(bytes).Length));
        own = own.EndsWith('\n') ? own : own + "\n";
        return $"{own}{Prefix}{Version} {key.Id} {stage} {Base64Url.EncodeToString(key.Sign(DataOf(stage, Encoding.UTF8.GetBytes(own))))}\n";
    }

    /// <summary>Null where a supergraph is signed by one of the keys for a stage, else what is wrong, with what to do.</summary>
    /// <param name="text">The supergraph, UTF-8.</param>
    /// <param name="stage">What it has to be for; null takes any.</param>
    /// <param name="keys">Whose signatures count.</param>
    public static string? FindProblem(ReadOnlySpan<byte> text, string? stage, IReadOnlyCollection<SupergraphKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var (length, line) = Split(text);
        if (line is null)
        {
            return "It is not signed. Sign it with `graphgateway sign`, or publish with --sign-with KEY.";
        }

        if (line.Split(' ') is not [Version, var id, var signedFor, var encoded] || !encoded.All(IsOfSignature) || !Base64Url.IsValid(encoded))
        {
            return "Its signature cannot be read: it was damaged, or a newer version has made it.";
        }

        if (keys.Where(key => key.Id == id).ToList() is not { Count: > 0 } own)
        {
            return $"It is signed with the key {id}, which is none of those that count: {string.Join(", ", keys)}.";
        }

        var (data, signature) = (DataOf(signedFor, text[..length]), Base64Url.DecodeFromChars(encoded));
        if (!own.Any(key => key.Verify(data, signature)))
        {
            return "Its signature does not hold: it was changed after it was signed.";
        }

        return stage is null || signedFor == stage ? null : $"It is signed for {signedFor}, and not for {stage}.";
    }

    // .NET reads past white space: the end of a line there would make GraphQL of what is behind it, which is not signed.
    private static bool IsOfSignature(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';

    // Bytes before the last line, and what the line says where it is a signature. The line ends the text: what is behind it would not be signed.
    private static (int Length, string? Line) Split(ReadOnlySpan<byte> text)
    {
        var end = text.EndsWith("\n"u8) ? text.Length - 1 : text.Length;
        var start = text[..end].LastIndexOf((byte)'\n') + 1;
        var line = text[start..end];
        return start > 0 && line.Length <= MostBytes && Encoding.UTF8.GetString(line) is var read && read.StartsWith(Prefix, StringComparison.Ordinal)
            ? (start, read[Prefix.Length..])
            : (text.Length, null);
    }

    // What it is for has a length and a line of its own: no two pairs look alike.
    private static byte[] DataOf(string stage, ReadOnlySpan<byte> text) => [.. Encoding.UTF8.GetBytes($"graphgateway supergraph {Version}\n{Encoding.UTF8.GetByteCount(stage)}\n{stage}\n"), .. text];
}
