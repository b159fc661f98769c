using System.Text.RegularExpressions;

namespace GraphGateway.Interop.Language;

/// <summary>Makes a text smaller as long as it still shows what it showed: without a run of tokens, a bracketed group, or just its brackets.</summary>
internal static partial class Minimiser
{
    private const int RoundsMax = 120;

    /// <param name="text">Shows it.</param>
    /// <param name="shows">Which of several texts show it.</param>
    public static string Shrink(string text, Func<List<string>, List<bool>> shows)
    {
        var tokens = Token().Matches(text).Select(static match => match.Value).ToList();
        for (var round = 0; round < RoundsMax; round++)
        {
            var candidates = Smaller(tokens).ToList();
            var found = -1;
            for (var from = 0; from < candidates.Count && found < 0; from += 200)
            {
                var chunk = candidates.Skip(from).Take(200).ToList();
                var at = shows([.. chunk.Select(static candidate => string.Concat(candidate))]).IndexOf(true);
                found = at < 0 ? -1 : from + at;
            }

            if (found < 0)
            {
                break;
            }

            tokens = candidates[found];
        }

        return string.Concat(tokens);
    }

    private static IEnumerable<List<string>> Smaller(List<string> tokens)
    {
        for (var size = tokens.Count / 2; size > 0; size /= 2)
        {
            for (var start = 0; start + size <= tokens.Count; start += size)
            {
                yield return Without(tokens, start, size);
            }
        }

        for (var start = 0; start < tokens.Count; start++)
        {
            if (tokens[start][0] is '{' or '(' or '[' && EndOfGroup(tokens, start) is var end && end > 0)
            {
                yield return Without(tokens, start, end - start + 1);
                yield return Without(Without(tokens, end, 1), start, 1);
                for (var before = 1; before <= 4 && before <= start; before++)
                {
                    yield return Without(tokens, start - before, end - start + 1 + before);
                }
            }
        }
    }

    private static int EndOfGroup(List<string> tokens, int start)
    {
        var depth = 0;
        for (var i = start; i < tokens.Count; i++)
        {
            depth += tokens[i][0] switch { '{' or '(' or '[' => 1, '}' or ')' or ']' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static List<string> Without(List<string> tokens, int start, int count) => [.. tokens.Take(start), .. tokens.Skip(start + count)];

    /// <summary>A token of any text, broken ones included, with the blanks after it.</summary>
    [GeneratedRegex("""("{3}(?:\\"{3}|[^"]|"(?!""))*"{3}|"(?:\\.|[^"\\\n\r])*"?|#[^\n\r]*|\.\.\.|[A-Za-z_0-9.\-]+|[\s\S])[ \t\n\r,]*""")]
    public static partial Regex Token();
}
