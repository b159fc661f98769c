using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>
/// Reads the links of a source (<see href="https://specs.apollo.dev/link/v1.0">@link</see>,
/// <see href="https://specs.apollo.dev/core/v0.2">@core</see>): INVALID_LINK_DIRECTIVE_USAGE, INVALID_LINK_IDENTIFIER,
/// UNKNOWN_LINK_VERSION, UNKNOWN_FEDERATION_LINK_VERSION, UNSUPPORTED_LINKED_FEATURE.
/// </summary>
internal sealed class LinkReader(ProblemSink problems)
{
    private readonly List<LinkedFeature> features = [];

    internal static ImmutableArray<LinkedFeature> Read(SourceInput input, ImmutableArray<DocumentNode> documents, ProblemSink problems)
    {
        var reader = new LinkReader(problems);
        var applied = documents
            .SelectMany(document => document.Definitions.OfType<SchemaDefinitionNode>()
                .SelectMany(schema => schema.Directives)
                .Select(directive => (Directive: directive, Place: new Place(input.Name, document.Source, directive.Start))))
            .ToArray();
        var linkName = LinkName([.. applied.Select(entry => entry.Directive)]);
        var links = applied.Where(entry => entry.Directive.Name.Value == linkName).ToArray();
        foreach (var (directive, place) in links)
        {
            reader.Add(directive, place);
        }

        if (links.Length > 0)
        {
            reader.CheckImplied(linkName);
        }

        return [.. reader.features];
    }

    /// <summary>What the directive that links is called: the specification may itself be linked under another name.</summary>
    internal static string LinkName(ImmutableArray<DirectiveNode> applied)
    {
        foreach (var directive in applied)
        {
            var url = Text(directive, "url") ?? Text(directive, "feature");
            if (url is not null
                && FeatureUrl.Parse(url, out _) is { Identity: KnownFeatures.Link or KnownFeatures.Core } own
                && directive.Name.Value == (Text(directive, "as") ?? own.Name))
            {
                return directive.Name.Value;
            }
        }

        return "link";
    }

    private static string? Text(DirectiveNode directive, string argument) => (directive.Argument(argument) as StringValueNode)?.Value;

    private void Add(DirectiveNode directive, Place place)
    {
        if ((Text(directive, "url") ?? Text(directive, "feature")) is not { } text)
        {
            Misused($"@{directive.Name} needs the string \"url\".", "Name the specification that is linked.", place);
            return;
        }

        if (FeatureUrl.Parse(text, out var reason) is not { } url)
        {
            problems.Error(
                ProblemCode.InvalidLinkIdentifier,
                $"\"{text}\" cannot be linked: {reason}.",
                "Write the specification's URL with its version, such as https://specs.apollo.dev/federation/v2.9.",
                place);
            return;
        }

        if (!CheckVersion(url, directive, place))
        {
            return;
        }

        var imports = ImmutableArray.CreateBuilder<LinkImport>();
        var isFine = true;
        foreach (var import in (directive.Argument("import") as ListValueNode)?.Values ?? [])
        {
            if (ReadImport(import, url, place) is { } read)
            {
                imports.Add(read);
            }
            else
            {
                isFine = false;
            }
        }

        var feature = new LinkedFeature(url, Text(directive, "as") ?? url.Name, imports.DrainToImmutable(), place);
        if (isFine && LinkConflicts.Find(features, feature) is { } conflict)
        {
            Misused(conflict, "Give the link or the import another name with \"as\".", place);
            isFine = false;
        }

        if (isFine)
        {
            features.Add(feature);
        }
    }

    // A source that links has the specification of links and that of Federation, whether it links them or not.
    private void CheckImplied(string linkName)
    {
        if (problems.HasErrors)
        {
            return;
        }

        LinkedFeature link = new(new FeatureUrl(KnownFeatures.Link, "link", 1, 0), linkName, [], default!);
        foreach (var feature in features)
        {
            if (!features.Exists(it => it.Url.Identity is KnownFeatures.Link or KnownFeatures.Core)
                && LinkConflicts.Find([link], feature) is { } conflict)
            {
                Misused(conflict, "Give the link or the import another name with \"as\".", feature.Place);
            }

            if (!features.Exists(it => it.Url.Identity == KnownFeatures.Federation)
                && LinkConflicts.Find([feature], KnownFeatures.ImpliedFederation) is { } own)
            {
                Misused(
                    $"A source that does not link Federation has the directives of Federation under their own names. {own}",
                    "Link Federation and import the directive from there, or give this link another name with \"as\".",
                    feature.Place);
            }
        }
    }

    private bool CheckVersion(FeatureUrl url, DirectiveNode directive, Place place)
    {
        switch (url.Identity)
        {
            case KnownFeatures.Federation when KnownFeatures.Of(url).IsDefault:
                problems.Error(
                    ProblemCode.UnknownFederationLinkVersion,
                    $"The source links {url}; versions v2.0 to v2.{KnownFeatures.LastMinor} of Federation are known.",
                    "Link one of them, such as https://specs.apollo.dev/federation/v2.9.",
                    place);
                return false;
            case KnownFeatures.Link or KnownFeatures.Core when KnownFeatures.Of(url).IsDefault:
                problems.Error(
                    ProblemCode.UnknownLinkVersion,
                    $"The source links {url}; version v1.0 of link and versions v0.1 and v0.2 of core are known.",
                    "Link https://specs.apollo.dev/link/v1.0.",
                    place);
                return false;
            case KnownFeatures.Connect:
                problems.Error(
                    ProblemCode.UnsupportedFeature,
                    $"The source links {url} (connectors), which this version does not run.",
                    "Serve the data from a GraphQL service.",
                    place);
                return false;
        }

        if (KnownFeatures.Of(url).IsDefault && directive.Argument("for") is EnumValueNode { Value: var purpose })
        {
            problems.Error(
                ProblemCode.UnsupportedLinkedFeature,
                $"The source links {url} for {purpose}, and it is not known here; what is necessary for that cannot be ignored.",
                "Remove the link, or \"for\" if it can be ignored.",
                place);
            return false;
        }

        return true;
    }

    private LinkImport? ReadImport(ValueNode import, FeatureUrl url, Place place)
    {
        string? name = null;
        string? alias = null;
        switch (import)
        {
            case StringValueNode text:
                name = text.Value;
                break;
            case ObjectValueNode @object:
                foreach (var field in @object.Fields)
                {
                    if (field.Name.Value is not ("name" or "as") || field.Value is not StringValueNode value || !IsName(value.Value))
                    {
                        Misused(
                            $"@link imports {Printer.Print(import)}, and \"{field.Name}\" cannot be so.",
                            "Write {name: \"@key\", as: \"@identity\"}, or only \"@key\".",
                            place);
                        return null;
                    }

                    (name, alias) = field.Name.Value == "name" ? (value.Value, alias) : (name, value.Value);
                }

                break;
        }

        if (name is null)
        {
            Misused(
                $"@link imports {Printer.Print(import)}, which names nothing.",
                "Write the name as a string (\"@key\"), or {name: \"@key\", as: \"@identity\"}.",
                place);
            return null;
        }

        if (alias is not null && name.StartsWith('@') != alias.StartsWith('@'))
        {
            Misused(
                $"@link imports \"{name}\" as \"{alias}\"; a directive keeps its @, and a type has none.",
                "Write both names with @ for a directive, and both without for a type.",
                place);
            return null;
        }

        var known = KnownFeatures.Of(url);
        if (!known.IsDefault && !known.Any(element => name == (element.IsDirective ? "@" : "") + element.Name))
        {
            Misused(
                url.Identity == KnownFeatures.Federation
                    ? $"@link imports {Printer.Print(import)}, which Federation {url.Version} does not have."
                    : $"@link imports {Printer.Print(import)}, which {url} does not have.",
                "Check the name and the version that is linked; directives are imported with their @.",
                place);
            return null;
        }

        return new LinkImport(name, alias ?? name);
    }

    private static bool IsName(string text)
    {
        var name = text.StartsWith('@') ? text.AsSpan(1) : text;
        return name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.IndexOfAnyExcept(NameCharacters) < 0;
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private void Misused(string message, string hint, Place place) =>
        problems.Error(ProblemCode.InvalidLinkDirectiveUsage, message, hint, place);
}
