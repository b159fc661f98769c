namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// A page of a list (<see href="https://relay.dev/graphql/connections.htm">GraphQL Cursor Connections</see>). It stands for any object type
/// named <c>XConnection</c> where X is the type of its items.
/// </summary>
/// <typeparam name="T">The items.</typeparam>
/// <param name="edges">The items with their cursors, in order.</param>
/// <param name="pageInfo">Where the page lies.</param>
/// <param name="totalCount">Items on all pages; any number when it was not asked for.</param>
public sealed class Connection<T>(IReadOnlyList<Edge<T>> edges, PageInfo pageInfo, int totalCount)
    where T : class
{
    /// <summary>Where the page lies among the others.</summary>
    public PageInfo PageInfo { get; } = pageInfo;

    /// <summary>The items with their cursors.</summary>
    public IReadOnlyList<Edge<T>>? Edges { get; } = edges;

    /// <summary>The items.</summary>
    public IReadOnlyList<T>? Nodes { get; } = [.. edges.Select(edge => edge.Node)];

    /// <summary>How many items there are on all pages.</summary>
    public int TotalCount { get; } = totalCount;
}

/// <summary>One item of a page. It stands for any object type named <c>XEdge</c>.</summary>
/// <typeparam name="T">The item.</typeparam>
/// <param name="Cursor">Opaque; given as <c>after</c> or <c>before</c>, paging goes on from this item.</param>
/// <param name="Node">The item.</param>
public sealed record Edge<T>(string Cursor, T Node)
    where T : class;

/// <summary>Where a page lies among the others. It stands for the object type <c>PageInfo</c>.</summary>
/// <param name="HasNextPage">True when there are items after the page.</param>
/// <param name="HasPreviousPage">True when there are items before the page.</param>
/// <param name="StartCursor">The first item's cursor; null on an empty page.</param>
/// <param name="EndCursor">The last item's cursor; null on an empty page.</param>
public sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor);
