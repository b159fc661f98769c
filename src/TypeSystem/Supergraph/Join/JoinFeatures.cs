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

    /// <summary>What stands before <c>__</c> in the names of the join specification.</summary>
    internal string JoinPrefix { get; private set; } = "join";

    /// <summary>What stands before <c>__</c> in the names of contexts, and the directive by which a type sets one; null without the feature.</summary>
    internal string? ContextPrefix { get; private set; }

    /// <summary>The directives of teams' own, as they are linked.</summary>
    internal List<LinkedDirective> Linked { get; } = [];

    /// <summary>The name that a directive has by its specification.</summary>
    internal string OriginalName(string name) => renamed.GetValueOrDefault(name, name);

    internal static JoinFeatures Read(DocumentNode document, DirectiveReader reader)
    {
        var features = new JoinFeatures();
        foreach (var directive in SupergraphFormats.SchemaDirectives(document))
        {
            var url = directive.Name.Value switch
            {
                "link" => DirectiveReader.Text(directive, "url"),
                "core" => DirectiveReader.Text(directive, "feature"),
                _ => null,
            };
            if (url is not null)
            {
                features.Add(document, directive, url, reader);
            }
        }

        return features;
    }

    private void Add(DocumentNode document, DirectiveNode directive, string url, DirectiveReader reader)
    {
        var segments = url.TrimEnd('/').Split('/');
        var name = segments.Length >= 2 && segments[^1].StartsWith('v') ? segments[^2] : segments[^1];
        if (!Understood.Contains(name) && DirectiveReader.Names(directive, "for") is ["SECURITY" or "EXECUTION"])
        {
            reader.Report(directive, $"The supergraph uses the feature \"{name}\" ({url}), which this version does not know; because it is "
                + "marked as necessary for security or execution it cannot be ignored.");
        }

        var alias = DirectiveReader.Text(directive, "as");
        if (!url.StartsWith("https://specs.apollo.dev/", StringComparison.Ordinal))
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
        else if (alias is not null)
        {
            renamed[alias] = name;
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
