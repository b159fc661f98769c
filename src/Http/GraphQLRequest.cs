using System.Buffers;
using System.Text.Json;

namespace GraphGateway.Http;

/// <summary>
/// One GraphQL request as it came over HTTP
/// (<see href="https://graphql.github.io/graphql-over-http/draft/#sec-Request-Parameters">GraphQL over HTTP, Request Parameters</see>).
/// It holds slices of pooled memory: whoever parsed it disposes it when the response is written, and nothing of it may be kept after that.
/// </summary>
public sealed class GraphQLRequest : IDisposable
{
    // The body's reader has refused what is nested too deeply.
    private static readonly JsonDocumentOptions AlreadyLimited = new() { MaxDepth = int.MaxValue };

    private readonly List<byte[]> rented = [];
    private JsonDocument? variables;
    private JsonDocument? extensions;

    /// <summary>The document's UTF-8 bytes, JSON escapes already decoded; empty when the request has none.</summary>
    public ReadOnlyMemory<byte> Document { get; internal set; }

    /// <summary>
    /// The identifier by which the request names its document, beside <see cref="Document"/> or instead of it; null when it names none, and always where
    /// <see cref="GraphQLHttpOptions.AllowDocumentIds"/> is off. As the client wrote it.
    /// </summary>
    public string? DocumentId { get; internal set; }

    /// <summary>True when <see cref="DocumentId"/> came in <c>extensions.persistedQuery</c>: clients of Apollo's protocol look for its messages.</summary>
    public bool IsPersistedQuery { get; internal set; }

    /// <summary>The name of the operation to run; null when absent, null or empty.</summary>
    public string? OperationName { get; internal set; }

    /// <summary>The JSON of <c>variables</c> as sent: an object, or an array of objects in a variable batch; empty when absent or null.</summary>
    public ReadOnlyMemory<byte> VariablesJson { get; internal set; }

    /// <summary>The JSON object of <c>extensions</c> as sent; empty when absent or null.</summary>
    public ReadOnlyMemory<byte> ExtensionsJson { get; internal set; }

    /// <summary>True when it came by GET: then only queries may run.</summary>
    public bool IsGet { get; internal set; }

    /// <summary>True when a stream of responses can be delivered: the client takes <c>text/event-stream</c>, and it is no batch.</summary>
    public bool AcceptsStream { get; internal set; }

    /// <summary>True when <c>variables</c> is a list: the operation runs once for each of its objects.</summary>
    public bool IsVariableBatch { get; internal set; }

    /// <summary><see cref="VariablesJson"/> parsed on first use; kind Undefined when absent.</summary>
    public JsonElement Variables => Parse(ref variables, VariablesJson);

    /// <summary><see cref="ExtensionsJson"/> parsed on first use; kind Undefined when absent.</summary>
    public JsonElement Extensions => Parse(ref extensions, ExtensionsJson);

    /// <inheritdoc/>
    public void Dispose()
    {
        variables?.Dispose();
        extensions?.Dispose();
        variables = null;
        extensions = null;
        Document = VariablesJson = ExtensionsJson = default;
        foreach (var buffer in rented)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        rented.Clear();
    }

    /// <summary>A buffer that goes back to the pool with this request.</summary>
    internal byte[] Rent(int length)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        rented.Add(buffer);
        return buffer;
    }

    private static JsonElement Parse(ref JsonDocument? document, ReadOnlyMemory<byte> json) =>
        json.IsEmpty ? default : (document ??= JsonDocument.Parse(json, AlreadyLimited)).RootElement;
}
