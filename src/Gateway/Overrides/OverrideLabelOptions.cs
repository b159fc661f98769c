using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>
/// Labels of progressive overrides (<c>@override(from:, label:)</c>) and for how many of a hundred requests each is on
/// (<c>Gateway:OverrideLabels</c>, a list: <c>new-prices</c>, <c>search=12.5%</c>). A label that is not there is off, apart from
/// <c>percent(n)</c>, which says it itself.
/// </summary>
internal static partial class OverrideLabelOptions
{
    /// <summary>Reads the list; the percentages by label.</summary>
    public static ImmutableDictionary<string, double> Read(SettingsReader reader)
    {
        const string key = nameof(GatewayOptions.OverrideLabels);
        var labels = ImmutableDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var text in reader.Texts(key, []))
        {
            var parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
            if (!Label().IsMatch(parts[0]) && PercentOf(parts[0]) is null)
            {
                reader.Problem(key, $"'{parts[0]}' is not a label. Write it as in @override(label:), alone or with a percentage: search, search=12.5%");
            }
            else if (parts.Length == 2 && Percentage(parts[1].TrimEnd('%')) is null)
            {
                reader.Problem(key, $"'{parts[1]}' is not a percentage from 0 to 100: {parts[0]}=12.5%");
            }
            else if (!labels.TryAdd(parts[0], parts.Length == 2 ? Percentage(parts[1].TrimEnd('%'))!.Value : 100))
            {
                reader.Problem(key, $"'{parts[0]}' is there twice.");
            }
        }

        return labels.ToImmutable();
    }

    /// <summary>The number in <c>percent(n)</c>; null for another label.</summary>
    public static double? PercentOf(string label) =>
        Percent().Match(label) is { Success: true } match ? Percentage(match.Groups[1].Value) : null;

    private static double? Percentage(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 100 ? number : null;

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_\-:./]*$")]
    private static partial Regex Label();

    [GeneratedRegex(@"^percent\(([0-9]+(?:\.[0-9]+)?)\)$")]
    private static partial Regex Percent();
}
