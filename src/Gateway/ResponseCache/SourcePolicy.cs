using System.Net;
using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>
/// Reads from one source's answers how long they may be kept: <c>Cache-Control</c>, <c>Age</c> and <c>Vary</c>. Their time counts from when they were asked for,
/// so that a slow way makes nothing younger (<see href="https://www.rfc-editor.org/rfc/rfc9111#section-4.2.3">RFC 9111, 4.2.3</see>).
/// </summary>
/// <param name="options">How the source is called.</param>
/// <param name="rules">Which of the client's headers it gets.</param>
/// <param name="longest">The longest time for which anything is kept.</param>
/// <param name="readsTags">Whether the tags of what is kept are read.</param>
/// <param name="clock">Its timestamps count.</param>
internal sealed class SourcePolicy(SubgraphOptions options, HeaderRules rules, TimeSpan longest, bool readsTags, TimeProvider clock)
{
    // The gateway itself sets these, to something else in each request.
    private static readonly string[] NeverAlike = ["traceparent", "tracestate", "baggage"];

    /// <summary>
    /// Whether the source may know who asks: by what the gateway tells, or by a credential of the client that goes along, whatever it is called on the way. Asked before the request is sent: the
    /// client's headers may be those of another request when it is answered.
    /// </summary>
    public bool IsPersonal(UpstreamContext? context)
    {
        // That nobody is known is told, too: what is right for such a client is not right for one that is known.
        if (options.Identity.IsOn)
        {
            return true;
        }

        for (var selection = rules.Select(context?.Headers); selection.MoveNext();)
        {
            if (rules.IsCredential(selection.Name) || (selection.From is { } from && rules.IsCredential(from)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Notes with an answer what it says of being kept, and of being forgotten.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="response">Its head.</param>
    /// <param name="hints">What the source's schema says.</param>
    /// <param name="isPersonal">What <see cref="IsPersonal"/> said.</param>
    /// <param name="begun">When it was asked for, by the clock's timestamps.</param>
    public void Judge(SubgraphResponse answer, HttpResponseMessage response, in CacheHints hints, bool isPersonal, long begun)
    {
        answer.CachePolicy = Of(response, hints, isPersonal, begun);
        if (!readsTags || answer.CachePolicy.Obstacle != CacheObstacle.None)
        {
            return;
        }

        var header = response.Headers.NonValidated.TryGetValues("Cache-Tag", out var said) ? said.ToString() : null;
        if (SourceTags.Read(header, answer.Body) is { } tags)
        {
            answer.Tags = tags;
        }
        else
        {
            answer.CachePolicy = CachePolicy.Not(CacheObstacle.Tags);
        }
    }

    private CachePolicy Of(HttpResponseMessage response, in CacheHints hints, bool isPersonal, long begun)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return CachePolicy.Not(CacheObstacle.Status);
        }

        var headers = response.Headers.NonValidated;
        return Of(
            headers.TryGetValues("Cache-Control", out var said) ? said.ToString() : null,
            headers.TryGetValues("Age", out var age) ? age.ToString() : null,
            headers.TryGetValues("Vary", out var vary) ? vary.ToString() : null,
            isPersonal,
            begun,
            hints);
    }

    /// <summary>The same of texts.</summary>
    /// <param name="cacheControl">The header, null where there is none.</param>
    /// <param name="age">The header, null where there is none.</param>
    /// <param name="vary">The header, null where there is none.</param>
    /// <param name="isPersonal">Whether the source may know who asks: then the answer is for that client alone unless it says otherwise (RFC 9111, 3.5).</param>
    /// <param name="begun">When it was asked for.</param>
    /// <param name="hints">What the source's schema says. It makes stricter what the header says, and counts alone where there is no header.</param>
    public CachePolicy Of(string? cacheControl, string? age, string? vary, bool isPersonal, long begun, in CacheHints hints = default)
    {
        if (cacheControl is null)
        {
            return hints.Lifetime is { } alone
                ? Of(alone, stale: 0, hints.IsPrivate || isPersonal, age, vary, begun)
                : CachePolicy.Not(CacheObstacle.Unsaid);
        }

        var said = CacheDirectives.Read(cacheControl);
        if (said.NoStore || said.NoCache)
        {
            return CachePolicy.Not(said.NoStore ? CacheObstacle.NoStore : CacheObstacle.NoCache);
        }

        var isPrivate = said.IsPrivate || hints.IsPrivate || (isPersonal && !said.IsPublic);
        return (isPrivate ? said.MaxAge : said.SharedMaxAge ?? said.MaxAge) is { } lifetime
            ? Of(Math.Min(lifetime, hints.MaxAge ?? lifetime), said.MustRevalidate ? 0 : said.StaleWhileRevalidate ?? 0, isPrivate, age, vary, begun)
            : CachePolicy.Not(CacheObstacle.Unsaid);
    }

    private CachePolicy Of(long lifetime, long stale, bool isPrivate, string? age, string? vary, long begun)
    {
        if (!IsAlike(vary, ref isPrivate))
        {
            return CachePolicy.Not(CacheObstacle.Varies);
        }

        // An age that is none says nothing of how old it is.
        var left = lifetime - (age is null ? 0 : AgeOf(age, lifetime));
        if (left <= 0)
        {
            return CachePolicy.Not(CacheObstacle.Stale);
        }

        var most = (long)longest.TotalSeconds;
        var fresh = begun + (Math.Min(left, most) * clock.TimestampFrequency);
        return new CachePolicy(CacheObstacle.None, fresh, fresh + (Math.Min(stale, most) * clock.TimestampFrequency), isPrivate);
    }

    private static long AgeOf(string age, long otherwise)
    {
        var first = age.AsSpan();
        first = first.IndexOf(',') is >= 0 and var comma ? first[..comma] : first;
        first = first.Trim();
        return first.IsEmpty || first.ContainsAnyExceptInRange('0', '9') ? otherwise : CacheDirectives.Seconds(first);
    }

    // What clients' headers make different is in the key of what is kept; what the gateway sets is the same for all, or for all of one client.
    private bool IsAlike(string? vary, ref bool isPrivate)
    {
        foreach (var part in vary?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (part == "*" || Array.Exists(NeverAlike, name => IsSame(name, part)) || IsSame(options.DeadlineHeader, part))
            {
                return false;
            }

            isPrivate |= options.Identity.Headers.Any(name => IsSame(name, part));
        }

        return true;
    }

    private static bool IsSame(string? left, string right) => right.Equals(left, StringComparison.OrdinalIgnoreCase);
}
