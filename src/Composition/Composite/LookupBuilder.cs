using System.Collections.Immutable;
using GraphGateway.Language;
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
    /// How many ways all lookups of a source have into types. A lookup of an interface enters each of its objects: many of one with many objects would be their product.
    /// </summary>
    internal const int MaxEntered = 100_000;

    /// <summary>The lookup with which there are more ways into types than <see cref="MaxEntered"/>; null where there are not so many.</summary>
    internal static SourceLookup? FindTooMany(SourceModel model)
    {
        var count = 0L;
        return model.Lookups.Find(lookup =>
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
    /// For a value of <paramref name="type"/>, every combination of arguments: alternatives of a map (<c>{ id } | { sku }</c> for an input
    /// with <c>@oneOf</c>, <c>&lt;Book&gt;.isbn | &lt;Movie&gt;.id</c> for an interface) are told apart.
    /// </summary>
    internal static ImmutableArray<ImmutableArray<MappedArgument>> Alternatives(SourceLookup lookup, Schema schema, NamedType type)
    {
        ImmutableArray<ImmutableArray<MappedArgument>> combinations = [[]];
        foreach (var argument in lookup.Field.Definition.Arguments)
        {
            combinations =
            [
                .. from combination in combinations
                from entry in EntriesOf(lookup.Field, argument, schema, type)
                let map = new SelectedValueNode(entry.Start, entry.End, [entry])
                select combination.Add(new MappedArgument(argument.Name, TypeNodes.Of(argument), map) { StrictFields = TypeNodes.StrictFieldsOf(argument, map) }),
            ];
        }

        return combinations;
    }

    /// <summary>
    /// The lookups of one type in the composed graph. All objects that a lookup returns have the fields of its arguments; their interface
    /// is entered as itself only where it has them too.
    /// </summary>
    internal static IEnumerable<Lookup> Lookups(SourceSet sources, SourceModel model, SourceLookup lookup, SourceType type) =>
        from arguments in Alternatives(lookup, model.Schema, type.Definition)
        where arguments.Length > 0
        where type.Definition is not InterfaceType || Fit(sources, model, lookup, type, arguments)
        select new Lookup
        {
            Source = model.Source,
            Kind = LookupKind.Field,
            Key = MapSelections.Of(arguments),
            TypeName = type.Name,
            Path = lookup.Path,
            FieldName = lookup.Field.Name,
            Arguments = arguments,
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

    // Optional arguments too: "Each lookup argument must match a field on the return type" (§2, @lookup; LookupPathSets in §4.5).
    private static ImmutableArray<SelectedValueEntryNode> EntriesOf(
        SourceField field, InputValueDefinition argument, Schema schema, NamedType type)
    {
        if (field.IsArguments.TryGetValue(argument.Name, out var use))
        {
            return use.Map is null ? [] : [.. MapAlternatives.Of(use.Map, schema, type)];
        }

        var segment = new PathSegmentNode(0, 0, Syntax.Name(argument.Name), [], null);
        return [new SelectedValueEntryNode(0, 0, new SelectedPathNode(0, 0, null, [segment]), null, null)];
    }
}
