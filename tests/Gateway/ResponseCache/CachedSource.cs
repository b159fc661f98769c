using System.Net.Http.Headers;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Http;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>A gateway that keeps answers, before a source whose answers are counted: <c>{"hello":"1"}</c>, <c>{"hello":"2"}</c> and so on.</summary>
internal sealed class CachedSource : IAsyncDisposable
{
    private int answers;

    public FakeTimeProvider Clock { get; } = new();

    public FakeSource Source { get; private set; } = null!;

    public RunningGateway Gateway { get; private set; } = null!;

    /// <summary>What the source says in <c>Cache-Control</c>; null says nothing.</summary>
    public string? CacheControl { get; set; }

    /// <summary>What it answers besides <c>data</c>.</summary>
    public string Errors { get; set; } = "";

    /// <summary>What stands in its answers before their number.</summary>
    public string Text { get; set; } = "";

    /// <summary>Ends before it answers.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public static async Task<CachedSource> StartAsync(string? cacheControl, params string[] arguments)
    {
        var self = new CachedSource { CacheControl = cacheControl };
        self.Source = await FakeSource.StartAsync(async context =>
        {
            var number = Interlocked.Increment(ref self.answers);
            await self.Gate;
            context.Response.ContentType = "application/json";
            if (self.CacheControl is { } said)
            {
                context.Response.Headers.CacheControl = said;
            }

            await context.Response.WriteAsync($$$"""{{{{self.Errors}}}"data":{"hello":"{{{self.Text}}}{{{number}}}","greet":"{{{number}}}"}}""");
        });
        self.Gateway = await RunningGateway.StartAsync(
            self.Source,
            ["--Gateway:ResponseCache:Answers=On", "--Gateway:ResponseCache:CacheControl=On", "--Gateway:ResponseCache:Debug=On", .. arguments],
            self.Clock);
        return self;
    }

    /// <summary>The answer and the fields of its head that are of caches.</summary>
    public async Task<string> AskAsync(string query, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/graphql?query={Uri.EscapeDataString(query)}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Add("GraphQL-Preflight", "1");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Gateway.Client.SendAsync(request);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()} | {response.Headers.CacheControl} | age {response.Headers.Age?.TotalSeconds}"
            + $" | {string.Join(' ', response.Headers.GetValues("GraphGateway-Cache"))}";
    }

    /// <summary>The same by POST: the answer, and what became of it.</summary>
    public async Task<string> AskPostAsync(string query)
    {
        using var response = await Gateway.SendAsync(query);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()} | {response.Headers.GetValues("GraphGateway-Cache").Single()}";
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Source.DisposeAsync();
    }
}
