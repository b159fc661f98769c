using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Logging;

namespace GraphGateway.ControlPlane;

/// <summary>
/// What each request to the API passes: 1. whose key is it? Who has none hears nothing of what there is. 2. is there such an operation? 3. may the key do it, here?
/// 4. its body, whole: nothing of it is read before, and who sends slowly keeps no place of 5. 5. is there room for it? 6. do it. Each refusal of 1 and 3 is told in the log (<see cref="RefusalLog"/>).
/// </summary>
/// <remarks>Nothing that asks the store is done on a thread of the pool (<see cref="StoreThreads"/>).</remarks>
internal sealed class ApiGate(ApiServices services, ILogger logger, RefusalLog refusals) : IDisposable
{
    private const string Scheme = "Bearer ";

    // More than there are threads where the store answers while nobody waits on a thread for it.
    private const int LargeAtOnce = 8;

    // Composing takes a core each.
    internal static readonly int HeavyAtOnce = Math.Max(2, Environment.ProcessorCount);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(120);

    private static readonly ApiProblem NoThread = new(
        ApiProblemCode.Busy, $"The registry's store has kept all who ask it waiting for {StoreThreads.Patience.TotalSeconds:0} seconds.", "Try again later.");

    /// <summary>What is told of an answer for which there is no room.</summary>
    internal static readonly ApiProblem NoRoom = new(ApiProblemCode.Busy, "Others are sent so much now that there is no room for more.", "Try again later.");

    private readonly HeavyPlaces heavy = new(HeavyAtOnce);
    private readonly SemaphoreSlim large = new(LargeAtOnce);
    private readonly StoreThreads heavyThreads = new(HeavyAtOnce, "Registry composer", services.Clock);

    /// <summary>How many compose and compare.</summary>
    public int Composing => heavy.Count;

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        using var over = new CancellationTokenSource(RequestTime, services.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, context.RequestAborted);
        ApiAnswer answer;
        try
        {
            answer = await services.Threads.RunAsync(() => AnswerAsync(context, either.Token), NoThread, either.Token);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (OperationCanceledException)
        {
            answer = new ApiProblem(ApiProblemCode.Busy, "It took too long.", "Try again later.");
        }
        catch (Exception exception) when (exception is DbException or InvalidDataException)
        {
            logger.LogError("The registry's store cannot be used: {Reason}", exception.Message);
            answer = new ApiProblem(ApiProblemCode.StoreUnavailable, "The registry's store cannot be used.", "Try again later. The registry's log has the reason.");
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "A request to the registry failed");
            answer = new ApiProblem(ApiProblemCode.Internal, "The registry has made a mistake.", "The registry's log has it.");
        }

        using (answer.Place)
        {
            await WriteAsync(context, answer);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        heavy.Dispose();
        large.Dispose();
        heavyThreads.Dispose();
    }

    private async Task<ApiAnswer> AnswerAsync(HttpContext context, CancellationToken cancellation)
    {
        // 1.
        var operation = context.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>();
        var shown = ShownBy(context);
        var (caller, failure) = await IdentifyAsync(shown, cancellation);
        if (caller is null)
        {
            var id = shown is null ? null : ApiKeyText.IdOf(shown);
            Log(context, operation, failure!, id is null ? "nobody known" : $"key {id}", null);
            return failure!;
        }

        ConnectionRoom.Know(context);

        // 2.
        if (operation is null)
        {
            if (context.GetEndpoint() is null)
            {
                return new ApiProblem(ApiProblemCode.NotFound, ApiProblem.NothingHere, "GET /openapi.json tells what there is.");
            }

            context.Response.Headers.Allow = MethodsAt(context.Request.Path);
            return new ApiProblem(ApiProblemCode.MethodNotAllowed, "This is not done with this method.", "GET /openapi.json tells what there is.");
        }

        // 3.
        var call = new ApiCall(context, services, caller, cancellation);
        if (FindForbidden(call, operation) is { } forbidden)
        {
            Log(context, operation, forbidden, $"{caller.Name} (key {caller.KeyId})", caller);
            return forbidden;
        }

        if (call.FindProblem(operation) is { } wrong)
        {
            return wrong;
        }

        // 4.
        using var body = operation.Body is null ? null : services.Bodies.TryEnter(caller.KeyId);
        if (operation.Body is not null && await call.ReceiveAsync(body) is { } unread)
        {
            return unread;
        }

        // 5. and 6.
        ApiAnswer answer;
        try
        {
            answer = await RunAsync(operation, call, body?.Taken ?? default, cancellation);
        }
        catch (OperationCanceledException) when (body is { Taken.IsCancellationRequested: true } && !cancellation.IsCancellationRequested)
        {
            return ApiCall.NoRoom;
        }

        if (answer.Problem is { Code: ApiProblemCode.Forbidden } late)
        {
            Log(context, operation, late, $"{caller.Name} (key {caller.KeyId})", caller);
        }

        return answer;
    }

    // What routing knows of a path, it keeps from whom it has not routed.
    private static string MethodsAt(PathString path) => path == RegistryServer.DocumentPath ? "GET, HEAD" : string.Join(", ", RegistryServer.Operations
        .Where(known => new TemplateMatcher(TemplateParser.Parse(known.Path[1..]), new RouteValueDictionary()).TryMatch(path, new RouteValueDictionary()))
        .Select(known => known.Method).Distinct().Order(StringComparer.Ordinal));

    // As long as it waits, its body may have to make place for another one.
    private async Task<ApiAnswer> RunAsync(ApiOperation operation, ApiCall call, CancellationToken taken, CancellationToken cancellation)
    {
        if (!operation.IsHeavy && !operation.IsLarge)
        {
            return await MakeAsync(operation, call);
        }

        if (operation.IsHeavy)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(taken, cancellation);
            var (place, isOwn) = await heavy.TryEnterAsync(call.Caller.KeyId, Patience, waiting.Token);
            using (place)
            {
                // Composing keeps its thread for long: there is one for each.
                return place is null ? new ApiProblem(ApiProblemCode.Busy, heavy.Taken(isOwn), "Try again later.")
                    : await heavyThreads.RunAsync(() => MakeAsync(operation, call), NoThread, cancellation);
            }
        }

        if (!await large.WaitAsync(Patience, cancellation))
        {
            return new ApiProblem(ApiProblemCode.Busy, $"{LargeAtOnce} others read texts and lists now.", "Try again later.");
        }

        try
        {
            return await MakeAsync(operation, call);
        }
        finally
        {
            large.Release();
        }
    }

    // Its bytes, whole before they are sent: what fails here is a problem with a status of its own. Nothing else of it is kept while they are on their way.
    private async Task<ApiAnswer> MakeAsync(ApiOperation operation, ApiCall call)
    {
        var answer = await operation.Run(call);
        if (answer.Problem is not null || (answer.Text ?? (answer.Value is { } value ? ApiJson.Of(value) : null)) is not { } bytes)
        {
            return answer;
        }

        var place = services.Answers.TryEnter(call.Caller.KeyId, bytes);
        if (place is null && !operation.IsQuestion)
        {
            // It is done: who reads slowly keeps nobody from making changes, and what is told of one gets shorter.
            bytes = answer.Value is ChangeAnswer change ? AnswerBounds.Short(change, AnswerRoom.SmallBytes) : bytes;
            place = services.Answers.Enter(call.Caller.KeyId, bytes);
        }

        return place is null ? NoRoom : new ApiAnswer(null, bytes, null) { Place = place, Type = answer.Text is null ? "application/json" : answer.Type };
    }

    private static ApiProblem? FindForbidden(ApiCall call, ApiOperation operation)
    {
        var (graph, stage) = (call.RouteOrNull("graph"), call.RouteOrNull("stage"));
        if (operation.Roles.Any(role => call.Caller.May(role, graph, stage, null)))
        {
            return null;
        }

        var where = graph is null ? "" : stage is null ? " in all stages of this graph" : " in this stage";
        return call.Forbidden($"has not the role {string.Join(" or ", operation.Roles.Select(role => role.ToString().ToLowerInvariant()))}{where}, which {operation.Id} needs.");
    }

    private async Task<(ApiCaller? Caller, ApiProblem? Problem)> IdentifyAsync(string? shown, CancellationToken cancellation)
    {
        if (shown is null)
        {
            return (null, new ApiProblem(ApiProblemCode.KeyMissing, "No key was shown.", "Send it in the header Authorization: Bearer KEY."));
        }

        var (caller, _, problem) = await KeyCheck.CheckAsync(services, shown, cancellation);
        return (caller, problem);
    }

    private static string? ShownBy(HttpContext context) =>
        context.Request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header[Scheme.Length..].Trim() is { Length: > 0 } key
            ? key
            : null;

    // The path as it was sent is anybody's text, and could have a secret in it: what is known of it is told, and names that graphs and stages can have.
    private void Log(HttpContext context, ApiOperation? operation, ApiProblem problem, string who, ApiCaller? caller)
    {
        var place = ((string[])["graph", "stage"]).Select(name => context.Request.RouteValues[name] as string).OfType<string>().ToList();
        refusals.Tell(context.Connection.RemoteIpAddress, operation?.Id ?? "something that is not there", place, problem, who, caller);
    }

    private static async Task WriteAsync(HttpContext context, ApiAnswer answer)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (answer.Problem is { } problem)
        {
            await problem.WriteAsync(context);
        }
        else if (answer.Text is { } text)
        {
            context.Response.ContentType = answer.Type;
            context.Response.ContentLength = text.Length;
            await AnswerRoom.WriteAsync(context, text, answer.Place);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }
}
