using System.Globalization;
using GraphGateway.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Differential;

/// <summary>
/// Random sources with holes: what composition accepts, the planner can serve, everywhere; what it refuses as a query that cannot be
/// answered, the planner cannot serve either.
/// </summary>
public sealed class AgreementTests(ITestOutputHelper output)
{
    // Of the sets that are accepted or refused, each occurs in one of a hundred at least.
    private static readonly string[] MustOccur =
    [
        "apollo sources", "composite sources", "mixed sources", "abstract lookup", "a union that differs by source",
        "an interface that differs by source", "compound key", "context", "context from another source", "interface object",
        "interface object with a requirement", "nested key", "override", "override with a label", "provides", "provides on an abstract type",
        "query below a mutation", "require", "requires", "requirement of a requirement", "requirement through a link", "value type split over sources",
        "hole: a key that is not resolvable", "hole: a key is missing", "hole: a lookup is missing", "hole: a field is missing in a source",
        "hole: an abstract type has an object less in a source", "hole: nothing provides a field", "hole: a shared mutation",
        "hole: a requirement on a value type",
    ];

    [Fact]
    public void Composition_refuses_what_the_planner_cannot_serve_and_nothing_else()
    {
        var counts = new FeatureCounts();
        var (total, queries, queriesMax) = (Nightly.Cases(200, 4_000), 0, Nightly.Cases(30, 200));
        var (done, invalid) = (0, 0);
        var shares = new Shares(counts, MustOccur, oneIn: 100);
        for (var seed = Seed.Value; done < total; seed++)
        {
            var world = WorldGenerator.Generate(seed);
            var features = world.Features.Concat(new Holes(world, new Dice(seed)).Make()).ToHashSet(StringComparer.Ordinal);
            if (shares.PassesOver(done, features))
            {
                continue;
            }

            var lines = world.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var verdict = Agreement.Of(lines, queriesMax);
            if (verdict.Fate == SetFate.Invalid)
            {
                invalid++;
                Assert.True(invalid < 50 + (2 * done), $"Too many sets are not valid; seed {seed}:\n{verdict.Detail}\n{world}");
                continue;
            }

            Assert.True(verdict.Kind.Length == 0, verdict.Kind.Length == 0 ? "" : Report(seed, lines, verdict, queriesMax));
            done++;
            queries += verdict.QueryCount;
            counts.Add(verdict.Fate == SetFate.Accepted ? "accepted" : "refused");
            features.ToList().ForEach(feature => counts.Add(feature));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} sets, {queries} queries, {invalid} sets not valid\n{counts}"));
        Assert.Equal("", shares.Missing(done));
        Assert.All(["accepted", "refused"], fate => Assert.True(counts[fate] * 5 >= done, $"{fate}: {counts[fate]} of {done} sets only"));
    }

    private static string Report(int seed, string[] lines, Verdict verdict, int queriesMax)
    {
        // Definitions first, then their lines.
        var definitions = string.Join('\n', lines).Replace("\n}\n", "\n}\n\f", StringComparison.Ordinal).Replace("\n---", "\n\f---", StringComparison.Ordinal).Split('\f');
        var fewer = Minimizer.Minimize(definitions, candidate => Fails(Lines(candidate)));
        var small = Minimizer.Minimize(Lines(fewer), Fails);
        small = Minimizer.Minimize(small, Fails);
        return $"{Seed.Variable}={seed}: {verdict.Kind}\n{Agreement.Of(small, queriesMax).Detail}\n{string.Join('\n', small)}\n";

        bool Fails(string[] candidate) => Agreement.Of(candidate, queriesMax).Kind == verdict.Kind;
        static string[] Lines(string[] parts) => string.Join('\n', parts).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
