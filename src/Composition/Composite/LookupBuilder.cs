using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>Turns a field with <c>@lookup</c> into the ways in which it enters a type: one for each set of fields that it can be asked by.</summary>
internal static class LookupBuilder
{
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
            var entries = EntriesOf(lookup.Field, argument, schema, type);
            if (entries is null)
            {
                continue;
            }

            combinations =
            [
                .. from combination in combinations
                from entry in entries.Value
                select combination.Add(new MappedArgument(
                    argument.Name, TypeNodes.Of(argument), new SelectedValueNode(entry.Start, entry.End, [entry]))),
            ];
        }

        return combinations;
    }

    /// <summary>The lookups of one type in the composed graph.</summary>
    internal static IEnumerable<Lookup> Lookups(SourceModel model, SourceLookup lookup, SourceType type) =>
        from arguments in Alternatives(lookup, model.Schema, type.Definition)
        where arguments.Length > 0
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
        };

    // Null: the argument is optional and nothing on the type has its name, so it is not given.
    private static ImmutableArray<SelectedValueEntryNode>? EntriesOf(
        SourceField field, InputValueDefinition argument, Schema schema, NamedType type)
    {
        if (field.IsArguments.TryGetValue(argument.Name, out var use))
        {
            return use.Map is null ? [] : [.. use.Map.Entries.Where(entry => Applies(entry, schema, type)).Select(Unconditional)];
        }

        if (!argument.IsRequired && (type as CompositeType)?.FindField(argument.Name) is null)
        {
            return null;
        }

        var segment = new PathSegmentNode(0, 0, Syntax.Name(argument.Name), [], null);
        return [new SelectedValueEntryNode(0, 0, new SelectedPathNode(0, 0, null, [segment]), null, null)];
    }

    private static bool Applies(SelectedValueEntryNode entry, Schema schema, NamedType type) =>
        entry.Path?.TypeName is not { } condition
        || condition.Value == type.Name
        || type is CompositeType composite
            && schema.FindType(condition.Value) is CompositeType other
            && composite.PossibleTypes.IsSubsetOf(other.PossibleTypes);

    // Where the condition always holds it says nothing.
    private static SelectedValueEntryNode Unconditional(SelectedValueEntryNode entry) =>
        entry.Path is { TypeName: not null } path
            ? new SelectedValueEntryNode(
                entry.Start, entry.End, new SelectedPathNode(path.Start, path.End, null, path.Segments), entry.Object, entry.List)
            : entry;
}
