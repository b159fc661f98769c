using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Which directives the composed graph keeps beside those of the specifications: what sources ask for with <c>@composeDirective</c>
/// (<see href="https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/directives#composedirective">reference</see>).
/// </summary>
internal sealed class ComposedDirectives
{
    private static readonly ImmutableHashSet<string> AlwaysMerged =
    [
        "deprecated", "specifiedBy", "tag", "inaccessible", "authenticated", "requiresScopes", "policy", "cost", "listSize",
    ];

    private readonly Dictionary<string, DirectiveDefinitionNode> definitions = new(StringComparer.Ordinal);

    /// <summary>The definitions of the composed directives of teams' own, under the names that composition knows.</summary>
    internal IEnumerable<DirectiveDefinitionNode> Definitions => definitions.Values;

    /// <summary>The names of the composed directives of teams' own.</summary>
    internal IReadOnlyCollection<string> Names => definitions.Keys;

    internal bool IsRepeatable(string name) => definitions[name].IsRepeatable;

    /// <summary>True for a directive of GraphQL's or of a specification that an owner's field keeps in the composed graph.</summary>
    internal static bool IsMerged(SourceModel model, DirectiveNode directive) =>
        model.IsApollo && AlwaysMerged.Contains(directive.Name.Value);

    /// <summary>What the sources ask for, without a word about what is wrong with it.</summary>
    internal static ComposedDirectives Of(SourceSet sources) => sources.Composed ??= new ComposeDirectiveRules(sources, new ProblemSink()).Run();

    /// <summary>Where they come from.</summary>
    internal List<LinkedDirective> Links { get; } = [];

    internal void Add(DirectiveDefinitionNode definition, LinkedDirective link)
    {
        definitions[link.Name] = definition;
        Links.Add(link);
    }
}
