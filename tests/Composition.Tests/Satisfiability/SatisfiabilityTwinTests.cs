using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>Satisfiability finds what its plain twin finds, on generated sets, and its work grows as they do.</summary>
public sealed class SatisfiabilityTwinTests
{
    // Longer ones are too many to try them all.
    private const int LengthMax = 4;

    [Theory]
    [InlineData(SourceSetDialect.Apollo)]
    [InlineData(SourceSetDialect.Composite)]
    [InlineData(SourceSetDialect.Mixed)]
    public void Broken_sets_have_the_findings_of_the_plain_twin_in_the_same_words(SourceSetDialect dialect)
    {
        var found = 0;
        for (var seed = 1; seed <= 6; seed++)
        {
            var supergraph = Compose(Break(SourceSetGenerator.Generate(2 + seed, seed, dialect), new Random(seed)));
            var plain = Plain.Satisfiability.Find(supergraph);
            var fast = Satisfiability.Find(supergraph).Findings.Select(finding => (finding.Code, finding.Message));
            Assert.True(plain.SequenceEqual(fast), $"Seed {seed}: {string.Join("\n", plain.Except(fast).Concat(fast.Except(plain)))}");
            found += plain.Length;
        }

        Assert.True(found > 50, $"Only {found} findings: the sets are not broken enough to tell.");
    }

    [Theory]
    [InlineData(SourceSetDialect.Apollo)]
    [InlineData(SourceSetDialect.Composite)]
    [InlineData(SourceSetDialect.Mixed)]
    public void No_query_that_cannot_be_answered_is_shorter_than_the_one_that_is_told(SourceSetDialect dialect)
    {
        var (proved, tried) = (new SortedDictionary<int, int>(), 0);
        for (var seed = 1; seed <= 8; seed++)
        {
            var supergraph = Compose(Break(SourceSetGenerator.Generate(2 + (seed % 3), seed, dialect), new Random(seed)));
            var told = Satisfiability.Find(supergraph).Findings
                .Where(finding => finding.Path is not null)
                .ToDictionary(finding => $"{finding.TypeName}.{finding.FieldName}", finding => LengthOf(finding.Path!.ToQuery()));
            var (shortest, queryCount) = Plain.Satisfiability.TryAll(supergraph, LengthMax);
            tried += queryCount;

            Assert.All(shortest, entry => Assert.Equal((seed, entry.Key, entry.Value), (seed, entry.Key, told.GetValueOrDefault(entry.Key))));
            Assert.Equal(shortest.Count, told.Count(entry => entry.Value <= LengthMax));
            shortest.Values.ToList().ForEach(length => proved[length] = proved.GetValueOrDefault(length) + 1);
        }

        var said = $"{tried} queries; missing after so many fields: {string.Join(", ", proved)}";
        Assert.True(proved.Values.Sum() > 50 && proved.Count >= 2, said);
    }

    // The fields one below the other.
    private static int LengthOf(string query)
    {
        var (length, selections) = (0, ((OperationDefinitionNode)Parser.ParseDocument(new SourceText(query)).Value!.Definitions[0]).SelectionSet);
        for (var next = selections; next is not null;)
        {
            var field = next.Selections[0] as FieldNode;
            length += field is { Name.Value: not "__typename" } ? 1 : 0;
            next = field is null ? ((InlineFragmentNode)next.Selections[0]).SelectionSet : field.SelectionSet;
        }

        return length;
    }

    [Theory]
    [InlineData(SourceSetDialect.Apollo)]
    [InlineData(SourceSetDialect.Composite)]
    public void Four_times_as_many_sources_are_little_more_than_four_times_the_work(SourceSetDialect dialect)
    {
        var few = Satisfiability.Find(Compose(SourceSetGenerator.Generate(8, 1, dialect)));
        var many = Satisfiability.Find(Compose(SourceSetGenerator.Generate(32, 1, dialect)));
        Assert.Empty(few.Findings);
        Assert.Empty(many.Findings);
        Assert.InRange((double)many.PositionCount / few.PositionCount, 3, 6);
    }

    // Some sources cannot be entered any more: keys that do not resolve, lookups that are gone.
    private static GeneratedSdl[] Break(GeneratedSdl[] sources, Random random) =>
    [
        .. sources.Select(source => source with
        {
            Sdl = string.Join('\n', source.Sdl.Split('\n').Select(line =>
                random.Next(4) != 0 ? line
                : line.EndsWith("@lookup @internal", StringComparison.Ordinal) ? ""
                : source.Sdl.Contains("@link", StringComparison.Ordinal) && !line.Contains("resolvable", StringComparison.Ordinal)
                    && line.StartsWith("type", StringComparison.Ordinal) && !line.Contains("Media", StringComparison.Ordinal)
                    ? line.Replace("@key(fields: \"id\")", "@key(fields: \"id\", resolvable: false)", StringComparison.Ordinal)
                : line)),
        }),
    ];

    private static Supergraph Compose(GeneratedSdl[] sources)
    {
        ImmutableArray<SourceInput> inputs =
            [.. sources.Select(source => new SourceInput { Name = source.Name, Documents = [new SourceText(source.Sdl, source.Name)] })];
        var result = Composer.Compose(inputs, new ComposerOptions { CheckSatisfiability = false });
        Assert.True(result.IsSuccess, string.Join('\n', result.Problems));
        return result.Supergraph!;
    }
}
