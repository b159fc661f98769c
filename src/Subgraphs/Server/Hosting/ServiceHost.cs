using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Subgraphs.Server.Hosting;

/// <summary>What the three services' programs have in common: settings, health, and an end with one clear message.</summary>
public static class ServiceHost
{
    // Besides Database and GatewayIdentity, the settings of ASP.NET Core that are of use here.
    private static readonly string[] KnownSettings =
        ["urls", "Database", "GatewayIdentity", "Logging", "environment", "contentRoot", "applicationName", "Kestrel", "AllowedHosts"];

    /// <summary>A web application's builder with the service's settings read and checked.</summary>
    /// <param name="args">The command line: <c>--urls URL</c>, <c>--Database:Path FILE</c>, ...</param>
    /// <param name="port">Where the service listens on localhost unless a setting says otherwise.</param>
    /// <exception cref="SettingsException">A setting on the command line is unknown, or <c>--urls</c> cannot be read.</exception>
    public static WebApplicationBuilder CreateBuilder(string[] args, int port)
    {
        foreach (var arg in args)
        {
            var name = arg.TrimStart('-').Split('=', ':')[0];
            if (arg.StartsWith('-') && !KnownSettings.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new SettingsException($"The setting {arg} is unknown. Known are --urls, --Database:Provider, --Database:Path, --Database:ConnectionString and --GatewayIdentity:....");
            }
        }

        // appsettings.json is found beside the program, whatever the working directory.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // The message of a failed start is RunAsync's; the host would log its stack trace too.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        var urls = builder.Configuration["urls"] ?? (builder.Configuration["Kestrel:Endpoints"] is null ? $"http://localhost:{port}" : "");
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            CheckUrl(url.Trim());
        }

        builder.WebHost.UseUrls(urls);
        return builder;
    }

    /// <summary>Runs a service until it is stopped.</summary>
    /// <param name="service">The service's name, for messages.</param>
    /// <param name="create">Makes the application with its database prepared.</param>
    /// <returns>The exit code: 0, or 1 after a message on standard error when the service cannot start.</returns>
    public static async Task<int> RunAsync(string service, Func<Task<WebApplication>> create)
    {
        try
        {
            await using var app = await create().ConfigureAwait(false);
            await StartAsync(app).ConfigureAwait(false);
            foreach (var url in app.Urls)
            {
                app.Logger.LogInformation("{Service} answers at {Url}/graphql", service, url);
            }

            await app.WaitForShutdownAsync().ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is SettingsException or GraphQLConfigurationException)
        {
            await Console.Error.WriteLineAsync($"{service} cannot start: {e.Message}").ConfigureAwait(false);
            return 1;
        }
    }

    /// <summary>
    /// Tells of an address that is not free before the database is made and filled. It only looks: who takes the address in between is told
    /// of when the service starts to listen.
    /// </summary>
    /// <param name="configuration">The service's whole configuration.</param>
    /// <exception cref="SettingsException">A port is in use, or nothing can listen at an address.</exception>
    internal static void CheckAddresses(IConfiguration configuration)
    {
        // Endpoints of their own section replace the addresses of "urls".
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToList();
        var urls = endpoints.Count > 0 ? string.Join(';', endpoints) : configuration[WebHostDefaults.ServerUrlsKey] ?? "";
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = BindingAddress.Parse(url);
            if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
            {
                continue;
            }

            try
            {
                foreach (var listener in Listeners(address))
                {
                    using (listener)
                    {
                        listener.Start();
                    }
                }
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                throw PortInUse(url, e);
            }
            catch (SocketException e)
            {
                throw CannotListen(url, e);
            }
        }
    }

    // As the web server understands hosts: "localhost" is the loopback addresses, a name that is no address is all of the machine's.
    private static IEnumerable<TcpListener> Listeners(BindingAddress address)
    {
        if (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return Socket.OSSupportsIPv6 && IPv6LoopbackIsThere()
                ? [new TcpListener(IPAddress.Loopback, address.Port), new TcpListener(IPAddress.IPv6Loopback, address.Port)]
                : [new TcpListener(IPAddress.Loopback, address.Port)];
        }

        return [IPAddress.TryParse(address.Host, out var host) ? new TcpListener(host, address.Port) : TcpListener.Create(address.Port)];
    }

    private static bool IPv6LoopbackIsThere() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Any(unicast => unicast.Address.Equals(IPAddress.IPv6Loopback));

    private static SettingsException PortInUse(string? urls, Exception e) =>
        new($"The port of {urls} is in use. Stop the program that uses it, or give another one: --urls http://localhost:PORT.", e);

    private static SettingsException CannotListen(string? urls, Exception e) =>
        new($"Nothing can listen at {urls}: {e.Message} Give another address: --urls http://localhost:PORT.", e);

    private static async Task StartAsync(WebApplication app)
    {
        var urls = app.Configuration[WebHostDefaults.ServerUrlsKey];
        try
        {
            await app.StartAsync().ConfigureAwait(false);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw PortInUse(urls, e);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw CannotListen(urls, e);
        }
    }

    private static void CheckUrl(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (address.Scheme is "http" or "https" && address.PathBase.Length == 0 && address.Port is >= 0 and <= 65535)
            {
                return;
            }
        }
        catch (FormatException)
        {
            // Said below, together with what parses and still is of no use.
        }

        throw new SettingsException($"'{url}' is no address to listen at. Give one such as --urls http://localhost:5101.");
    }
}
