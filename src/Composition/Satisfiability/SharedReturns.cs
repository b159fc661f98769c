using System.Collections.Immutable;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES: one of the sources that share a field is asked, whichever it is. That they can return one type
/// at least is Apollo's rule. A lookup (Composite Schemas, Section 2, @lookup) must be able to return all that the others can: of an object
/// that it does not know it says null, and the answer would hang on who is asked, as with Relay's <c>node(id:)</c>.
/// INCONSISTENT_RUNTIME_TYPES_FOR_SHAREABLE_RETURN, a warning: they have some types in common, and others not.
/// </summary>
internal sealed class SharedReturns(Supergraph supergraph)
{
    // So many types are named: a union has any number, and many fields can return it.
    private const int NamesMax = 50;

    // Many fields return the same from the same sources.
    private readonly Dictionary<StandSet, Compared> compared = [];

    // The lookups that clients see, by source and place.
    private HashSet<(int Source, string TypeName, string FieldName)>? lookups;

    /// <summary>What each source returns, in words, and a hint; null where that is fine.</summary>
    internal (ProblemCode Code, string How, string Hint)? Mismatch(string typeName, FieldIndex field, NamedType returned, StandSet options)
    {
        if (returned is not (InterfaceType or UnionType) || field.OwnerCount < 2)
        {
            return null;
        }

        if (!compared.TryGetValue(options, out var found))
        {
            compared.Add(options, found = Compare(options));
        }

        var sides = found.Sides;
        var coordinate = $"{typeName}.{field.Name}";
        var partial = sides.Where(side => side.Names.Length < found.Count && IsLookup(side.Source, typeName, field.Name)).ToArray();
        if (partial.Length > 0)
        {
            var isWholeSomewhere = partial.Length < sides.Length;
            return (
                ProblemCode.ShareableHasMismatchedRuntimeTypes,
                $"not alike at {coordinate}: {found.Told}. It is a lookup in {Names(partial)}, and a lookup answers null for an object that its source does not know",
                $"Mark {coordinate} as @internal in {(isWholeSomewhere ? Names(partial) : "all of them but one")}: the gateway still looks up by it there. "
                + "Clients find the other objects by fields of their types.");
        }

        if (sides.Count(side => side.IsAbstract) < 2 || Array.TrueForAll(sides, side => side.Names.Length == found.Count))
        {
            return null;
        }

        return found.CommonCount == 0
            ? (ProblemCode.ShareableHasMismatchedRuntimeTypes,
                $"never alike at {coordinate}: {found.Told}",
                $"Let all sources of {coordinate} return objects of one type at least, or keep the field in one of them.")
            : (ProblemCode.InconsistentRuntimeTypesForShareableReturn,
                $"not all of them know {found.NotCommon} at {coordinate}: {found.Told}. Which of them is asked is open, so that such objects cannot be relied on there",
                $"Let all sources of {coordinate} know the same types there, or keep the field in one of them.");
    }

    private Compared Compare(StandSet options)
    {
        var sides = options.Items.Select(SideOf).OfType<Side>().ToArray();
        var counts = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in sides.SelectMany(side => side.Names.Distinct()))
        {
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        var notCommon = counts.Where(name => name.Value < sides.Length).Select(name => name.Key).ToList();
        return new Compared(sides, counts.Count, counts.Count - notCommon.Count, Some(notCommon), Told(sides));
    }

    private static string Some(IReadOnlyList<string> names) => names.Count <= NamesMax
        ? string.Join(" or ", names)
        : $"{string.Join(" or ", names.Take(NamesMax))} or {names.Count - NamesMax} others";

    private Side? SideOf(Stand stand)
    {
        var source = supergraph.Sources[stand.Source];
        var type = supergraph.FindType(stand.TypeName);
        return type?.In(source) is not { IsInterfaceObject: false } there ? null
            : type.Type is ObjectType ? new Side(source, IsAbstract: false, [type.Name])
            : new Side(source, IsAbstract: true, there.PossibleTypes);
    }

    private bool IsLookup(SourceSchema source, string typeName, string fieldName)
    {
        lookups ??=
        [
            .. from type in supergraph.Types
            from lookup in type.Lookups
            where lookup is { Kind: LookupKind.Field, IsInternal: false }
            select (lookup.Source.Ordinal, Parent(lookup), lookup.FieldName),
        ];
        return lookups.Contains((source.Ordinal, typeName, fieldName));
    }

    private string Parent(Lookup lookup) => lookup.Path.Aggregate(
        supergraph.FullSchema.QueryType!.Name,
        (typeName, fieldName) => supergraph.FindField(typeName, fieldName)?.Field.Type.Named.Name ?? "");

    private static string Names(IEnumerable<Side> sides) => Words.And(sides.Select(side => side.Source.Name));

    private static string Told(IEnumerable<Side> sides) => string.Join(
        "; ",
        sides.Select(side => $"{side.Source.Name} returns {(side.Names.IsEmpty ? "nothing" : Some(side.Names))}"));

    // What sources return beside each other: of how many types, how many of which all have, and the others in words.
    private sealed record Compared(Side[] Sides, int Count, int CommonCount, string NotCommon, string Told);

    private sealed record Side(SourceSchema Source, bool IsAbstract, ImmutableArray<string> Names);
}
