using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace GraphGateway.ControlPlane;

/// <summary>
/// Signing in with an API key and out again. The key comes in the body of a form and is in no page, cookie or log; what the browser keeps is the random name of a
/// session. Each request looks at the key again: one that is revoked or over ends its sessions.
/// </summary>
internal sealed class SignIn(ApiServices services, PageSessions sessions, ILogger logger, RefusalLog refusals)
{
    public const string Cookie = "graphgateway-registry";

    // A key and a path.
    private const int MostBytes = 8 * 1024;
    private const int MostPath = 2_000;
    private const string NoKey = "This is no key of this registry, or no longer a valid one.";

    // It is a packet or two.
    private static readonly TimeSpan FormTime = TimeSpan.FromSeconds(10);
    private static readonly ApiProblem NotSignedIn = new(ApiProblemCode.KeyMissing, "Nobody has signed in.", "Sign in.");
    private static readonly ApiProblem NoSession = new(ApiProblemCode.KeyInvalid, "There is no such session, or no longer.", "Sign in.");

    /// <summary>
    /// Who asks; null where nobody has signed in, or their key is no longer valid. That is told in the log, except of who has no session and asks for the first page:
    /// so somebody begins.
    /// </summary>
    public async Task<ApiCaller?> FindCallerAsync(HttpContext context, string[] place, CancellationToken cancellation)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } name)
        {
            return place.Length == 0 ? null : Refuse(NotSignedIn, "nobody known");
        }

        if (sessions.Find(name) is not { } session)
        {
            return Refuse(NoSession, "nobody known");
        }

        var (caller, _, problem) = await KeyCheck.CheckAsync(services, session.KeyId, [.. session.Hash], cancellation);
        if (caller is not null)
        {
            return caller;
        }

        sessions.End(name);
        return Refuse(problem!, $"key {session.KeyId}");

        ApiCaller? Refuse(ApiProblem why, string who)
        {
            refusals.Tell(context.Connection.RemoteIpAddress, "page", NamesIn(place), why, who, null);
            return null;
        }
    }

    /// <summary>The names of a graph and a stage in the address of a page; anybody's text.</summary>
    public static string[] NamesIn(string[] place) => [.. place.Where((_, at) => at is 1 or 3)];

    /// <summary>The form.</summary>
    public static Page Form(HttpContext context, string? problem)
    {
        var next = NextOf(context.Request.Query["next"]);
        return FormOf(next, problem, context.Request.Headers["Sec-Fetch-Site"] == "cross-site" && next != PagePaths.Root);
    }

    /// <summary>Looks at the key that was sent; the form once more where it is none, else null, and the browser is sent on.</summary>
    public async Task<Page?> BeginAsync(HttpContext context, CancellationToken cancellation)
    {
        if (FindForeign(context) is { } foreign)
        {
            return foreign;
        }

        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = MostBytes;
        IFormCollection form;
        using var late = new CancellationTokenSource(FormTime, services.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(either.Token) : FormCollection.Empty;
        }
        catch (Exception exception) when (late.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // The rest is not waited for, either.
            context.Abort();
            return null;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or NotSupportedException)
        {
            // Whoever sent it has gone, or it is in a form that .NET does not read.
            return FormOf(PagePaths.Root, "That cannot be read.", false) with { Status = StatusCodes.Status400BadRequest };
        }

        var (shown, next) = (form["key"].ToString().Trim(), NextOf(form["next"]));
        var (caller, key, problem) = await KeyCheck.CheckAsync(services, shown, cancellation);
        if (caller is null)
        {
            refusals.Tell(context.Connection.RemoteIpAddress, "signIn", [], problem!, ApiKeyText.IdOf(shown) is { } id ? $"key {id}" : "nobody known", null);
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return FormOf(next, NoKey, false) with { Status = StatusCodes.Status401Unauthorized };
        }

        // A name that the browser had before is not taken over, and ends.
        End(context);
        context.Response.Cookies.Append(Cookie, sessions.Begin(caller.KeyId, key!.Hash), OptionsOf(context));
        logger.LogInformation("{Name} (key {Key}) has signed in from {Address}", caller.Name, caller.KeyId, context.Connection.RemoteIpAddress);
        Redirect(context, next);
        return null;
    }

    /// <summary>Ends the session of the browser; a page where that is refused.</summary>
    public Page? Finish(HttpContext context)
    {
        if (FindForeign(context) is { } foreign)
        {
            return foreign;
        }

        End(context);
        context.Response.Cookies.Delete(Cookie, OptionsOf(context));
        Redirect(context, PagePaths.SignIn);
        return null;
    }

    /// <summary>Sends who has not signed in to the form, from where they come back.</summary>
    public static void Ask(HttpContext context)
    {
        var wanted = NextOf(context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent());
        Redirect(context, wanted == PagePaths.Root ? PagePaths.SignIn : PagePaths.With(PagePaths.SignIn, ("next", wanted)));
    }

    private static void Redirect(HttpContext context, string to)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = to;
    }

    private void End(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is { } name)
        {
            sessions.End(name);
        }
    }

    // The server itself speaks no TLS. Whoever says falsely that the browser does gets a cookie that is sent over TLS alone: that opens nothing, so it needs no trust.
    private static CookieOptions OptionsOf(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = PagePaths.Root,
        Secure = context.Request.IsHttps || string.Equals(context.Request.Headers["X-Forwarded-Proto"], "https", StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>
    /// A form of another site is refused: browsers tell where it comes from, by Sec-Fetch-Site, or, where the address is no secure one, by Origin. Who sends neither
    /// is no browser.
    /// </summary>
    private Page? FindForeign(HttpContext context)
    {
        var (site, origin) = (context.Request.Headers["Sec-Fetch-Site"].ToString(), context.Request.Headers.Origin.ToString());
        var isOurs = site.Length > 0 ? site == "same-origin"
            : origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && HostString.FromUriComponent(from) == context.Request.Host);
        if (isOurs)
        {
            return null;
        }

        var problem = new ApiProblem(ApiProblemCode.Forbidden, "The form came from another site.", "Open the registry's own page. A proxy before it has to pass the header Host on.");
        refusals.Tell(context.Connection.RemoteIpAddress, "signIn", [], problem, "a browser", null);
        return new Page("This form came from another site", Html.Many(Html.Of("p", problem.Advice), Html.Of("p", Html.Link(PagePaths.SignIn, "Sign in here"))))
        {
            Status = StatusCodes.Status403Forbidden,
        };
    }

    // Only a page of ours: no other host, and nothing that could end a header.
    private static string NextOf(string? path) =>
        path is not null && path.Length <= MostPath && path.StartsWith(PagePaths.Root, StringComparison.Ordinal)
        && (path.Length == PagePaths.Root.Length || path[PagePaths.Root.Length] is '/' or '?')
        && !path.StartsWith(PagePaths.SignIn, StringComparison.Ordinal) && !path.StartsWith(PagePaths.SignOut, StringComparison.Ordinal)
        && path.All(character => character is > ' ' and < '\x7F' and not '\\')
            ? path
            : PagePaths.Root;

    private static Page FormOf(string next, string? problem, bool isFromElsewhere) => new("Sign in", Html.Many(
        problem is null ? null : Html.Of("p", problem).Class("notice bad").With("role", "alert").Id("problem"),
        isFromElsewhere ? Html.Of("p", "You came here from another site. If you have signed in before, ", Html.Link(next, "go on"), ".").Class("notice") : null,
        Html.Of(
            "form",
            Html.Of(
                "div",
                Html.Of("label", "API key").With("for", "key"),
                Html.Of("input").Id("key").With("name", "key").With("type", "password").With("required", "").With("autocomplete", "current-password").With("autofocus", "").With("spellcheck", "false")
                    .With("aria-describedby", problem is null ? "what" : "problem what")),
            Html.Of("input").With("type", "hidden").With("name", "next").With("value", next),
            Html.Of("button", "Sign in").With("type", "submit")).With("method", "post").With("action", PagePaths.SignIn).Class("sign-in"),
        Html.Of("p", "A key of this registry with the role ", Html.Of("code", "read"), " (or ", Html.Of("code", "admin"), "): what it may read is what you will see. Who has an admin key can make one.").Id("what")));
}
