using System.Collections.Immutable;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// The composed graph: the schema that clients see, and for each member which source schemas own it and how an entity is looked up.
/// Immutable. Composition and the readers of ready-made supergraphs make it; Planning reads it; neither knows the other.
/// </summary>
public sealed class Supergraph
{
    private readonly Dictionary<string, SupergraphType> typesByName;
    private readonly Dictionary<string, SourceSchema> sourcesByName;
    private readonly Lazy<Supergraph> withGateway;
    private readonly Lazy<HashSet<int>> withCacheHints;

    /// <summary>Puts the parts together; they are the caller's to check.</summary>
    public Supergraph(
        Schema fullSchema,
        Schema publicSchema,
        ImmutableArray<SourceSchema> sources,
        ImmutableArray<SupergraphType> types)
    {
        FullSchema = fullSchema;
        PublicSchema = publicSchema;
        Sources = sources;
        Types = types;
        typesByName = types.ToDictionary(type => type.Name, StringComparer.Ordinal);
        sourcesByName = sources.ToDictionary(source => source.Name, StringComparer.Ordinal);
        withGateway = new Lazy<Supergraph>(() => GatewaySource.Add(this));
        withCacheHints = new Lazy<HashSet<int>>(FindCacheHints);
    }

    /// <summary>Every composed member, those with <c>@inaccessible</c> included: what requirements and keys may use.</summary>
    public Schema FullSchema { get; }

    /// <summary>What clients see: <see cref="FullSchema"/> without what is inaccessible and without the directives of composition.</summary>
    public Schema PublicSchema { get; }

    /// <summary>The source schemas by <see cref="SourceSchema.Ordinal"/>.</summary>
    public ImmutableArray<SourceSchema> Sources { get; }

    /// <summary>
    /// Where each type of <see cref="FullSchema"/> comes from, in the schema's order.
    /// </summary>
    public ImmutableArray<SupergraphType> Types { get; }

    /// <summary>
    /// Composition here has checked that the sources can answer what clients may ask. False for a ready-made supergraph of another format,
    /// of which nobody here knows that.
    /// </summary>
    public bool IsChecked { get; init; }

    /// <summary>
    /// The same graph with the gateway among its sources, the last of them, where it answers fields itself; otherwise this one. Who asks
    /// what can be answered and how takes this one; who reads, writes or calls the sources of teams takes the graph itself.
    /// </summary>
    public Supergraph WithGateway => withGateway.Value;

    /// <summary>
    /// Where the directives of teams' own that stay on the schema come from (Apollo's <c>@composeDirective</c>), in the order of their names.
    /// </summary>
    public ImmutableArray<LinkedDirective> LinkedDirectives { get; init; } = [];

    /// <summary>The labels of progressive overrides (Apollo's <c>@override(label:)</c>) that decide which source a field comes from, in ordinal order.</summary>
    public IEnumerable<string> OverrideLabels => Types.SelectMany(type => type.Fields).SelectMany(member => member.Sources)
        .Where(source => source.Override is not null).Select(source => source.Override!.Label)
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The sources of a type, or null when the name is unknown.</summary>
    public SupergraphType? FindType(string name) => typesByName.GetValueOrDefault(name);

    /// <summary>The sources of a field, or null when type or field is unknown.</summary>
    public SupergraphField? FindField(string typeName, string fieldName) => FindType(typeName)?.FindField(fieldName);

    /// <summary>The source of that name, or null.</summary>
    public SourceSchema? FindSource(string name) => sourcesByName.GetValueOrDefault(name);

    /// <summary>Whether the source's schema says of anything how long it may be kept (<see cref="CacheHint"/>).</summary>
    public bool HasCacheHints(SourceSchema source) => withCacheHints.Value.Contains(source.Ordinal);

    private HashSet<int> FindCacheHints() =>
    [
        .. from type in Types from part in type.Sources where part.CacheHint is not null select part.Source.Ordinal,
        .. from type in Types from field in type.Fields from part in field.Sources where part.CacheHint is not null select part.Source.Ordinal,
    ];
}

/// <summary>A directive of a specification that a team linked (<see href="https://specs.apollo.dev/link/v1.0">link</see>).</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Url">The specification's URL with its version, such as <c>https://example.org/garden/v1.0</c>.</param>
/// <param name="Original">Its name in the specification.</param>
/// <param name="Alias">What the graph calls the specification; null: by the name in the URL.</param>
public sealed record LinkedDirective(string Name, string Url, string Original, string? Alias = null)
{
    /// <summary>
    /// What stands before <c>__</c> in the names of the specification's types: they are not the graph's own, and clients do not see them.
    /// Empty where the URL has no name.
    /// </summary>
    public string Prefix => Alias ?? (Url.TrimEnd('/').Split('/') is { Length: > 1 } segments ? segments[^2] : "");

    /// <summary>True when the type's name is one of the specification's.</summary>
    public bool Owns(string typeName) => Prefix.Length > 0 && typeName.StartsWith(Prefix + "__", StringComparison.Ordinal);
}

/// <summary>The specification that a source schema is written in.</summary>
public enum SourceDialect
{
    /// <summary>GraphQL Composite Schemas: entities are reached through lookup fields.</summary>
    Composite,

    /// <summary>Apollo Federation v1 or v2: entities are reached through <c>_entities</c>.</summary>
    Apollo,
}

/// <summary>How several executions can travel to a source in one HTTP request; a source can do any number of them.</summary>
[Flags]
public enum SourceBatching
{
    /// <summary>One operation with one set of variables a request.</summary>
    None = 0,

    /// <summary>One operation with a list of variable sets (<c>variables: [{...}, {...}]</c>, results carry <c>variableIndex</c>).</summary>
    Variables = 1,

    /// <summary>A list of requests (results carry <c>requestIndex</c>).</summary>
    Requests = 2,

    /// <summary>One operation that repeats the root field under aliases; any server can do it.</summary>
    Aliases = 4,
}

/// <summary>A service's schema as a source of the graph.</summary>
public sealed record SourceSchema
{
    /// <summary>Position in <see cref="Supergraph.Sources"/>.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Its unique name, such as <c>orders</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where it answers; null when only configuration tells.</summary>
    public Uri? Url { get; init; }

    /// <summary>The specification its schema is written in.</summary>
    public required SourceDialect Dialect { get; init; }

    /// <summary>What it can batch.</summary>
    public SourceBatching Batching { get; init; } = SourceBatching.Aliases;

    /// <summary>True when it serves subscriptions.</summary>
    public bool SupportsSubscriptions { get; init; }

    /// <summary>What its settings have for other programs, as JSON; null when nothing.</summary>
    public string? Extensions { get; init; }

    /// <summary>True for the gateway itself (<see cref="GatewaySource"/>): nothing is called, it answers by itself.</summary>
    public bool IsGateway { get; init; }

    /// <summary>The root types' names in the source itself, which may differ from the composed ones.</summary>
    public string QueryTypeName { get; init; } = "Query";

    /// <inheritdoc cref="QueryTypeName"/>
    public string? MutationTypeName { get; init; }

    /// <inheritdoc cref="QueryTypeName"/>
    public string? SubscriptionTypeName { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
