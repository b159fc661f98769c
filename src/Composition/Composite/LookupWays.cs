using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// The ways in which a lookup can be asked: every combination of arguments. Alternatives of a map (<c>{ id } | { sku }</c> for an input with
/// <c>@oneOf</c>, <c>&lt;Book&gt;.isbn | &lt;Movie&gt;.id</c> for an interface) are told apart. A lookup of an interface enters each of its objects, mostly in
/// the same ways, which these then share.
/// </summary>
internal sealed class LookupWays
{
    private readonly SourceLookup lookup;
    private readonly Schema schema;
    private readonly Lazy<ImmutableArray<LookupWay>>? same;

    internal LookupWays(SourceLookup lookup, Schema schema)
    {
        this.lookup = lookup;
        this.schema = schema;
        // Only a map can mean some of the types.
        same = lookup.Field.IsArguments.Count == 0 ? new(() => Find(lookup.Field.Definition.Type.Named)) : null;
    }

    /// <summary>Those into a type that the lookup can return.</summary>
    internal ImmutableArray<LookupWay> Into(NamedType type) => same?.Value ?? Find(type);

    private ImmutableArray<LookupWay> Find(NamedType type)
    {
        List<List<MappedArgument>> combinations = [[]];
        foreach (var argument in lookup.Field.Definition.Arguments)
        {
            var alternatives = EntriesOf(argument, type);
            if (alternatives is [var only])
            {
                // Mostly there is one: what was combined by then is not made anew for each argument.
                combinations.ForEach(combination => combination.Add(Map(argument, only)));
            }
            else
            {
                combinations = [.. from combination in combinations from entry in alternatives select new List<MappedArgument>(combination) { Map(argument, entry) }];
            }
        }

        return [.. combinations.Select(arguments => new LookupWay([.. arguments]))];
    }

    private static MappedArgument Map(InputValueDefinition argument, SelectedValueEntryNode entry)
    {
        var map = new SelectedValueNode(entry.Start, entry.End, [entry]);
        return new MappedArgument(argument.Name, TypeNodes.Of(argument), map) { StrictFields = TypeNodes.StrictFieldsOf(argument, map) };
    }

    // Optional arguments too: "Each lookup argument must match a field on the return type" (§2, @lookup; LookupPathSets in §4.5).
    private ImmutableArray<SelectedValueEntryNode> EntriesOf(InputValueDefinition argument, NamedType type)
    {
        if (lookup.Field.IsArguments.TryGetValue(argument.Name, out var use))
        {
            return use.Map is null ? [] : [.. MapAlternatives.Of(use.Map, schema, type)];
        }

        var segment = new PathSegmentNode(0, 0, Syntax.Name(argument.Name), [], null);
        return [new SelectedValueEntryNode(0, 0, new SelectedPathNode(0, 0, null, [segment]), null, null)];
    }
}

/// <summary>One way in which a lookup can be asked.</summary>
/// <param name="Arguments">What each argument takes.</param>
internal sealed record LookupWay(ImmutableArray<MappedArgument> Arguments)
{
    /// <summary>The fields that the arguments take together.</summary>
    internal SelectionSetNode Key { get; } = MapSelections.Of(Arguments);

    /// <summary>The key as text: equal keys have equal texts.</summary>
    internal string KeyText => field ??= Syntax.Fields(Key);
}
