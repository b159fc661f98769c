using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using GraphGateway.Http;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;

namespace GraphGateway.Gateway;

/// <summary>
/// Holds what an operation requires against its client. What is required is found once for each document; a request asks whether it is met, and its
/// plan is made for the outcome. Nothing is looked at, and nothing allocated, where nothing is required. The meter counts in
/// <c>graphgateway.authorization.requests</c> those that asked for too much, by <c>result</c>.
/// </summary>
internal sealed class AccessControl
{
    private readonly AccessIndex index;
    private readonly Supergraph supergraph;
    private readonly AccessPolicies policies;
    private readonly AuthorizationOptions options;
    private readonly bool knowsClients;
    private readonly Counter<long> requests;
    private readonly KeyValuePair<string, object?> result;
    private readonly ILogger<AccessControl> logger;

    public AccessControl(
        AccessIndex index, Supergraph supergraph, AccessPolicies policies, GatewayOptions options, GatewayTelemetry telemetry, ILogger<AccessControl> logger)
    {
        this.index = index;
        this.supergraph = supergraph;
        this.policies = policies;
        this.options = options.Authorization;
        this.logger = logger;
        knowsClients = options.Authentication.IsOn;
        result = new KeyValuePair<string, object?>("result", this.options.Mode switch
        {
            AuthorizationMode.Reject => "rejected",
            AuthorizationMode.DryRun => "dry_run",
            _ => "filtered",
        });
        requests = telemetry.Meter.CreateCounter<long>(
            "graphgateway.authorization.requests", "{request}", "Requests for what their client may not see, by what became of them (result).");
    }

    /// <summary>True where a misspelled name must not be answered with one that the client may not know of.</summary>
    public bool HidesNames => !index.IsEmpty && options.Schema == SchemaVisibility.Allowed;

    /// <summary>What an operation can require.</summary>
    public OperationAccess Of(ValidOperation operation) => OperationAccess.Of(operation, index, asksForAll: options.Schema == SchemaVisibility.Allowed);

    /// <summary>What of it a client does not meet.</summary>
    /// <param name="access">What the operation can require.</param>
    /// <param name="context">The client's request.</param>
    /// <param name="deadline">Ends the waiting for policies.</param>
    public ValueTask<AccessOutcome> DecideAsync(OperationAccess access, HttpContext context, CancellationToken deadline)
    {
        if (access.IsFree)
        {
            return ValueTask.FromResult(AccessOutcome.Free);
        }

        // The answer depends on who asks: it is for nobody else's cache.
        context.Response.Headers.CacheControl = "private, no-store";
        return access.Policies.IsEmpty
            ? ValueTask.FromResult(Decide(access, ClientIdentity.Of(context), FrozenSet<string>.Empty))
            : AskAsync(access, context, deadline);
    }

    /// <summary>The operation as it is planned, and what of it is withheld; in a dry run that is told, and planned all the same.</summary>
    public (NormalizedOperation Operation, ImmutableArray<WithheldField> Withheld) Filter(NormalizedOperation operation, AccessOutcome outcome)
    {
        var (filtered, withheld) = AccessFilter.Apply(operation, index, supergraph.PublicSchema, outcome);
        if (options.Mode != AuthorizationMode.DryRun)
        {
            return (filtered, withheld);
        }

        if (!withheld.IsEmpty && logger.IsEnabled(LogLevel.Information))
        {
            logger.LogInformation(
                "Authorization would withhold from operation {OperationName} {Fields} (dry run; once for each plan)",
                operation.Name ?? "anonymous", string.Join(", ", withheld.Select(field => field.Field.Definition.ToString()).Distinct().Take(20)));
        }

        return (operation, withheld);
    }

    /// <summary>What introspection tells; null for the whole schema.</summary>
    public SchemaView? ViewOf(NormalizedOperation operation, AccessOutcome outcome) =>
        options.Schema == SchemaVisibility.Allowed && options.Mode != AuthorizationMode.DryRun
        && operation.SelectionSet.Fields.Any(field => IntrospectionExecutor.IsIntrospection(supergraph.PublicSchema, field.Definition))
            ? SchemaView.Of(supergraph.PublicSchema, index, outcome)
            : null;

    /// <summary>The errors of a request that is refused for what is withheld; none where it is not.</summary>
    public ImmutableArray<GraphQLError> Refuse(ValidOperation operation, ImmutableArray<WithheldField> withheld) =>
        options.Mode != AuthorizationMode.Reject ? [] : [.. withheld.Select(field => GraphQLError.At(
            operation.Document.Document.Source, UnservableField.WithheldReason, ErrorCode.UnauthorizedFieldOrType, field.Field.Node.Start))];

    /// <summary>What <c>extensions</c> tell that the client got and may not see; empty but for a dry run.</summary>
    public ImmutableArray<WithheldField> ToTell(PlanResolution plan) => options.Mode == AuthorizationMode.DryRun ? plan.Withheld : [];

    /// <summary>Counts a request whose client may not see all of it.</summary>
    public void Count(PlanResolution plan)
    {
        if (!plan.Withheld.IsEmpty)
        {
            requests.Add(1, result);
        }
    }

    /// <summary>The answer to a request that is refused: 401 where showing who it is could help the client, else 403.</summary>
    public GraphQLHttpResult Refused(HttpContext context, ImmutableArray<GraphQLError> errors)
    {
        if (!knowsClients || ClientIdentity.Of(context).Kind != ClientKind.Anonymous)
        {
            return GraphQLHttpResult.Refused(StatusCodes.Status403Forbidden, errors);
        }

        context.Response.Headers.WWWAuthenticate = AuthenticationFailure.Missing.Challenge();
        return GraphQLHttpResult.Refused(StatusCodes.Status401Unauthorized, errors);
    }

    private async ValueTask<AccessOutcome> AskAsync(OperationAccess access, HttpContext context, CancellationToken deadline) =>
        Decide(access, ClientIdentity.Of(context), await policies.GrantedAsync(access.Policies, context, deadline));

    private AccessOutcome Decide(OperationAccess access, ClientIdentity identity, IReadOnlySet<string> granted)
    {
        List<int>? unmet = null;
        foreach (var number in access.Requirements)
        {
            if (!index.Requirements[number].IsMetBy(identity.Kind != ClientKind.Anonymous, identity.Scopes, granted))
            {
                (unmet ??= []).Add(number);
            }
        }

        return unmet is null ? AccessOutcome.Free : AccessOutcome.Without(unmet);
    }
}
