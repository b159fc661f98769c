using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Execution;

/// <summary>
/// Runs query plans: asks the sources, puts their answers together and writes one
/// (<see href="https://spec.graphql.org/September2025/#sec-Execution">Spec §6</see>).
/// <para>
/// The way of a value: a source's bytes stay where they were received; reading checks them and notes in a 16-byte slot where each value lies
/// (<c>Reading/</c>); the slots of an entity are filled by one source after the other, which is all the merging there is
/// (<c>Fetching/</c>); nulls are propagated where something is missing, and the bytes are copied once, to where the answer goes
/// (<c>Writing/</c>).
/// </para>
/// </summary>
public sealed class PlanExecutor
{
    private readonly ISubgraphTransport transport;
    private readonly ExecutionOptions options;
    private readonly TypeSpace space;

    /// <summary>An executor for the plans of one graph.</summary>
    public PlanExecutor(Supergraph supergraph, ISubgraphTransport transport, ExecutionOptions options)
    {
        this.transport = transport;
        this.options = options;
        space = new TypeSpace(supergraph);
    }

    /// <summary>Makes a plan ready to run; once for each plan.</summary>
    public ExecutablePlan Prepare(QueryPlan plan) => new(plan, space);

    /// <summary>
    /// Runs a plan. Whatever sources do ends up in the result. Throws <see cref="OperationCanceledException"/> when the client left, and
    /// what the transport threw where that has a fault of its own; then nothing of the request is left in memory.
    /// </summary>
    public async ValueTask<ExecutionResult> ExecuteAsync(
        ExecutablePlan plan, ExecutionRequest request, CancellationToken cancellationToken)
    {
        ExecutionMemory? memory = null;
        RequestRun? run = null;
        var errors = new ErrorList(options);
        try
        {
            memory = ExecutionMemory.Rent(plan.UsualSlots, options);
            var root = memory.NewObject(plan.Root, space.Find(plan.Root.Type.Name));
            AnswerIntrospection(plan, request, memory, errors, root);
            run = new RequestRun(plan, request, transport, options, memory, errors, root, cancellationToken);
            await run.RunAsync().ConfigureAwait(false);
            memory.OpenErrors.Tell(errors, plan.Root, root);
            var hasData = !memory.NeedsCompletion || new NullPropagation(memory, errors).TryComplete(plan.Root, root);
            plan.NoteSlots(memory.Slots.Count);
            var top = root;
            root = hasData ? root : -1;
            var size = AnswerSize.AtMost(plan, memory, errors, root, options.MaxAnswerBytes);
            return size <= options.MaxAnswerBytes
                ? new ExecutionResult(plan, memory, errors, root, top, size, request.Extensions, run.FetchCount)
                : throw new NoRoomException(isTooLarge: true);
        }
        catch (NoRoomException exception)
        {
            memory?.Dispose();
            errors.Replace(Failure.MessageOf(exception.Kind), Failure.CodeOf(exception.Kind));
            return new ExecutionResult(plan, ExecutionMemory.Rent(expectedSlots: 0, options), errors, root: -1, top: -1, size: 0, request.Extensions, run?.FetchCount ?? 0);
        }
        catch
        {
            memory?.Dispose();
            throw;
        }
    }

    private static void AnswerIntrospection(ExecutablePlan plan, ExecutionRequest request, ExecutionMemory memory, ErrorList errors, int root)
    {
        // One buffer for all of them: the number of buffers is bounded.
        PooledBuffer? output = null;
        List<(int Index, int Start, int Length)>? slots = null;
        foreach (var field in plan.Root.Variant(memory.Slots[root].Aux).Fields)
        {
            if (!ExecutablePlan.IsIntrospection(field.Field))
            {
                continue;
            }

            (output, slots) = (output ?? new PooledBuffer(16 * 1024), slots ?? []);
            var start = output.Length;
            using (var writer = new Utf8JsonWriter(output, ErrorList.JsonOptions))
            {
                var error = IntrospectionExecutor.Write(
                    writer, plan.Plan.Supergraph.PublicSchema, field.Field.Selection!, request.Document, request.Variables, request.SchemaView);
                if (error is not null)
                {
                    errors.Add(error.Message, error.Code ?? ErrorCode.BadUserInput, new ErrorPath(field.Field.Key));
                }
            }

            slots.Add((root + 1 + field.Slot, start, output.Length - start));
        }

        if (output is null)
        {
            return;
        }

        var buffer = memory.Keep(output.Array, output);
        foreach (var (index, start, length) in slots!)
        {
            memory.CountLeaf(length);
            memory.Fill(index, new Slot { Kind = SlotKind.Raw, Offset = start, Length = length, Buffer = buffer }, isVisible: true);
        }
    }
}
