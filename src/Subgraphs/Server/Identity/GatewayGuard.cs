using GraphGateway.Http;
using GraphGateway.Language;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Lets the gateway ask, and nobody else: 1. finds its token, 2. looks at it, unless that has just been done, 3. puts on the request for whom it asks
/// (<see cref="ClientIdentity"/>, which resolvers take as a parameter). Asked before anything of a request is read: batches, event streams and GET alike.
/// </summary>
internal sealed class GatewayGuard : IDisposable
{
    private const int TokenBytes = 32 * 1024;
    private const int RememberedBytes = 16_000_000;
    private const int RetryAfterSeconds = 2;
    private const string Bearer = "Bearer ";

    // Its tokens are short-lived: clocks of one data centre are closer than those of the world.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KeyTimeout = TimeSpan.FromSeconds(5);

    // As the gateway with issuers of its own: an unknown key is asked for once in ten seconds at most.
    private static readonly RefreshTimes KeyTimes = new(Interval: TimeSpan.FromMinutes(5), Retry: TimeSpan.FromSeconds(10), FirstRetry: TimeSpan.FromSeconds(2));

    private readonly GatewayIdentitySettings settings;
    private readonly TokenValidator tokens;
    private readonly TokenMemory memory;
    private readonly KeyClient http = new(KeyTimeout);
    private readonly LogPauses pauses;
    private readonly ILogger logger;
    private readonly string prefix;

    /// <param name="settings">Where the token is.</param>
    /// <param name="gateway">Who signs it, and by which keys.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logger">Hears of those who are refused.</param>
    public GatewayGuard(GatewayIdentitySettings settings, JwtIssuerOptions gateway, TimeProvider clock, ILogger<GatewayGuard> logger)
    {
        this.settings = settings;
        this.logger = logger;
        prefix = settings.Header.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? Bearer : "";
        // Not fetched at the start: services are mostly there before their gateway. The first request waits for them.
        var keys = new Refreshed<KeySet>(new IssuerKeys(gateway, KeyTimeout, http, fetches: null, clock, logger).ReadAsync, KeyTimes, clock);
        tokens = new TokenValidator([new TokenIssuer(gateway, keys)], TokenBytes, ClockSkew, clock);
        memory = new TokenMemory(RememberedBytes, clock);
        pauses = new LogPauses(1, clock);
    }

    /// <summary>Null where the request may go on, else its answer. PERF: a token that is remembered allocates nothing.</summary>
    public ValueTask<GraphQLHttpResult?> AdmitAsync(HttpContext context)
    {
        // 1.
        var values = context.Request.Headers[settings.Header];
        if (values.Count == 0)
        {
            return ValueTask.FromResult(settings.Required ? Refuse(context, $"This service answers the gateway alone: the request has no {settings.Header}.") : null);
        }

        if (values.Count > 1 || values[0] is not { } value || !value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            return ValueTask.FromResult<GraphQLHttpResult?>(Refuse(context, $"This service answers the gateway alone: {settings.Header} is not as the gateway sends it."));
        }

        // 2.
        if (memory.Find(value.AsSpan(prefix.Length)) is { } known)
        {
            context.Features.Set(known);
            return ValueTask.FromResult<GraphQLHttpResult?>(null);
        }

        return LookAsync(context, value[prefix.Length..]);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async ValueTask<GraphQLHttpResult?> LookAsync(HttpContext context, string token)
    {
        var verdict = await tokens.ValidateAsync(token, context.RequestAborted);
        if (verdict.Claims is not { } claims)
        {
            return verdict.Failure == TokenFailure.KeysUnavailable ? Unavailable(context) : Refuse(context, verdict.Failure.Message());
        }

        // 3.
        var client = IdentityToken.Read(claims, verdict.Until);
        memory.Remember(token, verdict, client, ClockSkew);
        context.Features.Set(client);
        return null;
    }

    private GraphQLHttpResult Refuse(HttpContext context, string message)
    {
        Log(message);
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"gateway\"";
        return GraphQLHttpResult.Refused(StatusCodes.Status401Unauthorized, new GraphQLError { Message = message, Code = ErrorCode.Unauthenticated });
    }

    private GraphQLHttpResult Unavailable(HttpContext context)
    {
        var message = TokenFailure.KeysUnavailable.Message();
        Log(message);
        context.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
        return GraphQLHttpResult.Refused(StatusCodes.Status503ServiceUnavailable, new GraphQLError { Message = message, Code = ErrorCode.AuthenticationUnavailable });
    }

    private void Log(string message)
    {
        if (pauses.MayLog(0, out var leftOut))
        {
            logger.LogWarning("A request was refused: {Reason} ({LeftOut} more since the last line)", message, leftOut);
        }
    }
}
