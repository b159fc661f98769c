using GraphGateway.TestKit;
using GraphGateway.TypeSystem;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Interop.Language;

/// <summary>Generated documents over real schemas and small ones: the same verdict, messages and places as graphql-js's <c>validate</c>.</summary>
public sealed class DocumentTests(ITestOutputHelper output)
{
    private static readonly int Count = Nightly.Cases(3_600, 100_000);

    [InteropFact]
    public void Documents_valid_and_broken_get_the_findings_of_the_reference()
    {
        using var reference = new GraphQLJs();
        var fired = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (total, valid) = (0, 0);
        foreach (var (name, sdl, share) in Corpus(reference))
        {
            reference.KeepSchema(name, sdl);
            var schema = Ours.Schema(sdl);
            foreach (var maxErrors in (int[])[10_000, 3])
            {
                var comparison = new Comparison(
                    texts => reference.ValidateDocuments(name, texts, maxErrors),
                    text => Ours.ValidateDocument(schema, text, maxErrors),
                    Differences.OfDocuments);
                comparison.Add(maxErrors == 3
                    ? Documents(name, schema, (int)(Count * share * 0.1), maxErrors).Where(document => !IsDifferent(schema, document.Text))
                    : Documents(name, schema, (int)(Count * share), maxErrors));
                comparison.Verify(sdl);
                total += comparison.Count;
                valid += comparison.ValidCount;
                foreach (var (rule, count) in comparison.Fired)
                {
                    fired[rule] = fired.GetValueOrDefault(rule) + count;
                }
            }
        }

        output.WriteLine($"{total} documents, {valid} of them valid\n{string.Join('\n', fired.Select(static entry => $"{entry.Value,6} {entry.Key}"))}");
        Assert.True(total >= Count * 0.95, $"only {total} documents");
        Assert.True(valid > total / 5 && valid < total * 4 / 5, $"{valid} of {total} documents are valid");
        Assert.All(reference.RuleNames("documents"), rule => Assert.True(fired.GetValueOrDefault(rule) >= Count / 200, $"{rule} had too little to say"));
    }

    private static IEnumerable<(string Name, string Sdl, double Share)> Corpus(GraphQLJs reference)
    {
        yield return ("zoo", Schemas.Zoo, 0.5);
        yield return ("small", Schemas.Small, 0.1);
        foreach (var (name, file) in Schemas.Real)
        {
            yield return (name, reference.ReadSchema(file), 0.4 / Schemas.Real.Length);
        }
    }

    // What the reference says besides counts against the limit too.
    private static bool IsDifferent(Schema schema, string text)
    {
        var (ours, _) = Differences.OfDocuments(text, Ours.ValidateDocument(schema, text, 10_000), []);
        return ours.Length != Ours.ValidateDocument(schema, text, 10_000).Length || ours.Any(static finding => finding.Says("is not executable"));
    }

    private static IEnumerable<(string Where, string Text)> Documents(string name, Schema schema, int count, int maxErrors)
    {
        for (var i = 0; i < count; i++)
        {
            var seed = unchecked((Seed.Value * 31) + (i * 7919) + maxErrors);
            var rate = (i % 5) switch { 0 or 1 => 0, 2 => 0.02, 3 => 0.06, _ => 0.15 };
            yield return ($"{name}, document {i} at a rate of {rate}", DocumentGenerator.Generate(schema, new Dice(seed, rate)));
        }
    }
}
