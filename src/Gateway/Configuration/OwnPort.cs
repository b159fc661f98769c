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

        builder.WebHost.UseUrls([.. Urls(builder.Configuration), address]);
    }

    /// <summary>The ports at which clients are answered; an address that is none is told elsewhere.</summary>
    /// <param name="configuration">The whole configuration.</param>
    public static IEnumerable<int> Traffic(IConfiguration configuration)
    {
        var named = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToList();
        foreach (var url in named.Count > 0 ? named : Urls(configuration))
        {
            // A host of * or + is any, and no URI.
            if (Uri.TryCreate(url.Trim().Replace("//*", "//any", StringComparison.Ordinal).Replace("//+", "//any", StringComparison.Ordinal), UriKind.Absolute, out var parsed))
            {
                yield return parsed.Port;
            }
        }
    }

    // As the host itself reads them: urls, or the ports, or its default.
    private static IEnumerable<string> Urls(IConfiguration configuration)
    {
        const StringSplitOptions whole = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        if (configuration["urls"] is { Length: > 0 } urls)
        {
            return urls.Split(';', whole);
        }

        var ports = (configuration["http_ports"] ?? "").Split(';', whole);
        return ports.Length == 0 ? ["http://localhost:5000"] : ports.Select(port => $"http://*:{port}");
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
