using System.Text.Json;
using System.Text.RegularExpressions;
using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>
/// Finds names and passwords in the URLs of a settings file, wherever one stands: also where another URL takes its place, in environments that are others', in comments, and
/// in a file that is no JSON. Who shows settings to others looks for them first.
/// </summary>
public static partial class SettingsSecrets
{
    /// <summary>What a name and a password are shown as.</summary>
    public const string Mask = "***";

    /// <summary>Whether there is one.</summary>
    /// <param name="settings">The text of <c>schema-settings.json</c>.</param>
    public static bool IsIn(string settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (Secret().IsMatch(settings))
        {
            return true;
        }

        // JSON can write each character by its number, and a variable can have what stands before the host.
        return SettingsNode.Parse(new SourceText(settings, ""), "", new ProblemSink()) is { } root && (IsInTexts(root) || IsInFilled(root));
    }

    /// <summary>The settings without them.</summary>
    /// <param name="settings">The text of <c>schema-settings.json</c>.</param>
    public static string Hide(string settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!IsIn(settings))
        {
            return settings;
        }

        // What is left of one that is written otherwise cannot be told from the rest.
        var hidden = Secret().Replace(settings, match => $"{match.Groups["scheme"].Value}{Mask}@");
        return IsIn(Secret().Replace(hidden, "")) ? "{\"name\":\"(these settings have a password in a URL, and are not shown)\"}" : hidden;
    }

    private static bool IsInTexts(SettingsNode node) =>
        (node.Kind == JsonTokenType.String && IsInValue(node.Text))
        || node.Properties.Any(property => Secret().IsMatch(property.Name) || IsInTexts(property.Value))
        || node.Items.Any(IsInTexts);

    private static bool IsInValue(string text) => Secret().IsMatch(text) || WholeSecret().IsMatch(text);

    // The URL as each of the environments has it.
    private static bool IsInFilled(SettingsNode root)
    {
        if (root.Find("transports")?.Find("http")?.Find("url") is not { } url || !SettingsVariables.IsNeededBy(url))
        {
            return false;
        }

        return root.Find("environments") is { } environments && environments.Properties.Any(environment =>
        {
            if (!environment.Value.IsObject)
            {
                return false;
            }

            var variables = SettingsVariables.Read(environments with { Properties = [environment] }, environment.Name, new SourceText("", ""), "", new ProblemSink());
            return !variables.IsTooLong(url) && IsInValue(variables.Fill(url, out _).Text);
        });
    }

    // Of a text that is a URL alone it is known where it ends: a password may have in it what one in a file of any form would end at.
    [GeneratedRegex(
        @"^\s*(https?:[/\\]+([^/\\?#]*@|[^/\\?#@:]*:[^/\\]*@)|[a-z][a-z0-9+.-]{0,30}://[^/?#@:]*:[^/]*@)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex WholeSecret();

    // Of http any name counts, since it is sent with each request; of others a password.
    [GeneratedRegex(
        @"(?<scheme>https?:[/\\]+)[^/\\?#\s""]*@|(?<scheme>[a-z][a-z0-9+.-]{0,30}://)[^/?#\s"":@]*:[^/?#\s""]*@",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();
}
