namespace GraphGateway.Gateway;

/// <summary>
/// The page for Prometheus (<see href="https://prometheus.io/docs/instrumenting/exposition_formats/">exposition formats</see>), on a port of its
/// own: the connection's port decides, not the <c>Host</c> that a client can write as it likes. At that port there is nothing else.
/// </summary>
internal static class PrometheusPage
{
    /// <summary>Lets the server listen at the page's address, besides those that it has.</summary>
    public static void Listen(WebApplicationBuilder builder, TelemetryOptions options)
    {
        if (!options.Prometheus)
        {
            return;
        }

        var address = options.PrometheusUrl.GetLeftPart(UriPartial.Authority);
        if (builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            // Named endpoints take the place of addresses.
            builder.Configuration["Kestrel:Endpoints:GraphGatewayMetrics:Url"] = address;
            return;
        }

        // As the host itself reads them: urls, or the ports, or its default.
        var urls = builder.Configuration["urls"];
        if (string.IsNullOrEmpty(urls))
        {
            var ports = (builder.Configuration["http_ports"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            urls = ports.Length == 0 ? "http://localhost:5000" : string.Join(';', ports.Select(port => $"http://*:{port}"));
        }

        builder.WebHost.UseUrls([.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries), address]);
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
        application.Use((context, next) =>
        {
            if (context.Connection.LocalPort != port)
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }
}
