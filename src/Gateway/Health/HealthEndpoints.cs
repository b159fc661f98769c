using System.Text.Json;

namespace GraphGateway.Gateway;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can take requests, 503 while it plans operations ahead, when it has been asked to stop, and under a safelist as long as it has
/// never read what is published, since it would refuse every request; that does not depend on the sources, because the rest of an answer stands when one of them is down. <c>/health</c>: which sources are down, always with status 200.
/// </summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints, SourceHealth health, Draining draining, WarmUpService warmUp, PersistedDocuments documents)
    {
        // The endpoints exist only once the graph is loaded and planned for: answering at all is being ready, once it is warm and until it stops.
        endpoints.MapGet("/health/live", context => WriteAsync(context, writer => writer.WriteString("status", "live")));
        endpoints.MapGet("/health/ready", context =>
        {
            var status = draining.HasBegun ? "draining" : !warmUp.Over.IsCompleted ? "warming" : documents.IsWaiting ? "unpublished" : "ready";
            context.Response.StatusCode = status == "ready" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return WriteAsync(context, writer => writer.WriteString("status", status));
        });
        endpoints.MapGet("/health", context => WriteAsync(context, writer => WriteSources(writer, health)));
    }

    private static void WriteSources(Utf8JsonWriter writer, SourceHealth health)
    {
        var states = health.States;
        writer.WriteString("status", states.Any(state => state.Status == SourceStatus.Down) ? "degraded" : "healthy");
        writer.WriteStartObject("sources");
        foreach (var state in states)
        {
            writer.WriteStartObject(state.Source.Name);
            writer.WriteString("status", state.Status switch
            {
                SourceStatus.Up => "up",
                SourceStatus.Down => "down",
                _ => "unknown",
            });
            if (state.Reason is not null)
            {
                writer.WriteString("reason", state.Reason);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    }
}
