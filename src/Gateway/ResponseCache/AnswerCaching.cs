using System.Buffers;
using System.Buffers.Binary;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>Executes a request.</summary>
/// <param name="run">The request.</param>
/// <param name="context">Who sends it.</param>
/// <param name="cancellationToken">Cancelled when nobody waits any longer.</param>
internal delegate ValueTask<ResponseBody> Execute(RunningRequest run, HttpContext context, CancellationToken cancellationToken);

/// <summary>A request that is ready to be executed.</summary>
/// <param name="Run">What it has come to.</param>
/// <param name="Variables">The JSON of its variables.</param>
/// <param name="Context">The client's request.</param>
/// <param name="IsPlain">False where its answer has more in it than its plan's data.</param>
internal readonly record struct AnswerRequest(RunningRequest Run, ReadOnlyMemory<byte> Variables, HttpContext Context, bool IsPlain)
{
    /// <summary>Who asks; 0 where nobody is known.</summary>
    public long Client => Identity.Number;

    /// <summary>Who asks.</summary>
    public ClientIdentity Identity => ClientIdentity.Of(Context);
}

/// <summary>
/// Gives answers that are kept, keeps those that may be, and says so to clients. It comes after all that a request may be refused for: authentication,
/// safelist, variables, authorization, costs and budgets are asked whether its answer is kept or not.
/// <para>
/// What is equal: the plan (which holds for one document, operation, outcome of conditions, labels and authorization), the variables byte for byte, the client's
/// headers that any source gets, and for what is private the credential that was shown. Never kept: mutations, answers with errors, those to operations with
/// protected members, and those that tell a plan or a cost.
/// </para>
/// </summary>
internal sealed class AnswerCaching
{
    private readonly HeaderRules forwarded;
    private readonly AnswerHeaders headers;
    private readonly AnswerKeeper keeper;
    private readonly KeptStore<KeptAnswer>? store;
    private readonly TimeProvider clock;
    private readonly Flights<FlownAnswer> flights;
    private readonly AnswerRefresh refresh;
    private readonly bool hasEntities;
    private readonly bool isForEntitiesAlone;
    private readonly Invalidations? invalidations;
    private readonly SharedAnswers? shared;

    public AnswerCaching(
        GatewayOptions options, Deduplication deduplication, GatewayTelemetry telemetry, Draining draining, TimeProvider clock, ILogger<AnswerCaching> logger,
        Invalidations? invalidations = null, SharedCache? sharedCache = null)
    {
        forwarded = options.Subgraphs.ClientHeaders;
        hasEntities = options.ResponseCache.Entities;
        isForEntitiesAlone = !options.ResponseCache.Answers && !options.ResponseCache.CacheControl && !options.ResponseCache.Debug;
        this.clock = clock;
        store = options.ResponseCache.Answers ? new KeptStore<KeptAnswer>(options.ResponseCache.Bytes) : null;
        var counted = new CacheTelemetry(telemetry.Meter, store);
        headers = new AnswerHeaders(options, counted);
        shared = sharedCache is null || store is null ? null : new SharedAnswers(sharedCache, store, invalidations!, clock);
        keeper = new AnswerKeeper(store, options.ResponseCache.AnswerBytes, invalidations, shared, clock);
        flights = new Flights<FlownAnswer>(deduplication.Mutations, static answer => answer, static _ => true, static () => { });
        this.invalidations = invalidations;
        if (store is not null)
        {
            invalidations?.Add(store.Forget);
        }

        refresh = new AnswerRefresh(options.RequestTimeout, keeper, counted, draining, clock, logger);
    }

    /// <summary>The answer of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="execute">Executes it.</param>
    /// <param name="cancellationToken">Cancelled when the client leaves.</param>
    public ValueTask<GraphQLHttpResult> AnswerAsync(in AnswerRequest request, Execute execute, CancellationToken cancellationToken)
    {
        if (WhyNever(request) is { } never)
        {
            return PassAsync(request, execute, never, cancellationToken);
        }

        if (isForEntitiesAlone)
        {
            return PassOnAsync(request, execute, cancellationToken);
        }

        if (store is null)
        {
            return MakeAsync(request, execute, key: null, cancellationToken);
        }

        var key = KeyOf(request);
        if (Find(key, request.Client) is { } kept)
        {
            var given = kept.IsFresh ? Give(request, kept, "hit") : GiveStale(request, execute, kept, key);
            key.Release();
            return ValueTask.FromResult(given);
        }

        // Nobody waits for what was not kept the last time: all would ask one after the other.
        return request.Run.Plan!.Keeping == AnswerKeeping.No
            ? MakeAsync(request, execute, key, cancellationToken)
            : FlyAsync(request, execute, key, cancellationToken);
    }

    private static string? WhyNever(in AnswerRequest request) =>
        request.Run.Operation!.IsMutation ? "mutation"
        : !request.Run.Operation.Access.IsFree || !request.Run.Plan!.Withheld.IsEmpty ? "protected"
        : !request.IsPlain ? "plan"
        : request.Run.Cost is { IsReported: true } ? "cost"
        : null;

    private FetchPolicies NewPolicies() => new(invalidations?.Number ?? 0, shared?.Point);

    private FlightKey KeyOf(in AnswerRequest request)
    {
        var length = sizeof(long) + request.Variables.Length;
        var content = ArrayPool<byte>.Shared.Rent(length);
        BinaryPrimitives.WriteInt64LittleEndian(content, request.Run.Plan!.Number);
        request.Variables.Span.CopyTo(content.AsSpan(sizeof(long)));
        var key = FlightKey.Of(content.AsSpan(0, length), request.Context.Request.Headers, forwarded);
        ArrayPool<byte>.Shared.Return(content);
        return key;
    }

    // Of one for all and the client's own the fresh one.
    private KeptAnswer? Find(in FlightKey key, long client)
    {
        var now = Moment.Of(clock);
        var shared = store!.Find(key.For(0), now);
        return client == 0 || shared is { IsFresh: true } ? shared
            : store.Find(key.For(client), now) is { } own && (shared is null || own.IsFresh) ? own : shared;
    }

    private async ValueTask<GraphQLHttpResult> PassAsync(AnswerRequest request, Execute execute, string why, CancellationToken cancellationToken)
    {
        // Entities are looked up and kept for it all the same.
        request.Run.Policies = hasEntities && !request.Run.Operation!.IsMutation ? NewPolicies() : null;
        var body = await PaidAsync(request, execute, cancellationToken);
        headers.Forbid(request.Context.Response, "bypass", why, request.Run.Policies);
        return GraphQLHttpResult.Executed(body);
    }

    // PERF: nobody is told how long the answer holds, so it is neither found out nor is the answer copied.
    private async ValueTask<GraphQLHttpResult> PassOnAsync(AnswerRequest request, Execute execute, CancellationToken cancellationToken)
    {
        var body = await PaidAsync(request, execute, cancellationToken);
        headers.Forbid(request.Context.Response, "miss", "off", policies: null);
        return GraphQLHttpResult.Executed(body);
    }

    private async ValueTask<GraphQLHttpResult> MakeAsync(AnswerRequest request, Execute execute, FlightKey? key, CancellationToken cancellationToken)
    {
        request.Run.Policies = NewPolicies();
        var body = await PaidAsync(request, execute, cancellationToken);
        var made = keeper.Take(request.Run, body, key, request.Identity);
        key?.Release();
        return Conclude(request, body, made);
    }

    // The one who comes first stays until the execution has ended, even when its client has left: what is executed is made of its request.
    private async ValueTask<GraphQLHttpResult> FlyAsync(AnswerRequest request, Execute execute, FlightKey key, CancellationToken cancellationToken)
    {
        var flight = key.For(request.Run.Plan!.Keeping == AnswerKeeping.Shared ? 0 : request.Client);
        TaskCompletionSource? own = null;
        ResponseBody? body = null;
        MadeAnswer made = default;
        KeptAnswer? found = null;
        var isShared = false;
        FlownAnswer flown;
        try
        {
            flown = await flights.JoinAsync(flight, StartAsync, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await (own?.Task ?? Task.CompletedTask);
            body?.Dispose();
            throw;
        }

        if (own is not null)
        {
            return found is null ? Conclude(request, body!, made) : found.IsFresh ? Give(request, found, isShared ? "hit; shared" : "hit") : GiveStale(request, execute, found, flight);
        }

        return flown.Answer is { } answer && (answer.Client == 0 || answer.Client == request.Client)
            ? Give(request, answer, answer.IsFresh ? "joined" : "stale")
            : await MakeAsync(request, execute, KeyOf(request), cancellationToken);

        async ValueTask<FlownAnswer> StartAsync(ReadOnlyMemory<byte> _, CancellationToken abandoned)
        {
            own = new TaskCompletionSource();
            try
            {
                // It may have been kept since it was looked for.
                found = Find(flight, request.Client) is { IsFresh: true } late ? late : null;
                if (found is null && shared is not null)
                {
                    found = await shared.FindAsync(request.Run, flight, request.Identity, abandoned);
                    isShared = found is not null;
                }

                if (found is null)
                {
                    request.Run.Policies = NewPolicies();
                    body = await PaidAsync(request, execute, abandoned);
                    made = keeper.Take(request.Run, body, flight, request.Identity);
                }

                return new FlownAnswer(found ?? (made.IsKept ? made.Answer : null));
            }
            finally
            {
                own.SetResult();
            }
        }
    }

    private static ValueTask<ResponseBody> PaidAsync(in AnswerRequest request, Execute execute, CancellationToken cancellationToken)
    {
        var answering = execute(request.Run, request.Context, cancellationToken);
        return request.Run.Charge is { } charge ? charge.PayAsync(answering) : answering;
    }

    private GraphQLHttpResult Conclude(in AnswerRequest request, ResponseBody body, in MadeAnswer made)
    {
        // What was to be forgotten meanwhile is given to the one who asked before, and promised to nobody.
        if (made.Answer is not { } answer || made.Why == MadeAnswer.Invalidated)
        {
            headers.Forbid(request.Context.Response, "miss", made.Why, request.Run.Policies);
            return GraphQLHttpResult.Executed(body);
        }

        headers.Allow(request.Context, answer, request.Run.Charge is not null, "miss", made.Why, request.Run.Policies);
        body.Dispose();
        return GraphQLHttpResult.Executed(answer.Body);
    }

    private GraphQLHttpResult GiveStale(in AnswerRequest request, Execute execute, KeptAnswer kept, in FlightKey key)
    {
        if (kept.TryRefresh())
        {
            refresh.Begin(request, execute, kept, key.For(kept.Client).Keep(), NewPolicies());
        }

        return Give(request, kept, "stale");
    }

    private GraphQLHttpResult Give(in AnswerRequest request, KeptAnswer kept, string result)
    {
        request.Run.Charge?.Pay(kept.Cost);
        headers.Allow(request.Context, kept, request.Run.Charge is not null, result, kept: null, policies: null);
        return GraphQLHttpResult.Executed(kept.Body);
    }

    /// <summary>What those take who wait; null where it is for none of them.</summary>
    private sealed record FlownAnswer(KeptAnswer? Answer) : IDisposable
    {
        public void Dispose()
        {
            // Its bytes are the collector's.
        }
    }
}
