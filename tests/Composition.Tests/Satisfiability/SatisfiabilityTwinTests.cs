using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>Satisfiability finds what its plain twin finds, on generated sets, and its work grows as they do.</summary>
public sealed class SatisfiabilityTwinTests
{
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
