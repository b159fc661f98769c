using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>How a supergraph document is written.</summary>
internal enum SupergraphFormat
{
    /// <summary>None that is read.</summary>
    Unknown,

    /// <summary>This project's own.</summary>
    Canonical,

    /// <summary>Apollo's <c>join</c>.</summary>
    Join,

    /// <summary>HotChocolate Fusion 16's execution schema.</summary>
    Fusion,
}

/// <summary>A detected format.</summary>
/// <param name="Kind">The format.</param>
/// <param name="Version">Its version, where it has one.</param>
/// <param name="Refusal">Why it is not read, and what to do.</param>
/// <param name="At">What it is refused for; null when that is the document as a whole.</param>
internal sealed record DetectedFormat(SupergraphFormat Kind, string? Version = null, string? Refusal = null, DirectiveNode? At = null);

/// <summary>Tells supergraph formats apart by the directives that only they have.</summary>
internal static class SupergraphFormats
{
    private static readonly string[] JoinVersions = ["0.1", "0.2", "0.3", "0.4", "0.5"];

    internal static DetectedFormat Detect(DocumentNode document)
    {
        if (Find(document, CanonicalDirectives.Supergraph) is { } canonical)
        {
            return Canonical(canonical);
        }

        if (Join(document) is var (link, version))
        {
            return JoinVersions.Contains(version)
                ? new DetectedFormat(SupergraphFormat.Join, version)
                : Refuse(link, $"The supergraph uses version {version} of Apollo's join specification; versions 0.1 to 0.5 are read. "
                    + "Compose it with another version of Apollo's composition, or compose the source schemas with graphgateway.");
        }

        if (document.Definitions.OfType<EnumTypeDefinitionNode>().Any(type => type.Name.Value == FusionDirectives.SchemaEnum))
        {
            return new DetectedFormat(SupergraphFormat.Fusion);
        }

        if (Defines(document, name => name is "resolver" or "variable") && Defines(document, name => name is "source" or "transport"))
        {
            return Refuse(null, "The document is a fusion graph of HotChocolate Fusion 1 (@resolver, @variable), a format that is no longer "
                + "used. Compose the source schemas with graphgateway instead.");
        }

        return Refuse(null, "The document is a schema, but no supergraph: it does not say which source serves what. Make one with "
            + "\"graphgateway compose FOLDER --output FILE\", where each folder in FOLDER holds schema.graphqls and schema-settings.json.");
    }

    private static DetectedFormat Canonical(DirectiveNode directive)
    {
        var version = directive.Argument("version") is IntValueNode number ? number.Value : "?";
        return version == $"{CanonicalDirectives.Version}"
            ? new DetectedFormat(SupergraphFormat.Canonical)
            : Refuse(directive, $"The supergraph is of version {version} of its form; this program reads version {CanonicalDirectives.Version}. "
                + "Compose it again with the version of graphgateway that runs it.");
    }

    private static (DirectiveNode Link, string Version)? Join(DocumentNode document)
    {
        foreach (var (link, url) in Links(document))
        {
            if (url.LastIndexOf("/join/v", StringComparison.Ordinal) is >= 0 and var at)
            {
                return (link, url[(at + "/join/v".Length)..].TrimEnd('/'));
            }
        }

        return null;
    }

    /// <summary>
    /// The specifications that a document links, with their URLs: by <c>@link(url:)</c> or <c>@core(feature:)</c>, or by the name that one of
    /// those gives itself (<see href="https://specs.apollo.dev/link/v1.0/#bootstrap">link, bootstrapping</see>).
    /// </summary>
    internal static IEnumerable<(DirectiveNode Link, string Url)> Links(DocumentNode document)
    {
        var directives = SchemaDirectives(document).ToArray();
        var names = directives
            .Where(directive => UrlOf(directive) is { } url && DirectiveReader.Text(directive, "as") == directive.Name.Value
                && (url.StartsWith("https://specs.apollo.dev/link/v", StringComparison.Ordinal) || url.StartsWith("https://specs.apollo.dev/core/v", StringComparison.Ordinal)))
            .Select(directive => directive.Name.Value)
            .Concat(["link", "core"])
            .ToHashSet(StringComparer.Ordinal);
        return from directive in directives
               where names.Contains(directive.Name.Value)
               let url = UrlOf(directive)
               where url is not null
               select (directive, url);
    }

    private static string? UrlOf(DirectiveNode directive) => DirectiveReader.Text(directive, "url") ?? DirectiveReader.Text(directive, "feature");

    private static DirectiveNode? Find(DocumentNode document, string name) =>
        SchemaDirectives(document).FirstOrDefault(directive => directive.Name.Value == name);

    internal static IEnumerable<DirectiveNode> SchemaDirectives(DocumentNode document) =>
        document.Definitions.OfType<SchemaDefinitionNode>().SelectMany(schema => schema.Directives);

    private static bool Defines(DocumentNode document, Func<string, bool> directive) =>
        document.Definitions.OfType<DirectiveDefinitionNode>().Any(definition => directive(definition.Name.Value));

    private static DetectedFormat Refuse(DirectiveNode? at, string message) => new(SupergraphFormat.Unknown, Refusal: message, At: at);
}
