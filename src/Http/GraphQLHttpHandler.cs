using System.IO.Pipelines;
using GraphGateway.Language;
using Microsoft.AspNetCore.Http;

namespace GraphGateway.Http;

/// <summary>
/// One GraphQL endpoint over HTTP
/// (<see href="https://graphql.github.io/graphql-over-http/draft/">GraphQL over HTTP</see>). The steps of <see cref="HandleAsync"/> are the
/// order in which a request can be refused: 1. media types, 2. method, 3. foreign sites, 4. the request's format, 5. who asks, 6. the request's size and
/// content; 7. it runs; 8. the response is written.
/// </summary>
/// <param name="executor">What runs the requests.</param>
/// <param name="options">What is accepted.</param>
/// <param name="isNamedByPath">True for the path that names a document: the route has its parts (<see cref="DocumentPath"/>).</param>
internal sealed class GraphQLHttpHandler(IGraphQLRequestExecutor executor, GraphQLHttpOptions options, bool isNamedByPath = false)
{
    // PERF: what only refuses is no part of the asynchronous method: each of those costs an object and a call for each request.
    public Task HandleAsync(HttpContext context)
    {
        // HEAD is GET whose body the server leaves out (RFC 9110, 9.3.2): some caches ask so before they keep an answer.
        var request = context.Request;
        var isHead = HttpMethods.IsHead(request.Method);
        var isGet = isHead || HttpMethods.IsGet(request.Method);
        SecurityHeaders.Set(context);
        if (isGet && options.Sdl is not null && request.Query.ContainsKey("sdl"))
        {
            return WriteSdlAsync(context);
        }

        if (WebSocketRule.IsUpgrade(context))
        {
            return RefuseAsync(context, ResponseFormat.Json, WebSocketRule.Refusal);
        }

        // 1.
        context.Response.Headers.Vary = options.CompressFromBytes is null ? "Accept" : "Accept, Accept-Encoding";
        var accepted = MediaType.Negotiate(request.Headers.Accept, options.AllowEventStreams && !isHead);
        if (accepted.Batch is null)
        {
            const string message = "None of the accepted media types can be given. Accept application/graphql-response+json or application/json.";
            return RefuseAsync(context, ResponseFormat.Json, new RequestRefusal(StatusCodes.Status406NotAcceptable, message, ErrorCode.InvalidGraphqlRequest));
        }

        // 2. to 4.
        return Refuse(context, isGet) is { } refusal ? RefuseAsync(context, accepted.Single ?? ResponseFormat.Json, refusal)
            : options.Admit is { } admit ? AdmitAndRunAsync(context, admit(context), accepted, isGet)
            : ReadAndRunAsync(context, accepted, isGet);
    }

    /// <summary>The schema, for who may ask; called where the options give one.</summary>
    public async Task WriteSdlAsync(HttpContext context)
    {
        SecurityHeaders.Set(context);
        if (options is { IsSdlOpen: false, Admit: { } admit } && await admit(context) is { } refused)
        {
            await RefuseAsync(context, ResponseFormat.Json, refused);
            return;
        }

        await SdlEndpoint.WriteAsync(context, options.Sdl!());
    }

    /// <summary>The path of one persisted operation, where there are none.</summary>
    public static Task RefusePersistedAsync(HttpContext context)
    {
        SecurityHeaders.Set(context);
        context.Response.Headers.Vary = "Accept";
        var format = MediaType.Negotiate(context.Request.Headers.Accept, allowEventStream: false).Single ?? ResponseFormat.Json;
        return RefuseAsync(context, format, RequestRules.RefusePersisted("Send the text as \"query\" to the path of the GraphQL endpoint."));
    }

    private RequestRefusal? Refuse(HttpContext context, bool isGet)
    {
        var request = context.Request;
        if (!isGet && !HttpMethods.IsPost(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD, POST";
            return new RequestRefusal(StatusCodes.Status405MethodNotAllowed, "GraphQL is served over GET, HEAD and POST.", ErrorCode.InvalidGraphqlRequest);
        }

        if (options.PreventCsrf && CsrfRule.Refuses(request))
        {
            return new RequestRefusal(StatusCodes.Status403Forbidden, CsrfRule.Message, ErrorCode.CsrfError);
        }

        return isGet || MediaType.IsJsonRequest(request.ContentType)
            ? null
            : new RequestRefusal(
                StatusCodes.Status415UnsupportedMediaType, "A POST must have Content-Type: application/json, in UTF-8.", ErrorCode.InvalidGraphqlRequest);
    }

    // 5. PERF: mostly it is known at once.
    private Task AdmitAndRunAsync(HttpContext context, ValueTask<GraphQLHttpResult?> admission, AcceptedFormats accepted, bool isGet)
    {
        if (!admission.IsCompletedSuccessfully)
        {
            return WaitAndRunAsync(context, admission, accepted, isGet);
        }

        return admission.Result is { } refused
            ? RefuseAsync(context, accepted.Single ?? ResponseFormat.Json, refused)
            : ReadAndRunAsync(context, accepted, isGet);
    }

    private async Task WaitAndRunAsync(HttpContext context, ValueTask<GraphQLHttpResult?> admission, AcceptedFormats accepted, bool isGet)
    {
        if (await admission is { } refused)
        {
            await RefuseAsync(context, accepted.Single ?? ResponseFormat.Json, refused);
            return;
        }

        await ReadAndRunAsync(context, accepted, isGet);
    }

    private async Task ReadAndRunAsync(HttpContext context, AcceptedFormats accepted, bool isGet)
    {
        var format = accepted.Single ?? ResponseFormat.Json;
        using var body = isGet ? null : await RequestBody.ReadAsync(context.Request, options.MaxRequestBytes, context.RequestAborted);
        if (body?.Refusal is { } unread)
        {
            await RefuseAsync(context, format, unread);
            return;
        }

        var requests = new List<GraphQLRequest>(1);
        try
        {
            // 6.
            var isBatch = false;
            var path = isNamedByPath ? DocumentPath.Of(context.Request) : null;
            var refusal = body is null
                ? GetRequestParser.Parse(context.Request, options, path, requests)
                : JsonRequestParser.Parse(body.Bytes, options, path, requests, out isBatch);
            if (refusal is not null)
            {
                await RefuseAsync(context, format, refusal);
            }
            else if (isBatch)
            {
                await RunBatchAsync(context, accepted.Batch ?? ResponseFormat.Json, requests);
            }
            else
            {
                // 7. and 8.
                requests[0].AcceptsStream = accepted.EventStream;
                using var result = await executor.ExecuteAsync(requests[0], context, context.RequestAborted);
                await WriteAsync(context, result.IsBatch ? accepted.Batch ?? ResponseFormat.Json : format, result);
            }
        }
        finally
        {
            foreach (var request in requests)
            {
                request.Dispose();
            }
        }
    }

    private async Task RunBatchAsync(HttpContext context, ResponseFormat format, List<GraphQLRequest> requests)
    {
        var results = await executor.ExecuteBatchAsync(requests, context, context.RequestAborted);
        try
        {
            if (format == ResponseFormat.EventStream)
            {
                await new EventStreamWriter(context, options).WriteAsync(results, isRequestBatch: true);
                return;
            }

            context.Response.ContentType = MediaType.ContentType(format);
            await SendAsync(
                context,
                results.Any(static result => result.IsLarge),
                output => new BatchWriter(output, format, context.RequestAborted).WriteAsync(results, isRequestBatch: true));
        }
        finally
        {
            foreach (var result in results)
            {
                result.Dispose();
            }
        }
    }

    private static Task RefuseAsync(HttpContext context, ResponseFormat format, RequestRefusal refusal) => RefuseAsync(context, format, refusal.ToResult());

    private static async Task RefuseAsync(HttpContext context, ResponseFormat format, GraphQLHttpResult refused)
    {
        using (refused)
        {
            await WritePlainAsync(context, context.Response.BodyWriter, format, refused);
        }
    }

    private Task WriteAsync(HttpContext context, ResponseFormat format, GraphQLHttpResult result) =>
        // A request that was refused before it was one of GraphQL's concern has a status, which an event stream has not.
        result.Events is not null || (format == ResponseFormat.EventStream && result.Outcome != GraphQLOutcome.Refused)
            ? new EventStreamWriter(context, options).WriteAsync([result], isRequestBatch: false)
            : WriteOneBodyAsync(context, format, result);

    private Task WriteOneBodyAsync(HttpContext context, ResponseFormat format, GraphQLHttpResult result) =>
        result.Bodies is [WholeResponse whole] && format != ResponseFormat.JsonLines ? WriteWholeAsync(context, format, result, whole)
        : options.CompressFromBytes is null ? WritePlainAsync(context, OutputOf(context), format, result) : WriteCompressedAsync(context, format, result);

    private Task WriteWholeAsync(HttpContext context, ResponseFormat format, GraphQLHttpResult result, WholeResponse whole)
    {
        PutHead(context.Response, format, result);
        return WholeResponseWriter.WriteAsync(context, OutputOf(context), format, whole, options.CompressFromBytes);
    }

    private PipeWriter OutputOf(HttpContext context) =>
        options.Delivery is { } limit ? new DeliveryWriter(context, limit, options.TimeProvider) : context.Response.BodyWriter;

    private static async Task WritePlainAsync(HttpContext context, PipeWriter output, ResponseFormat format, GraphQLHttpResult result)
    {
        PutHead(context.Response, format, result);

        // PERF: what is written before the headers is buffered by the server, and copied once more.
        await context.Response.StartAsync(context.RequestAborted);
        if (result.IsBatch || result.IsLarge || format == ResponseFormat.JsonLines)
        {
            await BatchWriter.WriteAsync(output, format, result, context.RequestAborted);
        }
        else
        {
            result.Bodies[0].WriteTo(output, ResultPosition.None);
        }

        await output.FlushAsync(context.RequestAborted);
    }

    private Task WriteCompressedAsync(HttpContext context, ResponseFormat format, GraphQLHttpResult result)
    {
        PutHead(context.Response, format, result);
        return SendAsync(context, result.IsLarge, output => BatchWriter.WriteAsync(output, format, result, context.RequestAborted));
    }

    // Compressed, where that is on and the client takes it.
    private async Task SendAsync(HttpContext context, bool isLarge, Func<PipeWriter, Task> write)
    {
        var output = OutputOf(context);
        if (options.CompressFromBytes is { } fromBytes && ResponseCompression.Negotiate(context.Request.Headers.AcceptEncoding) is { } coding)
        {
            await ResponseCompression.WriteAsync(context.Response, output, write, coding, isLarge ? null : fromBytes, context.RequestAborted);
            return;
        }

        await context.Response.StartAsync(context.RequestAborted);
        await write(output);
        await output.FlushAsync(context.RequestAborted);
    }

    private static void PutHead(HttpResponse response, ResponseFormat format, GraphQLHttpResult result)
    {
        format = format == ResponseFormat.EventStream ? ResponseFormat.Json : format;
        response.StatusCode = result.StatusIn(format);
        response.ContentType = MediaType.ContentType(format);
        if (result.Allow is not null)
        {
            response.Headers.Allow = result.Allow;
        }
    }
}
