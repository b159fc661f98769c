using GraphGateway.Language;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class CommittedSupergraphTests
{
    private const string Refresh =
        "schemas/supergraph.graphql is stale. Refresh it from the root of the repository with: "
        + "dotnet run --project src/Cli -- compose schemas --output schemas/supergraph.graphql";

    [Fact]
    public void The_committed_supergraph_is_what_the_services_schemas_compose_to()
    {
        var folder = SourceFolder.Read(Repository.PathOf("schemas"));
        Assert.Empty(folder.Problems);

        var result = Composer.Compose(folder.Sources);

        Assert.Empty(result.Problems);
        var committed = File.ReadAllText(Repository.PathOf("schemas/supergraph.graphql"));
        Assert.True(SupergraphWriter.Write(result.Supergraph!) == committed, Refresh);
    }

    [Fact]
    public void The_committed_supergraph_is_read_back_without_loss()
    {
        var committed = File.ReadAllText(Repository.PathOf("schemas/supergraph.graphql"));

        var result = SupergraphReader.Read(new SourceText(committed, "schemas/supergraph.graphql"));

        Assert.Empty(result.Errors);
        Assert.Equal(committed, SupergraphWriter.Write(result.Supergraph!));
    }
}
