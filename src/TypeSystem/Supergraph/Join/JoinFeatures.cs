using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// The specifications that an Apollo supergraph links (<see href="https://specs.apollo.dev/link/v1.0">link</see>,
/// <see href="https://specs.apollo.dev/core/v0.2">core</see>): what each calls its directives in this document, and which are refused.
/// </summary>
internal sealed class JoinFeatures
{
    // What is linked for SECURITY or EXECUTION and not named here must not be ignored: it could show data that is meant to be guarded.
    private static readonly ImmutableHashSet<string> Understood = ["core", "link", "join", "inaccessible", "tag", "cost", "authenticated", "requiresScopes", "policy", "context", "cacheTag"];

    private readonly Dictionary<string, string> renamed = new(StringComparer.Ordinal);
    private readonly HashSet<string> prefixes = new(StringComparer.Ordinal);
    private readonly HashSet<string> linkNames = ["link", "core"];

    /// <summary>What stands before <c>__</c> in the names of the join specification.</summary>
    internal string JoinPrefix { get; private set; } = "join";

    /// <summary>What stands before <c>__</c> in the names of contexts, and the directive by which a type sets one; null without the feature.</summary>
    internal string? ContextPrefix { get; private set; }

    /// <summary>The directives of teams' own, as they are linked.</summary>
    internal List<LinkedDirective> Linked { get; } = [];

    /// <summary>The name that a directive has by its specification.</summary>
    internal string OriginalName(string name) =>
        renamed.TryGetValue(name, out var original) ? original
        // What is not imported has its specification's name before it, as in @cost__listSize.
        : prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) && WellKnownDirectives.IsOne(AfterPrefix(name)) ? AfterPrefix(name)
        : name;

    /// <summary>True for <c>@link</c> and <c>@core</c>, by the names that they have here.</summary>
    internal bool IsLink(string name) => linkNames.Contains(name);

    /// <summary>True for a type that a specification of Apollo's brings along, such as <c>link__Purpose</c> and <c>policy__Policy</c>.</summary>
    internal bool IsOfSpecification(string type) =>
        prefixes.Any(prefix => type == prefix + "Policy" || type == prefix + "Scope") || linkNames.Any(link => type.StartsWith(link + "__", StringComparison.Ordinal));

    private static string AfterPrefix(string name) => name[(name.IndexOf("__", StringComparison.Ordinal) + 2)..];

    internal static JoinFeatures Read(DocumentNode document, DirectiveReader reader)
    {
        var features = new JoinFeatures();
        foreach (var (directive, url) in SupergraphFormats.Links(document))
        {
            features.linkNames.Add(directive.Name.Value);
            features.Add(document, directive, url, reader);
        }

        return features;
    }

    private void Add(DocumentNode document, DirectiveNode directive, string url, DirectiveReader reader)
    {
        var segments = url.TrimEnd('/').Split('/');
        var name = segments.Length >= 2 && segments[^1].StartsWith('v') ? segments[^2] : segments[^1];
        var isOwn = url.StartsWith("https://specs.apollo.dev/", StringComparison.Ordinal);
        if (!(isOwn && Understood.Contains(name)) && DirectiveReader.Names(directive, "for") is ["SECURITY" or "EXECUTION"])
        {
            reader.Report(directive, $"The supergraph uses the feature \"{name}\" ({url}), which this version does not know; because it is "
                + "marked as necessary for security or execution it cannot be ignored.");
        }

        var alias = DirectiveReader.Text(directive, "as");
        if (!isOwn)
        {
            // Where no type has it, it says nothing.
            var prefix = document.Definitions.OfType<TypeDefinitionNode>().Any(type =>
                type.Name.Value.StartsWith(alias + "__", StringComparison.Ordinal) || type.Name.Value.StartsWith(name + "__", StringComparison.Ordinal)) ? alias : null;
            Linked.AddRange(Imports(directive).Where(import => import.Name.StartsWith('@')).Select(import => new LinkedDirective(import.As[1..], url, import.Name[1..], prefix)));
            return;
        }

        if (name == "context")
        {
            ContextPrefix = alias ?? name;
        }
        else if (name == "join")
        {
            JoinPrefix = alias ?? JoinPrefix;
        }
        else
        {
            renamed[alias ?? name] = name;
            prefixes.Add((alias ?? name) + "__");
        }

        foreach (var import in Imports(directive).Where(import => import.As != import.Name))
        {
            renamed[import.As.TrimStart('@')] = import.Name.TrimStart('@');
        }
    }

    private static IEnumerable<(string Name, string As)> Imports(DirectiveNode link)
    {
        foreach (var import in (link.Argument("import") as ListValueNode)?.Values ?? [])
        {
            string? Part(string part) =>
                ((import as ObjectValueNode)?.Fields.FirstOrDefault(field => field.Name.Value == part)?.Value as StringValueNode)?.Value;
            if ((import as StringValueNode)?.Value is { } name)
            {
                yield return (name, name);
            }
            else if (Part("name") is { } original)
            {
                yield return (original, Part("as") ?? original);
            }
        }
    }
}
