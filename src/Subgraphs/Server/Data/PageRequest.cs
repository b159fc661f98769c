using GraphGateway.Language;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// What a client asks of a connection field: the arguments <c>first, after, last, before, where, order</c> (as many as the field declares)
/// and what it selects. As a resolver's parameter it takes those arguments. Two requests that ask the same are equal, so it can be part of
/// a loader's key.
/// </summary>
/// <typeparam name="T">The items.</typeparam>
public sealed record PageRequest<T>
    where T : class
{
    /// <summary>At most so many items from the start; null when not given.</summary>
    public int? First { get; init; }

    /// <summary>Only items after this cursor.</summary>
    public string? After { get; init; }

    /// <summary>At most so many items, the last ones.</summary>
    public int? Last { get; init; }

    /// <summary>Only items before this cursor.</summary>
    public string? Before { get; init; }

    /// <summary>Which items; null for all.</summary>
    public Filter<T>? Where { get; init; }

    /// <summary>The client's order; null when it has none.</summary>
    public Sort<T>? Order { get; init; }

    /// <summary>The columns that are selected below <c>nodes</c> and <c>edges { node }</c>.</summary>
    public Projection<T> Projection { get; init; } = Projection<T>.All;

    /// <summary>True when <c>totalCount</c> is selected.</summary>
    public bool WantsTotalCount { get; init; }

    /// <summary>True when something of the page itself is selected, and not the total count alone.</summary>
    public bool WantsItems { get; init; } = true;

    /// <summary>Items of a page when neither <see cref="First"/> nor <see cref="Last"/> says how many.</summary>
    public int DefaultSize { get; init; } = 10;

    /// <summary>The largest <see cref="First"/> or <see cref="Last"/>.</summary>
    public int MaxSize { get; init; } = 100;

    internal bool IsBackward => Last is not null;

    /// <summary>How many items the page has at most.</summary>
    /// <exception cref="GraphQLException">The arguments contradict each other, or ask for too many.</exception>
    internal int Size()
    {
        if (First is not null && Last is not null)
        {
            throw new GraphQLException("\"first\" and \"last\" cannot be given together.", ErrorCode.BadUserInput);
        }

        var (name, size) = Last is { } last ? ("last", last) : ("first", First ?? DefaultSize);
        if (size < 0)
        {
            throw new GraphQLException($"\"{name}\" must not be negative.", ErrorCode.BadUserInput);
        }

        return size <= MaxSize
            ? size
            : throw new GraphQLException($"\"{name}\" must be at most {MaxSize}.", ErrorCode.BadUserInput);
    }
}
