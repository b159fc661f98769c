using System.Text;

namespace GraphGateway.ControlPlane;

/// <summary>
/// Names of clients as they are counted. Whoever sends a request says its client's name: it says nothing that only the registry says, and has nothing in it that a
/// store does not take.
/// </summary>
public static class UsageNames
{
    /// <summary>
    /// The name that is counted: of <see cref="UsageLimits.NameLength"/> characters at most, with U+FFFD for control characters and halves of characters; empty, which is
    /// no name, for one that begins with <c>(</c>, as what the registry says instead of names does: <c>(others)</c>, <c>(no name)</c>.
    /// </summary>
    /// <param name="name">What a client, or a token, says.</param>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.AsSpan().TrimStart() is ['(', ..])
        {
            return "";
        }

        return name.Length <= UsageLimits.NameLength && !HasUnfit(name) ? name : Cleaned(name);
    }

    /// <summary>The same, of a name that a gateway reports: it may be <see cref="UsageLimits.Others"/>.</summary>
    internal static string OfReported(string name) => name == UsageLimits.Others ? name : Of(name);

    private static bool HasUnfit(string name)
    {
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar)
            {
                return true;
            }
        }

        return false;
    }

    private static string Cleaned(string name)
    {
        var cleaned = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            // Half a character is enumerated as U+FFFD.
            var fit = Rune.IsControl(rune) ? Rune.ReplacementChar : rune;
            if (cleaned.Length + fit.Utf16SequenceLength > UsageLimits.NameLength)
            {
                break;
            }

            cleaned.Append(fit);
        }

        return cleaned.ToString();
    }
}
