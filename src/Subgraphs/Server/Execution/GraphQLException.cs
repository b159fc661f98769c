using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// A resolver's own error: its message reaches the client. Any other exception is logged, and the client reads "Internal server error".
/// A failure of the business (a product out of stock) is data, not this.
/// </summary>
public sealed class GraphQLException : Exception
{
    /// <summary>An error without a code.</summary>
    public GraphQLException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a code of the closed list.</summary>
    public GraphQLException(string message, ErrorCode code)
        : base(message) => Code = code;

    /// <summary>An error with the service's own entries in <c>extensions</c>.</summary>
    public GraphQLException(string message, params IEnumerable<KeyValuePair<string, object?>> extensions)
        : base(message) => Extensions = [.. extensions];

    /// <summary>The code, or null.</summary>
    public ErrorCode? Code { get; }

    /// <summary>Further entries of <c>extensions</c>.</summary>
    public ImmutableArray<KeyValuePair<string, object?>> Extensions { get; } = [];
}
