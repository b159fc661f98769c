namespace GraphGateway.Planning;

/// <summary>Spec §5.3.2 (SameResponseShape): two fields of one key must have the same kind of value, all the way down.</summary>
internal static class ResponseShapes
{
    /// <summary>True when the fields may have one key, as to their values.</summary>
    public static bool AreAlike(FieldDraft one, FieldDraft other)
    {
        if (one.Below is null || other.Below is null)
        {
            return one.Below is null && other.Below is null && one.TypeText == other.TypeText;
        }

        if (!AreWrappedAlike(one.TypeText, other.TypeText))
        {
            return false;
        }

        // PERF: where kinds of objects are below kinds, this is asked a million times for a few hundred fields.
        foreach (var field in one.Below.Fields)
        {
            foreach (var rival in other.Below.Fields)
            {
                if (field.SourceKey == rival.SourceKey && !AreAlike(field, rival))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The lists and nulls of a type.</summary>
    public static string Wrappers(string typeText) => new([.. typeText.Where(static c => c is '[' or ']' or '!')]);

    private static bool AreWrappedAlike(string one, string other)
    {
        for (var (i, j) = (0, 0); ; i++, j++)
        {
            i = NextWrapper(one, i);
            j = NextWrapper(other, j);
            if (i == one.Length || j == other.Length)
            {
                return i == one.Length && j == other.Length;
            }

            if (one[i] != other[j])
            {
                return false;
            }
        }
    }

    private static int NextWrapper(string typeText, int from)
    {
        var next = typeText.AsSpan(from).IndexOfAny("[]!");
        return next < 0 ? typeText.Length : from + next;
    }
}
