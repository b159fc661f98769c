using System.Net.Http.Json;
using System.Text.Json.Nodes;
using GraphGateway.Language;
using GraphGateway.Subgraphs.Tests.Services;
using GraphGateway.TestKit;
using GraphGateway.TestKit.Supergraphs;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Gateway.Tests.Shop;

/// <summary>A gateway before the three services that starts from what HotChocolate composed.</summary>
[Collection(ShopCollection.Name)]
public sealed class FusionArchiveTests(RunningShop shop)
{
    private const string Query = """
        { users(first: 3) { nodes { name orders(first: 2) { nodes { number total { amount } payments { status method { __typename } }
            amountDue { amount } } } } } }
        """;

    [Fact]
    public async Task A_gateway_starts_from_a_Fusion_archive_and_answers_as_from_the_canonical_form()
    {
        var supergraph = SupergraphReader.Read(new SourceText(await File.ReadAllTextAsync(Repository.PathOf("schemas/supergraph.graphql")))).Supergraph!;
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "gateway.far");
        await File.WriteAllBytesAsync(file, FusionText.Archive(FusionText.Write(supergraph), shop.Addresses));
        await using var gateway = await shop.StartGatewayAsync(_ => { }, file);
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Urls.Single()) };

        using var response = await client.PostAsJsonAsync(new Uri("/graphql", UriKind.Relative), new { query = Query });
        var answer = JsonText.Of(JsonNode.Parse(await response.Content.ReadAsStringAsync()));

        Assert.DoesNotContain("errors", answer, StringComparison.Ordinal);
        Assert.Equal(await shop.QueryAsync(Query), answer);
    }
}
