using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>Reads the canonical form that <see cref="CanonicalWriter"/> writes.</summary>
internal sealed class CanonicalReader(DocumentNode document)
{
    private readonly DirectiveReader reader = new(document.Source);
    private readonly Dictionary<string, SupergraphTypeParts> parts = new(StringComparer.Ordinal);
    private Dictionary<string, SourceSchema> sources = [];

    /// <param name="betweenParts">Called between parts of the work; null for nobody.</param>
    internal SupergraphResult Read(Action? betweenParts)
    {
        CanonicalDirectives.Checks.Check(document, reader);
        betweenParts?.Invoke();
        sources = ReadSources();
        var links = ReadLinks().ToArray();
        foreach (var type in document.Definitions.OfType<TypeDefinitionNode>().Where(type => IsGraphs(type.Name.Value)))
        {
            parts[type.Name.Value] = ReadType(type);
            betweenParts?.Invoke();
        }

        new SourceMembership(document, parts, reader).Check(CanonicalDirectives.Type);
        betweenParts?.Invoke();
        new NamedFields(document, reader).Check(
            type: [(CanonicalDirectives.Key, "fields"), (CanonicalDirectives.Lookup, "key")],
            field: [(CanonicalDirectives.Field, "requires")],
            below: [(CanonicalDirectives.Field, "provides")]);
        if (reader.HasErrors)
        {
            return new SupergraphResult(null, reader.Errors);
        }

        betweenParts?.Invoke();
        var graph = new DocumentFilter { KeepType = IsGraphs, KeepDirective = IsGraphs }.Apply(document, betweenParts);
        return SupergraphAssembler.Assemble(graph, [.. sources.Values.OrderBy(source => source.Ordinal)], parts, isChecked: true, links, betweenParts);
    }

    private IEnumerable<LinkedDirective> ReadLinks() =>
        from directive in Own([.. SupergraphFormats.SchemaDirectives(document)], CanonicalDirectives.Link)
        select new LinkedDirective(
            reader.RequiredText(directive, "directive"), reader.RequiredText(directive, "url"), reader.RequiredText(directive, "original"),
            DirectiveReader.Text(directive, "alias"));

    private static bool IsGraphs(string name) => !name.StartsWith(CanonicalDirectives.Prefix, StringComparison.Ordinal);

    private Dictionary<string, SourceSchema> ReadSources()
    {
        var result = new Dictionary<string, SourceSchema>(StringComparer.Ordinal);
        var values = SourceEnums.Values(document, CanonicalDirectives.SourceEnum, reader);
        foreach (var value in values)
        {
            if (Directives.Find(value.Directives, CanonicalDirectives.Source) is { } directive)
            {
                result[value.Name.Value] = ReadSource(result.Count, directive);
            }
            else
            {
                reader.Report(value, $"The source {value.Name} has no @{CanonicalDirectives.Source}.");
            }
        }

        SourceEnums.CheckNames(values, result, reader);
        return result;
    }

    private SourceSchema ReadSource(int ordinal, DirectiveNode directive)
    {
        var url = DirectiveReader.Text(directive, "url");
        Uri? address = null;
        if (url is not null && !Uri.TryCreate(url, UriKind.RelativeOrAbsolute, out address))
        {
            reader.Report(directive, $"\"{url}\" is no URL.");
        }

        var batching = SourceBatching.None;
        foreach (var name in DirectiveReader.Names(directive, "batching"))
        {
            batching |= name switch
            {
                "VARIABLES" => SourceBatching.Variables,
                "REQUESTS" => SourceBatching.Requests,
                "ALIASES" => SourceBatching.Aliases,
                _ => SourceBatching.None,
            };
        }

        return new SourceSchema
        {
            Ordinal = ordinal,
            Name = reader.RequiredText(directive, "name"),
            Url = address,
            Dialect = DirectiveReader.Names(directive, "dialect") is ["APOLLO"] ? SourceDialect.Apollo : SourceDialect.Composite,
            Batching = batching,
            Extensions = DirectiveReader.Text(directive, "extensions"),
            SupportsSubscriptions = DirectiveReader.Flag(directive, "subscriptions"),
            QueryTypeName = DirectiveReader.Text(directive, "query") ?? "Query",
            MutationTypeName = DirectiveReader.Text(directive, "mutation"),
            SubscriptionTypeName = DirectiveReader.Text(directive, "subscription"),
        };
    }

    // What a source has for all objects of an interface need not be said again of each.
    private bool IsInterfaceObjects(TypeDefinitionNode type, FieldDefinitionNode field) => SdlNodes.InterfacesOf(type).Any(name =>
        document.Definitions.OfType<TypeDefinitionNode>().FirstOrDefault(other => other.Name.Value == name.Name.Value) is { } other
        && Own(other.Directives, CanonicalDirectives.Type).Any(directive => DirectiveReader.Flag(directive, "interfaceObject"))
        && SdlNodes.FieldsOf(other).Any(own => own.Name.Value == field.Name.Value && Own(own.Directives, CanonicalDirectives.Field).Any()));

    private SupergraphTypeParts ReadType(TypeDefinitionNode type)
    {
        var result = new SupergraphTypeParts();
        foreach (var directive in Own(type.Directives, CanonicalDirectives.Type))
        {
            foreach (var source in In(directive))
            {
                if (result.Sources.Exists(it => it.Source == source))
                {
                    reader.Report(directive, $"{type.Name} names the source {source} twice.");
                    continue;
                }

                result.Sources.Add(ReadTypeIn(source, type) with { IsInterfaceObject = DirectiveReader.Flag(directive, "interfaceObject") });
            }
        }

        foreach (var directive in Own(type.Directives, CanonicalDirectives.Lookup))
        {
            if (ReadLookup(type.Name.Value, directive) is { } lookup)
            {
                result.Lookups.Add(lookup);
            }
        }

        foreach (var field in FieldsOf(type))
        {
            foreach (var directive in field.Directives)
            {
                if (directive.Name.Value == CanonicalDirectives.Field)
                {
                    ReadField(result, field, directive);
                }
            }

            if (Directives.Has(field.Directives, CanonicalDirectives.Node))
            {
                result.GatewayFields.Add(field.Name.Value);
            }
            else if (field.Directives.All(directive => IsGraphs(directive.Name.Value) || directive.Name.Value is CanonicalDirectives.CacheTag or CanonicalDirectives.CacheControl)
                && !IsInterfaceObjects(type, field))
            {
                reader.Report(field, $"Nothing says who has {type.Name}.{field.Name}: it needs @{CanonicalDirectives.Field}, or @{CanonicalDirectives.Node} where the gateway answers it.");
            }
        }

        return result;
    }

    private TypeInSource ReadTypeIn(SourceSchema source, TypeDefinitionNode type) => new()
    {
        Source = source,
        Interfaces = [.. Mentioning(source, type.Directives, CanonicalDirectives.Implements).Select(it => reader.RequiredText(it, "interface"))],
        Contexts = [.. Mentioning(source, type.Directives, CanonicalDirectives.Context).Select(it => reader.RequiredText(it, "name"))],
        CacheTags = CacheTags(source, type.Directives),
        CacheHint = CacheHint(source, type.Directives),
        PossibleTypes = [.. Mentioning(source, type.Directives, CanonicalDirectives.Member).Select(it => reader.RequiredText(it, "type"))],
        Keys =
        [
            .. Mentioning(source, type.Directives, CanonicalDirectives.Key)
                .Select(it => (Fields: reader.Fields(it, "fields"), IsResolvable: DirectiveReader.Flag(it, "resolvable", otherwise: true)))
                .Where(key => key.Fields is not null)
                .Select(key => new EntityKey(key.Fields!, key.IsResolvable)),
        ],
        EnumValues =
        [
            .. (type as EnumTypeDefinitionNode)?.Values
                .Where(value => Mentioning(source, value.Directives, CanonicalDirectives.Value).Any())
                .Select(value => value.Name.Value) ?? [],
        ],
        InputFields =
        [
            .. (type as InputObjectTypeDefinitionNode)?.Fields
                .Where(field => Mentioning(source, field.Directives, CanonicalDirectives.InputField).Any())
                .Select(field => field.Name.Value) ?? [],
        ],
    };

    private ImmutableArray<string> CacheTags(SourceSchema source, ImmutableArray<DirectiveNode> directives) =>
        [.. Mentioning(source, directives, CanonicalDirectives.CacheTag).Select(it => reader.RequiredText(it, "format"))];

    private CacheHint? CacheHint(SourceSchema source, ImmutableArray<DirectiveNode> directives) =>
        Mentioning(source, directives, CanonicalDirectives.CacheControl) is [var directive, ..] ? Supergraphs.CacheHint.Of(directive) : null;

    private Lookup? ReadLookup(string typeName, DirectiveNode directive)
    {
        var source = In(directive).FirstOrDefault();
        var key = reader.Fields(directive, "key");
        if (source is null || key is null)
        {
            return null;
        }

        var field = DirectiveReader.Text(directive, "field");
        return new Lookup
        {
            Source = source,
            Kind = field is null ? LookupKind.Representations : LookupKind.Field,
            Key = key,
            TypeName = DirectiveReader.Text(directive, "typeName") ?? typeName,
            Path = DirectiveReader.Names(directive, "path"),
            FieldName = field ?? "",
            Arguments = Mapped(directive, "arguments"),
            ReturnTypeName = field is null ? "" : DirectiveReader.Text(directive, "returns") ?? typeName,
            IsInternal = DirectiveReader.Flag(directive, "internal"),
            IsNonNull = DirectiveReader.Flag(directive, "nonNull"),
        };
    }

    private void ReadField(SupergraphTypeParts result, FieldDefinitionNode field, DirectiveNode directive)
    {
        var type = DirectiveReader.Text(directive, "type") is { } text ? reader.Type(directive, text) : field.Type;
        var selection = reader.Fields(directive, "requires");
        foreach (var source in In(directive))
        {
            result.AddField(field.Name.Value, new FieldInSource
            {
                Source = source,
                Type = type ?? field.Type,
                IsExternal = DirectiveReader.Flag(directive, "external"),
                Provides = reader.Fields(directive, "provides"),
                Requirement = selection is null ? null : new FieldRequirement(selection, Mapped(directive, "requiredArguments")),
                Override = DirectiveReader.Text(directive, "label") is { } label
                    ? new OverrideCondition(label, DirectiveReader.Flag(directive, "servesWhen", otherwise: true))
                    : null,
                ContextArguments = FromContext(directive),
                CacheTags = CacheTags(source, field.Directives),
                CacheHint = CacheHint(source, field.Directives),
                Arguments = directive.Argument("arguments") is null
                    ? [.. field.Arguments.Select(argument => argument.Name.Value)]
                    : DirectiveReader.Names(directive, "arguments"),
            });
        }
    }

    private ImmutableArray<MappedArgument> Mapped(DirectiveNode directive, string argument)
    {
        var result = ImmutableArray.CreateBuilder<MappedArgument>();
        foreach (var value in Entries(directive, argument))
        {
            if (Part(value, "name") is { } name && Part(value, "type") is { } typeText && Part(value, "map") is { } mapText)
            {
                if (reader.Type(directive, typeText) is { } type && reader.Map(directive, mapText) is { } map)
                {
                    result.Add(new MappedArgument(name, type, map) { StrictFields = StrictFields(directive, value) });
                }
            }
            else
            {
                reader.Report(directive, $"An entry of \"{argument}\" needs name, type and map.");
            }
        }

        return result.DrainToImmutable();
    }

    private ImmutableArray<MappedField> StrictFields(DirectiveNode directive, ValueNode argument)
    {
        var result = ImmutableArray.CreateBuilder<MappedField>();
        var texts = (argument as ObjectValueNode)?.Fields.FirstOrDefault(field => field.Name.Value == "strictFields")?.Value is ListValueNode list ? list.Values : [];
        foreach (var text in texts)
        {
            if (text is StringValueNode { Value: var line } && line.Split(": ") is [var path, var typeText])
            {
                if (reader.Type(directive, typeText) is { } type)
                {
                    result.Add(new MappedField(path, type));
                }
            }
            else
            {
                reader.Report(directive, "An entry of \"strictFields\" needs a path and a type, such as \"item.id: ID!\".");
            }
        }

        return result.DrainToImmutable();
    }

    private ImmutableArray<ContextArgument> FromContext(DirectiveNode directive)
    {
        var result = ImmutableArray.CreateBuilder<ContextArgument>();
        foreach (var value in Entries(directive, "contextArguments"))
        {
            if (Part(value, "name") is { } name && Part(value, "type") is { } typeText
                && Part(value, "context") is { } context && Part(value, "selection") is { } selectionText)
            {
                if (reader.Type(directive, typeText) is { } type && reader.Selection(directive, selectionText) is { } selection)
                {
                    result.Add(new ContextArgument(name, type, context, selection));
                }
            }
            else
            {
                reader.Report(directive, "An entry of \"contextArguments\" needs name, type, context and selection.");
            }
        }

        return result.DrainToImmutable();
    }

    private static ImmutableArray<ValueNode> Entries(DirectiveNode directive, string argument) => directive.Argument(argument) switch
    {
        ListValueNode list => list.Values,
        { } value => [value],
        null => [],
    };

    private static string? Part(ValueNode entry, string name) => (entry as ObjectValueNode)?.Fields
        .Select(field => field.Name.Value == name ? (field.Value as StringValueNode)?.Value : null)
        .FirstOrDefault(text => text is not null);

    // PERF: asked of each member for each of its sources, and most have none: nothing is made then.
    private ImmutableArray<DirectiveNode> Mentioning(SourceSchema source, ImmutableArray<DirectiveNode> directives, string name)
    {
        ImmutableArray<DirectiveNode>.Builder? found = null;
        foreach (var directive in directives)
        {
            if (directive.Name.Value == name && In(directive).Contains(source))
            {
                (found ??= ImmutableArray.CreateBuilder<DirectiveNode>()).Add(directive);
            }
        }

        return found?.DrainToImmutable() ?? [];
    }

    private ImmutableArray<SourceSchema> In(DirectiveNode directive)
    {
        var names = DirectiveReader.Names(directive, "in");
        var result = ImmutableArray.CreateBuilder<SourceSchema>(names.Length);
        foreach (var name in names)
        {
            if (sources.TryGetValue(name, out var source))
            {
                result.Add(source);
            }
            else
            {
                reader.Report(directive, $"The source {name} is not listed in {CanonicalDirectives.SourceEnum}.");
            }
        }

        return result.DrainToImmutable();
    }

    private static IEnumerable<DirectiveNode> Own(ImmutableArray<DirectiveNode> directives, string name) =>
        directives.Where(directive => directive.Name.Value == name);

    private static ImmutableArray<FieldDefinitionNode> FieldsOf(TypeDefinitionNode type) => type switch
    {
        ObjectTypeDefinitionNode @object => @object.Fields,
        InterfaceTypeDefinitionNode @interface => @interface.Fields,
        _ => [],
    };
}
