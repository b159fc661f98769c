namespace GraphGateway.TypeSystem;

/// <summary>The "Did you mean" tails of messages, equal to graphql-js's.</summary>
public static class Suggestions
{
    private const int MaxShown = 5;

    /// <summary>
    /// <c> Did you mean "a", "b", or "c"?</c> with the options that are near the input, nearest first; empty when none is near.
    /// </summary>
    public static string DidYouMean(string input, IEnumerable<string> options) => Message("", Near(input, options));

    /// <summary>The same with a word before the names, such as <c> Did you mean the enum value "A"?</c>.</summary>
    public static string DidYouMean(string what, string input, IEnumerable<string> options) => Message(what + " ", Near(input, options));

    /// <summary>The message over names that are already chosen.</summary>
    public static string Message(string what, IReadOnlyList<string> names)
    {
        switch (names.Count)
        {
            case 0:
                return "";
            case 1:
                return $" Did you mean {what}\"{names[0]}\"?";
            case 2:
                return $" Did you mean {what}\"{names[0]}\" or \"{names[1]}\"?";
            default:
                var shown = names.Take(MaxShown).Select(static name => $"\"{name}\"").ToArray();
                return $" Did you mean {what}{string.Join(", ", shown[..^1])}, or {shown[^1]}?";
        }
    }

    /// <summary>
    /// The options within 40 % (+1) edits of the input, nearest first, then in natural order. An edit is an insertion, a deletion, a
    /// substitution or a swap of neighbours; a difference in case alone counts as one.
    /// </summary>
    public static IReadOnlyList<string> Near(string input, IEnumerable<string> options)
    {
        var threshold = (int)Math.Floor(input.Length * 0.4) + 1;
        var lowerInput = input.ToLowerInvariant();
        var near = new List<(string Option, int Distance)>();
        foreach (var option in options.Distinct(StringComparer.Ordinal))
        {
            if (Distance(input, lowerInput, option, threshold) is { } distance)
            {
                near.Add((option, distance));
            }
        }

        near.Sort(static (a, b) => a.Distance != b.Distance ? a.Distance.CompareTo(b.Distance) : CompareNaturally(a.Option, b.Option));
        return [.. near.Select(static entry => entry.Option)];
    }

    // Damerau-Levenshtein (optimal string alignment) over three rolling rows; null above the threshold.
    private static int? Distance(string input, string lowerInput, string option, int threshold)
    {
        if (input == option)
        {
            return 0;
        }

        var lowerOption = option.ToLowerInvariant();
        if (lowerInput == lowerOption)
        {
            return 1;
        }

        var (longer, shorter) = lowerOption.Length < lowerInput.Length ? (lowerInput, lowerOption) : (lowerOption, lowerInput);
        if (longer.Length - shorter.Length > threshold)
        {
            return null;
        }

        int[][] rows = [new int[shorter.Length + 1], new int[shorter.Length + 1], new int[shorter.Length + 1]];
        for (var j = 0; j <= shorter.Length; j++)
        {
            rows[0][j] = j;
        }

        for (var i = 1; i <= longer.Length; i++)
        {
            if (FillRow(rows, i, longer, shorter) > threshold)
            {
                return null;
            }
        }

        var distance = rows[longer.Length % 3][shorter.Length];
        return distance <= threshold ? distance : null;
    }

    private static int FillRow(int[][] rows, int i, string longer, string shorter)
    {
        var up = rows[(i - 1) % 3];
        var current = rows[i % 3];
        var smallest = current[0] = i;
        for (var j = 1; j <= shorter.Length; j++)
        {
            var cost = longer[i - 1] == shorter[j - 1] ? 0 : 1;
            var cell = Math.Min(Math.Min(up[j] + 1, current[j - 1] + 1), up[j - 1] + cost);
            if (i > 1 && j > 1 && longer[i - 1] == shorter[j - 2] && longer[i - 2] == shorter[j - 1])
            {
                cell = Math.Min(cell, rows[(i - 2) % 3][j - 2] + 1);
            }

            smallest = Math.Min(smallest, cell);
            current[j] = cell;
        }

        return smallest;
    }

    /// <summary>Compares names with the numbers in them as numbers: <c>a2</c> before <c>a10</c>.</summary>
    public static int CompareNaturally(string left, string right)
    {
        var l = 0;
        var r = 0;
        while (l < left.Length && r < right.Length)
        {
            if (char.IsAsciiDigit(left[l]) && char.IsAsciiDigit(right[r]))
            {
                var difference = ReadNumber(left, ref l).CompareTo(ReadNumber(right, ref r));
                if (difference != 0)
                {
                    return difference;
                }
            }
            else if (left[l] != right[r])
            {
                return left[l] < right[r] ? -1 : 1;
            }
            else
            {
                l++;
                r++;
            }
        }

        return left.Length - right.Length;
    }

    // A leading zero is a number of its own, so that names such as a01 and a1 are not equal.
    private static double ReadNumber(string text, ref int at)
    {
        double number = 0;
        do
        {
            number = number * 10 + (text[at] - '0');
            at++;
        }
        while (at < text.Length && char.IsAsciiDigit(text[at]) && number > 0);

        return number;
    }
}
