namespace GraphGateway.Http;

/// <summary>
/// Content codings (<see href="https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1">RFC 9110, 8.4.1</see>): gzip, br and deflate. One body has
/// one of them; several over one another are read by nobody here. zstd is not in .NET 10.
/// </summary>
/// <remarks>
/// The runtime's own streams end in silence where a body is cut and where something stands behind its end. Here both are errors, in every coding, and
/// so is a checksum or a length that is wrong: what was lost or added on the way is not to be taken for an answer.
/// </remarks>
public static class ContentCoding
{
    /// <summary>All that can be read, as <c>Accept-Encoding</c> lists it.</summary>
    public const string Readable = "gzip, br, deflate";

    /// <summary>
    /// The body without its coding; null when the coding is not known. Reading throws what <see cref="IsBroken"/> knows when the bytes do not
    /// have the coding from the first one to the last, or when they are more than the limit; how many come of them is the reader's to count.
    /// The last of it is checked when the stream gives 0 bytes, not before: who needs all of it reads that far. It is read asynchronously only.
    /// </summary>
    /// <param name="coding">The value of <c>Content-Encoding</c>.</param>
    /// <param name="body">The body as it was sent; disposed with the result.</param>
    /// <param name="maxBytes">Bytes of it that are read. Nothing may come of any number of bytes.</param>
    public static Stream? Decode(string coding, Stream body, int maxBytes) => coding.Trim().ToLowerInvariant() switch
    {
        "gzip" or "x-gzip" => new DecodedBody(new GzipDecoder(new CodedInput(body, maxBytes))),
        "br" => new DecodedBody(new BrotliBodyDecoder(new CodedInput(body, maxBytes))),
        "deflate" => new DecodedBody(new ZLibBodyDecoder(new CodedInput(body, maxBytes))),
        "identity" or "" => body,
        _ => null,
    };

    /// <summary>True for what a decoder throws on bytes that do not have the coding.</summary>
    public static bool IsBroken(Exception exception) => exception is InvalidDataException;
}
