using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// The composed type of a member whose sources differ
/// (<see href="https://graphql.github.io/composite-schemas-spec/draft/#sec-Shared-Algorithms">Composite Schemas, Shared Algorithms</see>).
/// </summary>
internal static class FieldTypes
{
    /// <summary>LeastRestrictiveType: every value that a source can give fits; null when there is no such type.</summary>
    internal static TypeNode? LeastRestrictive(SourceSet sources, IReadOnlyList<TypeNode> types)
    {
        // Mostly they do not differ.
        if (types.All(type => TypeNodes.AreSame(type, types[0])))
        {
            return types[0];
        }

        var isNonNull = types.All(type => type is NonNullTypeNode);
        var unwrapped = types.Select(TypeNodes.Nullable).ToArray();
        TypeNode? result;
        if (unwrapped.Any(type => type is ListTypeNode))
        {
            if (!unwrapped.All(type => type is ListTypeNode))
            {
                return null;
            }

            var item = LeastRestrictive(sources, [.. unwrapped.Select(type => ((ListTypeNode)type).Type)]);
            result = item is null ? null : new ListTypeNode(0, 0, item);
        }
        else
        {
            var name = LeastRestrictiveName(sources, [.. unwrapped.Select(TypeNodes.Named).Distinct()]);
            result = name is null ? null : Syntax.NamedType(name);
        }

        return result is not null && isNonNull ? TypeNodes.NonNull(result) : result;
    }

    /// <summary>MostRestrictiveType: every source accepts the values; null when there is no such type.</summary>
    internal static TypeNode? MostRestrictive(IEnumerable<TypeNode> types) =>
        types.Aggregate((TypeNode?)null, (result, type) => result is null ? type : MostRestrictive(result, type) ?? result);

    private static TypeNode? MostRestrictive(TypeNode a, TypeNode b)
    {
        TypeNode? result = (TypeNodes.Nullable(a), TypeNodes.Nullable(b)) switch
        {
            (ListTypeNode listA, ListTypeNode listB) =>
                MostRestrictive(listA.Type, listB.Type) is { } item ? new ListTypeNode(0, 0, item) : null,
            (NamedTypeNode namedA, NamedTypeNode namedB) when namedA.Name.Value == namedB.Name.Value => namedA,
            _ => null,
        };
        return result is not null && (a is NonNullTypeNode || b is NonNullTypeNode) ? TypeNodes.NonNull(result) : result;
    }

    private static string? LeastRestrictiveName(SourceSet sources, string[] names) =>
        names
            .Where(candidate => names.All(name => IsSupertype(sources, candidate, name)))
            .OrderBy(candidate => sources.PossibleTypes(candidate).Count)
            .ThenBy(candidate => candidate, StringComparer.Ordinal)
            .FirstOrDefault();

    private static bool IsSupertype(SourceSet sources, string candidate, string name)
    {
        if (candidate == name)
        {
            return true;
        }

        var possible = sources.PossibleTypes(name);
        return sources.Types.GetValueOrDefault(candidate)?.Kind is TypeKind.Interface or TypeKind.Union
            && possible.Count > 0
            && possible.IsSubsetOf(sources.PossibleTypes(candidate));
    }
}
