using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Interop.Composition;

/// <summary>
/// What the reference says of queries that cannot be answered, and what we say: our query to the same field is no longer than theirs, and
/// of each source that they name we say the same.
/// </summary>
public sealed partial class UnsatisfiableTextTests
{
    [InteropFact]
    public void Our_queries_are_no_longer_and_our_reasons_are_theirs()
    {
        using var reference = new CompositionReference();
        var (fields, reasons, failures) = (0, new SortedDictionary<string, int>(StringComparer.Ordinal), new List<string>());
        foreach (var set in CompositionSet.HandWritten().Where(set => set is { Codes: "SATISFIABILITY_ERROR", ReferenceCodes: null })
            .Concat(Generated(Nightly.Cases(usual: 400, nightly: 5_000))))
        {
            var (ours, theirs) = (reference.Compose(set), reference.Ask(set));
            if (ours.Codes != "SATISFIABILITY_ERROR" || theirs.Codes != ours.Codes)
            {
                continue;
            }

            Unsatisfiable[] all = [.. Unsatisfiable.Of(theirs.Messages)];
            foreach (var refused in all)
            {
                fields++;
                if (Compare(set, refused, all, ours.Messages, reasons) is { } difference)
                {
                    failures.Add($"{difference}\n--- theirs\n{theirs.Messages}\n--- ours\n{ours.Messages}\n{set}");
                }
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {fields}\n{string.Join("\n\n", failures.Take(5))}");
        Assert.True(fields > 50 && reasons.Count >= 4, $"{fields} fields: {string.Join(", ", reasons)}");
    }

    private static IEnumerable<CompositionSet> Generated(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var random = new Random(Seed.Value + i);
            yield return SetMutator.Break(new SetGenerator(random).Make(), random).ToSet($"seed {Seed.Value + i}");
        }
    }

    // What differs; null where nothing does.
    private static string? Compare(
        CompositionSet set, Unsatisfiable theirs, Unsatisfiable[] all, string messages, SortedDictionary<string, int> reasons)
    {
        var path = Unsatisfiable.PathOf(theirs.Query);
        var same = Told().Matches(messages).Where(match => match.Groups[2].Value == path[^1]).ToArray();
        if (same.Length == 0)
        {
            // A requirement that is had from where the query stands; a field of a type all of whose fields another source took over.
            return theirs.IsAnswered(set) ? null : $"{path[^1]}: nothing is said here";
        }

        if (same.Min(match => Unsatisfiable.PathOf(match.Groups[1].Value).Length) > path.Length)
        {
            return $"{path[^1]}: their query is shorter";
        }

        // A field is told once, by one query. They tell it by others as well, which can fail for another reason: where both tell it by the same
        // query, that one is compared.
        string[] queries = [.. same.Select(match => PathText(match.Groups[1].Value))];
        if (!queries.Contains(PathText(theirs.Query)) && all.Any(other => queries.Contains(PathText(other.Query))))
        {
            return null;
        }

        foreach (var (source, said) in ReasonsOf(theirs.Reasons))
        {
            var (kind, words) = Kinds.FirstOrDefault(kind => said.StartsWith(kind.Theirs, StringComparison.Ordinal));
            if (kind is not null)
            {
                reasons[kind] = reasons.GetValueOrDefault(kind) + 1;
                var named = Target().Match(said) is { Success: true } target ? target.Groups[1].Value : source;
                if (!same.Any(match => Regex.IsMatch(match.Groups[3].Value, words.Replace("SOURCE", named, StringComparison.Ordinal))))
                {
                    return $"{path[^1]}: {source}: {said}";
                }
            }
        }

        return null;
    }

    private static string PathText(string query) => string.Join('.', Unsatisfiable.PathOf(query));

    // "- from subgraph "a": REASON", or that line without one and then "  - REASON" for each.
    private static IEnumerable<(string Source, string Reason)> ReasonsOf(string text)
    {
        var source = "";
        foreach (var line in text.Split('\n'))
        {
            var from = From().Match(line);
            source = from.Success ? from.Groups[1].Value : source;
            var reason = (from.Success ? from.Groups[2].Value : line).TrimStart(' ', '-');
            if (reason.Length > 0)
            {
                yield return (source, reason);
            }
        }
    }

    private static readonly ImmutableArray<(string Theirs, string Ours)> Kinds =
    [
        ("cannot find field", @"\bSOURCE\b[^;]* (does|do) not have it|\bSOURCE's own is taken over"),
        ("cannot satisfy @require conditions", @"\bSOURCE (requires|has it, but entering)"),
        ("cannot move to subgraph", @"\bSOURCE (has it, but|requires|only mentions|gives it|serves it only while)|\bSOURCE\b[^;]* (does|do) not have it|\bSOURCE's own is taken over"),
        ("field \"", @"\bSOURCE (only mentions it as @external|gives it only below a @provides)"),
    ];

    [GeneratedRegex(@"No source can answer (.*?\}), at \w+\.(\w+)[^:]*: (.*?)(?=\n  (?:also|hint)|\z)", RegexOptions.Singleline)]
    private static partial Regex Told();

    [GeneratedRegex("^cannot move to subgraph \"(\\w+)\"")]
    private static partial Regex Target();

    [GeneratedRegex("^- from subgraph \"(\\w+)\":(.*)$")]
    private static partial Regex From();
}
