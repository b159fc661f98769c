using System.Globalization;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>
/// Tells clients, and what stands between, how long they may keep an answer. It is for its client alone where a source says so, where the client has shown who
/// it is, where somebody pays for it, and where not all may ask: what keeps it elsewhere does not ask for that.
/// </summary>
internal sealed class AnswerHeaders
{
    /// <summary>Says what became of an answer here, where that is on.</summary>
    public const string DebugName = "GraphGateway-Cache";

    private readonly bool isOn;
    private readonly bool isDebugged;
    private readonly CacheTelemetry telemetry;
    private readonly bool isAlwaysPrivate;
    private readonly string vary;

    public AnswerHeaders(GatewayOptions options, CacheTelemetry telemetry)
    {
        this.telemetry = telemetry;
        isDebugged = options.ResponseCache.Debug;
        isOn = options.ResponseCache.CacheControl;
        isAlwaysPrivate = options.Access.IsOn || options.Subgraphs.ClientHeaders.HasPatterns
            || options.Authentication is { IsOn: true, Anonymous: AnonymousClients.Deny };
        vary = string.Join(", ", Names(options).Distinct(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Nobody keeps it.</summary>
    /// <param name="response">The client's.</param>
    /// <param name="result">What there was for it.</param>
    /// <param name="why">Why it is not kept.</param>
    /// <param name="policies">What its sources said; null where nobody has asked.</param>
    public void Forbid(HttpResponse response, string result, string why, FetchPolicies? policies)
    {
        telemetry.Count(result, why);
        if (isDebugged)
        {
            Debug(response, policies?.Hindering is { } source ? $"{result}; kept={why}; source={source}" : $"{result}; kept={why}", policies);
        }

        if (isOn && response.Headers.CacheControl.Count == 0)
        {
            response.Headers.CacheControl = "no-store";
        }
    }

    /// <summary>It may be kept.</summary>
    /// <param name="context">The client's request.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="isCharged">Whether somebody pays for it.</param>
    /// <param name="result">What there was for it.</param>
    /// <param name="kept">Whether it is kept here, or why not; null where it was kept already.</param>
    /// <param name="policies">What its sources said; null where it was kept already.</param>
    public void Allow(HttpContext context, KeptAnswer answer, bool isCharged, string result, string? kept, FetchPolicies? policies)
    {
        telemetry.Count(result, kept);
        var response = context.Response.Headers;
        var age = answer.Age;
        if (isDebugged)
        {
            var scope = answer.IsPrivate ? "; private" : "";
            Debug(
                context.Response,
                kept is null
                    ? string.Create(CultureInfo.InvariantCulture, $"{result}; age={age}; ttl={answer.Lifetime - age}{scope}")
                    : string.Create(CultureInfo.InvariantCulture, $"{result}; kept={kept}; ttl={answer.Lifetime}{scope}"),
                policies);
        }

        if (!isOn)
        {
            return;
        }

        var isPrivate = isAlwaysPrivate || answer.IsPrivate || isCharged || ClientIdentity.Of(context).Kind != ClientKind.Anonymous;
        var beyond = answer.StaleTime > 0 ? string.Create(CultureInfo.InvariantCulture, $", stale-while-revalidate={answer.StaleTime}") : "";
        response.CacheControl = string.Create(CultureInfo.InvariantCulture, $"{(isPrivate ? "private" : "public")}, max-age={answer.Lifetime}{beyond}");
        if (vary.Length > 0)
        {
            response.Append("Vary", vary);
        }

        if (kept is null)
        {
            response.Age = age.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static void Debug(HttpResponse response, string whole, FetchPolicies? policies) =>
        response.Headers[DebugName] = policies?.Entities is { Length: > 0 } entities ? $"{whole}, {entities}" : whole;

    // What of a request makes its answer another one, or keeps it from being answered.
    private static IEnumerable<string> Names(GatewayOptions options) =>
    [
        .. options.Subgraphs.ClientHeaders.ClientNames,
        .. options.Authentication.IsOn ? ["Authorization", .. options.Authentication.Headers] : Array.Empty<string>(),
        .. options.Authentication.Jwt.Places.Any(place => place.IsCookie) && options.Authentication.IsOn ? ["Cookie"] : Array.Empty<string>(),
        .. options.PersistedOperations.Store is null ? [] : ClientName.Headers,
        .. options.Cors.IsOn ? ["Origin"] : Array.Empty<string>(),
        .. options.QueryPlan ? [RequestPipeline.QueryPlanHeader] : Array.Empty<string>(),
        .. options.Cost.Report ? [CostHeader.Name] : Array.Empty<string>(),
    ];
}
