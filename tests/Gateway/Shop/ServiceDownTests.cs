using GraphGateway.Subgraphs.Tests.Services;
using Xunit;

namespace GraphGateway.Gateway.Tests.Shop;

/// <summary>A service that is down costs its own fields and nothing else.</summary>
public sealed class ServiceDownTests : IAsyncLifetime
{
    private const string Query = """{ orderById(id: "1") { number customer { name } payments { status } } }""";

    private readonly RunningShop _shop = new();

    public Task InitializeAsync() => _shop.InitializeAsync();

    public Task DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task The_rest_is_answered_while_a_service_is_down_and_all_of_it_when_it_is_back()
    {
        const string whole =
            """
            {
              "data": {
                "orderById": { "number": "ORD-000001", "customer": { "name": "Petra García" }, "payments": [{ "status": "CAPTURED" }, { "status": "CAPTURED" }] }
              }
            }
            """;
        JsonText.Check(whole, await _shop.QueryAsync(Query));

        await _shop.StopAsync("payments");
        JsonText.Check(
            """
            {
              "errors": [{ "message": "A source could not be reached.", "path": ["orderById", "payments"], "extensions": { "code": "SUBREQUEST_HTTP_ERROR" } }],
              "data": { "orderById": { "number": "ORD-000001", "customer": { "name": "Petra García" }, "payments": null } }
            }
            """,
            await _shop.QueryAsync(Query));

        await _shop.StartAgainAsync("payments");
        JsonText.Check(whole, await _shop.QueryAsync(Query));
    }
}
