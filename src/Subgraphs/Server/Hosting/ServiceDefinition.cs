using System.Reflection;
using GraphGateway.Subgraphs.Server.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Subgraphs.Server.Hosting;

/// <summary>What tells one of the services from the others; the rest of their programs is the same.</summary>
/// <typeparam name="TContext">The service's database context.</typeparam>
/// <param name="Name">The source schema's name, such as <c>users</c>.</param>
/// <param name="Port">Where it listens on localhost unless a setting says otherwise.</param>
/// <param name="DatabaseVersion">The version of tables and first data that it reads.</param>
/// <param name="Assembly">Holds its resolvers, and its schema as the resource <c>schema.graphqls</c>.</param>
/// <param name="Seed">Writes the first data, inside a transaction.</param>
public sealed record ServiceDefinition<TContext>(
    string Name, int Port, int DatabaseVersion, Assembly Assembly, Func<TContext, CancellationToken, Task> Seed)
    where TContext : DbContext
{
    /// <summary>Runs the service until it is stopped, and gives its exit code.</summary>
    /// <param name="args">The command line.</param>
    public Task<int> RunAsync(string[] args) => ServiceHost.RunAsync(Name, () => CreateAsync(args, configure: null, ServiceHost.CheckAddresses));

    /// <summary>The service, ready to start: settings read, database created and filled, schema bound to its resolvers.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Replaces services, such as the clock; null for none.</param>
    /// <exception cref="SettingsException">A setting is wrong or the database is not usable.</exception>
    /// <exception cref="GraphQLConfigurationException">Schema and resolvers do not fit.</exception>
    public Task<WebApplication> CreateAsync(string[] args, Action<IServiceCollection>? configure = null) => CreateAsync(args, configure, beforeDatabase: null);

    private async Task<WebApplication> CreateAsync(string[] args, Action<IServiceCollection>? configure, Action<IConfiguration>? beforeDatabase)
    {
        var builder = ServiceHost.CreateBuilder(args, Port);
        var settings = DatabaseSettings.Read(builder.Configuration, Name);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddDbContextFactory<TContext>((services, options) =>
        {
            settings.Configure(options);
            // Rows are read to be answered; what is to be changed is asked for with AsTracking.
            options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
            options.AddInterceptors(services.GetServices<IInterceptor>());
            // Every failure comes to the server, which logs it once, and a client's own mistake not at all.
            options.ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.QueryIterationFailed, CoreEventId.SaveChangesFailed));
        });
        builder.AddGatewayIdentity(Name);
        builder.AddGraphQLServer(server => server
            .AddSchema(ReadSchema(), $"schemas/{Name}/schema.graphqls")
            .AddTypes(typeof(Money), typeof(Currency), typeof(InvalidInputError))
            .AddTypesFrom(Assembly));
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        beforeDatabase?.Invoke(app.Configuration);
        WarnWhenOpen(app);
        var contexts = app.Services.GetRequiredService<IDbContextFactory<TContext>>();
        app.Logger.LogInformation("{Service} keeps its data in {Location}", Name, settings.Location);
        if (await ServiceDatabase.PrepareAsync(contexts, settings, Name, DatabaseVersion, Seed, CancellationToken.None).ConfigureAwait(false))
        {
            app.Logger.LogInformation("{Service} filled its database with the first data", Name);
        }

        app.MapGraphQL(isReady: (_, cancellation) => ServiceDatabase.AnswersAsync(contexts, cancellation));
        return app;
    }

    private void WarnWhenOpen(WebApplication app)
    {
        if (!app.Services.GetRequiredService<GatewayIdentitySettings>().Required)
        {
            app.Logger.LogWarning("{Service} answers everybody, not the gateway alone: GatewayIdentity:Required is Off", Name);
        }
    }

    private string ReadSchema()
    {
        using var stream = Assembly.GetManifestResourceStream("schema.graphqls")
            ?? throw new InvalidOperationException($"{Assembly.GetName().Name} has no resource schema.graphqls.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
