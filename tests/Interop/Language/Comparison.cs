using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Interop.Language;

/// <summary>What of the findings of one text is left when the listed differences are taken out.</summary>
internal delegate (ImmutableArray<Finding> Ours, ImmutableArray<Finding> Theirs) KnownDifferences(
    string text, ImmutableArray<Finding> ours, ImmutableArray<Finding> theirs);

/// <summary>
/// Puts the same texts before both sides and compares what they find: the messages and the places, in their order. Counts which rule of
/// the reference fired how often, so that a test can see to it that it is about something.
/// </summary>
/// <param name="theirs">The reference's findings for each of several texts.</param>
/// <param name="ours">Ours for one.</param>
/// <param name="known">Takes the listed differences out.</param>
/// <param name="phrases">Parts of messages that are to be counted.</param>
internal sealed partial class Comparison(
    Func<IReadOnlyCollection<string>, List<ImmutableArray<Finding>>> theirs,
    Func<string, ImmutableArray<Finding>> ours,
    KnownDifferences known,
    params string[] phrases)
{
    private const int BatchSize = 100;
    private const int MismatchesMax = 10;
    private readonly Dictionary<string, (string Where, string Text)> mismatches = [];

    /// <summary>How often each rule fired.</summary>
    public SortedDictionary<string, int> Fired { get; } = new(StringComparer.Ordinal);

    /// <summary>In how many documents which phrase was said, by either side.</summary>
    public Dictionary<string, int> Said { get; } = phrases.ToDictionary(static phrase => phrase, static _ => 0);

    public int Count { get; private set; }

    public int ValidCount { get; private set; }

    /// <summary>Compares texts; each comes with what leads back to it.</summary>
    public void Add(IEnumerable<(string Where, string Text)> texts)
    {
        foreach (var batch in texts.Chunk(BatchSize))
        {
            // The reference is a process of its own: both sides work at the same time.
            var asked = Task.Run(() => theirs([.. batch.Select(static entry => entry.Text)]));
            var answers = batch.Select(entry => ours(entry.Text)).ToList();
            for (var i = 0; i < batch.Length; i++)
            {
                Compare(batch[i].Where, batch[i].Text, answers[i], asked.GetAwaiter().GetResult()[i]);
            }
        }
    }

    /// <summary>Fails when anything differed, with the smallest text that shows it.</summary>
    public void Verify(string schema)
    {
        if (mismatches.Count == 0)
        {
            return;
        }

        var report = new StringBuilder($"{mismatches.Count} kinds of mismatch in {Count} documents ({Seed.Variable}={Seed.Value}).\n");
        foreach (var (where, text) in mismatches.Values)
        {
            var small = Minimiser.Shrink(text, candidates =>
            {
                var answers = theirs(candidates);
                return [.. candidates.Select((candidate, index) => !IsSame(candidate, ours(candidate), answers[index]))];
            });
            report.Append($"\n--- {where}\n{small}\n--- ours\n{Lines(ours(small))}\n--- theirs\n{Lines(theirs([small])[0])}\n");
        }

        Assert.Fail($"{report}\n--- schema\n{(schema.Length > 5_000 ? "(see its package)" : schema)}");
    }

    private void Compare(string where, string text, ImmutableArray<Finding> answer, ImmutableArray<Finding> reference)
    {
        Count++;
        ValidCount += reference.IsEmpty ? 1 : 0;
        foreach (var rule in reference.Select(static finding => finding.Rule ?? "aborted").Distinct())
        {
            Fired[rule] = Fired.GetValueOrDefault(rule) + 1;
        }

        foreach (var phrase in phrases)
        {
            Said[phrase] += answer.Any(finding => finding.Says(phrase)) || reference.Any(finding => finding.Says(phrase)) ? 1 : 0;
        }

        if (!IsSame(text, answer, reference) && mismatches.Count < MismatchesMax)
        {
            var (left, right) = known(text, answer, reference);
            var kind = Particulars().Replace(Lines(left.ExceptBy(right.Select(static finding => finding.Text), static finding => finding.Text)
                .Concat(right.ExceptBy(left.Select(static finding => finding.Text), static finding => finding.Text)).Take(1)), "");
            mismatches.TryAdd(kind, (where, text));
        }
    }

    private bool IsSame(string text, ImmutableArray<Finding> answer, ImmutableArray<Finding> reference)
    {
        var (left, right) = known(text, answer, reference);
        return left.Select(static finding => finding.Text).SequenceEqual(right.Select(static finding => finding.Text));
    }

    private static string Lines(IEnumerable<Finding> findings) => string.Join('\n', findings.Select(static finding => finding.Text));

    // What is quoted, and where it stands, does not make a mismatch another one.
    [GeneratedRegex("""
        "[^"]*"|\([0-9:, ]*\)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Particulars();
}
