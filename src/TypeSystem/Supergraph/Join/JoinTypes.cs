using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// Reads <c>@join__type</c>, <c>@join__implements</c>, <c>@join__unionMember</c>, <c>@join__enumValue</c> and <c>@join__field</c> of
/// join 0.2 to 0.5. A member without a directive of its own is served by all graphs of its type.
/// </summary>
internal sealed class JoinTypes(
    DocumentNode document, DirectiveReader reader, JoinFeatures features, IReadOnlyDictionary<string, SourceSchema> graphs)
{
    private readonly string prefix = features.JoinPrefix;

    // The graphs that only extend a type (Federation 1).
    private readonly HashSet<(int Source, SupergraphTypeParts Type)> extensions = [];

    /// <param name="betweenParts">Called between types; null for nobody.</param>
    internal Dictionary<string, SupergraphTypeParts> Read(Action? betweenParts)
    {
        var parts = new Dictionary<string, SupergraphTypeParts>(StringComparer.Ordinal);
        var types = document.Definitions.OfType<TypeDefinitionNode>().ToArray();
        foreach (var type in types)
        {
            parts.TryAdd(type.Name.Value, new SupergraphTypeParts());
        }

        foreach (var type in types)
        {
            var own = parts[type.Name.Value];
            foreach (var group in TypesOf(type).GroupBy(declaration => declaration.Source))
            {
                if (group.Any(declaration => declaration.IsExtension))
                {
                    extensions.Add((group.Key.Ordinal, own));
                }

                own.Sources.Add(TypeIn(group.Key, type, group, types));
                own.Lookups.AddRange(LookupsOf(type.Name.Value, group));
            }

            foreach (var field in FieldsOf(type))
            {
                ReadField(own, field);
            }

            betweenParts?.Invoke();
        }

        return parts;
    }

    /// <summary>One <c>@join__type</c>.</summary>
    internal sealed record Declaration(
        SourceSchema Source, SelectionSetNode? Key, bool IsExtension, bool IsResolvable, bool IsInterfaceObject);

    internal static ImmutableArray<FieldDefinitionNode> FieldsOf(DefinitionNode type) => type switch
    {
        ObjectTypeDefinitionNode @object => @object.Fields,
        InterfaceTypeDefinitionNode @interface => @interface.Fields,
        _ => [],
    };

    internal static IEnumerable<Lookup> LookupsOf(string typeName, IEnumerable<Declaration> declarations) =>
        from declaration in declarations
        where declaration is { Key: not null, IsResolvable: true }
        select new Lookup
        {
            Source = declaration.Source,
            Kind = LookupKind.Representations,
            Key = declaration.Key!,
            TypeName = typeName,
        };

    internal IEnumerable<DirectiveNode> Applied(ImmutableArray<DirectiveNode> directives, string name) =>
        directives.Where(directive => directive.Name.Value == $"{prefix}__{name}");

    internal ImmutableArray<Declaration> TypesOf(TypeDefinitionNode type) =>
        [
            .. (from directive in Applied(type.Directives, "type")
            let source = GraphOf(directive)
            where source is not null
            select new Declaration(
                source,
                reader.Fields(directive, "key"),
                DirectiveReader.Flag(directive, "extension"),
                DirectiveReader.Flag(directive, "resolvable", otherwise: true),
                DirectiveReader.Flag(directive, "isInterfaceObject")))
                // What is said twice is said once.
                .DistinctBy(it => (it.Source, it.Key is null ? null : Syntax.Fields(it.Key), it.IsExtension, it.IsResolvable, it.IsInterfaceObject)),
        ];

    /// <summary>The graph that a directive names; null when it names none (a field that only an interface object serves).</summary>
    internal SourceSchema? GraphOf(DirectiveNode directive)
    {
        if (DirectiveReader.Names(directive, "graph") is not [var name])
        {
            return null;
        }

        if (graphs.TryGetValue(name, out var source))
        {
            return source;
        }

        reader.Report(directive, $"The graph {name} is not listed in {prefix}__Graph.");
        return null;
    }

    /// <summary>What a <c>@join__field</c> says.</summary>
    internal FieldInSource Field(SourceSchema source, FieldDefinitionNode field, DirectiveNode directive, bool isKeyField)
    {
        var requires = reader.Fields(directive, "requires");
        var label = DirectiveReader.Text(directive, "overrideLabel");
        // Without a label the overridden field is only there for keys, requirements and interfaces, and not to be asked for.
        var isOverridden = label is null && DirectiveReader.Flag(directive, "usedOverridden");
        return Plain(source, field) with
        {
            Type = DirectiveReader.Text(directive, "type") is { } type ? reader.Type(directive, type) ?? field.Type : field.Type,
            IsExternal = (DirectiveReader.Flag(directive, "external") || isOverridden) && !isKeyField,
            Provides = reader.Fields(directive, "provides"),
            Requirement = requires is null ? null : new FieldRequirement(requires, []),
            ContextArguments = ContextArguments(directive),
            CacheTags = CacheTags(source, field.Directives),
            Override = label is null ? null : new OverrideCondition(label, ServesWhen: directive.Argument("override") is not null),
        };
    }

    internal static FieldInSource Plain(SourceSchema source, FieldDefinitionNode field) => new()
    {
        Source = source,
        Type = field.Type,
        Arguments = [.. field.Arguments.Select(argument => argument.Name.Value)],
    };

    internal static bool Selects(SelectionSetNode? selection, string field) =>
        selection is not null && selection.Selections.OfType<FieldNode>().Any(node => node.Name.Value == field);

    private void ReadField(SupergraphTypeParts own, FieldDefinitionNode field)
    {
        var applied = Applied(field.Directives, "field").ToArray();
        if (applied.Length == 0)
        {
            foreach (var type in own.Sources)
            {
                own.AddField(field.Name.Value, Plain(type.Source, field) with { CacheTags = CacheTags(type.Source, field.Directives) });
            }

            return;
        }

        foreach (var directive in applied)
        {
            if (GraphOf(directive) is { } source)
            {
                own.AddField(field.Name.Value, Field(source, field, directive, GivesAsKey(own, source, field.Name.Value, directive)));
            }
        }
    }

    // A graph gives the key fields of an entity that it refers to. Only an extension (Federation 1) may call them external,
    // and an overridden one is still right where it is a key.
    private bool GivesAsKey(SupergraphTypeParts own, SourceSchema source, string field, DirectiveNode directive) =>
        own.Sources.Any(type => type.Source == source && type.Keys.Any(key => Selects(key.Fields, field)))
        && (DirectiveReader.Flag(directive, "usedOverridden") || extensions.Contains((source.Ordinal, own)));

    private TypeInSource TypeIn(
        SourceSchema source, TypeDefinitionNode type, IEnumerable<Declaration> declarations, TypeDefinitionNode[] types)
    {
        var list = declarations.ToArray();
        return new TypeInSource
        {
            Source = source,
            IsInterfaceObject = list.Any(declaration => declaration.IsInterfaceObject),
            Keys =
            [
                .. list.Where(declaration => declaration.Key is not null)
                    .Select(declaration => new EntityKey(declaration.Key!, declaration.IsResolvable)),
            ],
            Interfaces =
            [
                .. Applied(type.Directives, "implements").Where(it => GraphOf(it) == source).Select(it => reader.RequiredText(it, "interface")),
            ],
            CacheTags = CacheTags(source, type.Directives),
            Contexts = Contexts(source, type.Directives),
            PossibleTypes = type is UnionTypeDefinitionNode union ? Members(source, union, types) : [],
            EnumValues = type is EnumTypeDefinitionNode @enum ? EnumValues(source, @enum) : [],
            InputFields = type is InputObjectTypeDefinitionNode input ? InputFields(source, input) : [],
        };
    }

    // A context belongs to one graph, by whose name its own begins.
    private ImmutableArray<string> Contexts(SourceSchema source, ImmutableArray<DirectiveNode> directives) =>
        [
            .. from directive in directives
            where directive.Name.Value == features.ContextPrefix
            let name = ContextName(reader.RequiredText(directive, "name"))
            where name.Graph == source.Name
            select name.Context,
        ];

    private static (string Graph, string Context) ContextName(string text)
    {
        var at = text.LastIndexOf("__", StringComparison.Ordinal);
        return at < 0 ? ("", text) : (text[..at], text[(at + 2)..]);
    }

    private ImmutableArray<ContextArgument> ContextArguments(DirectiveNode directive)
    {
        var result = ImmutableArray.CreateBuilder<ContextArgument>();
        foreach (var entry in (directive.Argument("contextArguments") as ListValueNode)?.Values ?? [])
        {
            string? Part(string name) =>
                ((entry as ObjectValueNode)?.Fields.FirstOrDefault(field => field.Name.Value == name)?.Value as StringValueNode)?.Value;
            if (Part("name") is { } name && Part("type") is { } typeText && Part("context") is { } context && Part("selection") is { } selectionText)
            {
                if (reader.Type(directive, typeText) is { } type && reader.Selection(directive, selectionText) is { } selection)
                {
                    result.Add(new ContextArgument(name, type, ContextName(context).Context, selection));
                }
            }
            else
            {
                reader.Report(directive, "An entry of \"contextArguments\" needs name, type, context and selection.");
            }
        }

        return result.DrainToImmutable();
    }

    private ImmutableArray<string> CacheTags(SourceSchema source, ImmutableArray<DirectiveNode> directives) =>
        [
            .. from directive in Applied(directives, "directive")
            where DirectiveReader.Text(directive, "name") is "federation__cacheTag" or "cacheTag"
                && DirectiveReader.Names(directive, "graphs").Any(graph => graphs.GetValueOrDefault(graph) == source)
            let format = ((directive.Argument("args") as ObjectValueNode)?.Fields.FirstOrDefault(field => field.Name.Value == "format")?.Value as StringValueNode)?.Value
            where format is not null
            select format,
        ];

    private ImmutableArray<string> Members(SourceSchema source, UnionTypeDefinitionNode union, TypeDefinitionNode[] types)
    {
        var said = Applied(union.Directives, "unionMember").ToArray();
        if (said.Length > 0)
        {
            return [.. said.Where(it => GraphOf(it) == source).Select(it => reader.RequiredText(it, "member"))];
        }

        // Before join 0.3 nothing says it: the members that the graph has.
        return
        [
            .. from member in union.Members
            from type in types
            where type.Name.Value == member.Name.Value && TypesOf(type).Any(declaration => declaration.Source == source)
            select member.Name.Value,
        ];
    }

    private ImmutableArray<string> EnumValues(SourceSchema source, EnumTypeDefinitionNode type) =>
        [
            .. from value in type.Values
            let said = Applied(value.Directives, "enumValue").ToArray()
            where said.Length == 0 || said.Any(it => GraphOf(it) == source)
            select value.Name.Value,
        ];

    private ImmutableArray<string> InputFields(SourceSchema source, InputObjectTypeDefinitionNode type) =>
        [
            .. from field in type.Fields
            let said = Applied(field.Directives, "field").ToArray()
            where said.Length == 0 || said.Any(it => GraphOf(it) == source)
            select field.Name.Value,
        ];
}
