using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// Puts a <see cref="Supergraph"/> together: the one way by which composition and all readers make it, so that what is composed
/// and what is read back are the same.
/// </summary>
public static class SupergraphAssembler
{
    /// <summary>
    /// Builds both schemas and joins them with the sources. <paramref name="document"/> is the full schema, <c>@inaccessible</c> members
    /// included, without directives of any supergraph format. Errors are those of the two schemas.
    /// <paramref name="isChecked"/> becomes <see cref="Supergraph.IsChecked"/>, <paramref name="linked"/>
    /// <see cref="Supergraph.LinkedDirectives"/>. <paramref name="betweenParts"/> is called between parts of the work, on the threads that do it.
    /// </summary>
    public static SupergraphResult Assemble(
        DocumentNode document,
        ImmutableArray<SourceSchema> sources,
        IReadOnlyDictionary<string, SupergraphTypeParts> parts,
        bool isChecked,
        IEnumerable<LinkedDirective>? linked = null,
        Action? betweenParts = null)
    {
        LinkedDirective[] links = [.. linked ?? []];
        // What the sources were allowed the supergraph is allowed; and merging may deprecate a field whose interface is of another source.
        var options = new SchemaBuilderOptions { Prelude = WellKnownDirectives.Document, AllowLegacySchemas = true, BetweenParts = betweenParts };
        SchemaResult full = null!;
        SchemaResult @public = null!;
        // With the scheduler of who calls: one who reads on a thread of low priority has all of it there.
        var here = new ParallelOptions { TaskScheduler = TaskScheduler.Current };
        Parallel.Invoke(
            here,
            () => full = SchemaBuilder.Build([UntoldTypes.Add(document, parts)], options),
            () => @public = SchemaBuilder.Build(
                [PublicDocument.Of(document, links)],
                // Where nothing is hidden, what is wrong with the one schema would be wrong with the other.
                options with { Prelude = WellKnownDirectives.PublicDocument, AssumeValid = !PublicDocument.Hides(document, links) }));
        if (full.Schema is null)
        {
            return new SupergraphResult(null, full.Errors);
        }

        if (@public.Schema is null)
        {
            return new SupergraphResult(null, @public.Errors);
        }

        betweenParts?.Invoke();
        var possible = PossibleTypes(full.Schema, parts);
        NamedType[] named = [.. full.Schema.Types.Where(type => !type.IsBuiltIn && !UntoldTypes.IsOne(type))];
        var types = new SupergraphType[named.Length];
        Parallel.For(0, named.Length, here, i =>
        {
            types[i] = TypeOf(named[i], parts.GetValueOrDefault(named[i].Name) ?? new SupergraphTypeParts(), possible);
            betweenParts?.Invoke();
        });
        return new SupergraphResult(
            new Supergraph(full.Schema, @public.Schema, sources, ImmutableCollectionsMarshal.AsImmutableArray(types))
            {
                IsChecked = isChecked,
                LinkedDirectives = [.. links.OrderBy(directive => directive.Name, StringComparer.Ordinal)],
            },
            []);
    }

    private static SupergraphType TypeOf(
        NamedType type, SupergraphTypeParts own, Dictionary<(string Interface, int Source), ImmutableArray<string>.Builder> possible)
    {
        var fields = new SupergraphField[(type as ComplexType)?.Fields.Length ?? 0];
        for (var i = 0; i < fields.Length; i++)
        {
            var field = ((ComplexType)type).Fields[i];
            fields[i] = new SupergraphField(field, own.Fields.TryGetValue(field.Name, out var list) ? InOrder(list, source => source.Source) : [])
            {
                IsGateways = own.GatewayFields.Contains(field.Name),
            };
        }

        return new SupergraphType(
            type,
            InOrder(
                type is InterfaceType ? [.. own.Sources.Select(source => WithPossibleTypes(source, type.Name, possible))] : own.Sources,
                source => source.Source),
            ImmutableCollectionsMarshal.AsImmutableArray(fields),
            InOrder(own.Lookups, lookup => lookup.Source));
    }

    private static ImmutableArray<T> InOrder<T>(List<T> items, Func<T, SourceSchema> source) =>
        items.Count <= 1 ? [.. items] : [.. items.OrderBy(item => source(item).Ordinal)];

    // In a source, the values of an interface are the objects that declare it there; written down it would only repeat them.
    private static TypeInSource WithPossibleTypes(
        TypeInSource source, string name, Dictionary<(string Interface, int Source), ImmutableArray<string>.Builder> possible) =>
        source.IsInterfaceObject
            ? source
            : source with { PossibleTypes = possible.TryGetValue((name, source.Source.Ordinal), out var names) ? names.ToImmutable() : [] };

    // By interface and source, in the order of the schema's objects.
    private static Dictionary<(string Interface, int Source), ImmutableArray<string>.Builder> PossibleTypes(
        Schema schema, IReadOnlyDictionary<string, SupergraphTypeParts> parts)
    {
        var possible = new Dictionary<(string Interface, int Source), ImmutableArray<string>.Builder>();
        foreach (var type in schema.ObjectTypes.Where(type => !type.Interfaces.IsEmpty && parts.ContainsKey(type.Name)))
        {
            foreach (var source in parts[type.Name].Sources)
            {
                foreach (var name in type.Interfaces.Select(@interface => @interface.Name).Where(source.Interfaces.Contains))
                {
                    ref var names = ref CollectionsMarshal.GetValueRefOrAddDefault(possible, (name, source.Source.Ordinal), out _);
                    names ??= ImmutableArray.CreateBuilder<string>();
                    if (names.Count == 0 || names[^1] != type.Name)
                    {
                        names.Add(type.Name);
                    }
                }
            }
        }

        return possible;
    }
}
