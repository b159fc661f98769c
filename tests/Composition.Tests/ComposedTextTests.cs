using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>The supergraph's text where it is asked for with the supergraph: what the writer makes of it, and none without a supergraph.</summary>
public sealed class ComposedTextTests
{
    private const string Sources =
        """
        # source a
        type Query { user(id: ID!): User @lookup }
        type User @key(fields: "id") { id: ID! name: String @tag(name: "private") }

        # source b
        type Query { userById(id: ID!): User @lookup @internal }
        type User @key(fields: "id") { id: ID! age: Int }
        """;

    [Fact]
    public void The_text_is_the_writers()
    {
        var result = Composer.Compose(Rule.Sources(Sources, new SourceSettings()), new ComposerOptions { WritesText = true });

        Assert.Equal("", Rule.Text(result));
        Assert.Equal(SupergraphWriter.Write(result.Supergraph!), result.Text);
    }

    [Fact]
    public void With_a_contract_it_is_that_of_the_variant()
    {
        var contract = new SchemaContract { ExcludeTags = ["private"] };

        var result = Composer.Compose(Rule.Sources(Sources, new SourceSettings()), new ComposerOptions { Contract = contract, WritesText = true });

        Assert.Equal("", Rule.Text(result));
        Assert.Equal(SupergraphWriter.Write(result.Supergraph!), result.Text);
        Assert.Contains("name: String @tag(name: \"private\") @inaccessible", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_asks_for_it_or_a_query_cannot_be_answered_there_is_none()
    {
        var unasked = Composer.Compose(Rule.Sources(Sources, new SourceSettings()));
        var unsatisfiable = Composer.Compose(
            Rule.Sources(Sources.Replace("userById(id: ID!): User @lookup @internal", "hidden: String @internal", StringComparison.Ordinal), new SourceSettings()),
            new ComposerOptions { WritesText = true });

        Assert.True(unasked.IsSuccess);
        Assert.Null(unasked.Text);
        Assert.Equal([ProblemCode.UnsatisfiableQueryPath], unsatisfiable.Problems.Where(problem => problem.Severity == ProblemSeverity.Error).Select(problem => problem.Code));
        Assert.Null(unsatisfiable.Text);
    }
}
