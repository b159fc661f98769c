using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// Reads join 0.1, which Federation 1 wrote: entities have an owner (<c>@join__owner</c>) and keys (<c>@join__type</c>), root fields name
/// their graph, and value types say nothing: a graph has them where one of its fields returns them.
/// </summary>
internal sealed class JoinV01Types(DocumentNode document, JoinTypes join, IReadOnlyDictionary<string, SourceSchema> graphs)
{
    private readonly Dictionary<string, SupergraphTypeParts> parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TypeDefinitionNode> types = new(StringComparer.Ordinal);
    private readonly Queue<(SourceSchema Source, string Type)> found = new();

    internal Dictionary<string, SupergraphTypeParts> Read()
    {
        foreach (var type in document.Definitions.OfType<TypeDefinitionNode>())
        {
            types.TryAdd(type.Name.Value, type);
            parts.TryAdd(type.Name.Value, new SupergraphTypeParts());
        }

        var roots = document.Definitions.OfType<SchemaDefinitionNode>()
            .SelectMany(schema => schema.OperationTypes)
            .Select(root => root.Type.Name.Value)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var type in types.Values.OfType<ObjectTypeDefinitionNode>())
        {
            if (roots.Contains(type.Name.Value))
            {
                ReadRoot(type);
            }
            else if (join.TypesOf(type) is { IsEmpty: false } declarations)
            {
                ReadEntity(type, [.. declarations]);
            }
        }

        AddFound();
        foreach (var (field, entry) in Provided().ToArray())
        {
            AddProvided(entry.Source, NamedType(field.Type), entry.Provides!);
        }

        AddFound();
        return parts;
    }

    private void AddFound()
    {
        while (found.TryDequeue(out var next))
        {
            AddValueType(next.Source, types[next.Type]);
        }
    }

    private IEnumerable<(FieldDefinitionNode Field, FieldInSource Entry)> Provided() =>
        from type in types.Values
        from field in JoinTypes.FieldsOf(type)
        from entry in parts[type.Name.Value].Fields.GetValueOrDefault(field.Name.Value) ?? []
        where entry.Provides is not null
        select (field, entry);

    // What a graph gives only there is external in it; later versions say so at the field.
    private void AddProvided(SourceSchema source, string typeName, SelectionSetNode selection)
    {
        if (!types.TryGetValue(typeName, out var type))
        {
            return;
        }

        foreach (var node in selection.Selections)
        {
            if (node is InlineFragmentNode fragment)
            {
                AddProvided(source, fragment.TypeCondition?.Name.Value ?? typeName, fragment.SelectionSet);
            }
            else if (node is FieldNode provided && JoinTypes.FieldsOf(type).FirstOrDefault(field => field.Name.Value == provided.Name.Value) is { } field)
            {
                var own = parts[typeName];
                var isKnown = own.Fields.TryGetValue(field.Name.Value, out var entries) && entries.Exists(entry => entry.Source == source);
                if (!isKnown && own.Sources.Exists(it => it.Source == source))
                {
                    Add(own, field, JoinTypes.Plain(source, field) with { IsExternal = true });
                }

                if (provided.SelectionSet is { } below)
                {
                    AddProvided(source, NamedType(field.Type), below);
                }
            }
        }
    }

    private void ReadRoot(ObjectTypeDefinitionNode type)
    {
        var own = parts[type.Name.Value];
        foreach (var source in graphs.Values)
        {
            own.Sources.Add(new TypeInSource { Source = source });
        }

        foreach (var field in type.Fields)
        {
            foreach (var directive in join.Applied(field.Directives, "field"))
            {
                if (join.GraphOf(directive) is { } source)
                {
                    Add(own, field, join.Field(source, field, directive, isKeyField: false));
                }
            }
        }
    }

    private void ReadEntity(ObjectTypeDefinitionNode type, JoinTypes.Declaration[] declarations)
    {
        var own = parts[type.Name.Value];
        foreach (var group in declarations.GroupBy(declaration => declaration.Source))
        {
            own.Sources.Add(new TypeInSource
            {
                Source = group.Key,
                Interfaces = [.. type.Interfaces.Select(@interface => @interface.Name.Value)],
                Keys = [.. group.Where(it => it.Key is not null).Select(it => new EntityKey(it.Key!, IsResolvable: true))],
            });
            own.Lookups.AddRange(JoinTypes.LookupsOf(type.Name.Value, group));
            foreach (var @interface in type.Interfaces)
            {
                Found(group.Key, @interface.Name.Value);
            }
        }

        var owner = join.Applied(type.Directives, "owner").Select(join.GraphOf).FirstOrDefault();
        foreach (var field in type.Fields)
        {
            var directive = join.Applied(field.Directives, "field").FirstOrDefault();
            var source = (directive is null ? null : join.GraphOf(directive)) ?? owner;
            if (source is not null)
            {
                Add(own, field, directive is null ? JoinTypes.Plain(source, field) : join.Field(source, field, directive, isKeyField: false));
            }

            // every graph gives the keys that it declares
            var givers = own.Sources.Where(
                it => it.Source != source && it.Keys.Any(key => JoinTypes.Selects(key.Fields, field.Name.Value)));
            foreach (var giver in givers)
            {
                Add(own, field, JoinTypes.Plain(giver.Source, field));
            }
        }
    }

    private void AddValueType(SourceSchema source, TypeDefinitionNode type)
    {
        var own = parts[type.Name.Value];
        if (own.Sources.Any(it => it.Source == source))
        {
            return;
        }

        var interfaces = (type as ObjectTypeDefinitionNode)?.Interfaces ?? (type as InterfaceTypeDefinitionNode)?.Interfaces ?? [];
        own.Sources.Add(new TypeInSource
        {
            Source = source,
            Interfaces = [.. interfaces.Select(@interface => @interface.Name.Value)],
            PossibleTypes = [.. (type as UnionTypeDefinitionNode)?.Members.Select(member => member.Name.Value) ?? []],
            EnumValues = [.. (type as EnumTypeDefinitionNode)?.Values.Select(value => value.Name.Value) ?? []],
            InputFields = [.. (type as InputObjectTypeDefinitionNode)?.Fields.Select(field => field.Name.Value) ?? []],
        });
        foreach (var field in JoinTypes.FieldsOf(type))
        {
            Add(own, field, JoinTypes.Plain(source, field));
        }

        foreach (var name in MentionedBy(type))
        {
            Found(source, name);
        }
    }

    private IEnumerable<string> MentionedBy(TypeDefinitionNode type) => type switch
    {
        UnionTypeDefinitionNode union => union.Members.Select(member => member.Name.Value),
        InputObjectTypeDefinitionNode input => input.Fields.Select(field => NamedType(field.Type)),
        ObjectTypeDefinitionNode @object => @object.Interfaces.Select(@interface => @interface.Name.Value),
        InterfaceTypeDefinitionNode => types.Values.OfType<ObjectTypeDefinitionNode>()
            .Where(@object => @object.Interfaces.Any(it => it.Name.Value == type.Name.Value))
            .Select(@object => @object.Name.Value),
        _ => [],
    };

    private void Add(SupergraphTypeParts own, FieldDefinitionNode field, FieldInSource entry)
    {
        own.AddField(field.Name.Value, entry);
        Found(entry.Source, NamedType(field.Type));
        foreach (var argument in field.Arguments)
        {
            Found(entry.Source, NamedType(argument.Type));
        }
    }

    // An entity says itself which graphs have it.
    private void Found(SourceSchema source, string name)
    {
        if (types.TryGetValue(name, out var type) && join.TypesOf(type).IsEmpty)
        {
            found.Enqueue((source, name));
        }
    }

    private static string NamedType(TypeNode type) => type switch
    {
        NonNullTypeNode nonNull => NamedType(nonNull.Type),
        ListTypeNode list => NamedType(list.Type),
        _ => ((NamedTypeNode)type).Name.Value,
    };
}
