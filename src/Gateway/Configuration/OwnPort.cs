namespace GraphGateway.Gateway;

/// <summary>
/// An address of the gateway's own, for those who run it: the connection's port decides, not the <c>Host</c> that a client can write as it likes. At that port
/// there is nothing else.
/// </summary>
internal static class OwnPort
{
    /// <summary>Lets the server listen there, besides the addresses that it has.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="name">A name for the address.</param>
    /// <param name="url">The address; its path does not matter.</param>
    public static void Listen(WebApplicationBuilder builder, string name, Uri url)
    {
        var address = url.GetLeftPart(UriPartial.Authority);
        if (builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            // Named endpoints take the place of addresses.
            builder.Configuration[$"Kestrel:Endpoints:{name}:Url"] = address;
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

    /// <summary>Answers all that comes there.</summary>
    /// <param name="application">The program.</param>
    /// <param name="url">The address.</param>
    /// <param name="answer">Answers.</param>
    public static void Use(WebApplication application, Uri url, RequestDelegate answer)
    {
        var port = url.Port;
        application.Use((context, next) => context.Connection.LocalPort == port ? answer(context) : next(context));
    }
}
