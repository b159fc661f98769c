using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphGateway.Subgraphs.Server.Hosting;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Services;

/// <summary>Starts services for tests.</summary>
internal static class RunningService
{
    /// <summary>The service with a database of its own and a clock that stands at 2026-02-03T04:05:06.789Z.</summary>
    public static async Task<RunningService<TContext>> StartAsync<TContext>(ServiceDefinition<TContext> service, bool onPostgreSql = false)
        where TContext : DbContext
    {
        var postgresName = onPostgreSql ? "gg_" + Guid.NewGuid().ToString("N") : null;
        var settings = postgresName is null ? await TestDatabase.SqliteAsync(service) : TestDatabase.PostgreSql(postgresName);
        var statements = new StatementLog();
        var app = await service.CreateAsync([.. settings, "--urls=http://127.0.0.1:0"], services =>
        {
            services.AddSingleton<IInterceptor>(statements);
            services.AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero)));
        });
        await app.StartAsync();
        return new RunningService<TContext>(app, statements, postgresName);
    }
}

/// <summary>A service in the test's own process, listening on a free port, with a database of its own.</summary>
public sealed class RunningService<TContext> : IAsyncDisposable
    where TContext : DbContext
{
    private readonly WebApplication _app;
    private readonly string? _postgresName;

    internal RunningService(WebApplication app, StatementLog statements, string? postgresName)
    {
        (_app, Statements, _postgresName) = (app, statements, postgresName);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public StatementLog Statements { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The whole response, in the form of <see cref="JsonText"/>.</summary>
    public async Task<string> QueryAsync(string document, string? variables = null)
    {
        using var request = Request(document, variables);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/graphql-response+json"));
        using var response = await Client.SendAsync(request);
        return JsonText.Of(JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>The responses of a variable batch, in the order of the variables.</summary>
    public async Task<JsonNode[]> BatchAsync(string document, IEnumerable<object> variables)
    {
        using var request = Request(document, JsonSerializer.Serialize(variables));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/jsonl"));
        using var response = await Client.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonNode.Parse(line)!).OrderBy(line => (int)line["variableIndex"]!)];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_postgresName is not null)
        {
            await TestDatabase.DropAsync(_postgresName);
        }
    }

    private static HttpRequestMessage Request(string document, string? variables) => new(HttpMethod.Post, "/graphql")
    {
        Content = JsonContent.Create(new JsonObject { ["query"] = document, ["variables"] = variables is null ? null : JsonNode.Parse(variables) }),
    };
}
