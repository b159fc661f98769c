using System.Collections.Immutable;
using System.Text;
using GraphGateway.Execution;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Gateway;

/// <summary>
/// The entities that are kept, as one graph asks for them. They outlive it: what a source has answered holds as long as the source said, also where a newer graph asks
/// the same of the same address.
/// </summary>
internal sealed class GraphEntities
{
    private readonly EntityCaching caching;
    private readonly ImmutableArray<HeaderRules> rules;
    private readonly ImmutableArray<byte[]> names;

    /// <param name="caching">What is kept.</param>
    /// <param name="supergraph">The graph.</param>
    /// <param name="sources">Its sources by ordinal, with the address that is called.</param>
    /// <param name="options">The settings.</param>
    public GraphEntities(EntityCaching caching, Supergraph supergraph, ImmutableArray<SourceEndpoint> sources, SubgraphsOptions options)
    {
        this.caching = caching;
        rules = [.. sources.Select(source => HeaderRules.Of(options.For(source.Name), options.NotByPattern))];
        names = [.. sources.Select(source => Encoding.UTF8.GetBytes($"{source.Name}\n{source.Url.AbsoluteUri}"))];
        Labels = caching.Invalidations is null ? null : new EntityLabels(supergraph);
    }

    /// <summary>By what entities are found when something is to be forgotten; null where nobody can say so.</summary>
    public EntityLabels? Labels { get; }

    /// <summary>What is kept, for one execution; null where nothing of it is looked up or kept.</summary>
    /// <param name="run">The request.</param>
    /// <param name="context">What its sources get of it.</param>
    /// <param name="client">Who asks.</param>
    public IEntityCache? For(RunningRequest run, UpstreamContext context, Http.ClientIdentity client) => run.Operation!.IsMutation ? null
        : new RequestEntities(caching, this, context, client, isProtected: !run.Operation.Access.IsFree || !run.Plan!.Withheld.IsEmpty);

    /// <summary>What the entities of a lookup have in common.</summary>
    /// <param name="lookup">The lookup.</param>
    /// <param name="headers">The client's.</param>
    public EntityPart PartOf(EntityLookup lookup, IHeaderDictionary? headers) =>
        caching.PartOf(lookup, names[lookup.Source.Ordinal], headers, rules[lookup.Source.Ordinal]);
}
