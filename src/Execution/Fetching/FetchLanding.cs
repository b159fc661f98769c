namespace GraphGateway.Execution;

/// <summary>What happens when a request to a source has ended: its answer is filled in, or its fields are told why there is none.</summary>
internal sealed class FetchLanding(
    ExecutionMemory memory, TypeSpace space, ExecutionOptions options, TargetFiller filler, SourceErrors sourceErrors)
{
    /// <summary>Settles all entries of the call. The response lives on until the request's answer is written.</summary>
    public void Land(FetchCall call)
    {
        var response = call.Response!;
        if (response.Outcome != SubgraphOutcome.Received)
        {
            Fail(call, KindOf(response.Outcome));
            response.Dispose();
            return;
        }

        var buffer = memory.Keep(response.Buffer, response);
        var envelopes = new ResponseReader(call, memory, filler, space, buffer, options.MaxJsonDepth).Read();
        if (envelopes is null)
        {
            // A status alone tells nothing: a GraphQL answer may come with any. Without one the status is what went wrong.
            Fail(call, response.Status is >= 200 and < 300 ? FailureKind.Malformed : FailureKind.HttpStatus);
            return;
        }

        for (var entry = call.FirstEntry; entry < call.FirstEntry + call.Count; entry++)
        {
            if (call.Run.States[entry] == (int)EntryState.Missing)
            {
                filler.FailEntry(call.Run, entry, memory.FailureOf(FailureKind.MissingEntity, call.Step));
            }
        }

        foreach (var envelope in envelopes)
        {
            sourceErrors.Apply(call, envelope, buffer);
        }
    }

    private void Fail(FetchCall call, FailureKind kind)
    {
        var failure = memory.FailureOf(kind, call.Step);
        for (var entry = call.FirstEntry; entry < call.FirstEntry + call.Count; entry++)
        {
            filler.FailEntry(call.Run, entry, failure);
        }
    }

    private static FailureKind KindOf(SubgraphOutcome outcome) => outcome switch
    {
        SubgraphOutcome.TimedOut => FailureKind.TimedOut,
        SubgraphOutcome.RequestTimedOut => FailureKind.RequestTimedOut,
        SubgraphOutcome.TooLarge => FailureKind.TooLarge,
        _ => FailureKind.Unreachable,
    };
}
