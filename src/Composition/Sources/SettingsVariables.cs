using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>The values of one environment, for <c>{{NAME}}</c> in the texts of a settings file.</summary>
internal sealed partial class SettingsVariables
{
    /// <summary>Characters of a text with variables in it, filled in or not: a variable takes a few, and its value as many as the file has.</summary>
    internal const int MostCharacters = 10_000;

    private readonly ImmutableDictionary<string, SettingsNode> values;

    private SettingsVariables(ImmutableDictionary<string, SettingsNode> values, string described, bool isUnknown)
    {
        this.values = values;
        Described = described;
        IsUnknown = isUnknown;
    }

    /// <summary>Why a variable has no value, as a clause.</summary>
    internal string Described { get; }

    /// <summary>True when the chosen environment is not there, which was told: nothing that depends on its values is worth a word.</summary>
    internal bool IsUnknown { get; }

    internal static SettingsVariables Read(
        SettingsNode? environments, string? environment, SourceText text, string name, ProblemSink problems)
    {
        var all = environments?.Properties ?? [];
        var chosen = all.LastOrDefault(entry => environment is null ? all.Length == 1 : entry.Name == environment);
        if (chosen is not null && chosen.Value.IsObject)
        {
            var values = ImmutableDictionary.CreateBuilder<string, SettingsNode>(StringComparer.Ordinal);
            foreach (var property in chosen.Value.Properties)
            {
                values[property.Name] = property.Value;
            }

            return new SettingsVariables(values.ToImmutable(), $"the environment \"{chosen.Name}\" has none", isUnknown: false);
        }

        if (environments is not null && (!environments.IsObject || chosen is not null))
        {
            var at = chosen?.Value ?? environments;
            problems.Error(
                ProblemCode.SettingsInvalid,
                $"\"{chosen?.Name ?? "environments"}\" is {at}, but must be an object.",
                "Write the environments as {\"NAME\": {\"VARIABLE\": \"value\"}}.",
                new Place(name, text, at.Offset));
        }
        else if (environment is not null && !all.IsEmpty)
        {
            problems.Error(
                ProblemCode.SettingsInvalid,
                $"The settings have no environment \"{environment}\".{Suggestions.DidYouMean(environment, all.Select(entry => entry.Name))}",
                $"Add it to \"environments\", or choose one of: {string.Join(", ", all.Select(entry => entry.Name))}.",
                new Place(name, text, environments!.Offset));
        }
        else
        {
            var none = all.IsEmpty ? "the settings have no environments" : "no environment is chosen";
            return new SettingsVariables(ImmutableDictionary<string, SettingsNode>.Empty, none, isUnknown: false);
        }

        return new SettingsVariables(ImmutableDictionary<string, SettingsNode>.Empty, "", isUnknown: true);
    }

    /// <summary>True for a text with variables in it.</summary>
    internal static bool IsNeededBy(SettingsNode node) => node.Kind == JsonTokenType.String && Variable().IsMatch(node.Text);

    /// <summary>The variables of a text that cannot stand inside it, once each: objects, lists and null, where the text is not the variable alone.</summary>
    internal IEnumerable<SettingsProperty> Unfit(SettingsNode node) =>
        node.Kind != JsonTokenType.String || Variable().Match(node.Text).Length == node.Text.Length
            ? []
            : Variable().Matches(node.Text)
                .Select(match => match.Groups[1].Value)
                .Distinct()
                .Where(values.ContainsKey)
                .Select(variable => new SettingsProperty(variable, values[variable].Offset, values[variable]))
                .Where(variable => variable.Value.Kind is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.Null);

    /// <summary>True for a text with variables that is, or would be, longer than such a text may be.</summary>
    internal bool IsTooLong(SettingsNode node)
    {
        if (!IsNeededBy(node))
        {
            return false;
        }

        // Where the text is the variable alone, nothing is put together.
        var matches = node.Text.Length > MostCharacters ? null : Variable().Matches(node.Text);
        return matches is null || (matches[0].Length < node.Text.Length
            && node.Text.Length + matches.Sum(match => (long)(values.TryGetValue(match.Groups[1].Value, out var value) ? value.Text.Length : 0)) > MostCharacters);
    }

    /// <summary>The value with its variables filled in. A text that is a variable and nothing else becomes the variable's value.</summary>
    internal SettingsNode Fill(SettingsNode node, out ImmutableArray<string> missing)
    {
        missing = [];
        if (node.Kind != JsonTokenType.String || IsUnknown)
        {
            return node;
        }

        var matches = Variable().Matches(node.Text);
        missing = [.. matches.Select(match => match.Groups[1].Value).Where(variable => !values.ContainsKey(variable)).Distinct()];
        if (matches.Count == 0 || !missing.IsEmpty)
        {
            return node;
        }

        return matches is [{ Length: var length } only] && length == node.Text.Length
            ? values[only.Groups[1].Value]
            : node with { Text = Variable().Replace(node.Text, match => values[match.Groups[1].Value].Text) };
    }

    [GeneratedRegex(@"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}")]
    private static partial Regex Variable();
}
