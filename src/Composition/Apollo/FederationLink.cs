using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>
/// What a source links (<see href="https://specs.apollo.dev/link/v1.0">@link</see>): the version of Federation, and under which names its
/// directives stand in the source. Without a federation link the source is written for Federation 1.
/// </summary>
internal sealed class FederationLink
{
    private static readonly ImmutableHashSet<string> V1 = ["key", "requires", "provides", "external", "extends", "tag", "inaccessible"];

    private static readonly ImmutableHashSet<string> V2 =
    [
        "key", "requires", "provides", "external", "extends", "tag", "inaccessible", "shareable", "override", "interfaceObject",
        "composeDirective", "authenticated", "requiresScopes", "policy", "context", "fromContext", "cost", "listSize", "cacheTag",
    ];

    /// <summary>What is refused by name: ignoring it would change who sees what, or what is asked.</summary>
    internal static ImmutableHashSet<string> Unsupported { get; } =
    [
        "composeDirective", "authenticated", "requiresScopes", "policy", "context", "fromContext", "cacheTag", "source", "connect",
    ];

    private readonly Dictionary<string, string> originals = new(StringComparer.Ordinal);
    private string prefix = "federation";

    /// <summary>True without a federation link.</summary>
    internal bool IsV1 { get; private set; } = true;

    /// <summary>The specification's name of a directive, by its name in the source; null when it is none of Federation's.</summary>
    internal string? OriginalName(string name)
    {
        if (IsV1)
        {
            return V1.Contains(name) ? name : null;
        }

        if (originals.TryGetValue(name, out var original))
        {
            return original;
        }

        return name.StartsWith(prefix + "__", StringComparison.Ordinal) && name[(prefix.Length + 2)..] is var rest && V2.Contains(rest)
            ? rest
            : null;
    }

    /// <summary>True for a name of Federation's that the source uses without importing it.</summary>
    internal bool IsForgottenImport(string name) => !IsV1 && V2.Contains(name) && OriginalName(name) is null;

    internal static FederationLink Read(SourceInput input, ImmutableArray<DocumentNode> documents, ProblemSink problems)
    {
        var link = new FederationLink();
        foreach (var document in documents)
        {
            var directives = document.Definitions.OfType<SchemaDefinitionNode>().SelectMany(schema => schema.Directives);
            foreach (var directive in directives.Where(directive => directive.Name.Value == "link"))
            {
                link.Add(directive, new Place(input.Name, document.Source, directive.Start), problems);
            }
        }

        return link;
    }

    private void Add(DirectiveNode directive, Place place, ProblemSink problems)
    {
        if (directive.Argument("url") is not StringValueNode { Value: var url })
        {
            problems.Error(
                ProblemCode.InvalidLinkDirectiveUsage, "@link needs the string \"url\".", "Name the specification that is linked.", place);
            return;
        }

        var segments = url.TrimEnd('/').Split('/');
        var (name, version) = segments.Length >= 2 ? (segments[^2], segments[^1]) : ("", "");
        if (name == "federation")
        {
            IsV1 = false;
            prefix = (directive.Argument("as") as StringValueNode)?.Value ?? prefix;
            CheckVersion(url, version, place, problems);
            AddImports(directive.Argument("import"), place, problems);
        }
        else if (name == "connect")
        {
            problems.Error(
                ProblemCode.UnsupportedFeature,
                $"The source links {url} (connectors), which this version does not run.",
                "Serve the data from a GraphQL service.",
                place);
        }
        else if (name != "link" && directive.Argument("for") is EnumValueNode { Value: var purpose })
        {
            problems.Error(
                ProblemCode.UnsupportedLinkedFeature,
                $"The source links {url} for {purpose}, and it is not known here; what is necessary for that cannot be ignored.",
                "Remove the link, or \"for\" if it can be ignored.",
                place);
        }
    }

    private static void CheckVersion(string url, string version, Place place, ProblemSink problems)
    {
        var isKnown = version.StartsWith("v2.", StringComparison.Ordinal)
            && int.TryParse(version.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            && minor <= 12;
        if (!isKnown)
        {
            problems.Error(
                ProblemCode.UnknownFederationLinkVersion,
                $"The source links {url}; versions v2.0 to v2.12 of Federation are known.",
                "Link one of them, such as https://specs.apollo.dev/federation/v2.9.",
                place);
        }
    }

    private void AddImports(ValueNode? imports, Place place, ProblemSink problems)
    {
        foreach (var import in (imports as ListValueNode)?.Values ?? [])
        {
            string? Part(string part) =>
                ((import as ObjectValueNode)?.Fields.FirstOrDefault(field => field.Name.Value == part)?.Value as StringValueNode)?.Value;
            var name = (import as StringValueNode)?.Value ?? Part("name") ?? "";
            var alias = Part("as") ?? name;
            if (name.StartsWith('@') && alias.StartsWith('@') && V2.Contains(name[1..]))
            {
                originals[alias[1..]] = name[1..];
            }
            else if (name is not ("FieldSet" or "Scope" or "Policy" or "ContextFieldValue"))
            {
                problems.Error(
                    ProblemCode.InvalidLinkDirectiveUsage,
                    $"@link imports {Printer.Print(import)}, which Federation does not have.",
                    "Check the name; directives are imported with their @.",
                    place);
            }
        }
    }
}
