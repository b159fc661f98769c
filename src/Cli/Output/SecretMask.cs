using System.Text.RegularExpressions;

namespace GraphGateway.Cli;

/// <summary>
/// Finds API keys and their secrets in what somebody has typed in a wrong place: errors repeat arguments, and end up in logs of builds. A secret is told by its form
/// alone, and so is every hexadecimal number that is as long.
/// </summary>
internal static partial class SecretMask
{
    /// <summary>Whether there is one in the text.</summary>
    internal static bool HasSecret(string text) => Secrets().IsMatch(text);

    /// <summary>The text without them.</summary>
    internal static string Hide(string text) => Secrets().Replace(text, "(a key)");

    [GeneratedRegex("ggk_[0-9a-f]{16}_[0-9a-f]*|[0-9a-f]{64,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secrets();
}
