namespace GraphGateway.TypeSystem;

/// <summary>Which texts a block string can hold unchanged (<see href="https://spec.graphql.org/September2025/#BlockStringValue()">Spec, BlockStringValue</see>).</summary>
internal static class BlockStringText
{
    /// <summary>
    /// False for control characters, carriage returns, blank first or last lines, and an indentation that all lines share: reading the
    /// block string would take them away.
    /// </summary>
    internal static bool CanHold(string text)
    {
        if (text.Length == 0)
        {
            return true;
        }

        if (text.Any(static c => c is < ' ' and not ('\t' or '\n')))
        {
            return false;
        }

        var lines = text.Split('\n');
        var isIndented = lines.Where(static line => !IsBlank(line)).All(static line => line[0] is ' ' or '\t');
        return !IsBlank(lines[0]) && !IsBlank(lines[^1]) && !(isIndented && lines.Length > 1);
    }

    private static bool IsBlank(string line) => !line.AsSpan().ContainsAnyExcept(' ', '\t');
}
