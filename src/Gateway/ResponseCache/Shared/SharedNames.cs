using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GraphGateway.Http;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Gateway;

/// <summary>
/// The names of what replicas share: SHA-256 of all that has to be equal, each part with its length before it. Two that differ in anything have other names; of a credential nothing
/// else is in the store. The gateway's version is in all of them: another one may write answers otherwise.
/// </summary>
internal static class SharedNames
{
    private static readonly byte[] Version = Encoding.UTF8.GetBytes(
        $"{typeof(SharedNames).Assembly.GetName().Version} {typeof(SharedNames).Assembly.ManifestModule.ModuleVersionId}");

    /// <summary>The name of a graph, as it is run.</summary>
    /// <param name="supergraph">The graph.</param>
    /// <param name="sources">Its sources, with the addresses that are called.</param>
    public static byte[] OfGraph(Supergraph supergraph, ImmutableArray<SourceEndpoint> sources) => Hash(
    [
        "graph"u8.ToArray(), Encoding.UTF8.GetBytes(SupergraphWriter.Write(supergraph)),
        .. sources.Select(static source => Encoding.UTF8.GetBytes($"{source.Name}\n{source.Url.AbsoluteUri}")),
    ]);

    /// <summary>The name of a plan.</summary>
    /// <param name="graph">Its graph's.</param>
    /// <param name="operation">Its document and operation.</param>
    /// <param name="outcome">The outcome of its conditions and labels.</param>
    public static byte[] OfPlan(byte[] graph, DocumentKey operation, string outcome) => Hash(
        ["plan"u8.ToArray(), graph, operation.Document, Encoding.UTF8.GetBytes(operation.OperationName is { } name ? $"+{name}" : ""), Encoding.UTF8.GetBytes(outcome)]);

    /// <summary>The name of who asks, for what is private; null for a client that is not known.</summary>
    public static byte[]? OfClient(ClientIdentity client) => client.Kind switch
    {
        ClientKind.Token when client.Token is { } token => Hash(["token"u8.ToArray(), Encoding.UTF8.GetBytes(token)]),
        ClientKind.ApiKey when client is { Subject: { } id } => Hash(
        [
            "key"u8.ToArray(), Encoding.UTF8.GetBytes(id), Encoding.UTF8.GetBytes(client.Consumer ?? ""), Encoding.UTF8.GetBytes(client.Plan ?? ""),
            .. client.Scopes.Order(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes),
        ]),
        _ => null,
    };

    /// <summary>The name of an answer, or of an entity.</summary>
    /// <param name="prefix">That of the store's names.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="common">What it has in common with others: its plan's name, or that of what is asked.</param>
    /// <param name="own">What it has alone: its key, with all bytes that are compared.</param>
    /// <param name="length">Bytes of the key's content, which stands first; behind it are headers.</param>
    /// <param name="client">Whose it is; null for all.</param>
    public static byte[] Of(string prefix, string kind, byte[] common, ReadOnlySpan<byte> own, int length, byte[]? client) =>
        Encoding.UTF8.GetBytes($"{prefix}:{kind}:{Base64Url.EncodeToString(Hash([common, own.ToArray(), BitConverter.GetBytes(length), client ?? []]))}");

    /// <summary>SHA-256 of parts, in which no two lists of parts look alike.</summary>
    public static byte[] Hash(IEnumerable<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Version);
        foreach (var part in parts)
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(part);
        }

        return hash.GetHashAndReset();
    }
}
