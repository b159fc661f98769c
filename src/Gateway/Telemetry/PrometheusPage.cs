namespace GraphGateway.Gateway;

/// <summary>
/// The page for Prometheus (<see href="https://prometheus.io/docs/instrumenting/exposition_formats/">exposition formats</see>), on a port of its
/// own (<see cref="OwnPort"/>).
/// </summary>
internal static class PrometheusPage
{
    /// <summary>Lets the server listen at the page's address, besides those that it has.</summary>
    public static void Listen(WebApplicationBuilder builder, TelemetryOptions options)
    {
        if (options.Prometheus)
        {
            OwnPort.Listen(builder, "GraphGatewayMetrics", options.PrometheusUrl);
        }
    }

    /// <summary>Serves it.</summary>
    public static void Use(WebApplication application, TelemetryOptions options)
    {
        if (!options.Prometheus)
        {
            return;
        }

        var port = options.PrometheusUrl.Port;
        application.UseOpenTelemetryPrometheusScrapingEndpoint(
            context => context.Connection.LocalPort == port && context.Request.Path == options.PrometheusPath && HttpMethods.IsGet(context.Request.Method));
        OwnPort.Use(application, options.PrometheusUrl, static context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }
}
