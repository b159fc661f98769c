using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// Reads a supergraph that Apollo's composition made (<see href="https://specs.apollo.dev/join/v0.5">join</see> 0.1 to 0.5).
/// The keys of <c>@join__type</c> become lookups by <c>_entities</c>.
/// </summary>
internal sealed class JoinReader(DocumentNode document, string version)
{
    private readonly DirectiveReader reader = new(document.Source);

    /// <param name="betweenParts">Called between parts of the work; null for nobody.</param>
    internal SupergraphResult Read(Action? betweenParts)
    {
        var features = JoinFeatures.Read(document, reader);
        JoinDefinitions.Checks.Check(document, reader, features.JoinPrefix + "__");
        betweenParts?.Invoke();
        var graphs = ReadGraphs(features.JoinPrefix);
        if (reader.HasErrors)
        {
            return new SupergraphResult(null, reader.Errors);
        }

        var types = new JoinTypes(document, reader, features, graphs);
        var parts = version == "0.1" ? new JoinV01Types(document, types, graphs).Read() : types.Read(betweenParts);
        betweenParts?.Invoke();
        RefuseUnsupported(features.JoinPrefix);
        new SourceMembership(document, parts, reader).Check(features.JoinPrefix + "__type");
        var field = features.JoinPrefix + "__field";
        new NamedFields(document, reader).Check(type: [(features.JoinPrefix + "__type", "key")], field: [(field, "requires")], below: [(field, "provides")]);
        if (reader.HasErrors)
        {
            return new SupergraphResult(null, reader.Errors);
        }

        betweenParts?.Invoke();
        var graph = new DocumentFilter
        {
            KeepType = name => !IsPlumbing(name, features) && !features.IsOfSpecification(name),
            KeepDirective = name => !features.IsLink(name) && name != features.ContextPrefix && !IsPlumbing(name, features),
            // Apollo's definitions differ in what they take (@cost a whole number); from here on there is one form.
            KeepDirectiveDefinition = name => !WellKnownDirectives.IsOne(features.OriginalName(name)),
            RewriteDirectives = directives => [.. directives.Select(directive => WithTextWeight(directive, features.OriginalName(directive.Name.Value)))],
            DirectiveName = features.OriginalName,
        }.Apply(document, betweenParts);
        InterfaceObjects.Spread(graph, parts);
        return SupergraphAssembler.Assemble(graph, [.. graphs.Values.OrderBy(source => source.Ordinal)], parts, isChecked: false, features.Linked, betweenParts);
    }

    private static DirectiveNode WithTextWeight(DirectiveNode directive, string name) =>
        name == WellKnownDirectives.Cost && directive.Argument("weight") is IntValueNode weight
            ? Syntax.Directive(directive.Name.Value, ("weight", Syntax.String(weight.Value)))
            : directive;

    private static bool IsPlumbing(string name, JoinFeatures features) =>
        name.StartsWith(features.JoinPrefix + "__", StringComparison.Ordinal)
        || features.ContextPrefix is { } context && name.StartsWith(context + "__", StringComparison.Ordinal)
        || name.StartsWith("link__", StringComparison.Ordinal)
        || name.StartsWith("core__", StringComparison.Ordinal)
        // The scalars of @policy and @requiresScopes.
        || name is "policy__Policy" or "requiresScopes__Scope" or "federation__Policy" or "federation__Scope";

    private Dictionary<string, SourceSchema> ReadGraphs(string prefix)
    {
        var result = new Dictionary<string, SourceSchema>(StringComparer.Ordinal);
        var values = SourceEnums.Values(document, prefix + "__Graph", reader);
        foreach (var value in values)
        {
            if (Directives.Find(value.Directives, prefix + "__graph") is { } directive)
            {
                result[value.Name.Value] = ReadGraph(result.Count, value.Name.Value, directive, prefix);
            }
            else
            {
                reader.Report(value, $"The graph {value.Name} has no @{prefix}__graph.");
            }
        }

        SourceEnums.CheckNames(values, result, reader);
        return result;
    }

    private SourceSchema ReadGraph(int ordinal, string enumValue, DirectiveNode directive, string prefix)
    {
        var url = DirectiveReader.Text(directive, "url");
        Uri? address = null;
        if (!string.IsNullOrEmpty(url) && !Uri.TryCreate(url, UriKind.RelativeOrAbsolute, out address))
        {
            reader.Report(directive, $"\"{url}\" is no URL.");
        }

        var roots = document.Definitions.OfType<SchemaDefinitionNode>().SelectMany(schema => schema.OperationTypes).ToArray();
        string? Root(OperationType operation) => roots
            .Where(root => root.Operation == operation && Mentions(root.Type.Name.Value, enumValue, prefix))
            .Select(root => root.Type.Name.Value)
            .FirstOrDefault();

        return new SourceSchema
        {
            Ordinal = ordinal,
            Name = reader.RequiredText(directive, "name"),
            Url = address,
            Dialect = SourceDialect.Apollo,
            QueryTypeName = Root(OperationType.Query) ?? "Query",
            MutationTypeName = Root(OperationType.Mutation),
            SubscriptionTypeName = Root(OperationType.Subscription),
            SupportsSubscriptions = Root(OperationType.Subscription) is not null,
        };
    }

    // join 0.1 does not say it at the type, only at its fields
    private bool Mentions(string typeName, string graph, string prefix)
    {
        bool Says(DirectiveNode directive) =>
            directive.Name.Value.StartsWith(prefix + "__", StringComparison.Ordinal)
            && DirectiveReader.Names(directive, "graph").Contains(graph);

        return document.Definitions.OfType<ObjectTypeDefinitionNode>()
            .Where(type => type.Name.Value == typeName)
            .Any(type => type.Directives.Any(Says) || type.Fields.Any(field => field.Directives.Any(Says)));
    }

    private void RefuseUnsupported(string prefix)
    {
        var applied = document.Definitions.OfType<TypeSystemNode>().SelectMany(node => node.Directives).Concat(
            document.Definitions.SelectMany(node => JoinTypes.FieldsOf(node)).SelectMany(field => field.Directives));
        foreach (var directive in applied)
        {
            if (directive.Name.Value == prefix + "__directive" && DirectiveReader.Text(directive, "name") is "connect" or "source")
            {
                reader.Report(
                    directive,
                    $"The supergraph uses connectors (@{DirectiveReader.Text(directive, "name")}), which this version does not run.");
            }
        }
    }
}
