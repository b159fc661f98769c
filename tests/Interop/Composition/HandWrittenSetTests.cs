using System.Collections.Immutable;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Interop.Composition;

/// <summary>
/// Hand-written sets of Apollo sources (<c>Sets/*.txt</c>), composed by npm's <c>@apollo/composition</c> and by this project: the same
/// codes, and the same schema for clients, except for what docs/composition-differences.md tells of.
/// </summary>
public sealed class HandWrittenSetTests
{
    // What composing cannot answer with, or not for a reason that a set of sources could have.
    private static readonly ImmutableHashSet<string> Elsewhere =
    [
        "DOWNSTREAM_SERVICE_ERROR", "INVALID_FEDERATION_SUPERGRAPH", "INVALID_SUBGRAPH_NAME", "MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED",
    ];

    private static readonly ImmutableArray<CompositionSet> Sets = CompositionSet.HandWritten();

    [InteropFact]
    public void Both_sides_say_the_same_of_every_set()
    {
        using var reference = new CompositionReference();
        Assert.Equal("2.14.4", reference.Version);

        var differences = Sets.Select(reference.Difference).Where(difference => difference is not null).ToArray();

        Assert.True(differences.Length == 0, string.Join("\n\n", differences));
    }

    [InteropFact]
    public void Every_code_of_the_reference_is_in_a_set()
    {
        using var reference = new CompositionReference();
        var covered = Sets.SelectMany(set => set.Codes!.Split(' ')).ToHashSet(StringComparer.Ordinal);

        Assert.Equal([], reference.ErrorCodes().Except(covered).Except(Elsewhere));
        Assert.True(Sets.Length >= 350, $"There are {Sets.Length} sets.");
    }

    [Fact]
    public void Every_deliberate_difference_is_documented()
    {
        var document = File.ReadAllText(Repository.PathOf("docs/composition-differences.md"));
        var names = Sets.Where(set => set.ReferenceCodes is not null).Select(set => set.Name).Concat(Differences.Names);

        Assert.All(names, name => Assert.Contains($"| {name} |", document, StringComparison.Ordinal));
    }

    [Fact]
    public void No_two_sets_have_one_name() => Assert.Equal(Sets.Length, Sets.Select(set => set.Name).Distinct().Count());
}
