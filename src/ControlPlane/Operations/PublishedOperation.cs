using System.Security.Cryptography;
using System.Text;

namespace GraphGateway.ControlPlane;

/// <summary>A document that clients may name by an identifier, as it is published.</summary>
public sealed class PublishedOperation
{
    /// <summary>
    /// What <see href="https://github.com/graphql/graphql-over-http/blob/main/spec/Appendix%20A%20--%20Persisted%20Documents.md">the draft</see>'s
    /// own identifiers begin with.
    /// </summary>
    public const string HashPrefix = "sha256:";

    /// <summary>The longest identifier, in characters: as long as a request may name one.</summary>
    public const int MaxIdLength = 512;

    /// <summary>A document by its identifier.</summary>
    /// <param name="id">The identifier; <see cref="HashPrefix"/> before a hash says no more than the hash alone and is left out.</param>
    /// <param name="text">The document.</param>
    public PublishedOperation(string id, string text)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(text);
        Id = id.StartsWith(HashPrefix, StringComparison.Ordinal) ? id[HashPrefix.Length..] : id;
        Text = text;
        Hash = HashOf(text);
        Problem = FindProblem(id);
    }

    /// <summary>Its identifier.</summary>
    public string Id { get; }

    /// <summary>The document.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of the document's UTF-8 bytes: 64 hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>Bytes of the document.</summary>
    public int Bytes => Encoding.UTF8.GetByteCount(Text);

    /// <summary>Why it cannot be stored; null where it can.</summary>
    public string? Problem { get; }

    /// <summary>SHA-256 of a document's UTF-8 bytes: 64 hexadecimal digits.</summary>
    /// <param name="text">The document.</param>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private string? FindProblem(string given) =>
        Id.Length is 0 or > MaxIdLength || Id.Any(char.IsControl) ? $"An identifier has 1 to {MaxIdLength} characters, none of them a control character."
        : given.Length != Id.Length && Id != Hash ? $"The identifier says by \"{HashPrefix}\" that it is the text's hash, which is {Hash}."
        : Text.Contains('\0', StringComparison.Ordinal) ? "The text has a character of value 0."
        : null;
}
