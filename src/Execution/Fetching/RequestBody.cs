using System.Runtime.InteropServices;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Execution;

/// <summary>Writes the JSON bodies of requests to sources: bytes that stand already somewhere, one after the other.</summary>
internal sealed class RequestBody(ExecutionOptions options, ExecutionRequest request)
{
    /// <summary>How the entries of the step travel.</summary>
    public static FetchMode ModeOf(StepRun run) => ModeOf(run, run.EntryCount, documents: 1);

    /// <summary>How so many entries of so many documents of the step's source travel. A list of variables is for one document.</summary>
    public static FetchMode ModeOf(StepRun run, int count, int documents) => run.Step.Step.Kind switch
    {
        FetchKind.Root => FetchMode.Root,
        FetchKind.Representations => FetchMode.Representations,
        _ when count == 1 => FetchMode.SingleLookup,
        _ when documents == 1 && run.Step.Source.Batching.HasFlag(SourceBatching.Variables) => FetchMode.VariableBatch,
        _ when run.Step.Source.Batching.HasFlag(SourceBatching.Aliases) => FetchMode.AliasBatch,
        _ when run.Step.Source.Batching.HasFlag(SourceBatching.Requests) => FetchMode.RequestBatch,
        _ => FetchMode.SingleLookup,
    };

    /// <summary>How many of the step's entries, from the given one on, travel in one request: at least one.</summary>
    public int CountFrom(StepRun run, FetchMode mode, int first)
    {
        var max = Math.Min(BatchSize(mode, run.Step), run.EntryCount - first);
        var each = BytesOfEach(mode, run.Step);
        var bytes = 0L;
        for (var count = 0; count < max; count++)
        {
            bytes += each + run.AllValues(first + count).Length;
            if (bytes > options.MaxVariableBytes && count > 0)
            {
                return count;
            }
        }

        return max;
    }

    /// <summary>True when the entries, which may be of several steps, can travel in one request.</summary>
    public bool IsOneRequest(FetchMode mode, ReadOnlySpan<CallItem> entries)
    {
        var (bytes, document) = (0L, 0L);
        foreach (var entry in entries)
        {
            bytes += BytesOfEach(mode, entry.Run.Step) + entry.Run.AllValues(entry.Entry).Length;
            document += entry.Run.Step.Step.Document.Utf8.Length;
        }

        return entries.Length == 1 || (entries.Length <= MaxCount(mode) && bytes <= options.MaxVariableBytes
            && (mode != FetchMode.AliasBatch || document <= options.MaxAliasDocumentBytes));
    }

    /// <summary>True when so many entities in so many lists, each with arguments of its own, travel in one request.</summary>
    public bool HasRoom(CompiledStep step, int entries, int lists, long bytes) => entries <= options.MaxBatchSize
        && (lists == 1 || lists <= BatchSize(FetchMode.AliasBatch, step)) && bytes <= options.MaxVariableBytes;

    private int BatchSize(FetchMode mode, CompiledStep step) => mode == FetchMode.AliasBatch
        ? Math.Clamp(options.MaxAliasDocumentBytes / step.Step.Document.Utf8.Length, 1, MaxCount(mode))
        : MaxCount(mode);

    private int MaxCount(FetchMode mode) => mode switch
    {
        FetchMode.Root or FetchMode.SingleLookup => 1,
        FetchMode.AliasBatch => options.MaxAliasBatchSize,
        _ => options.MaxBatchSize,
    };

    // The client's variables stand in each set of variables of a variable batch, and with the document in each of a list of requests; elsewhere they stand once.
    private long BytesOfEach(FetchMode mode, CompiledStep step)
    {
        var bytes = mode == FetchMode.RequestBatch ? step.Prefix.Length : 0L;
        foreach (var (name, key) in mode is FetchMode.VariableBatch or FetchMode.RequestBatch ? step.ForwardedNames : [])
        {
            bytes += request.Variables.TryGetProvided(name, out var value) ? key.Length + JsonMarshal.GetRawUtf8Value(value).Length : 0;
        }

        return bytes;
    }

    /// <summary>Writes the body of the call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="batch">The document of several lists of entities, or of different lookups; null where the step's own says it.</param>
    public void Write(FetchCall call, CompiledBatch? batch = null)
    {
        if (call.Mode == FetchMode.RequestBatch)
        {
            WriteRequests(call);
            return;
        }

        var body = call.Body;
        body.Write(call.Mode switch
        {
            FetchMode.AliasBatch => batch?.Prefix ?? call.Step.AliasPrefix(call.Count),
            FetchMode.EntityLists => batch?.Prefix ?? call.Step.AliasPrefix(call.ListEnds.Length),
            _ => call.Step.Prefix,
        });
        switch (call.Mode)
        {
            case FetchMode.EntityLists when batch is not null:
                WriteLists(call, batch);
                break;
            case FetchMode.Representations or FetchMode.EntityLists:
                WriteEntities(call);
                break;
            case FetchMode.VariableBatch:
                WriteVariableBatch(call);
                break;
            case FetchMode.AliasBatch:
                WriteAliasVariables(call, batch?.ForwardedNames ?? call.Step.ForwardedNames);
                break;
            default:
                WriteVariables(call, 0);
                break;
        }

        body.Write((byte)'}');
    }

    // One list of entities; several where they differ in what comes from contexts, which is the same for all of a list.
    private void WriteEntities(FetchCall call)
    {
        call.Body.Write(",\"variables\":{"u8);
        var lists = Math.Max(1, call.ListEnds.Length);
        for (var list = 0; list < lists; list++)
        {
            var (first, count) = call.ListEnds.Length == 0 ? (0, call.Count) : call.ListAt(list);
            for (var input = 0; input < call.Step.Inputs.Length; input++)
            {
                if (list + input > 0)
                {
                    call.Body.Write((byte)',');
                }

                call.Body.Write(lists == 1 ? call.Step.Inputs[input].Key : call.Step.Inputs[input].AliasKey(list));
                if (input == 0)
                {
                    WriteList(call, first, count);
                }
                else
                {
                    call.Body.Write(call.Value(first, input));
                }
            }
        }

        WriteForwarded(call, call.Step.ForwardedNames, isFirst: false);
        call.Body.Write((byte)'}');
    }

    private void WriteLists(FetchCall call, CompiledBatch batch)
    {
        call.Body.Write(",\"variables\":{"u8);
        for (var i = 0; i < call.ListEnds.Length; i++)
        {
            if (i > 0)
            {
                call.Body.Write((byte)',');
            }

            call.Body.Write(batch.VariableKeys[i]);
            var (first, count) = call.ListAt(i);
            WriteList(call, first, count);
        }

        WriteForwarded(call, batch.ForwardedNames, isFirst: false);
        call.Body.Write((byte)'}');
    }

    private static void WriteList(FetchCall call, int first, int count)
    {
        for (var i = 0; i < count; i++)
        {
            call.Body.Write(i == 0 ? (byte)'[' : (byte)',');
            call.Body.Write(call.Value(first + i, 0));
        }

        call.Body.Write((byte)']');
    }

    // A JSON array of requests (GraphQL over HTTP has no text for it yet; servers agree on this form).
    private void WriteRequests(FetchCall call)
    {
        for (var i = 0; i < call.Count; i++)
        {
            call.Body.Write(i == 0 ? (byte)'[' : (byte)',');
            call.Body.Write(call.StepAt(i).Prefix);
            WriteVariables(call, i);
            call.Body.Write((byte)'}');
        }

        call.Body.Write((byte)']');
    }

    private void WriteVariables(FetchCall call, int position)
    {
        var step = call.StepAt(position);
        if (step.Inputs.Length + step.ForwardedNames.Length > 0)
        {
            call.Body.Write(",\"variables\":"u8);
            WriteVariableObject(call, position);
        }
    }

    private void WriteVariableBatch(FetchCall call)
    {
        call.Body.Write(",\"variables\":"u8);
        for (var i = 0; i < call.Count; i++)
        {
            call.Body.Write(i == 0 ? (byte)'[' : (byte)',');
            WriteVariableObject(call, i);
        }

        call.Body.Write((byte)']');
    }

    private void WriteVariableObject(FetchCall call, int position)
    {
        var step = call.StepAt(position);
        call.Body.Write((byte)'{');
        for (var input = 0; input < step.Inputs.Length; input++)
        {
            if (input > 0)
            {
                call.Body.Write((byte)',');
            }

            call.Body.Write(step.Inputs[input].Key);
            call.Body.Write(call.Value(position, input));
        }

        WriteForwarded(call, step.ForwardedNames, isFirst: step.Inputs.Length == 0);
        call.Body.Write((byte)'}');
    }

    private void WriteAliasVariables(FetchCall call, (string Name, byte[] Key)[] forwarded)
    {
        call.Body.Write(",\"variables\":{"u8);
        var isFirst = true;
        for (var i = 0; i < call.Count; i++)
        {
            var inputs = call.StepAt(i).Inputs;
            for (var input = 0; input < inputs.Length; input++)
            {
                if (!isFirst)
                {
                    call.Body.Write((byte)',');
                }

                isFirst = false;
                call.Body.Write(inputs[input].AliasKey(i));
                call.Body.Write(call.Value(i, input));
            }
        }

        WriteForwarded(call, forwarded, isFirst);
        call.Body.Write((byte)'}');
    }

    /// <summary>The client's variables that the step's document uses, as they are sent.</summary>
    public ReadOnlyMemory<byte> ForwardedOf(CompiledStep step)
    {
        if (step.ForwardedNames.Length == 0)
        {
            return default;
        }

        using var output = new PooledBuffer();
        WriteForwarded(output, step.ForwardedNames, isFirst: true);
        return output.Written.ToArray();
    }

    private void WriteForwarded(FetchCall call, (string Name, byte[] Key)[] names, bool isFirst) => WriteForwarded(call.Body, names, isFirst);

    private void WriteForwarded(PooledBuffer body, (string Name, byte[] Key)[] names, bool isFirst)
    {
        foreach (var (name, key) in names)
        {
            if (!request.Variables.TryGetProvided(name, out var value))
            {
                continue;
            }

            if (!isFirst)
            {
                body.Write((byte)',');
            }

            isFirst = false;
            body.Write(key);
            body.Write(JsonMarshal.GetRawUtf8Value(value));
        }
    }
}
