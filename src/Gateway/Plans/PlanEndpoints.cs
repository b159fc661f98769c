using System.Text;
using System.Text.Json;
using GraphGateway.Planning;

namespace GraphGateway.Gateway;

/// <summary>
/// <c>/query-plans</c>: the plans that are kept, those that took the most time first, with what their executions came to.
/// <c>/query-plans/ID</c>: the operation and its plan as text. For those who run the gateway: the texts are the clients'. Off by default.
/// </summary>
internal static class PlanEndpoints
{
    private const int DefaultFirst = 100;

    /// <param name="endpoints">The application.</param>
    /// <param name="graph">Has the plans.</param>
    /// <param name="admission">Decides who may ask; null lets everybody.</param>
    public static void Map(IEndpointRouteBuilder endpoints, CurrentGraph graph, Admission? admission)
    {
        endpoints.MapGet("/query-plans", Guard(context => WriteListAsync(context, graph.Graph.Cache)));
        endpoints.MapGet("/query-plans/{id}", Guard(context => WriteOneAsync(context, graph.Graph.Cache)));

        RequestDelegate Guard(RequestDelegate endpoint) => admission is null ? endpoint : admission.Guard(endpoint);
    }

    private static async Task WriteListAsync(HttpContext context, OperationCache cache)
    {
        var given = context.Request.Query["first"].ToString();
        if (!int.TryParse(given.Length == 0 ? $"{DefaultFirst}" : given, out var first) || first < 0)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("first is the number of plans to show, such as /query-plans?first=20.\n");
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var all = cache.Operations.SelectMany(operation => operation.Statistics).ToList();
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteNumber("count", all.Count);
        writer.WriteStartArray("plans");
        foreach (var plan in all.OrderByDescending(plan => plan.Executions.Total).ThenBy(plan => plan.Id, StringComparer.Ordinal).Take(first))
        {
            Write(writer, plan);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PlanStatistics plan)
    {
        writer.WriteStartObject();
        writer.WriteString("id", plan.Id);
        writer.WriteString("operationName", plan.Operation.Definition.Name?.Value);
        writer.WriteString("kind", plan.Operation.Definition.Operation.ToString().ToLowerInvariant());
        writer.WriteNumber("estimatedCost", plan.Estimate.Cost);
        writer.WriteNumber("depth", plan.Estimate.Depth);
        Write(writer, "executions", plan.Executions);
        writer.WriteStartArray("requests");
        foreach (var (steps, durations) in plan.Requests)
        {
            writer.WriteStartObject();
            writer.WriteString("source", steps[0].Source.Name);
            writer.WriteStartArray("steps");
            foreach (var step in steps)
            {
                writer.WriteNumberValue(step.Id);
            }

            writer.WriteEndArray();
            Write(writer, "sent", durations);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, Durations durations)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("count", durations.Count);
        writer.WriteNumber("failed", durations.Failed);
        writer.WriteNumber("totalMilliseconds", Math.Round(durations.Total.TotalMilliseconds, 3));
        writer.WriteNumber("meanMilliseconds", Math.Round(durations.Mean.TotalMilliseconds, 3));
        writer.WriteNumber("maxMilliseconds", Math.Round(durations.Max.TotalMilliseconds, 3));
        writer.WriteEndObject();
    }

    private static Task WriteOneAsync(HttpContext context, OperationCache cache)
    {
        var id = context.Request.RouteValues["id"] as string;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        if (cache.Operations.SelectMany(operation => operation.Statistics).FirstOrDefault(plan => plan.Id == id) is not { } found)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Response.WriteAsync("No plan with this id is kept. /query-plans names those that are.\n");
        }

        return context.Response.WriteAsync($"{Encoding.UTF8.GetString(found.Operation.Document.Document.Source.Utf8.Span).TrimEnd()}\n\n{PlanPrinter.Print(found.Plan, explains: true)}");
    }
}
