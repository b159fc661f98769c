using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using GraphGateway.Http;
using GraphGateway.Language;

namespace GraphGateway.Gateway;

/// <summary>
/// Decides over HTTP who may ask: finds the credential, lets it be looked at, and puts the identity on the request
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

    private readonly HttpCredentials credentials;
    private readonly Authenticator authenticator;
    private readonly RequestSettlement settlement;
    private readonly Counter<long> requests;

    public Admission(HttpCredentials credentials, Authenticator authenticator, RequestSettlement settlement, GatewayTelemetry telemetry)
    {
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

        var result = GraphQLHttpResult.Refused(status, new GraphQLError
        {
            Message = failure.Message(),
            Code = isUnavailable ? ErrorCode.AuthenticationUnavailable : ErrorCode.Unauthenticated,
        });
        settlement.Settle(settlement.StartSpan(context.Request.Headers), begun, null, result, context.Request.Headers);
        return result;
    }
}
