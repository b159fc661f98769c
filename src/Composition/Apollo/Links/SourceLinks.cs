using System.Collections.Immutable;
using System.Text;
using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>
/// What a source calls the elements of the specifications that it links. Without a link to Federation it is written for Federation 1,
/// whose directives need no link.
/// </summary>
internal sealed class SourceLinks
{
    // A directive of the team's own that stays in the source: it may be called like one of a known specification, or like one that
    // another source composes.
    private const string OwnPrefix = "own__";

    /// <summary>The directives of GraphQL itself.</summary>
    internal static readonly ImmutableHashSet<string> BuiltIn = ["deprecated", "specifiedBy", "oneOf", "skip", "include"];

    private readonly Dictionary<string, string> directives = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FeatureElement> elements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> types = new(StringComparer.Ordinal);

    private readonly HashSet<string> composed = new(StringComparer.Ordinal);

    internal SourceLinks(ImmutableArray<LinkedFeature> features, string linkName, ImmutableArray<DocumentNode> documents)
    {
        Features = features;
        LinkName = linkName;
        FederationMinor = features.FirstOrDefault(feature => feature.Url.Identity == KnownFeatures.Federation)?.Url.Minor;
        // A specification that is linked by itself beside Federation says what its directive is.
        foreach (var feature in features.OrderBy(feature => feature.Url.Identity == KnownFeatures.Federation))
        {
            var known = KnownFeatures.Of(feature.Url);
            foreach (var element in known.IsDefault ? [] : known)
            {
                Add(element, element.IsDirective ? feature.DirectiveName(element.Name) : feature.TypeName(element.Name));
            }
        }

        if (IsFederation1)
        {
            foreach (var element in KnownFeatures.FederationV1)
            {
                Add(element, element.IsDirective ? element.Name : "_" + element.Name);
            }

            // What such a source defines under a name of Federation 2's is that: it was written for both.
            var own = documents.SelectMany(document => document.Definitions.OfType<DirectiveDefinitionNode>()).Select(it => it.Name.Value).ToHashSet(StringComparer.Ordinal);
            foreach (var element in KnownFeatures.DefinableInV1.Where(element => own.Contains(element.Name)))
            {
                Add(element, element.Name);
            }
        }

        if (!directives.ContainsKey(linkName) && !IsAnother(linkName, documents))
        {
            foreach (var element in KnownFeatures.Of(new FeatureUrl(KnownFeatures.Link, "link", 1, 0)))
            {
                Add(element, element.IsDirective ? linkName : "link__" + element.Name);
            }
        }

        foreach (var directive in documents.SelectMany(document => document.Definitions.OfType<SchemaDefinitionNode>()).SelectMany(it => it.Directives))
        {
            if (InternalName(directive.Name.Value) == "composeDirective" && directive.Argument("name") is StringValueNode { Value: ['@', .. var name] })
            {
                composed.Add(name);
            }
        }
    }

    internal ImmutableArray<LinkedFeature> Features { get; }

    internal string LinkName { get; }

    /// <summary>The minor version of Federation 2; null without a link to it.</summary>
    internal int? FederationMinor { get; }

    /// <summary>True without a link to Federation 2.</summary>
    internal bool IsFederation1 => FederationMinor is null;

    /// <summary>The names in the source of the types that belong to specifications, with their original names.</summary>
    internal IReadOnlyDictionary<string, string> Types => types;

    /// <summary>The specification's element that a directive of the source is; null when it is none of a known specification.</summary>
    internal FeatureElement? Known(string name) => directives.TryGetValue(name, out var original) ? elements[original] : null;

    /// <summary>The element of that original name, where the source has it.</summary>
    internal FeatureElement? Element(string original) => elements.GetValueOrDefault(original);

    /// <summary>The name under which composition knows a directive of the source.</summary>
    internal string InternalName(string name) =>
        directives.TryGetValue(name, out var original) ? original
        : KnownFeatures.AllDirectives.Contains(name) || !composed.Contains(name) && !BuiltIn.Contains(name) ? OwnPrefix + name
        : name;

    /// <summary>The name in the source of a directive that composition knows under another.</summary>
    internal static string OwnName(string internalName) =>
        internalName.StartsWith(OwnPrefix, StringComparison.Ordinal) ? internalName[OwnPrefix.Length..] : internalName;

    /// <summary>A message about the source, with the names that it has.</summary>
    internal static string WithOwnNames(string message) => message.Replace("@" + OwnPrefix, "@", StringComparison.Ordinal);

    /// <summary>The name in the source of a directive of a known specification.</summary>
    internal string LocalName(string original) => directives.FirstOrDefault(pair => pair.Value == original).Key ?? original;

    /// <summary>The linked specification that a directive belongs to by its name in the source, and its name there (null: it has another).</summary>
    internal (LinkedFeature Feature, string? Name)? FeatureOf(string name)
    {
        foreach (var feature in Features)
        {
            if (feature.OriginalDirective(name) is { } original)
            {
                return (feature, original);
            }
        }

        foreach (var feature in Features)
        {
            if (name == feature.Alias || name.StartsWith(feature.Alias + "__", StringComparison.Ordinal))
            {
                return (feature, null);
            }
        }

        return null;
    }

    /// <summary>The definition of an element as it reads in this source; directives under the name that composition knows.</summary>
    internal string Definition(FeatureElement element)
    {
        var text = element.Definition;
        foreach (var (local, original) in types)
        {
            text = text.Replace($"{{{original}}}", local, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The definitions of everything that the source may use without defining it.</summary>
    internal DocumentNode Prelude()
    {
        var text = new StringBuilder("scalar _Any\n");
        foreach (var element in elements.Values)
        {
            text.Append(Definition(element)).Append('\n');
        }

        return Parser.ParseDocument(new SourceText(text.ToString(), "Apollo Federation"), ParserOptions.Schema).Value!;
    }

    // A directive of that name that cannot stand where links stand.
    private static bool IsAnother(string linkName, ImmutableArray<DocumentNode> documents) =>
        documents.SelectMany(document => document.Definitions.OfType<DirectiveDefinitionNode>())
            .FirstOrDefault(it => it.Name.Value == linkName) is { } own
        && own.Locations.All(location => location.Value != "SCHEMA");

    private void Add(FeatureElement element, string local)
    {
        // a specification linked by itself beside Federation: the first one defines it
        if (elements.TryAdd(element.Name, element) || element.IsDirective)
        {
            (element.IsDirective ? directives : types).TryAdd(local, element.Name);
        }
    }
}
