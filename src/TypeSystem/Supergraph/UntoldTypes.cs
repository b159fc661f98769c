using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// Stand-ins in <see cref="Supergraph.FullSchema"/> for what an interface is when no source defines an object type that implements it,
/// although a source has objects of it (Apollo's <c>@interfaceObject</c>). Without one, no set of types could say "all objects of the
/// interface". A stand-in comes from no source, is never a value's runtime type, and clients and other readers of a supergraph do not see
/// it: it is not in <see cref="Supergraph.Types"/>.
/// </summary>
public static class UntoldTypes
{
    /// <summary>The stand-in for an interface, or null when it has none.</summary>
    public static ObjectType? Of(Schema fullSchema, string interfaceName) => fullSchema.FindType(NameOf(interfaceName)) as ObjectType;

    /// <summary>True when the type is a stand-in.</summary>
    public static bool IsOne(NamedType type) => type.Name.EndsWith('?');

    /// <summary>
    /// What an object can be which a source has in the place of one of some types: none of those that stand for an interface within, where there are others. All where there are
    /// stand-ins alone.
    /// </summary>
    /// <param name="fullSchema">The schema of the types.</param>
    /// <param name="types">The possible types of an interface.</param>
    public static TypeSet WithoutInner(Schema fullSchema, TypeSet types)
    {
        var defined = types;
        foreach (var ordinal in types.Ordinals())
        {
            if (IsOne(fullSchema.ObjectTypes[ordinal]))
            {
                defined = defined.Except(TypeSet.Of(fullSchema.ObjectTypes[ordinal]));
            }
        }

        return defined.IsEmpty ? types : defined;
    }

    /// <summary>The document with the stand-ins that it needs, at its end: the other types keep their ordinals.</summary>
    internal static DocumentNode Add(DocumentNode document, IReadOnlyDictionary<string, SupergraphTypeParts> parts)
    {
        var implemented = document.Definitions.OfType<ObjectTypeDefinitionNode>()
            .SelectMany(type => type.Interfaces)
            .Select(@interface => @interface.Name.Value)
            .ToHashSet(StringComparer.Ordinal);
        ImmutableArray<DefinitionNode> standIns =
        [
            .. document.Definitions.OfType<InterfaceTypeDefinitionNode>()
                .Where(type => !implemented.Contains(type.Name.Value)
                    && parts.TryGetValue(type.Name.Value, out var own) && own.Sources.Any(source => source.IsInterfaceObject))
                .Select(StandIn),
        ];
        return standIns.IsEmpty ? document : new DocumentNode(document.Source, [.. document.Definitions, .. standIns]);
    }

    private static ObjectTypeDefinitionNode StandIn(InterfaceTypeDefinitionNode type) => new(
        type.Start,
        type.End,
        isExtension: false,
        description: null,
        new NameNode(NameOf(type.Name.Value), type.Start),
        [.. type.Interfaces, new NamedTypeNode(type.Name.Start, type.Name.End, type.Name)],
        directives: [],
        type.Fields);

    // No source can define a type of such a name.
    private static string NameOf(string interfaceName) => interfaceName + "?";
}
