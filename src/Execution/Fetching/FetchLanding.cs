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

        FailMissing(call);
        foreach (var envelope in envelopes)
        {
            sourceErrors.Apply(call, envelope, buffer);
        }
    }

    private void FailMissing(FetchCall call)
    {
        foreach (var run in call.Runs)
        {
            for (var entry = 0; entry < run.EntryCount; entry++)
            {
                if (IsIn(call, run, entry) && run.StateOf(entry) == EntryState.Missing)
                {
                    filler.FailEntry(run, entry, memory.FailureOf(FailureKind.MissingEntity, run.Step));
                }
            }
        }
    }

    private void Fail(FetchCall call, FailureKind kind)
    {
        foreach (var run in call.Runs)
        {
            var failure = memory.FailureOf(kind, run.Step);
            for (var entry = 0; entry < run.EntryCount; entry++)
            {
                if (IsIn(call, run, entry))
                {
                    filler.FailEntry(run, entry, failure);
                }
            }
        }
    }

    // A step that travels with others has all its entries in one call.
    private static bool IsIn(FetchCall call, StepRun run, int entry) =>
        call.Runs.Length > 1 || (entry >= call[0].Entry && entry < call[0].Entry + call.Count);

    private static FailureKind KindOf(SubgraphOutcome outcome) => outcome switch
    {
        SubgraphOutcome.TimedOut => FailureKind.TimedOut,
        SubgraphOutcome.RequestTimedOut => FailureKind.RequestTimedOut,
        SubgraphOutcome.TooLarge => FailureKind.TooLarge,
        _ => FailureKind.Unreachable,
    };
}
