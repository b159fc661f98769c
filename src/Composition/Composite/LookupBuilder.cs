using System.Collections.Immutable;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>Turns a field with <c>@lookup</c> into the ways in which it enters a type: one for each set of fields that it can be asked by.</summary>
internal static class LookupBuilder
{
    /// <summary>
    /// In how many ways a lookup can be asked. Alternatives multiply over its arguments: without a limit twenty pairs of them were a million ways.
    /// </summary>
    internal const int MaxWays = 256;

    /// <summary>
    /// How many ways all lookups of a source have into types, and all of all sources. A lookup of an interface enters each of its objects: many of one with many objects would be their product.
    /// </summary>
    internal const int MaxEntered = 100_000;

    /// <summary>The lookup with which there are more ways into types than <see cref="MaxEntered"/>; null where there are not so many.</summary>
    internal static SourceLookup? FindTooMany(params IEnumerable<SourceModel> models)
    {
        var count = 0L;
        return models.SelectMany(model => model.Lookups).FirstOrDefault(lookup =>
            lookup.ReturnType is { } returned && (count += WaysOf(lookup) * (returned is ObjectType ? 1 : returned.PossibleTypes.Ordinals().Take(MaxEntered).Count())) > MaxEntered);
    }

    /// <summary>True for a lookup with more ways than are taken: they are not to be listed.</summary>
    internal static bool HasTooManyWays(SourceLookup lookup) => WaysOf(lookup) > MaxWays;

    // As far as they are counted.
    private static long WaysOf(SourceLookup lookup)
    {
        var ways = 1L;
        foreach (var argument in lookup.Field.Definition.Arguments)
        {
            if (lookup.Field.IsArguments.TryGetValue(argument.Name, out var use) && use.Map is { } map)
            {
                ways = Math.Min(MaxWays + 1, ways * MapAlternatives.Count(map, MaxWays + 1));
            }
        }

        return ways;
    }

    /// <summary>The types that a lookup enters: an object; or an interface and its objects; or a union's members.</summary>
    internal static IEnumerable<SourceType> EnteredTypes(SourceModel model, CompositeType returned)
    {
        if (returned is not UnionType && model.Types.TryGetValue(returned.Name, out var own))
        {
            yield return own;
        }

        if (returned is ObjectType)
        {
            yield break;
        }

        foreach (var ordinal in returned.PossibleTypes.Ordinals())
        {
            if (model.Types.TryGetValue(model.Schema.ObjectTypes[ordinal].Name, out var possible))
            {
                yield return possible;
            }
        }
    }

    /// <summary>
    /// The lookups of one type in the composed graph. All objects that a lookup returns have the fields of its arguments; their interface
    /// is entered as itself only where it has them too.
    /// </summary>
    internal static IEnumerable<Lookup> Lookups(SourceSet sources, SourceModel model, SourceLookup lookup, LookupWays ways, SourceType type) =>
        from way in ways.Into(type.Definition)
        where way.Arguments.Length > 0
        where type.Definition is not InterfaceType || Fit(sources, model, lookup, type, way.Arguments)
        select new Lookup
        {
            Source = model.Source,
            Kind = LookupKind.Field,
            Key = way.Key,
            TypeName = type.Name,
            Path = lookup.Path,
            FieldName = lookup.Field.Name,
            Arguments = way.Arguments,
            ReturnTypeName = lookup.ReturnType!.Name,
            IsInternal = lookup.Field.IsInternal,
            IsNonNull = (lookup.Path.IsEmpty ? lookup.Field.Definition : model.Schema.QueryType?.FindField(lookup.Path[0]))?.Type is NonNullType,
        };

    private static bool Fit(SourceSet sources, SourceModel model, SourceLookup lookup, SourceType type, ImmutableArray<MappedArgument> arguments)
    {
        var checker = new MapChecker(sources, model, excluded: null);
        return arguments.All(argument =>
            checker.Check(type.Name, argument.Map, lookup.Field.Definition.FindArgument(argument.Name)!.Type) is null);
    }
}
