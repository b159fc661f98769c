using System.Text;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Interop.Composition;

/// <summary>
/// Generated sets of Apollo sources of versions 1 and 2, whole and broken in one place or two: both sides say the same. A failure prints
/// its seed and the set made as small as it can be. <c>GRAPHGATEWAY_TEST_NIGHTLY=1</c> composes many more.
/// </summary>
public sealed class GeneratedSetTests
{
    [InteropFact]
    public void Both_sides_say_the_same_of_generated_sets()
    {
        using var reference = new CompositionReference();
        var count = Nightly.Cases(usual: 500, nightly: 20_000);
        var codes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var failures = new List<string>();
        for (var i = 0; i < count && failures.Count < 5; i++)
        {
            var seed = Seed.Value + i;
            var set = Make(seed, i);
            var (key, theirs) = Compare(reference, set, seed);
            foreach (var code in theirs.Codes.Split(' '))
            {
                codes[code] = codes.GetValueOrDefault(code) + 1;
            }

            if (key is not null)
            {
                failures.Add(Describe(reference, set, seed, key));
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        AssertNotVacuous(count, codes);
    }

    private static GeneratedSet Make(int seed, int index)
    {
        var random = new Random(seed);
        var set = new SetGenerator(random).Make();
        for (var breaks = index % 3 == 0 ? 0 : random.Next(1, 3); breaks > 0; breaks--)
        {
            set = SetMutator.Break(set, random);
        }

        return set;
    }

    // What differs, in one line; null where nothing does, or a documented difference explains it.
    private static (string? Key, Verdict Theirs) Compare(CompositionReference reference, GeneratedSet generated, int seed)
    {
        var set = generated.ToSet($"seed {seed}");
        var theirs = reference.Ask(set);
        var ours = reference.Compose(set);
        var isSame = ours.Codes == theirs.Codes && ours.Api == theirs.Api;
        return isSame || Differences.Find(reference, set, ours, theirs) is not null
            ? (null, theirs)
            : ($"ours: {ours.Codes}, theirs: {theirs.Codes}{(ours.Codes == theirs.Codes ? ", and the schemas differ" : "")}", theirs);
    }

    private static string Describe(CompositionReference reference, GeneratedSet set, int seed, string key)
    {
        var smallest = set;
        for (GeneratedSet? smaller = set; smaller is not null;)
        {
            smallest = smaller;
            smaller = SetMutator.Smaller(smallest).FirstOrDefault(it => Compare(reference, it, seed).Key == key);
        }

        var text = new StringBuilder().Append("seed ").Append(seed).Append(": ").Append(key).Append('\n');
        return text.Append(reference.Difference(smallest.ToSet($"seed {seed}"))).ToString();
    }

    private static void AssertNotVacuous(int count, SortedDictionary<string, int> codes)
    {
        var said = string.Join(", ", codes.Select(code => $"{code.Key} {code.Value}"));
        Assert.True(codes.GetValueOrDefault("OK") > count / 5, said);
        Assert.True(codes.GetValueOrDefault("SATISFIABILITY_ERROR") > count / 20, said);
        Assert.True(codes.GetValueOrDefault("INVALID_FIELD_SHARING") > count / 50, said);
        Assert.True(codes.GetValueOrDefault("CRASH") <= count / 25, said);
        Assert.True(codes.Count >= 25, said);
    }
}
