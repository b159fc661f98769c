using System.Buffers;
using System.Runtime.CompilerServices;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Execution;

/// <summary>Carries a fetch to a source and brings its answer back: the one place where execution meets the network.</summary>
public interface ISubgraphTransport
{
    /// <summary>
    /// Sends one request. What goes wrong on the way is an outcome of the response, not an exception; an exception means a fault of the
    /// transport itself and fails the whole client request.
    /// </summary>
    /// <param name="request">Alive until the returned task has ended.</param>
    /// <param name="cancellationToken">Cancelled when the client leaves.</param>
    ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, CancellationToken cancellationToken);
}

/// <summary>One request to a source.</summary>
public sealed record SubgraphRequest
{
    /// <summary>The source that is asked.</summary>
    public required SourceSchema Source { get; init; }

    /// <summary>A GraphQL request as JSON in UTF-8, to be sent as <c>application/json</c>.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Query or mutation; only a query may be repeated or shared.</summary>
    public required OperationType Operation { get; init; }

    /// <summary>True when <c>variables</c> is a list, so that the answer is a JSON array or JSON lines.</summary>
    public bool IsVariableBatch { get; init; }

    /// <summary>True when the body is a JSON array of requests, so that the answer is a JSON array or JSON lines.</summary>
    public bool IsRequestBatch { get; init; }

    /// <summary>True when the answer holds several responses.</summary>
    public bool IsBatch => IsVariableBatch || IsRequestBatch;

    /// <summary>The step of the plan; of several that travel together, the number of their request (<c>FetchStep.Request</c>).</summary>
    public int Step { get; init; }

    /// <summary>For how many objects it asks: the entities of its lookups; 1 at the root.</summary>
    public int EntityCount { get; init; }

    /// <summary>How long the answer may be kept, as the source's schema says.</summary>
    public CacheHints Hints { get; init; }

    /// <summary>What the caller of the executor handed in for the transport: headers to forward, deadline. Null when it gave nothing.</summary>
    public object? Context { get; init; }
}

/// <summary>How a request to a source ended.</summary>
public enum SubgraphOutcome
{
    /// <summary>An HTTP answer with any status came in whole.</summary>
    Received,

    /// <summary>No connection, or it broke before the answer was whole.</summary>
    Unreachable,

    /// <summary>The source's own time ran out.</summary>
    TimedOut,

    /// <summary>The time of the whole client request ran out.</summary>
    RequestTimedOut,

    /// <summary>The answer is larger than allowed.</summary>
    TooLarge,

    /// <summary>The answer's content coding is unknown, or its bytes do not have it.</summary>
    Unreadable,

    /// <summary>All answers that are held fill the memory that is allowed for them: this one was not read to its end.</summary>
    NoMemory,

    /// <summary>The request is larger than allowed and was not sent.</summary>
    RequestTooLarge,

    /// <summary>Too many requests to the source wait already: this one was not sent.</summary>
    Refused,

    /// <summary>The execution has sent as many requests as it may: this one was not sent.</summary>
    TooManyRequests,

    /// <summary>The gateway stops and waits no longer.</summary>
    ShuttingDown,

    /// <summary>The client left.</summary>
    Cancelled,
}

/// <summary>The answer of a source, or why there is none. Its owner disposes it, which gives the bytes back to the pool.</summary>
public sealed class SubgraphResponse : IDisposable
{
    private byte[]? pooled;

    // How many responses have the bytes, this one included; null while it is this one alone.
    private StrongBox<int>? holders;

    // Where the bytes go back to; null: the shared pool itself.
    private readonly AnswerMemory? memory;

    private SubgraphResponse(SubgraphOutcome outcome, int status, string? contentType, byte[]? pooled, int length, AnswerMemory? memory)
    {
        this.memory = memory;
        Outcome = outcome;
        Status = status;
        ContentType = contentType;
        this.pooled = pooled;
        Length = length;
    }

    /// <summary>How the request ended.</summary>
    public SubgraphOutcome Outcome { get; }

    /// <summary>The HTTP status; 0 when no answer was received.</summary>
    public int Status { get; }

    /// <summary>The media type of the body, or null.</summary>
    public string? ContentType { get; }

    /// <summary>Bytes of the body.</summary>
    public int Length { get; }

    /// <summary>
    /// The body. One piece, not chunks: values are sliced out of it without ever crossing a border, which measures better than the copy
    /// that growing costs where a source does not tell its content length.
    /// </summary>
    public ReadOnlySpan<byte> Body => pooled.AsSpan(0, Length);

    /// <summary>
    /// True when the answer came after the time was over that the source had been told: where it is an error, that may be why. Set by who
    /// received it, before anybody else sees it.
    /// </summary>
    public bool IsLate { get; set; }

    /// <summary>How long it may be kept, where somebody wants to know. Set by who received it, before anybody else sees it.</summary>
    public CachePolicy CachePolicy { get; set; }

    /// <summary>Under which names its source wants it to be forgotten, where somebody wants to know. Set by who received it, before anybody else sees it.</summary>
    public AnswerTags Tags { get; set; } = AnswerTags.None;

    internal byte[] Buffer => pooled ?? [];

    /// <inheritdoc cref="Body"/>
    internal ReadOnlyMemory<byte> Bytes => pooled.AsMemory(0, Length);

    /// <summary>
    /// An answer. <paramref name="pooled"/> comes from <paramref name="memory"/>, or else from <see cref="ArrayPool{T}.Shared"/>, and belongs to the
    /// response from now on.
    /// </summary>
    public static SubgraphResponse Received(int status, string? contentType, byte[] pooled, int length, AnswerMemory? memory = null) =>
        new(SubgraphOutcome.Received, status, contentType, pooled, length, memory);

    /// <summary>No answer.</summary>
    public static SubgraphResponse Failed(SubgraphOutcome outcome, int status = 0) => new(outcome, status, null, null, 0, null);

    /// <summary>
    /// The same answer for one more owner, who disposes it as well: the bytes go back when the last one has. Called by one thread at a time,
    /// and before the response itself is disposed.
    /// </summary>
    public SubgraphResponse Share()
    {
        holders ??= new StrongBox<int>(1);
        Interlocked.Increment(ref holders.Value);
        return new SubgraphResponse(Outcome, Status, ContentType, pooled, Length, memory) { holders = holders, CachePolicy = CachePolicy, Tags = Tags };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (pooled is { } buffer)
        {
            pooled = null;
            if (holders is null || Interlocked.Decrement(ref holders.Value) == 0)
            {
                GiveBack(buffer);
            }
        }
    }

    private void GiveBack(byte[] buffer)
    {
        if (memory is null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        else
        {
            memory.Return(buffer);
        }
    }
}
