namespace GraphGateway.Execution;

/// <summary>
/// Runs the steps of one request. A step starts the moment the last step that it depends on has ended.
/// <para>
/// Whoever brings an answer queues it; the first one to come becomes the owner and lands all that is queued, on its own thread and without
/// a lock, so that nothing else touches the request's memory meanwhile. Parsing, merging and starting steps are plain synchronous code.
/// </para>
/// </summary>
internal sealed class RequestRun
{
    private readonly ExecutablePlan plan;
    private readonly ExecutionRequest request;
    private readonly ISubgraphTransport transport;
    private readonly ExecutionOptions options;
    private readonly CancellationToken cancellationToken;
    private readonly ExecutionMemory memory;
    private readonly ErrorList errors;
    private readonly FetchLanding landing;
    private readonly TargetCollector targets;
    private readonly RequestBody bodies;
    private readonly KeptEntities? kept;
    private readonly StepRun?[] runs;
    private readonly int[] waitingFor;
    private readonly bool[] ended;
    private readonly int root;
    private readonly Gatherings gatherings;
    private readonly LandedCalls landed = new();
    private readonly SourceWindows windows;
    private readonly TaskCompletionSource finished = new();

    // Answers in the queue, plus one while somebody owns the run.
    private int pending = 1;
    private int inFlight;

    // Those that were sent or wait to be.
    private int calls;
    private Exception? fault;

    public RequestRun(
        ExecutablePlan plan,
        ExecutionRequest request,
        ISubgraphTransport transport,
        ExecutionOptions options,
        ExecutionMemory memory,
        ErrorList errors,
        int root,
        CancellationToken cancellationToken)
    {
        this.plan = plan;
        this.request = request;
        this.transport = transport;
        this.options = options;
        ended = new bool[plan.Steps.Length];
        gatherings = new Gatherings(plan, options.ReusesEntities);
        windows = new SourceWindows(options.MaxRequestsAtATime, plan.Plan.Supergraph.Sources.Length);
        this.cancellationToken = cancellationToken;
        this.memory = memory;
        this.errors = errors;
        this.root = root;
        var filler = new TargetFiller(memory);
        landing = new FetchLanding(memory, plan.Space, options, filler, new SourceErrors(memory, errors, filler, root));
        targets = new TargetCollector(memory, plan, filler, options.ReusesEntities && plan.Steps.Length > 1 ? new EntityStore(memory, plan, root, ended) : null);
        bodies = new RequestBody(options, request);
        kept = request.Entities is { } cache ? new KeptEntities(cache, landing, bodies, options.Memory) : null;
        runs = new StepRun?[plan.Steps.Length];
        waitingFor = plan.WaitsFor.ToArray();
    }

    /// <summary>Requests that were sent.</summary>
    public int FetchCount { get; private set; }

    /// <summary>Ends when all steps have.</summary>
    public Task RunAsync()
    {
        try
        {
            for (var i = 0; i < waitingFor.Length; i++)
            {
                if (plan.Steps[i].Step.DependsOn.IsEmpty)
                {
                    Ready(plan.Steps[i]);
                }
            }

            SendAhead();
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        ReleaseOrLand();
        return finished.Task;
    }

    // A step whose inputs are there starts, unless it travels with others that are not ready yet.
    private void Ready(CompiledStep step)
    {
        if (step.Request is not { } request)
        {
            Start(step);
        }
        else if (gatherings.Ready(request, step) is { } together)
        {
            StartWhole(request, together);
        }
    }

    private void StartWhole(CompiledRequest request, CompiledStep[] steps)
    {
        var isAsked = Start(request, steps);
        if (gatherings.HasGoneAhead(request))
        {
            request.WentAhead(hasSpared: !isAsked);
        }
    }

    private void SendAhead()
    {
        foreach (var (request, steps) in gatherings.TakeAhead())
        {
            Start(request, steps);
        }
    }

    // 1. What does the step fill, and what does it have to send for that?  2. Nothing: it has ended.  3. Send, in as many requests as needed.
    private void Start(CompiledStep step)
    {
        var run = Collect(step);
        if (run.EntryCount == 0)
        {
            End(run);
        }
        else if (kept is null)
        {
            Send(run);
        }
        else
        {
            Ask(null, [run]);
        }
    }

    // The same for steps that travel together: 1. for each, 2. those with nothing to ask have ended, 3. the others go in one request. True when some ask.
    private bool Start(CompiledRequest request, CompiledStep[] steps)
    {
        StepRun[] all = [.. steps.Select(Collect)];
        StepRun[] asking = [.. all.Where(run => run.EntryCount > 0)];
        // Those that ask are given back while they do: who is idle is seen before.
        StepRun[] idle = asking.Length == all.Length ? [] : [.. all.Except(asking)];
        if (asking.Length > 0)
        {
            Ask(request, asking);
        }

        Array.ForEach(idle, End);
        return asking.Length > 0;
    }

    // What is known of earlier requests is not asked for: looked up at once, or, where that has to be waited for, when it is there.
    private void Ask(CompiledRequest? request, StepRun[] asking)
    {
        if (kept?.Begin(asking) is not { } lookups)
        {
            Send(request, asking);
            return;
        }

        var question = new EntityQuestion(request, asking, lookups);
        var finding = kept.FindAsync(lookups, cancellationToken);
        if (finding.IsCompletedSuccessfully)
        {
            finding.GetAwaiter().GetResult();
            AskForRest(question);
        }
        else
        {
            inFlight++;
            _ = WaitAsync(finding, new FetchCall(asking[0], FetchMode.Root, 0, 0) { Question = question });
        }
    }

    private void AskForRest(EntityQuestion question)
    {
        var rest = question.Runs;
        for (var i = 0; i < rest.Length; i++)
        {
            var id = rest[i].Step.Step.Id;
            rest[i] = runs[id] = kept!.Fill(rest[i], question.Lookups[i]);
        }

        targets.SettleMissed();
        StepRun[] asking = Array.FindAll(rest, static run => run.EntryCount > 0);
        StepRun[] known = Array.FindAll(rest, static run => run.EntryCount == 0);
        if (asking.Length > 0)
        {
            Send(question.Request, asking);
        }

        Array.ForEach(known, End);
    }

    private void Send(CompiledRequest? request, StepRun[] asking)
    {
        if (request is null)
        {
            Send(asking[0]);
            return;
        }

        foreach (var (some, shared) in SharedCall.MakeAll(request, asking, bodies))
        {
            if (shared is var (call, batch))
            {
                Array.ForEach(some, static run => run.Outstanding = 1);
                Send(call, batch);
            }
            else
            {
                Array.ForEach(some, Send);
            }
        }
    }

    private StepRun Collect(CompiledStep step)
    {
        var run = runs[step.Step.Id] = StepRun.Rent(step);
        targets.Collect(run, root);
        return run;
    }

    private void Send(StepRun run)
    {
        if (run.Step.ContextDepth is not null)
        {
            foreach (var call in ContextCalls.Make(run, bodies))
            {
                run.Outstanding++;
                Send(call, batch: null);
            }

            return;
        }

        var mode = RequestBody.ModeOf(run);
        for (var (first, count) = (0, 0); first < run.EntryCount; first += count)
        {
            // What is not allowed any more is one call, however many requests it would have been.
            count = calls < options.MaxRequests ? bodies.CountFrom(run, mode, first) : run.EntryCount - first;
            run.Outstanding++;
            Send(new FetchCall(run, count == 1 && mode is (FetchMode.VariableBatch or FetchMode.RequestBatch) ? FetchMode.SingleLookup : mode, first, count), batch: null);
        }
    }

    private void Send(FetchCall call, CompiledBatch? batch)
    {
        call.Number = calls;
        if (calls >= options.MaxRequests)
        {
            LandUnsent(call, SubgraphResponse.Failed(SubgraphOutcome.TooManyRequests));
            return;
        }

        calls++;
        if (call.Step.Source.IsGateway)
        {
            LandUnsent(call, new GatewayAnswers(plan.Space, request, options).Answer(call.Step));
        }
        else if (windows.TryEnter(call, batch))
        {
            Transmit(call, batch);
        }
    }

    // Nobody is asked: the answer is there, and lands as any other.
    private void LandUnsent(FetchCall call, SubgraphResponse response)
    {
        call.Response = response;
        inFlight++;
        landed.Add(call);
        Interlocked.Increment(ref pending);
    }

    private void Transmit(FetchCall call, CompiledBatch? batch)
    {
        bodies.Write(call, batch);
        call.NoteValues();
        call.IsSent = true;
        inFlight++;
        FetchCount++;
        _ = SendAsync(call);
    }

    private async Task SendAsync(FetchCall call)
    {
        try
        {
            call.Response = await transport.SendAsync(
                new SubgraphRequest
                {
                    Source = call.Step.Source,
                    Body = call.Body.WrittenMemory,
                    Operation = call.Step.Step.Document.Operation,
                    IsVariableBatch = call.Mode == FetchMode.VariableBatch,
                    IsRequestBatch = call.Mode == FetchMode.RequestBatch,
                    EntityCount = call.Count,
                    Hints = call.Hints,
                    Step = call.Step.Step.Request ?? call.Step.Step.Id,
                    Context = request.TransportContext,
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            call.Response = SubgraphResponse.Failed(SubgraphOutcome.Cancelled);
        }
        catch (Exception exception)
        {
            // A fault of the transport itself: it ends the request, once everything in flight has come back.
            call.Fault = exception;
        }

        Arrived(call);
    }

    // As a request to a source: the answer lands when it is its turn.
    private async Task WaitAsync(ValueTask finding, FetchCall call)
    {
        try
        {
            await finding.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nothing more is asked.
        }
        catch (Exception exception)
        {
            call.Fault = exception;
        }

        Arrived(call);
    }

    private void Arrived(FetchCall call)
    {
        landed.Add(call);
        if (Interlocked.Increment(ref pending) == 1)
        {
            LandNext();
            ReleaseOrLand();
        }
    }

    // The owner's loop: gives the run back when nothing is queued, and ends it when nothing is in flight either.
    private void ReleaseOrLand()
    {
        while (true)
        {
            var isLast = inFlight == 0;
            if (Interlocked.Decrement(ref pending) == 0)
            {
                if (isLast)
                {
                    Finish();
                }

                return;
            }

            LandNext();
        }
    }

    private void LandNext()
    {
        if (landed.Take() is { } call)
        {
            Land(call);
        }
    }

    private void Land(FetchCall call)
    {
        inFlight--;
        try
        {
            fault ??= call.Fault;
            if (fault is null && call.Question is { } question)
            {
                if (!cancellationToken.IsCancellationRequested)
                {
                    AskForRest(question);
                    SendAhead();
                }
            }
            else if (fault is null)
            {
                SendWaiting(call);
                errors.Request = call.Number;
                if (landing.Land(call))
                {
                    kept?.Keep(call);
                }

                targets.SettleMissed();
                errors.Request = ErrorList.AfterRequests;
                foreach (var run in call.Runs)
                {
                    if (--run.Outstanding == 0)
                    {
                        End(run);
                    }
                }

                SendAhead();
            }
            else
            {
                call.Response?.Dispose();
            }
        }
        catch (Exception exception)
        {
            // What it holds is not written any more.
            fault = exception;
            call.Response?.Dispose();
        }
        finally
        {
            // What was given up may still be read by who was sending it: such a buffer must not become another request's.
            call.Dispose(keepsBody: call.Response is not { Outcome: SubgraphOutcome.Received });
        }
    }

    // What waits when the client has left, or after a fault, is never sent.
    private void SendWaiting(FetchCall ended)
    {
        if (ended.IsSent && !cancellationToken.IsCancellationRequested && windows.Leave(ended) is var (call, batch))
        {
            Transmit(call, batch);
        }
    }

    private void End(StepRun run)
    {
        // Disposed it belongs to whoever takes it next, which is often the step that is started here.
        var step = run.Step;
        runs[step.Step.Id] = null;
        ended[step.Step.Id] = true;
        kept?.End(run);
        run.Dispose();
        if (gatherings.Ended(step) is { } waiting && !cancellationToken.IsCancellationRequested)
        {
            StartWhole(step.Request!, waiting);
        }

        foreach (var dependent in step.Dependents)
        {
            if (--waitingFor[dependent] == 0 && !cancellationToken.IsCancellationRequested)
            {
                Ready(plan.Steps[dependent]);
            }
        }
    }

    private void Finish()
    {
        kept?.EndAll();
        foreach (var run in runs)
        {
            run?.Dispose();
        }

        if (fault is not null)
        {
            finished.SetException(fault);
        }
        else if (cancellationToken.IsCancellationRequested)
        {
            finished.SetCanceled(cancellationToken);
        }
        else
        {
            finished.SetResult();
        }
    }
}
