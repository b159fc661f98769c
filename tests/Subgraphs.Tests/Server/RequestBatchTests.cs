using System.Text;
using GraphGateway.Subgraphs.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Subgraphs.Tests;

/// <summary>A list of requests in one: what its entries share, and in which order they run.</summary>
public sealed class RequestBatchTests
{
    private readonly BatchLog log = new();

    [Fact]
    public async Task Queries_of_a_batch_share_their_loaders_and_answer_in_order()
    {
        Assert.Equal(
            """[{"requestIndex":0,"data":{"book":{"title":"Book 1","author":{"name":"Author 1"}}}},{"requestIndex":1,"data":{"book":{"title":"Book 2"}}},{"requestIndex":2,"data":{"books":[{"title":"Book 3"},{"title":"Book 1"}]}}]""",
            await PostAsync("""[{"query":"{ book(id: 1) { title author { name } } }"},{"query":"{ book(id: 2) { title } }"},{"query":"{ books(ids: [3, 1]) { title } }"}]"""));
        Assert.Equal(["books 1 2 3", "authors 1"], log.Batches);
    }

    [Fact]
    public async Task A_mutation_waits_for_what_stands_before_it_and_what_stands_after_it_loads_anew()
    {
        await PostAsync("""[{"query":"{ book(id: 1) { id } }"},{"query":"mutation { touch(id: 1) { id } }"},{"query":"{ book(id: 1) { id } }"},{"query":"{ book(id: 2) { id } }"}]""");
        Assert.Equal(["books 1", "books 1 2"], log.Batches);
    }

    [Fact]
    public async Task An_entry_that_cannot_run_leaves_the_others()
    {
        Assert.Equal(
            """[{"requestIndex":0,"errors":[{"message":"Syntax Error: Expected Name, found <EOF>.","locations":[{"line":1,"column":2}],"extensions":{"code":"GRAPHQL_PARSING_FAILED"}}]},{"requestIndex":1,"data":{"book":{"id":1}}},{"requestIndex":2,"variableIndex":0,"data":{"book":{"id":5}}},{"requestIndex":2,"variableIndex":1,"errors":[{"message":"Variable \"$id\" of required type \"Int!\" was not provided.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}]""",
            await PostAsync("""[{"query":"{"},{"query":"{ book(id: 1) { id } }"},{"query":"query ($id: Int!) { book(id: $id) { id } }","variables":[{"id":5},{}]}]"""));
        Assert.Equal(["books 1 5"], log.Batches);
    }

    private async Task<string> PostAsync(string body)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(log);
        builder.AddGraphQLServer(server => server.AddSchema(LoaderTests.Sdl).AddTypes(LoaderTests.Types));
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGraphQL();
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var response = await client.PostAsync(new Uri("/graphql", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));
        return await response.Content.ReadAsStringAsync();
    }
}
