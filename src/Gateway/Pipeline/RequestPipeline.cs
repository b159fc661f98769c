using System.Collections.Immutable;
using GraphGateway.Execution;
using GraphGateway.Http;
using GraphGateway.Language;
using GraphGateway.Operations;

namespace GraphGateway.Gateway;

/// <summary>
/// The way of a request, from its document to its answer. HTTP's own part is before and after it (<see cref="Http"/>).
/// </summary>
internal sealed class RequestPipeline(
    PersistedDocuments persisted,
    OperationCache cache,
    OperationPlanner planner,
    PlanExecutor executor,
    LimitMonitor limits,
    CostControl costs,
    GatewayTelemetry telemetry,
    RequestSettlement settlement,
    OverrideLabels labels,
    AccessControl access,
    GraphUses uses,
    GatewayOptions options,
    Draining draining,
    TimeProvider clock,
    ILogger<RequestPipeline> logger,
    BudgetControl? budgets = null,
    Safelist? safelist = null,
    AnswerCaching? answers = null,
    GraphEntities? entities = null,
    UsageCounter? usage = null) : IGraphQLRequestExecutor
{
    /// <summary>The request header that asks for the plan, with the value <c>include</c>.</summary>
    public const string QueryPlanHeader = "GraphQL-Query-Plan";

    private static readonly KeyValuePair<string, object?> Hit = new("result", "hit");
    private static readonly KeyValuePair<string, object?> Miss = new("result", "miss");

    private readonly HeaderRules forwarded = options.Subgraphs.ClientHeaders;
    private readonly bool tellsIdentity = options.Subgraphs.TellsIdentity;
    private readonly Func<DocumentKey, OperationResolution> resolve = planner.Resolve;
    private readonly Func<DocumentKey, OperationResolution> resolvePublished = safelist?.Resolver(planner) ?? planner.Resolve;
    private readonly Patience patience = new(options.RequestTimeout, clock);

    /// <summary>Makes what the first request for a plan would make, before one comes.</summary>
    public void Prepare(PreparedOperation operation, PlanResolution plan)
    {
        plan.Plan?.MakeCertain();
        costs.Prepare(plan);
        usage?.Prepare(operation);
    }

    /// <inheritdoc/>
    public async ValueTask<GraphQLHttpResult> ExecuteAsync(GraphQLRequest request, HttpContext context, CancellationToken cancellationToken)
    {
        var headers = context.Request.Headers;
        var begun = settlement.Begin();
        var span = settlement.StartSpan(headers);
        using var run = new RunningRequest(uses) { Received = begun };
        GraphQLHttpResult result;
        try
        {
            // PERF: what is neither shared nor watched is executed here; each method in between costs an object and a call for each request.
            result = await PrepareAsync(run, request, context, cancellationToken) ?? (answers is not null ? await answers.AnswerAsync(
                new AnswerRequest(run, request.VariablesJson, context, !WantsPlan(context)), ExecuteAsync, cancellationToken) : GraphQLHttpResult.Executed(
                run.Plan is { Flights: null, Statistics: null } && run.Cost is null && !telemetry.Source.HasListeners()
                    ? new ResponseBody(await executor.ExecuteAsync(run.Plan.Plan!, ExecutionOf(run, context), cancellationToken), run.Deadline.IsCancellationRequested)
                    : await (run.Charge is { } charge
                        ? charge.PayAsync(AnswerAsync(run, request, context, cancellationToken))
                        : AnswerAsync(run, request, context, cancellationToken))));
        }
        catch (OperationCanceledException)
        {
            RequestSettlement.Left(span);
            throw;
        }
        catch (Exception exception)
        {
            // A fault of our own: the details are for the log alone.
            logger.LogError(exception, "A request failed");
            result = GraphQLHttpResult.Refused(
                StatusCodes.Status500InternalServerError,
                new GraphQLError { Message = "Unexpected error in the gateway.", Code = ErrorCode.InternalServerError });
        }

        settlement.Settle(span, begun, run.Operation, result, headers);
        if (run.Operation is { } counted)
        {
            usage?.Count(counted, context);
        }

        return result;
    }

    /// <summary>Finds what is to be executed; null when it is there, else why there is nothing. PERF: mostly nothing has to be waited for.</summary>
    private async ValueTask<GraphQLHttpResult?> PrepareAsync(RunningRequest run, GraphQLRequest request, HttpContext context, CancellationToken cancellationToken)
    {
        if (Refuse(request, context) is { } refused)
        {
            return refused;
        }

        // 1. Resolve the operation: its document, which may be named alone; from the cache, or parsed and validated.
        var named = request.DocumentId is null && !persisted.LooksAtTexts ? new NamedDocument(request.Document)
            : persisted.FindPublished(request, context, run.Received) is { } published ? new NamedDocument(published.Text, published)
            : await persisted.FindAsync(request, context, cancellationToken);
        if (named.Refusal is { } unnamed)
        {
            return unnamed;
        }

        var judge = named.IsText ? safelist : null;
        var resolution = await Resolve(named, request.OperationName, judge is null ? resolve : resolvePublished, out var isHit);
        telemetry.PlanCache.Add(1, isHit ? Hit : Miss);
        limits.Count(resolution.Exceeded);
        if (resolution.Operation is not { } operation)
        {
            return judge?.Refuse(resolution, named.Document.Span, context) ?? GraphQLHttpResult.RequestError(resolution.Errors);
        }

        run.Operation = operation;
        if (judge?.Refuse(operation, context) is { } unknown)
        {
            return unknown;
        }

        operation.Ask();
        persisted.Keep(named);
        if (request.IsGet && operation.IsMutation)
        {
            return GraphQLHttpResult.MethodNotAllowed("Mutations are not run over GET. Use POST.", "POST");
        }

        // 2. Coerce the variables.
        var variables = VariableCoercion.Coerce(operation.Operation, request.Variables, suggestions: options.Introspection && !access.HidesNames);
        if (!variables.IsSuccess)
        {
            return GraphQLHttpResult.RequestError(variables.Errors);
        }

        // 3. Read what the variables say of @skip and @include.
        var conditions = operation.Conditions.Read(variables.Values);
        if (conditions.Values is null)
        {
            return GraphQLHttpResult.RequestError(conditions.Error!);
        }

        // From here on the request's time counts: for its plan, too.
        run.Begin(patience.Begin(draining.Overdue, CancellationToken.None), clock.GetTimestamp());
        run.Variables = variables.Values;
        var active = labels.Decide(operation.Labels);

        // 4. Authorize: what of its requirements does the client not meet?
        var outcome = operation.Access.IsFree ? AccessOutcome.Free : await access.DecideAsync(operation.Access, context, run.Deadline);

        // 5. Take the plan for these conditions, the labels that are on, and what the client may see; normalised and planned on first use.
        run.Plan = operation.FindPlan(conditions.Values, active, outcome)
            ?? await PlanAsync(operation, conditions.Values, active, outcome, run.Deadline, cancellationToken);
        access.Count(run.Plan);

        // 6. Reserve what it can cost.
        return run.Plan.Plan is null ? WithoutPlan(run.Plan.Errors, context)
            : costs.Reserve(run, context.Request.Headers) ?? (budgets is null ? null : await budgets.ReserveAsync(run, context, cancellationToken));
    }

    private Task<OperationResolution> Resolve(in NamedDocument named, string? operationName, Func<DocumentKey, OperationResolution> resolve, out bool isHit) =>
        named.Known is { } known ? cache.GetAsync(known.KeyOf(operationName), resolve, out isHit) : cache.GetAsync(named.Document.Span, operationName, resolve, out isHit);

    private GraphQLHttpResult WithoutPlan(ImmutableArray<GraphQLError> errors, HttpContext context) => errors switch
    {
        [{ Code: ErrorCode.UnauthorizedFieldOrType }, ..] => access.Refused(context, errors),
        [{ Code: ErrorCode.PlanNotVerified } fault] => GraphQLHttpResult.Refused(StatusCodes.Status500InternalServerError, fault),
        [{ Code: ErrorCode.RequestTimeout } late] => GraphQLHttpResult.Refused(StatusCodes.Status504GatewayTimeout, late),
        _ => GraphQLHttpResult.RequestError(errors),
    };

    // 7. Execute, or wait for an equal execution. 8. HTTP writes the result.
    private ValueTask<ResponseBody> AnswerAsync(RunningRequest run, GraphQLRequest request, HttpContext context, CancellationToken cancellationToken) =>
        run.Plan!.Flights is { } flights && !WantsPlan(context) && run.Cost is not { IsReported: true }
            ? ShareAsync(flights, run, request, context, cancellationToken)
            : ExecuteAsync(run, context, cancellationToken);

    // Who waits for the same plan waits as long as the own request may take; planning goes on for the others.
    private static async Task<PlanResolution> PlanAsync(
        PreparedOperation operation, ConditionValues conditions, ActiveLabels active, AccessOutcome outcome, CancellationToken deadline,
        CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline);
        try
        {
            return await operation.PlanForAsync(conditions, active, outcome, waiting.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new PlanResolution(null, [new GraphQLError { Message = "The request took longer than allowed: it could not be planned in its time.", Code = ErrorCode.RequestTimeout }]);
        }
    }

    // The one who comes first stays until the execution has ended, even when its client has left: what is executed is made of its request.
    private async ValueTask<ResponseBody> ShareAsync(
        Flights<ResponseBody> flights, RunningRequest run, GraphQLRequest request, HttpContext context, CancellationToken cancellationToken)
    {
        TaskCompletionSource? own = null;
        var key = FlightKey.Of(request.VariablesJson.Span, context.Request.Headers, options.Subgraphs.ClientHeaders, ClientIdentity.Of(context).Number);
        try
        {
            return await flights.JoinAsync(key, StartAsync, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await (own?.Task ?? Task.CompletedTask);
            throw;
        }

        async ValueTask<ResponseBody> StartAsync(ReadOnlyMemory<byte> _, CancellationToken abandoned)
        {
            own = new TaskCompletionSource();
            try
            {
                return await ExecuteAsync(run, context, abandoned);
            }
            finally
            {
                own.SetResult();
            }
        }
    }

    // What can be told before its document is looked at.
    private GraphQLHttpResult? Refuse(GraphQLRequest request, HttpContext context)
    {
        if (draining.HasBegun && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // The client's next request goes elsewhere; over HTTP/2 the server itself says so when it stops.
            context.Response.Headers.Connection = "close";
        }

        if (request.IsVariableBatch)
        {
            return GraphQLHttpResult.RequestError(new GraphQLError { Message = "Batches of variables are not enabled.", Code = ErrorCode.BatchingNotEnabled });
        }

        if (forwarded.FindUnsendable(context.Request.Headers) is { } header)
        {
            var message = $"The header {header} has a control character: sources do not get such headers.";
            return GraphQLHttpResult.Refused(StatusCodes.Status400BadRequest, new GraphQLError { Message = message, Code = ErrorCode.InvalidGraphqlRequest });
        }

        // HTTP lets no such request through: for whoever calls this without it.
        return request.Document.IsEmpty && request.DocumentId is null
            ? GraphQLHttpResult.RequestError(new GraphQLError { Message = "The request has no document: send it as \"query\".", Code = ErrorCode.InvalidGraphqlRequest })
            : null;
    }

    private async ValueTask<ResponseBody> ExecuteAsync(RunningRequest run, HttpContext context, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        ResponseBody? body = null;
        try
        {
            using var span = telemetry.Source.StartActivity("graphql.execute");
            var result = await executor.ExecuteAsync(run.Plan!.Plan!, ExecutionOf(run, context), cancellationToken);
            body = new ResponseBody(result, run.Deadline.IsCancellationRequested);
            body.Cost = costs.Count(run, result);
            body.Spent = costs.CountSpent(run, result, body.Cost);
            if (body.Cost is { } actual && run.Cost is { IsReported: true } cost)
            {
                result.Extensions = ExtensionsOf(run, context, cost, actual);
            }
        }
        catch
        {
            // Executing has failed, or who listens to spans has: nobody gets the answer.
            body?.Dispose();
            throw;
        }
        finally
        {
            run.Plan!.Statistics?.Executions.Record(clock.GetElapsedTime(start), isFailed: body is not { ErrorCount: 0 });
        }

        return body;
    }

    private ExecutionRequest ExecutionOf(RunningRequest run, HttpContext context)
    {
        var upstream = new UpstreamContext(context.Request.Headers, run.Plan!.Statistics, run.Start + RequestTimeoutTicks, run.Deadline)
        {
            Client = tellsIdentity ? ClientIdentity.Of(context) : ClientIdentity.Anonymous,
            Policies = run.Policies,
        };
        return new ExecutionRequest
        {
            Document = run.Operation!.Operation.Document.Document.Source,
            Variables = run.Variables!,
            SchemaView = run.Plan!.SchemaView,
            TransportContext = upstream,
            Entities = entities?.For(run, upstream, ClientIdentity.Of(context)),
            Extensions = ExtensionsOf(run, context, cost: null, actual: null),
        };
    }

    private ReadOnlyMemory<byte> ExtensionsOf(RunningRequest run, HttpContext context, RequestCost? cost, CostFigures? actual) =>
        CostReport.Extensions(WantsPlan(context) ? run.Plan!.Plan!.Plan : null, options.VerifyPlans, cost, actual, access.ToTell(run.Plan!));

    private long RequestTimeoutTicks => (long)(options.RequestTimeout.TotalSeconds * clock.TimestampFrequency);

    private bool WantsPlan(HttpContext context) =>
        options.QueryPlan && context.Request.Headers.TryGetValue(QueryPlanHeader, out var value)
        && value.ToString().Equals("include", StringComparison.OrdinalIgnoreCase);
}
