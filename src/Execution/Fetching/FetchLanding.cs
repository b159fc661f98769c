namespace GraphGateway.Execution;

/// <summary>What happens when a request to a source has ended: its answer is filled in, or its fields are told why there is none.</summary>
internal sealed class FetchLanding(
    ExecutionMemory memory, TypeSpace space, ExecutionOptions options, TargetFiller filler, SourceErrors sourceErrors)
{
    /// <summary>
    /// Settles all entries of the call. The response lives on until the request's answer is written. True where it is without fault: it has no errors, and all
    /// that was asked for is in it, of its types.
    /// </summary>
    public bool Land(FetchCall call)
    {
        var response = call.Response!;
        foreach (var run in call.Runs)
        {
            run.AddForks(memory.Forks);
        }

        if (response.Outcome != SubgraphOutcome.Received)
        {
            Fail(call, KindOf(response));
            response.Dispose();
            return false;
        }

        var buffer = memory.Keep(response.Buffer, response, call.Step.Source.Ordinal);
        var wasFlawed = memory.IsFlawed;
        memory.IsFlawed = false;
        var envelopes = new ResponseReader(call, memory, filler, space, buffer, options).Read();
        if (envelopes is null)
        {
            Fail(call, KindWithoutAnswer(response.Status));
            return false;
        }

        FailMissing(call);
        var isWhole = !memory.IsFlawed;
        memory.IsFlawed |= wasFlawed;
        sourceErrors.Begin();
        foreach (var envelope in envelopes)
        {
            sourceErrors.Apply(call, envelope, buffer);
            isWhole &= envelope.Errors.Length + envelope.UnreadErrors == 0;
        }

        return isWhole;
    }

    private void FailMissing(FetchCall call)
    {
        for (var i = 0; i < call.ItemCount; i++)
        {
            var (run, entry, _) = call[i];
            if (run.StateOf(entry) == EntryState.Missing)
            {
                filler.FailEntry(run, entry, memory.FailureOf(FailureKind.MissingEntity, run.Step));
            }
        }
    }

    private void Fail(FetchCall call, FailureKind kind)
    {
        for (var i = 0; i < call.ItemCount; i++)
        {
            var (run, entry, _) = call[i];
            filler.FailEntry(run, entry, memory.FailureOf(kind, run.Step));
        }
    }

    private static FailureKind KindOf(SubgraphResponse response) => response.Outcome switch
    {
        SubgraphOutcome.TimedOut => FailureKind.TimedOut,
        SubgraphOutcome.RequestTimedOut => FailureKind.RequestTimedOut,
        SubgraphOutcome.TooLarge => FailureKind.TooLarge,
        SubgraphOutcome.Unreadable => KindWithoutAnswer(response.Status),
        SubgraphOutcome.RequestTooLarge => FailureKind.RequestTooLarge,
        SubgraphOutcome.Refused => FailureKind.Refused,
        SubgraphOutcome.NoMemory => FailureKind.NoMemory,
        SubgraphOutcome.TooManyRequests => FailureKind.TooManyRequests,
        SubgraphOutcome.ShuttingDown => FailureKind.ShuttingDown,
        _ => FailureKind.Unreachable,
    };

    // A status alone tells nothing: a GraphQL answer may come with any. Without one the status is what went wrong.
    private static FailureKind KindWithoutAnswer(int status) => status is >= 200 and < 300 ? FailureKind.Malformed : FailureKind.HttpStatus;
}
