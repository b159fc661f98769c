using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GraphGateway.Benchmarks;

/// <summary>A server without sockets: requests come from the same process, one at a time, so that only the application's own work is measured.</summary>
internal sealed class InProcessServer : IServer
{
    private readonly FeatureCollection features = new();
    private Func<IFeatureCollection, Task>? process;

    /// <inheritdoc/>
    public IFeatureCollection Features => features;

    /// <inheritdoc/>
    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        process = async request =>
        {
            var context = application.CreateContext(request);
            await application.ProcessRequestAsync(context);
            application.DisposeContext(context, null);
        };
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends a request to <c>/graphql</c>, and gives the length of the answer, which it leaves in <paramref name="answer"/>.</summary>
    /// <param name="body">JSON.</param>
    /// <param name="answer">Gets the answer.</param>
    public async Task<int> PostAsync(byte[] body, MemoryStream answer)
    {
        answer.SetLength(0);
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.Scheme = "http";
        context.Request.Protocol = "HTTP/2";
        context.Request.Host = new HostString("localhost");
        context.Request.Path = "/graphql";
        context.Request.ContentType = "application/json";
        context.Request.ContentLength = body.Length;
        context.Request.Body = new MemoryStream(body, writable: false);
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new HasBody());
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        await process!(context.Features);
        await context.Response.CompleteAsync();


        // What failed costs next to nothing, and says nothing of what was to be measured.
        return context.Response.StatusCode == StatusCodes.Status200OK && answer.GetBuffer().AsSpan(0, (int)answer.Length).IndexOf("\"errors\""u8) < 0
            ? (int)answer.Length
            : throw new InvalidOperationException($"The gateway answered {context.Response.StatusCode}: {System.Text.Encoding.UTF8.GetString(answer.ToArray())}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}
