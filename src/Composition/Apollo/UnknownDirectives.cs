using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// INVALID_GRAPHQL for directives that a source neither defines nor links (Spec §5.7.1), with the import that was perhaps forgotten; and
/// UNSUPPORTED_FEATURE for connectors.
/// </summary>
internal static class UnknownDirectives
{
    internal static void Check(SourceInput input, ImmutableArray<DocumentNode> documents, SourceLinks links, ProblemSink problems)
    {
        var defined = documents.SelectMany(document => document.Definitions)
            .OfType<DirectiveDefinitionNode>()
            .Select(definition => definition.Name.Value)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            foreach (var directive in DirectivesIn.Definitions(document.Definitions))
            {
                var name = directive.Name.Value;
                if (!defined.Contains(name) && !SourceLinks.BuiltIn.Contains(name) && links.Known(name) is null)
                {
                    problems.Error(
                        ProblemCode.InvalidGraphql,
                        $"@{name} is used, and {input.Name} neither defines nor links it." + Near(name, defined),
                        Advice(name, input.Name, links) + DialectAdvice(name, input.Settings, links),
                        new Place(input.Name, document.Source, directive.Start));
                }
            }
        }
    }

    private static string Near(string name, IEnumerable<string> defined) => KnownFeatures.AllDirectives.Contains(name)
        ? ""
        : TypeSystem.Suggestions.DidYouMean("@" + name, defined.Concat(KnownFeatures.AllDirectives).Concat(SourceLinks.BuiltIn).Select(known => "@" + known));

    // A key alone does not tell the dialect, and the other directives of Composite Schemas are not Federation 1.
    private static string DialectAdvice(string name, SourceSettings settings, SourceLinks links) =>
        links.IsFederation1 && settings is { Dialect: null, UntoldDialect: SourceDialect.Composite } && CompositePrelude.Directives.ContainsKey(name)
            ? $" If the service has lookups and no _entities, as HotChocolate's, write \"dialect\": \"composite\" in its {SourceFolder.SettingsFile}."
            : "";

    private static string Advice(string name, string source, SourceLinks links)
    {
        if (!KnownFeatures.AllDirectives.Contains(name))
        {
            return CompositePrelude.Directives.ContainsKey(name) && !links.IsFederation1
                ? $"@{name} is of Composite Schemas, and {source} links Apollo Federation: a source is written in one of them. Remove the link, or the directive."
                : "Define the directive, or link the specification that does; or remove it.";
        }

        if (links.IsFederation1)
        {
            return $"@{name} comes with Federation 2: add extend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import: [\"@{name}\"]).";
        }

        var local = links.LocalName(name);
        return links.Element(name) is null
            ? $"@{name} comes with Federation {Version(name)}, and v2.{links.FederationMinor} is linked: link that or a later one, and add \"@{name}\" to \"import\"."
            : !local.EndsWith("__" + name, StringComparison.Ordinal) ? $"Write @{local}: Federation's @{name} is imported under that name."
            : $"Add \"@{name}\" to \"import\" of the @link to Federation, or write @{local}.";
    }

    private static string Version(string name) => string.Create(CultureInfo.InvariantCulture, $"v2.{KnownFeatures.MinorOf(name)}");
}
