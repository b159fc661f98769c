using System.Collections.Immutable;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>
/// The name by which a client publishes its operations: what its header says, <c>graphql-client-name</c> or <c>apollographql-client-name</c>; without
/// one, the consumer that it has shown to be. A header is no proof: the name says where to look, and never what may be seen.
/// </summary>
internal static class ClientName
{
    private const int MaxLength = 128;
    private const string Header = "graphql-client-name";
    private const string ApolloHeader = "apollographql-client-name";

    /// <summary>The headers that can say it.</summary>
    public static readonly ImmutableArray<string> Headers = [Header, ApolloHeader];

    /// <summary>The name; null where the client has none.</summary>
    public static string? Of(HttpContext context)
    {
        var headers = context.Request.Headers;
        var name = headers.TryGetValue(Header, out var value) || headers.TryGetValue(ApolloHeader, out value) ? value.ToString() : null;

        // It comes into the log.
        return name is { Length: > 0 and <= MaxLength } && !name.AsSpan().ContainsAnyInRange('\0', '\x1F') ? name : ClientIdentity.Of(context).Consumer;
    }
}
