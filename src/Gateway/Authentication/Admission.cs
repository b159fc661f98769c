using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using GraphGateway.Http;
using GraphGateway.Language;

namespace GraphGateway.Gateway;

/// <summary>
/// Decides over HTTP who may ask: 1. by its address, 2. finds the credential, 3. lets it be looked at, and puts the identity on the request
/// (<see cref="ClientIdentity.Of"/>). Who is refused has an answer of GraphQL, and counts as a request that was refused. The meter counts in
/// <c>graphgateway.authentication.requests</c> by <c>kind</c> and <c>result</c>.
/// </summary>
internal sealed class Admission
{
    private const int RetryAfterSeconds = 2;

    private static readonly FrozenDictionary<ClientKind, KeyValuePair<string, object?>> Kinds = Enum.GetValues<ClientKind>()
        .ToFrozenDictionary(kind => kind, kind => new KeyValuePair<string, object?>("kind", kind.ToString().ToLowerInvariant()));

    private static readonly KeyValuePair<string, object?> Unknown = new("kind", "unknown");
    private static readonly KeyValuePair<string, object?> Ok = new("result", "ok");

    private readonly AccessRule? access;
    private readonly HttpCredentials? credentials;
    private readonly Authenticator? authenticator;
    private readonly RequestSettlement settlement;
    private readonly Counter<long> requests;

    /// <param name="access">From where may be asked; null from everywhere.</param>
    /// <param name="credentials">Finds credentials; null where nobody is asked for one.</param>
    /// <param name="authenticator">Looks at them; null with <paramref name="credentials"/>.</param>
    /// <param name="settlement">Hears of those who are refused.</param>
    /// <param name="telemetry">Has the meter.</param>
    public Admission(AccessRule? access, HttpCredentials? credentials, Authenticator? authenticator, RequestSettlement settlement, GatewayTelemetry telemetry)
    {
        this.access = access;
        this.credentials = credentials;
        this.authenticator = authenticator;
        this.settlement = settlement;
        requests = telemetry.Meter.CreateCounter<long>(
            "graphgateway.authentication.requests", "{request}", "Requests by who sends them (kind) and what came of looking at that (result).");
    }

    /// <summary>Null where the request may go on, else its answer. PERF: mostly known at once.</summary>
    public ValueTask<GraphQLHttpResult?> AdmitAsync(HttpContext context)
    {
        var begun = settlement.Begin();
        if (access is not null && !access.Admits(context))
        {
            return ValueTask.FromResult<GraphQLHttpResult?>(RefuseAddress(context, begun));
        }

        if (credentials is null || authenticator is null)
        {
            return ValueTask.FromResult<GraphQLHttpResult?>(null);
        }

        var shown = credentials.Find(context.Request.Headers, out var failure);
        if (failure != AuthenticationFailure.None)
        {
            return ValueTask.FromResult<GraphQLHttpResult?>(Refuse(context, failure, begun));
        }

        var looking = authenticator.AuthenticateAsync(shown, context.RequestAborted);
        return looking.IsCompletedSuccessfully
            ? ValueTask.FromResult(Conclude(context, looking.Result, begun))
            : WaitAsync(context, looking, begun);
    }

    /// <summary>Lets an endpoint that is not GraphQL's serve only who may ask.</summary>
    public RequestDelegate Guard(RequestDelegate endpoint) => async context =>
    {
        using var refused = await AdmitAsync(context);
        if (refused is null)
        {
            await endpoint(context);
            return;
        }

        context.Response.StatusCode = refused.StatusCode;
        await context.Response.WriteAsync(refused.Errors[0].Message + "\n");
    };

    private async ValueTask<GraphQLHttpResult?> WaitAsync(HttpContext context, ValueTask<Authentication> looking, long begun) =>
        Conclude(context, await looking, begun);

    private GraphQLHttpResult? Conclude(HttpContext context, Authentication found, long begun)
    {
        if (found.Identity is not { } identity)
        {
            return Refuse(context, found.Failure, begun);
        }

        requests.Add(1, Kinds[identity.Kind], Ok);
        context.Features.Set(identity);
        return null;
    }

    private GraphQLHttpResult Refuse(HttpContext context, AuthenticationFailure failure, long begun)
    {
        requests.Add(1, Unknown, new KeyValuePair<string, object?>("result", failure.Name()));
        var status = failure.Status();
        var isUnavailable = status == StatusCodes.Status503ServiceUnavailable;
        if (isUnavailable)
        {
            context.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
        }
        else
        {
            context.Response.Headers.WWWAuthenticate = failure.Challenge();
        }

        return Settle(context, begun, status, failure.Message(), isUnavailable ? ErrorCode.AuthenticationUnavailable : ErrorCode.Unauthenticated);
    }

    private GraphQLHttpResult RefuseAddress(HttpContext context, long begun)
    {
        requests.Add(1, Unknown, new KeyValuePair<string, object?>("result", "address"));
        return Settle(context, begun, StatusCodes.Status403Forbidden, AccessRule.Message, ErrorCode.Forbidden);
    }

    private GraphQLHttpResult Settle(HttpContext context, long begun, int status, string message, ErrorCode code)
    {
        var result = GraphQLHttpResult.Refused(status, new GraphQLError { Message = message, Code = code });
        settlement.Settle(settlement.StartSpan(context.Request.Headers), begun, null, result, context.Request.Headers);
        return result;
    }
}
