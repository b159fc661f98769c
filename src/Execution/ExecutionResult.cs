using System.Buffers;
using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.Operations;

namespace GraphGateway.Execution;

/// <summary>The answer of an execution, which can write itself. Holds pooled memory until it is disposed.</summary>
public sealed class ExecutionResult : IDisposable
{
    private const int LargeBytes = 512 * 1024;

    private readonly ExecutablePlan plan;
    private ExecutionMemory? memory;
    private readonly ErrorList errors;
    private readonly int root;
    private readonly int top;

    /// <param name="plan">What was executed.</param>
    /// <param name="memory">Has the answer; disposed with this.</param>
    /// <param name="errors">Its errors.</param>
    /// <param name="root">The object that is written; negative where <c>data</c> is null.</param>
    /// <param name="top">The object that sources have filled, also where <c>data</c> is null; negative where it was given up.</param>
    /// <param name="size">Bytes of the answer at most.</param>
    /// <param name="extensions">A JSON object, or nothing.</param>
    /// <param name="fetchCount">How many requests went to sources.</param>
    internal ExecutionResult(
        ExecutablePlan plan, ExecutionMemory memory, ErrorList errors, int root, int top, long size, ReadOnlyMemory<byte> extensions, int fetchCount)
    {
        this.top = top;
        IsLarge = size > LargeBytes;
        this.plan = plan;
        this.memory = memory;
        this.errors = errors;
        this.root = root;
        Extensions = extensions;
        FetchCount = fetchCount;
    }

    /// <summary>How many errors there are, those that the limit leaves out included.</summary>
    public int ErrorCount => errors.Count;

    /// <summary>The codes of the errors that are written, one for each, in no order. Until the result is disposed.</summary>
    public IEnumerable<ErrorCode> ErrorCodes => errors.Codes;

    /// <summary>How many requests went to sources.</summary>
    public int FetchCount { get; }

    /// <summary>A JSON object that becomes <c>extensions</c>; empty for none.</summary>
    public ReadOnlyMemory<byte> Extensions { get; set; }

    /// <summary>True when <c>data</c> is null.</summary>
    public bool IsDataNull => root < 0;

    /// <summary>True for an answer that is to go out by <see cref="InPieces"/>, so that no more of it is in memory than the client takes.</summary>
    public bool IsLarge { get; }

    /// <summary>
    /// What <see cref="WriteTo"/> writes, a piece of some 64 KB at a time: each call writes the next one, and is true when there are more. Several clients may be
    /// written to at the same time, each with a function of its own, until the result is disposed.
    /// </summary>
    /// <param name="leadingMembers">As for <see cref="WriteTo"/>.</param>
    public Func<IBufferWriter<byte>, bool> InPieces(ReadOnlyMemory<byte> leadingMembers = default)
    {
        ObjectDisposedException.ThrowIf(memory is null, this);
        return new AnswerPieces(plan, memory, errors, root, Extensions, leadingMembers).Write;
    }

    /// <summary>
    /// Writes the response (<see href="https://spec.graphql.org/September2025/#sec-Response-Format">Spec §7.1</see>): errors if there are
    /// any, data, extensions if there are any.
    /// </summary>
    /// <param name="output">Gets a JSON object in UTF-8.</param>
    /// <param name="leadingMembers">Written right after the opening brace, with a trailing comma; empty for none.</param>
    public void WriteTo(IBufferWriter<byte> output, ReadOnlySpan<byte> leadingMembers = default)
    {
        output.Write("{"u8);
        output.Write(leadingMembers);
        if (errors.Count > 0)
        {
            output.Write("\"errors\":"u8);
            using (var writer = new Utf8JsonWriter(output, ErrorList.JsonOptions))
            {
                errors.WriteTo(writer);
            }

            output.Write(","u8);
        }

        WriteData(output);
        if (!Extensions.IsEmpty)
        {
            output.Write(",\"extensions\":"u8);
            output.Write(Extensions.Span);
        }

        output.Write("}"u8);
    }

    /// <summary>What the answer came to: nothing where <c>data</c> is null. One pass over it, until it is disposed.</summary>
    /// <param name="index">What the public schema says of costs.</param>
    /// <param name="variables">The request's coerced variables.</param>
    public CostFigures CountCost(CostIndex index, VariableValues variables)
    {
        ObjectDisposedException.ThrowIf(memory is null, this);
        return root < 0 ? default : new AnswerCost(memory, plan.Space, index, variables, countsNulled: false).Of(plan.Root, root);
    }

    /// <summary>
    /// What sources have given for it, also where that is null in the answer, since something non-null beside it has no value. Null where nobody knows:
    /// what they gave was too much to be held.
    /// </summary>
    /// <inheritdoc cref="CountCost"/>
    public CostFigures? CountSpent(CostIndex index, VariableValues variables)
    {
        ObjectDisposedException.ThrowIf(memory is null, this);
        return top < 0 ? null : new AnswerCost(memory, plan.Space, index, variables, countsNulled: true).Of(plan.Root, top);
    }

    /// <summary>Gives the memory back; from then on the answer cannot be written any more.</summary>
    public void Dispose() => Interlocked.Exchange(ref memory, null)?.Dispose();

    private void WriteData(IBufferWriter<byte> output)
    {
        ObjectDisposedException.ThrowIf(memory is null, this);
        output.Write("\"data\":"u8);
        if (root < 0)
        {
            output.Write("null"u8);
            return;
        }

        var writer = new ResultWriter(memory, plan.Space, new JsonOutput(output));
        writer.WriteObject(plan.Root, root);
        writer.Output.Flush();
    }
}
