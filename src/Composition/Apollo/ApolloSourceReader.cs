using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Reads a source of the Apollo Federation dialect, version 1 or 2, into the model that both dialects share. The directives of linked
/// specifications get the names that the specifications give them, and root types the names <c>Query</c>, <c>Mutation</c> and
/// <c>Subscription</c>, whatever the source calls them.
/// </summary>
internal static class ApolloSourceReader
{
    /// <summary>The model, or null when the schema is no schema or uses what is not supported; then there are problems.</summary>
    internal static SourceModel? Read(SourceInput input, int ordinal, ImmutableArray<DocumentNode> documents, ProblemSink problems)
    {
        var own = problems.Part();
        SourceLinks links;
        Schema? schema;
        try
        {
            var features = LinkReader.Read(input, documents, own);
            var applied = documents.SelectMany(document => document.Definitions.OfType<SchemaDefinitionNode>()).SelectMany(it => it.Directives);
            links = new SourceLinks(features, LinkReader.LinkName([.. applied]), documents);
            schema = own.HasErrors ? null : Build(input, documents, links, own);
        }
        finally
        {
            problems.AddAll(own);
        }

        return schema is null ? null : ReadModel(input, ordinal, schema, links, documents);
    }

    private static Schema? Build(SourceInput input, ImmutableArray<DocumentNode> documents, SourceLinks links, ProblemSink problems)
    {
        UnknownDirectives.Check(input, documents, links, problems);
        UnlinkedAccess.Warn(input, documents, links, problems);
        var roots = new RenamedRoots(documents);
        roots.Check(input, documents, problems);
        var checkedDocuments = documents.Select(document => OwnDefinitions.Check(input.Name, document, links, problems)).ToArray();
        if (problems.HasErrors)
        {
            return null;
        }

        // A source's Query always has _service; without further fields it need not be written.
        var queries = documents.SelectMany(document => document.Definitions).OfType<ObjectTypeDefinitionNode>()
            .Where(type => roots.NameOf(type.Name.Value) == "Query")
            .ToArray();
        var isQueryEmpty = queries.Length > 0 && queries.All(type => type.Fields.IsEmpty);
        if (isQueryEmpty)
        {
            CheckLeftOut(input, documents, queries, links, problems);
        }

        var filter = new DocumentFilter
        {
            DirectiveName = links.InternalName,
            TypeName = roots.NameOf,
            KeepType = name => !(isQueryEmpty && roots.NameOf(name) == "Query"),
        };
        var machinery = new DocumentFilter { KeepField = (type, field) => !(type == "Query" && field is "_entities" or "_service") };
        var built = SchemaBuilder.Build(
            [.. checkedDocuments.Select(document => links.IsFederation1 ? machinery.Apply(filter.Apply(document)) : filter.Apply(document))],
            new SchemaBuilderOptions
            {
                AllowMissingQuery = true,
                AllowUnknownDirectives = true,
                ExtensionsMayDefine = true,
                AllowLegacySchemas = true,
                Prelude = links.Prelude(),
                BetweenParts = problems.Cancellation.ThrowIfCancellationRequested,
            });
        if (built.Schema is null)
        {
            SourceSchemas.ReportInvalid(input, built.Errors, problems);
            return null;
        }

        problems.Cancellation.ThrowIfCancellationRequested();
        ArgumentValues.Check(input, built.Schema, problems);
        return problems.HasErrors ? null : built.Schema;
    }

    // What is left out no rule looks at later.
    private static void CheckLeftOut(
        SourceInput input, ImmutableArray<DocumentNode> documents, ObjectTypeDefinitionNode[] queries, SourceLinks links, ProblemSink problems)
    {
        var applied = queries.SelectMany(type => type.Directives).ToLookup(directive => links.InternalName(directive.Name.Value), StringComparer.Ordinal);
        Place At(SyntaxNode node) => new(
            input.Name,
            documents.First(document => document.Definitions.OfType<ObjectTypeDefinitionNode>().Any(it => it == node || it.Directives.Contains(node))).Source,
            node.Start);
        foreach (var key in applied["key"])
        {
            problems.Error(
                ProblemCode.KeyInvalidFields,
                $"{Printer.Print(key)} is on Query, which has no field in {input.Name}.",
                "Remove the @key.",
                At(key));
        }

        // Federation 1 never acted on the mark of a whole type.
        if (!links.IsFederation1 && applied["external"].FirstOrDefault() is { } external)
        {
            problems.Error(
                ProblemCode.ExternalUnused,
                $"Query is @external and has no field in {input.Name} that another source could resolve.",
                "Remove @external.",
                At(external));
        }

        if (applied.Contains("interfaceObject") && !applied.Contains("key"))
        {
            ApolloSourceRules.InterfaceObjectWithoutKey("Query", input.Name, At(queries[0]), problems);
        }
    }

    private static SourceModel ReadModel(
        SourceInput input, int ordinal, Schema schema, SourceLinks links, ImmutableArray<DocumentNode> documents)
    {
        var roots = new RenamedRoots(documents);
        var model = new SourceModel
        {
            Input = input,
            Schema = schema,
            Source = roots.Describe(
                SourceSchemas.Describe(input, ordinal, SourceDialect.Apollo, schema, input.Settings.Batching ?? SourceBatching.Aliases)),
            IsFederation1 = links.IsFederation1,
            Links = links,
            UsedDirectives = DirectivesIn.Definitions(documents.SelectMany(document => document.Definitions))
                .Select(directive => directive.Name.Value)
                .Distinct()
                .Select(links.InternalName)
                .ToHashSet(StringComparer.Ordinal),
            SchemaDirectives =
            [
                .. from document in documents
                from definition in document.Definitions.OfType<SchemaDefinitionNode>()
                from directive in definition.Directives
                let name = new NameNode(links.InternalName(directive.Name.Value), directive.Name.Start)
                select (new DirectiveNode(directive.Start, directive.End, name, directive.Arguments),
                    new Place(input.Name, document.Source, directive.Start)),
            ],
        };
        ImmutableArray<string> prefixes =
            [.. links.Features.Where(feature => !KnownFeatures.Of(feature.Url).IsDefault).Select(feature => feature.Alias + "__")];
        foreach (var type in schema.Types.Where(type => !type.IsBuiltIn && !IsMachinery(type.Name, links, prefixes)))
        {
            var read = ReadType(model, type);
            if (type is not ComplexType || read.Fields.Count > 0)
            {
                model.Types.Add(type.Name, read);
            }
        }

        KeyFieldMarks.Set(model);
        ApolloMarks.Set(model);
        return model;
    }

    // Types that belong to the protocol between gateway and source, or to a specification, and not to the graph.
    private static bool IsMachinery(string typeName, SourceLinks links, ImmutableArray<string> prefixes) =>
        typeName is "_Any" or "_Entity" or "_Service"
        || links.Types.ContainsKey(typeName)
        || prefixes.Any(prefix => typeName.StartsWith(prefix, StringComparison.Ordinal));

    private static SourceType ReadType(SourceModel model, NamedType definition)
    {
        var type = new SourceType(model, definition.Name, definition)
        {
            IsInaccessible = Directives.Has(definition.Directives, "inaccessible"),
            IsInterfaceObject = definition is ObjectType && Directives.Has(definition.Directives, "interfaceObject"),
        };
        foreach (var directive in definition.Directives)
        {
            switch (directive.Name.Value)
            {
                case "key":
                    AddKey(type, directive);
                    break;
                case "context" when directive.Argument("name") is StringValueNode name:
                    type.Contexts.Add(new ContextUse(name.Value, type.PlaceOf(directive)));
                    break;
            }
        }

        foreach (var field in (definition as ComplexType)?.Fields ?? [])
        {
            if (!(definition.Name == "Query" && field.Name is "_entities" or "_service"))
            {
                type.Fields.Add(field.Name, ReadField(type, field));
            }
        }

        return type;
    }

    private static void AddKey(SourceType type, DirectiveNode directive)
    {
        var use = new FieldSetUse(directive, type.PlaceOf(directive), onlyText: !type.Model.IsFederation1);
        type.KeyUses.Add(use);
        if (use.Fields is not null)
        {
            type.Keys.Add(new SourceKey(use.Fields, directive.Argument("resolvable") is not BooleanValueNode { Value: false }, use.Place));
        }
    }

    private static SourceField ReadField(SourceType type, FieldDefinition definition)
    {
        var model = type.Model;
        FieldSetUse? FieldSet(string name) => Directives.Find(definition.Directives, name) is { } directive
            ? new FieldSetUse(directive, model.At(definition.Origin, directive.Start), onlyText: !model.IsFederation1)
            : null;

        var @override = Directives.Find(definition.Directives, "override");
        var field = new SourceField(type, definition)
        {
            IsExternal = Directives.Has(definition.Directives, "external")
                // Federation 1 never acted on the mark of a whole type.
                || !model.IsFederation1 && Directives.Has(type.Definition.Directives, "external"),
            IsInaccessible = Directives.Has(definition.Directives, "inaccessible"),
            Provides = FieldSet("provides"),
            Requires = FieldSet("requires"),
            Override = @override?.Argument("from") is StringValueNode from
                ? new OverrideUse(
                    from.Value,
                    (@override.Argument("label") as StringValueNode)?.Value,
                    model.At(definition.Origin, @override.Start))
                : null,
        };
        foreach (var argument in definition.Arguments)
        {
            if (Directives.Find(argument.Directives, "fromContext") is { } directive)
            {
                field.AddContextArgument(
                    argument.Name, ContextRules.Parse(directive, model.At(argument.Origin, directive.Start)));
            }
        }

        return field;
    }
}
