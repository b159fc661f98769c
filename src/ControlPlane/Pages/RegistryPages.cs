using System.Data.Common;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GraphGateway.ControlPlane;

/// <summary>
/// The registry's web page at <c>/registry</c>, made on the server, for browsers without scripts. What each request passes: 1. files and forms for who has not signed
/// in, 2. who asks? 3. may their key read this? 4. the page. It changes nothing.
/// </summary>
internal sealed class RegistryPages(ApiServices services, ILogger logger, RefusalLog refusals) : IDisposable
{
    // No scripts, no frames, nothing from elsewhere, and no forms to elsewhere.
    private const string Policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(120);
    private static readonly byte[] Style = ReadStyle();

    private readonly PageSessions sessions = new(services.Clock);
    private static readonly WrittenPage NoThread = WrittenPage.Of(
        Refusals.Of(StatusCodes.Status503ServiceUnavailable, "The registry's store keeps all who ask it waiting", "Try again in a moment."), null);

    private static readonly WrittenPage NoRoom = WrittenPage.Of(
        Refusals.Of(StatusCodes.Status503ServiceUnavailable, "Others are sent too much at the same time", "Try again in a moment."), null);

    private readonly HeavyPages heavy = new(services.Clock);

    private SignIn SignIn => new(services, sessions, logger, refusals);

    /// <summary>Answers a request that is for the pages; false where it is for somebody else.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(PagePaths.Root, StringComparison.Ordinal, out var rest))
        {
            return false;
        }

        using var over = new CancellationTokenSource(RequestTime, services.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, context.RequestAborted);
        SetHeaders(context.Response);
        WrittenPage? page;
        try
        {
            page = await services.Threads.RunAsync(() => MakeAsync(context, rest.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries), either.Token), NoThread, either.Token);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            page = WrittenPage.Of(Refusals.Of(StatusCodes.Status503ServiceUnavailable, "It took too long", "Try again later."), null);
        }
        catch (Exception exception) when (exception is DbException or InvalidDataException)
        {
            logger.LogError("The registry's store cannot be used: {Reason}", exception.Message);
            page = WrittenPage.Of(Refusals.Of(StatusCodes.Status503ServiceUnavailable, "The registry's store cannot be used", "Try again later. The registry's log has the reason."), null);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "A page of the registry failed");
            page = WrittenPage.Of(Refusals.Of(StatusCodes.Status500InternalServerError, "The registry has made a mistake", "The registry's log has it."), null);
        }

        if (page is not null)
        {
            using (page.Place)
            {
                await WriteAsync(context, page.Status, "text/html; charset=utf-8", page.Body, page.Place);
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => heavy.Dispose();

    // Its bytes: nothing else of a page is kept while it is on its way. Null where the answer is no page.
    private async Task<WrittenPage?> MakeAsync(HttpContext context, string[] place, CancellationToken cancellation)
    {
        var (page, who) = await AnswerAsync(context, place, cancellation);
        if (page is null)
        {
            return null;
        }

        var written = WrittenPage.Of(page, who?.Name);
        return who is null ? written : services.Answers.TryEnter(who.KeyId, written.Body) is { } room ? written with { Place = room } : NoRoom;
    }

    private async Task<(Page? Page, ApiCaller? Who)> AnswerAsync(HttpContext context, string[] place, CancellationToken cancellation)
    {
        // 1.
        var isPost = HttpMethods.IsPost(context.Request.Method);
        if (!isPost && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return (Refusals.Of(StatusCodes.Status405MethodNotAllowed, "This is not done with this method", "These pages only show what is there."), null);
        }

        switch (place)
        {
            case ["page.css"] when !isPost:
                await WriteAsync(context, StatusCodes.Status200OK, "text/css; charset=utf-8", Style);
                return (null, null);
            case ["sign-in"]:
                return (isPost ? await SignIn.BeginAsync(context, cancellation) : SignIn.Form(context, null), null);
            case ["sign-out"] when isPost:
                return (SignIn.Finish(context), null);
        }

        if (isPost)
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return (Refusals.Of(StatusCodes.Status405MethodNotAllowed, "Nothing is changed here", "Commands and the API change what is in the registry."), null);
        }

        // 2.
        if (await SignIn.FindCallerAsync(context, place, cancellation) is not { } caller)
        {
            SignIn.Ask(context);
            return (null, null);
        }

        ConnectionRoom.Know(context);
        if (context.Request.Query.Any(part => RegistryLimits.IsUnfit(part.Key) || part.Value.Any(value => RegistryLimits.IsUnfit(value ?? ""))))
        {
            return (Refusals.Of(StatusCodes.Status400BadRequest, "That cannot be looked for", "A part of the address has a character of value 0."), caller);
        }

        // 3. and 4.
        var call = new PageCall(context, services, caller, heavy, cancellation);
        var page = FindForbidden(call, place) ?? await PageOf(call, place);
        if (page.Refusal is { } refusal)
        {
            refusals.Tell(
                context.Connection.RemoteIpAddress, "page", SignIn.NamesIn(place), refusal, $"{caller.Name} (key {caller.KeyId})", caller);
        }

        return (page, caller);
    }

    private static Page? FindForbidden(PageCall call, string[] place) => place switch
    {
        ["graphs", var graph] when !call.MayReadOf(graph) => Refusals.Forbidden(call, " in any stage of this graph"),
        ["graphs", var graph, "stages", var stage, ..] when !call.MayRead(graph, stage) => Refusals.Forbidden(call, " in this stage"),
        ["graphs", var graph, "sources", ..] when !call.MayRead(graph, null) => Refusals.Forbidden(call, " in all stages of this graph"),
        _ => null,
    };

    // The table of all pages.
    private static Task<Page> PageOf(PageCall call, string[] place) => place switch
    {
        [] => GraphPages.AllAsync(call),
        ["graphs", var graph] => GraphPages.GraphAsync(call, graph),
        ["graphs", var graph, "sources", var source] => SourcePages.VersionsAsync(call, graph, source),
        ["graphs", var graph, "sources", var source, var version] when PageCall.NumberOf(version) is { } number => SourcePages.VersionAsync(call, graph, source, number),
        ["graphs", var graph, "stages", var stage] => StagePages.StageAsync(call, graph, stage),
        ["graphs", var graph, "stages", var stage, "launches", var launch, .. var part] when PageCall.NumberOf(launch) is { } number => part switch
        {
            [] => LaunchPages.LaunchAsync(call, graph, stage, number),
            ["supergraph"] => LaunchPages.SupergraphAsync(call, graph, stage, number),
            ["changes"] => ChangePages.ChangesAsync(call, graph, stage, number),
            ["sources", var source] => LaunchPages.SourceAsync(call, graph, stage, number, source),
            _ => Refusals.NotFoundAsync(call, "A launch has its sources, its supergraph and its changes."),
        },
        ["graphs", var graph, "stages", var stage, "types"] => TypePages.TypesAsync(call, graph, stage),
        ["graphs", var graph, "stages", var stage, "types", var type] => TypePages.TypeAsync(call, graph, stage, type),
        ["graphs", var graph, "stages", var stage, "usage"] => UsagePages.UsageAsync(call, graph, stage),
        _ => Refusals.NotFoundAsync(call, "There is nothing at this address."),
    };

    private static void SetHeaders(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers.CacheControl = "no-store";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";

        // Not no-referrer: with that, browsers send "Origin: null" with our own forms, and those of others could not be told from them. Others hear nothing.
        response.Headers["Referrer-Policy"] = "same-origin";
    }

    private static Task WriteAsync(HttpContext context, int status, string type, byte[] body, AnswerRoom.Place? place = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : AnswerRoom.WriteAsync(context, body, place);
    }

    /// <summary>A page as it is sent.</summary>
    private sealed record WrittenPage(int Status, byte[] Body)
    {
        public AnswerRoom.Place? Place { get; init; }

        public static WrittenPage Of(Page page, string? who) => new(page.Status, Encoding.UTF8.GetBytes(PageLayout.Write(page, who)));
    }

    private static byte[] ReadStyle()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("GraphGateway.Registry.page.css")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
