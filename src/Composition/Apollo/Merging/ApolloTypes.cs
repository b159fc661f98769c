using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>
/// How Apollo merges types that differ
/// (<see href="https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/composition#merging-types-from-multiple-subgraphs">Composition</see>):
/// one after the other, the wider one for what clients get and the narrower one for what they give, and none where neither is.
/// </summary>
internal static class ApolloTypes
{
    /// <summary>The merged type, null when two do not fit; and whether all are equal.</summary>
    internal static (TypeNode? Type, bool AreEqual) Merge(SourceSet sources, IEnumerable<TypeNode> types, bool isInput)
    {
        TypeNode? result = null;
        var areEqual = true;
        foreach (var type in types)
        {
            if (result is null || TypeNodes.AreSame(result, type))
            {
                result ??= type;
                continue;
            }

            areEqual = false;
            if (IsStrictSubtype(sources, result, type))
            {
                result = isInput ? type : result;
            }
            else if (IsStrictSubtype(sources, type, result))
            {
                result = isInput ? result : type;
            }
            else
            {
                return (null, false);
            }
        }

        return (result, areEqual);
    }

    /// <summary>True when every value of the second type is one of the first, and they are not the same.</summary>
    internal static bool IsStrictSubtype(SourceSet sources, TypeNode type, TypeNode maybeSubtype) => (type, maybeSubtype) switch
    {
        (NonNullTypeNode a, NonNullTypeNode b) => IsSubtype(sources, a.Type, b.Type),
        (_, NonNullTypeNode b) => IsSubtype(sources, type, b.Type),
        (ListTypeNode a, ListTypeNode b) => IsSubtype(sources, a.Type, b.Type),
        (NamedTypeNode a, NamedTypeNode b) => IsDirectSubtype(sources, a.Name.Value, b.Name.Value),
        _ => false,
    };

    private static bool IsSubtype(SourceSet sources, TypeNode type, TypeNode maybeSubtype) =>
        TypeNodes.AreSame(type, maybeSubtype) || IsStrictSubtype(sources, type, maybeSubtype);

    private static bool IsDirectSubtype(SourceSet sources, string type, string maybeSubtype) =>
        sources.Types.GetValueOrDefault(type)?.Kind switch
        {
            TypeKind.Interface => sources.Interfaces(maybeSubtype).Contains(type),
            TypeKind.Union => sources.Types[type].Sources.Exists(
                source => ((TypeSystem.UnionType)source.Definition).Members.Any(member => member.Name == maybeSubtype)),
            _ => false,
        };
}
