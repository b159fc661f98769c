using System.Collections.Immutable;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// The sources as one can stand in them. A source that has objects in the place of several interfaces (<c>@interfaceObject</c>) knows an object
/// that implements two of them by two names, and who entered by the one name cannot be asked for what the other one has. So of interfaces that
/// share an object type each but the first counts as a source of its own, which has nothing but that one, and the same name and address.
/// </summary>
internal sealed class Stands
{
    private readonly ImmutableArray<SourceSchema> sources;
    private readonly Dictionary<(int Source, string Interface), SourceSchema> own = [];
    private readonly List<SourceSchema> origins = [];

    public Stands(Supergraph supergraph)
    {
        sources = supergraph.Sources;
        var interfaces = supergraph.Types.Where(type => type.Type is InterfaceType)
            .SelectMany(type => type.Sources.Where(inSource => inSource.IsInterfaceObject).Select(inSource => (inSource.Source, Type: (InterfaceType)type.Type)));
        foreach (var group in interfaces.GroupBy(entry => entry.Source.Ordinal).OrderBy(group => group.Key))
        {
            var first = default(TypeSet);
            foreach (var (source, type) in group)
            {
                if (first.Overlaps(type.PossibleTypes))
                {
                    own.Add((source.Ordinal, type.Name), source with { Ordinal = sources.Length + own.Count });
                    origins.Add(source);
                }
                else
                {
                    first = first.Union(type.PossibleTypes);
                }
            }
        }

        All = [.. sources, .. own.Values];
    }

    /// <summary>By <see cref="SourceSchema.Ordinal"/>: the sources, and after them those that count as such.</summary>
    public ImmutableArray<SourceSchema> All { get; }

    /// <summary>Where one stands in a source on objects that it knows as a type.</summary>
    public SourceSchema Of(SourceSchema source, string typeName) => own.Count == 0 ? source : own.GetValueOrDefault((source.Ordinal, typeName), source);

    /// <summary>The source that is asked by who stands there.</summary>
    public SourceSchema SourceOf(SourceSchema stand) => stand.Ordinal < sources.Length ? stand : origins[stand.Ordinal - sources.Length];
}
