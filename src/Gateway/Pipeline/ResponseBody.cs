using System.Buffers;
using GraphGateway.Execution;
using GraphGateway.Http;
using GraphGateway.Language;
using GraphGateway.Operations;

namespace GraphGateway.Gateway;

/// <summary>An execution's answer as HTTP writes it. Several clients can have the same one: then it is put
/// together once, and copied; a large one is not held a second time, but put together for each.</summary>
internal sealed class ResponseBody : IGraphQLResponseBody
{
    private readonly Answer answer;

    public ResponseBody(ExecutionResult result, bool isTimedOut)
        : this(new Answer(result) { IsTimedOut = isTimedOut })
    {
    }

    private ResponseBody(Answer answer) => this.answer = answer;

    /// <summary>True when the time of the client's request was over before the sources had answered.</summary>
    public bool IsTimedOut => answer.IsTimedOut;

    /// <summary>How many errors there are.</summary>
    public int ErrorCount => answer.Result.ErrorCount;

    /// <summary>Their codes.</summary>
    public IEnumerable<ErrorCode> ErrorCodes => answer.Result.ErrorCodes;

    /// <summary>True when <c>data</c> is null.</summary>
    public bool IsDataNull => answer.Result.IsDataNull;

    /// <summary>How many requests went to sources.</summary>
    public int FetchCount => answer.Result.FetchCount;

    /// <summary>What it came to; null where nobody has counted it. Set before others get the answer.</summary>
    public CostFigures? Cost
    {
        get => answer.Cost;
        set => answer.Cost = value;
    }

    /// <summary>
    /// What is paid for it: that and what sources gave in vain; null where nobody has counted it. Set before others get the answer.
    /// </summary>
    public CostFigures? Spent
    {
        get => answer.Spent;
        set => answer.Spent = value;
    }

    /// <summary>The same answer for one more client, whose body is disposed as well.</summary>
    public ResponseBody Share()
    {
        answer.Share();
        return new ResponseBody(answer);
    }

    /// <inheritdoc/>
    public void WriteTo(IBufferWriter<byte> output, ResultPosition position)
    {
        if (position == ResultPosition.None)
        {
            answer.WriteTo(output);
            return;
        }

        answer.Result.WriteTo(output, MembersOf(position).Span);
    }

    /// <inheritdoc/>
    public bool IsLarge => answer.Result.IsLarge;

    /// <inheritdoc/>
    public Func<IBufferWriter<byte>, bool> InPieces(ResultPosition position)
    {
        if (answer.Result.IsLarge)
        {
            return answer.Result.InPieces(MembersOf(position));
        }

        return output =>
        {
            WriteTo(output, position);
            return false;
        };
    }

    private static ReadOnlyMemory<byte> MembersOf(ResultPosition position)
    {
        var members = new ArrayBufferWriter<byte>(64);
        position.WriteMembers(members);
        return members.WrittenMemory;
    }

    /// <inheritdoc/>
    public void Dispose() => answer.Dispose();

    private sealed class Answer(ExecutionResult result) : IDisposable
    {
        private readonly Lock gate = new();
        private int holders = 1;
        private bool isShared;
        private PooledBuffer? written;

        public ExecutionResult Result { get; } = result;

        public bool IsTimedOut { get; init; }

        public CostFigures? Cost { get; set; }

        public CostFigures? Spent { get; set; }

        public void Share()
        {
            lock (gate)
            {
                holders++;
                isShared = true;
            }
        }

        public void WriteTo(IBufferWriter<byte> output)
        {
            if (!isShared)
            {
                Result.WriteTo(output);
                return;
            }

            lock (gate)
            {
                if (written is null)
                {
                    written = new PooledBuffer();
                    Result.WriteTo(written);
                }
            }

            output.Write(written.Written);
        }

        // Once for each holder.
        public void Dispose()
        {
            lock (gate)
            {
                if (--holders > 0)
                {
                    return;
                }
            }

            written?.Dispose();
            Result.Dispose();
        }
    }
}
