using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>Reads which source has which type and member, and how an entity is looked up.</summary>
internal sealed class FusionTypes(DocumentNode document, DirectiveReader reader, IReadOnlyDictionary<string, SourceSchema> sources)
{
    private readonly Dictionary<string, SupergraphTypeParts> parts = new(StringComparer.Ordinal);
    private readonly FusionMaps maps = new(document, reader, sources);

    /// <param name="betweenParts">Called between types; null for nobody.</param>
    internal Dictionary<string, SupergraphTypeParts> Read(Action? betweenParts)
    {
        var types = document.Definitions.OfType<TypeDefinitionNode>().Where(type => !FusionDirectives.IsOwn(type.Name.Value)).ToArray();
        foreach (var type in types)
        {
            var own = new SupergraphTypeParts();
            parts[type.Name.Value] = own;
            own.Lookups.AddRange(Applied(type.Directives, FusionDirectives.Lookup).Select(it => LookupOf(type.Name.Value, it)).OfType<Lookup>());
            own.Sources.AddRange(Applied(type.Directives, FusionDirectives.Type).Select(SourceOf).OfType<SourceSchema>().Distinct()
                .Select(source => TypeIn(source, type, own)));
            foreach (var field in FieldsOf(type))
            {
                ReadField(own, field);
                if (IsGateways(type, field))
                {
                    own.GatewayFields.Add(field.Name.Value);
                }
            }

            betweenParts?.Invoke();
        }

        foreach (var type in types)
        {
            SpreadLookups(type);
        }

        return parts;
    }

    // Before it was marked, Query.node was the one field without a source.
    private static bool IsGateways(TypeDefinitionNode type, FieldDefinitionNode field) =>
        field.Directives.Any(directive => directive.Name.Value == FusionDirectives.GatewayField)
        || (type.Name.Value == "Query" && field.Name.Value == GatewaySource.OneField && GatewaySource.IsForm(field)
            && !Applied(field.Directives, FusionDirectives.Field).Any());

    private static IEnumerable<DirectiveNode> Applied(ImmutableArray<DirectiveNode> directives, string name) =>
        directives.Where(directive => directive.Name.Value == name);

    private static ImmutableArray<FieldDefinitionNode> FieldsOf(TypeDefinitionNode type) => type switch
    {
        ObjectTypeDefinitionNode @object => @object.Fields,
        InterfaceTypeDefinitionNode @interface => @interface.Fields,
        _ => [],
    };

    private SourceSchema? SourceOf(DirectiveNode directive)
    {
        if (DirectiveReader.Names(directive, "schema") is [var name] && sources.TryGetValue(name, out var source))
        {
            return source;
        }

        reader.Report(directive, $"The schema of @{directive.Name} is not listed in {FusionDirectives.SchemaEnum}.");
        return null;
    }

    private TypeInSource TypeIn(SourceSchema source, TypeDefinitionNode type, SupergraphTypeParts own) => new()
    {
        Source = source,
        Interfaces = [.. Said(type.Directives, FusionDirectives.Implements, source).Select(it => reader.RequiredText(it, "interface"))],
        PossibleTypes = [.. Said(type.Directives, FusionDirectives.UnionMember, source).Select(it => reader.RequiredText(it, "member"))],
        EnumValues =
        [
            .. (type as EnumTypeDefinitionNode)?.Values
                .Where(value => Said(value.Directives, FusionDirectives.EnumValue, source).Any()).Select(value => value.Name.Value) ?? [],
        ],
        InputFields =
        [
            .. (type as InputObjectTypeDefinitionNode)?.Fields
                .Where(field => Said(field.Directives, FusionDirectives.InputField, source).Any()).Select(field => field.Name.Value) ?? [],
        ],
        Keys =
        [
            .. own.Lookups.Where(lookup => lookup.Source == source).DistinctBy(lookup => Syntax.Fields(lookup.Key))
                .Select(lookup => new EntityKey(lookup.Key, IsResolvable: true)),
        ],
    };

    private IEnumerable<DirectiveNode> Said(ImmutableArray<DirectiveNode> directives, string name, SourceSchema source) =>
        Applied(directives, name).Where(directive => SourceOf(directive) == source);

    private void ReadField(SupergraphTypeParts own, FieldDefinitionNode field)
    {
        foreach (var directive in Applied(field.Directives, FusionDirectives.Field))
        {
            if (DirectiveReader.Text(directive, "sourceName") is { } name && name != field.Name.Value)
            {
                reader.Report(directive, $"{field.Name} is called {name} in its source, which this version does not read; call it by that name in the source.");
            }

            if (SourceOf(directive) is { } source)
            {
                own.AddField(field.Name.Value, new FieldInSource
                {
                    Source = source,
                    Type = DirectiveReader.Text(directive, "sourceType") is { } type ? reader.Type(directive, type) ?? field.Type : field.Type,
                    // "partial": given only where something provides it.
                    IsExternal = DirectiveReader.Flag(directive, "partial") || DirectiveReader.Flag(directive, "external"),
                    Provides = reader.Fields(directive, "provides"),
                    Requirement = Said(field.Directives, FusionDirectives.Requires, source).Select(it => RequirementOf(it, source)).FirstOrDefault(),
                    Arguments =
                    [
                        .. field.Arguments.Where(argument => Said(argument.Directives, FusionDirectives.InputField, source).Any())
                            .Select(argument => argument.Name.Value),
                    ],
                });
            }
        }
    }

    private FieldRequirement? RequirementOf(DirectiveNode directive, SourceSchema source)
    {
        if (reader.Fields(directive, "requirements") is not { } selection)
        {
            reader.Report(directive, $"@{directive.Name} needs the selection \"requirements\".");
            return null;
        }

        // A field of an Apollo subgraph takes them in its representation; the arguments are only Fusion's way to write it.
        return source.Dialect == SourceDialect.Apollo
            ? new FieldRequirement(selection, [])
            : new FieldRequirement(selection, maps.Of(directive, maps.FieldOf(directive), source));
    }

    private Lookup? LookupOf(string typeName, DirectiveNode directive)
    {
        if (SourceOf(directive) is not { } source || maps.FieldOf(directive) is not { } field || reader.Fields(directive, "key") is not { } key)
        {
            return null;
        }

        return source.Dialect == SourceDialect.Apollo
            ? new Lookup { Source = source, Kind = LookupKind.Representations, Key = key, TypeName = typeName }
            : new Lookup
            {
                Source = source,
                Kind = LookupKind.Field,
                Key = key,
                TypeName = typeName,
                Path = [.. (DirectiveReader.Text(directive, "path") ?? "").Split((char[])['.', ' ', '{', '}'], StringSplitOptions.RemoveEmptyEntries)],
                FieldName = field.Name.Value,
                Arguments = maps.Of(directive, field, source),
                ReturnTypeName = FusionMaps.Named(field.Type),
                IsInternal = DirectiveReader.Flag(directive, "internal"),
                IsNonNull = field.Type is NonNullTypeNode,
            };
    }

    // A lookup that returns an interface or a union enters the objects that its source has there.
    private void SpreadLookups(TypeDefinitionNode type)
    {
        if (type is not (InterfaceTypeDefinitionNode or UnionTypeDefinitionNode))
        {
            return;
        }

        var name = type.Name.Value;
        var own = parts[name];
        foreach (var lookup in own.Lookups)
        {
            foreach (var (possible, target) in parts)
            {
                var isPossible = target.Sources.Any(it => it.Source == lookup.Source && it.Interfaces.Contains(name))
                    || own.Sources.Any(it => it.Source == lookup.Source && it.PossibleTypes.Contains(possible));
                var isKnown = target.Lookups.Any(other =>
                    other.Source == lookup.Source && other.FieldName == lookup.FieldName && other.Path.SequenceEqual(lookup.Path));
                if (isPossible && !isKnown && document.Definitions.OfType<ObjectTypeDefinitionNode>().Any(it => it.Name.Value == possible))
                {
                    target.Lookups.Add(lookup with { TypeName = possible });
                }
            }
        }

        if (type is UnionTypeDefinitionNode)
        {
            own.Lookups.Clear();
        }
    }
}
