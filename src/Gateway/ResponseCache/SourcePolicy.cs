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
    /// Whether the source may know who asks: by what the gateway tells, or by a credential of the client that goes along. Asked before the request is sent: the
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
            if (IsSame("Authorization", selection.Name) || IsSame("Cookie", selection.Name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Notes with an answer what it says of being kept, and of being forgotten.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="response">Its head.</param>
    /// <param name="isPersonal">What <see cref="IsPersonal"/> said.</param>
    /// <param name="begun">When it was asked for, by the clock's timestamps.</param>
    public void Judge(SubgraphResponse answer, HttpResponseMessage response, bool isPersonal, long begun)
    {
        answer.CachePolicy = Of(response, isPersonal, begun);
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

    private CachePolicy Of(HttpResponseMessage response, bool isPersonal, long begun)
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
            begun);
    }

    /// <summary>The same of texts.</summary>
    /// <param name="cacheControl">The header, null where there is none.</param>
    /// <param name="age">The header, null where there is none.</param>
    /// <param name="vary">The header, null where there is none.</param>
    /// <param name="isPersonal">Whether the source may know who asks: then the answer is for that client alone unless it says otherwise (RFC 9111, 3.5).</param>
    /// <param name="begun">When it was asked for.</param>
    public CachePolicy Of(string? cacheControl, string? age, string? vary, bool isPersonal, long begun)
    {
        if (cacheControl is null)
        {
            return CachePolicy.Not(CacheObstacle.Unsaid);
        }

        var said = CacheDirectives.Read(cacheControl);
        if (said.NoStore || said.NoCache)
        {
            return CachePolicy.Not(said.NoStore ? CacheObstacle.NoStore : CacheObstacle.NoCache);
        }

        var isPrivate = said.IsPrivate || (isPersonal && !said.IsPublic);
        if ((isPrivate ? said.MaxAge : said.SharedMaxAge ?? said.MaxAge) is not { } lifetime)
        {
            return CachePolicy.Not(CacheObstacle.Unsaid);
        }

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

        left = Math.Min(left, (long)longest.TotalSeconds);
        var stale = said.MustRevalidate ? 0 : Math.Min(said.StaleWhileRevalidate ?? 0, (long)longest.TotalSeconds);
        var fresh = begun + (left * clock.TimestampFrequency);
        return new CachePolicy(CacheObstacle.None, fresh, fresh + (stale * clock.TimestampFrequency), isPrivate);
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
