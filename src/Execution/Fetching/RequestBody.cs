using System.Runtime.InteropServices;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Execution;

/// <summary>Writes the JSON bodies of requests to sources: bytes that stand already somewhere, one after the other.</summary>
internal sealed class RequestBody(ExecutionOptions options, ExecutionRequest request)
{
    /// <summary>How the entries of the step travel.</summary>
    public static FetchMode ModeOf(StepRun run) => run.Step.Step.Kind switch
    {
        FetchKind.Root => FetchMode.Root,
        FetchKind.Representations => FetchMode.Representations,
        _ when run.EntryCount == 1 => FetchMode.SingleLookup,
        _ when run.Step.Source.Batching.HasFlag(SourceBatching.Variables) => FetchMode.VariableBatch,
        _ when run.Step.Source.Batching.HasFlag(SourceBatching.Aliases) => FetchMode.AliasBatch,
        _ => FetchMode.SingleLookup,
    };

    /// <summary>How many entries travel in one request.</summary>
    public int BatchSize(FetchMode mode) => mode switch
    {
        FetchMode.Root or FetchMode.SingleLookup => 1,
        FetchMode.AliasBatch => options.MaxAliasBatchSize,
        _ => options.MaxBatchSize,
    };

    /// <summary>Writes the body of the call.</summary>
    public void Write(FetchCall call)
    {
        var body = call.Body;
        body.Write(call.Mode == FetchMode.AliasBatch ? call.Step.AliasPrefix(call.Count) : call.Step.Prefix);
        switch (call.Mode)
        {
            case FetchMode.Representations:
                body.Write(",\"variables\":{"u8);
                WriteRepresentations(call);
                WriteForwarded(call, isFirst: false);
                body.Write((byte)'}');
                break;
            case FetchMode.VariableBatch:
                WriteVariableBatch(call);
                break;
            case FetchMode.AliasBatch:
                WriteAliasVariables(call);
                break;
            default:
                WriteVariables(call);
                break;
        }

        body.Write((byte)'}');
    }

    private static void WriteRepresentations(FetchCall call)
    {
        call.Body.Write(call.Step.Inputs[0].Key);
        for (var i = 0; i < call.Count; i++)
        {
            call.Body.Write(i == 0 ? (byte)'[' : (byte)',');
            call.Body.Write(call.Run.Value(call.FirstEntry + i, 0));
        }

        call.Body.Write((byte)']');
    }

    private void WriteVariables(FetchCall call)
    {
        if (call.Step.Inputs.Length + call.Step.ForwardedNames.Length > 0)
        {
            call.Body.Write(",\"variables\":"u8);
            WriteVariableObject(call, call.FirstEntry);
        }
    }

    private void WriteVariableBatch(FetchCall call)
    {
        call.Body.Write(",\"variables\":"u8);
        for (var i = 0; i < call.Count; i++)
        {
            call.Body.Write(i == 0 ? (byte)'[' : (byte)',');
            WriteVariableObject(call, call.FirstEntry + i);
        }

        call.Body.Write((byte)']');
    }

    private void WriteVariableObject(FetchCall call, int entry)
    {
        call.Body.Write((byte)'{');
        for (var input = 0; input < call.Step.Inputs.Length; input++)
        {
            if (input > 0)
            {
                call.Body.Write((byte)',');
            }

            call.Body.Write(call.Step.Inputs[input].Key);
            call.Body.Write(call.Run.Value(entry, input));
        }

        WriteForwarded(call, isFirst: call.Step.Inputs.Length == 0);
        call.Body.Write((byte)'}');
    }

    private void WriteAliasVariables(FetchCall call)
    {
        call.Body.Write(",\"variables\":{"u8);
        for (var i = 0; i < call.Count; i++)
        {
            for (var input = 0; input < call.Step.Inputs.Length; input++)
            {
                if (i + input > 0)
                {
                    call.Body.Write((byte)',');
                }

                call.Body.Write(call.Step.Inputs[input].AliasKey(i));
                call.Body.Write(call.Run.Value(call.FirstEntry + i, input));
            }
        }

        WriteForwarded(call, isFirst: call.Step.Inputs.Length == 0);
        call.Body.Write((byte)'}');
    }

    private void WriteForwarded(FetchCall call, bool isFirst)
    {
        foreach (var (name, key) in call.Step.ForwardedNames)
        {
            if (!request.Variables.TryGetProvided(name, out var value))
            {
                continue;
            }

            if (!isFirst)
            {
                call.Body.Write((byte)',');
            }

            isFirst = false;
            call.Body.Write(key);
            call.Body.Write(JsonMarshal.GetRawUtf8Value(value));
        }
    }
}
