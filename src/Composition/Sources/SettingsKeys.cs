using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// The keys that <c>schema-settings.json</c> can have: those of HotChocolate 16, and <c>dialect</c>, which is ours. Others have no
/// effect, which is told with the key that was probably meant.
/// </summary>
internal static class SettingsKeys
{
    // What stands below a key with .* is other programs' business.
    private static readonly ImmutableArray<string> Known =
    [
        "$schema",
        "name",
        "version",
        "dialect",
        "parser.enableSchemaValidation",
        "preprocessor.enableSchemaValidation",
        "preprocessor.excludeByTag",
        "preprocessor.inferKeysFromLookups",
        "preprocessor.inferShareable",
        "preprocessor.inheritInterfaceKeys",
        "satisfiability.ignoredNonAccessibleFields.*",
        "transports.http.url",
        "transports.http.devUrl",
        "transports.http.clientName",
        "transports.http.capabilities.standard.formats",
        "transports.http.capabilities.batching.variableBatching",
        "transports.http.capabilities.batching.requestBatching",
        "transports.http.capabilities.batching.aliasBatching",
        "transports.http.capabilities.batching.formats",
        "transports.http.capabilities.subscriptions.supported",
        "transports.http.capabilities.subscriptions.formats",
        "transports.http.capabilities.onError",
        "transports.websockets.*",
        "transports.subscriptions.transport",
        "environments.*",
        "extensions.*",
    ];

    /// <summary>Warns of every key that is not known.</summary>
    internal static void Check(SettingsNode root, SourceText text, string sourceName, ProblemSink problems) =>
        Check(root, "", text, sourceName, problems);

    private static void Check(SettingsNode node, string prefix, SourceText text, string sourceName, ProblemSink problems)
    {
        foreach (var property in node.Properties)
        {
            var path = prefix + property.Name;
            if (Known.Contains(path) || Known.Contains(path + ".*"))
            {
                continue;
            }

            if (Known.Any(known => known.StartsWith(path + ".", StringComparison.Ordinal)))
            {
                Check(property.Value, path + ".", text, sourceName, problems);
                continue;
            }

            problems.Warning(
                ProblemCode.SettingsUnknownKey,
                $"\"{path}\" is no setting and has no effect.{Meant(prefix, property.Name)}",
                "Mend the key or remove it; what is only for other programs belongs under \"extensions\".",
                new Place(sourceName, text, property.Offset));
        }
    }

    private static string Meant(string prefix, string name)
    {
        if (prefix.Length == 0 && name is "merger" or "apolloFederationCompatibility" or "authorization")
        {
            return " It is a setting of a whole composition, not of a source.";
        }

        var siblings = Known.Where(known => known.StartsWith(prefix, StringComparison.Ordinal))
            .Select(known => known[prefix.Length..].Split('.')[0])
            .Where(known => known != "*")
            .Distinct();
        var near = Suggestions.DidYouMean(name, siblings);
        var elsewhere = Known.FirstOrDefault(known => known.EndsWith("." + name, StringComparison.Ordinal)
            || known.EndsWith("." + name + ".*", StringComparison.Ordinal)
            || known.Contains("." + name + ".", StringComparison.Ordinal));
        return near.Length > 0 || elsewhere is null
            ? near
            : $" Did you mean \"{elsewhere[..(elsewhere.IndexOf("." + name, StringComparison.Ordinal) + 1 + name.Length)]}\"?";
    }
}
