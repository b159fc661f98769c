using System.Collections.Immutable;
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
    /// <see cref="Supergraph.LinkedDirectives"/>.
    /// </summary>
    public static SupergraphResult Assemble(
        DocumentNode document,
        ImmutableArray<SourceSchema> sources,
        IReadOnlyDictionary<string, SupergraphTypeParts> parts,
        bool isChecked,
        IEnumerable<LinkedDirective>? linked = null)
    {
        LinkedDirective[] links = [.. linked ?? []];
        // What the sources were allowed the supergraph is allowed; and merging may deprecate a field whose interface is of another source.
        var options = new SchemaBuilderOptions { Prelude = WellKnownDirectives.Document, AllowLegacySchemas = true };
        SchemaResult full = null!;
        SchemaResult @public = null!;
        Parallel.Invoke(
            () => full = SchemaBuilder.Build([UntoldTypes.Add(document, parts)], options),
            () => @public = SchemaBuilder.Build([PublicDocument.Of(document, links)], options with { Prelude = WellKnownDirectives.PublicDocument }));
        if (full.Schema is null)
        {
            return new SupergraphResult(null, full.Errors);
        }

        if (@public.Schema is null)
        {
            return new SupergraphResult(null, @public.Errors);
        }

        var types = full.Schema.Types
            .Where(type => !type.IsBuiltIn && !UntoldTypes.IsOne(type))
            .Select(type => TypeOf(full.Schema, type, parts))
            .ToImmutableArray();
        return new SupergraphResult(
            new Supergraph(full.Schema, @public.Schema, sources, types)
            {
                IsChecked = isChecked,
                LinkedDirectives = [.. links.OrderBy(directive => directive.Name, StringComparer.Ordinal)],
            },
            []);
    }

    private static SupergraphType TypeOf(Schema schema, NamedType type, IReadOnlyDictionary<string, SupergraphTypeParts> parts)
    {
        var own = parts.GetValueOrDefault(type.Name) ?? new SupergraphTypeParts();
        var sources = own.Sources.OrderBy(source => source.Source.Ordinal);
        var fields = type is not ComplexType complex
            ? []
            : complex.Fields.Select(field => new SupergraphField(
                field,
                own.Fields.TryGetValue(field.Name, out var list) ? [.. list.OrderBy(source => source.Source.Ordinal)] : []));
        return new SupergraphType(
            type,
            type is InterfaceType @interface
                ? [.. sources.Select(source => WithPossibleTypes(schema, source, @interface, parts))]
                : [.. sources],
            [.. fields],
            [.. own.Lookups.OrderBy(lookup => lookup.Source.Ordinal)]);
    }

    // In a source, the values of an interface are the objects that declare it there; written down it would only repeat them.
    private static TypeInSource WithPossibleTypes(
        Schema schema, TypeInSource source, InterfaceType type, IReadOnlyDictionary<string, SupergraphTypeParts> parts)
    {
        if (source.IsInterfaceObject)
        {
            return source;
        }

        var possible = type.PossibleTypes.Ordinals()
            .Select(ordinal => schema.ObjectTypes[ordinal].Name)
            .Where(name => parts.TryGetValue(name, out var candidate) && candidate.Sources.Any(
                other => other.Source.Ordinal == source.Source.Ordinal && other.Interfaces.Contains(type.Name)));
        return source with { PossibleTypes = [.. possible] };
    }
}
