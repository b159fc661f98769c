using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// Reads an execution schema of HotChocolate Fusion 16 (<c>gateway.graphqls</c>): the composed schema with <c>@fusion__type</c>,
/// <c>@fusion__field</c>, <c>@fusion__lookup</c> and so on, whose sources are the values of the enum <c>fusion__Schema</c>.
/// </summary>
/// <param name="document">The execution schema.</param>
/// <param name="settings">What the archive's settings say about a source, by its name; null where there is no archive.</param>
internal sealed class FusionReader(DocumentNode document, IReadOnlyDictionary<string, FusionSourceSettings>? settings)
{
    private readonly DirectiveReader reader = new(document.Source);

    /// <param name="betweenParts">Called between parts of the work; null for nobody.</param>
    internal SupergraphResult Read(Action? betweenParts)
    {
        FusionDirectives.Checks.Check(document, reader);
        betweenParts?.Invoke();
        var sources = ReadSources();
        RefuseUnknown();
        if (reader.HasErrors)
        {
            return new SupergraphResult(null, reader.Errors);
        }

        var parts = new FusionTypes(document, reader, sources).Read(betweenParts);
        new SourceMembership(document, parts, reader).Check(FusionDirectives.Type);
        if (reader.HasErrors)
        {
            return new SupergraphResult(null, reader.Errors);
        }

        betweenParts?.Invoke();
        var graph = new DocumentFilter
        {
            KeepType = name => !FusionDirectives.IsOwn(name),
            RewriteDirectives = FusionCosts.Merge,
            KeepDirective = name => !FusionDirectives.IsOwn(name) || name == FusionDirectives.Inaccessible,
            DirectiveName = name => name == FusionDirectives.Inaccessible ? WellKnownDirectives.Inaccessible : name,
        }.Apply(document, betweenParts);
        return SupergraphAssembler.Assemble(graph, [.. sources.Values.OrderBy(source => source.Ordinal)], parts, isChecked: false, betweenParts: betweenParts);
    }

    private Dictionary<string, SourceSchema> ReadSources()
    {
        var result = new Dictionary<string, SourceSchema>(StringComparer.Ordinal);
        var values = SourceEnums.Values(document, FusionDirectives.SchemaEnum, reader);
        foreach (var value in values)
        {
            var metadata = Directives.Find(value.Directives, FusionDirectives.SchemaMetadata);
            var name = metadata is null ? value.Name.Value : reader.RequiredText(metadata, "name");
            var isApollo = metadata is not null && DirectiveReader.Text(metadata, "kind") == "ApolloFederation";
            var own = settings?.GetValueOrDefault(name);
            result[value.Name.Value] = new SourceSchema
            {
                Ordinal = result.Count,
                Name = name,
                Url = own?.Url,
                Dialect = isApollo ? SourceDialect.Apollo : SourceDialect.Composite,
                Batching = own?.Batching(isApollo) ?? SourceBatching.Aliases,
                SupportsSubscriptions = Has("Subscription", value.Name.Value) && own?.SupportsSubscriptions != false,
                MutationTypeName = Has("Mutation", value.Name.Value) ? "Mutation" : null,
                SubscriptionTypeName = Has("Subscription", value.Name.Value) ? "Subscription" : null,
            };
        }

        SourceEnums.CheckNames(values, result, reader);
        return result;
    }

    private bool Has(string typeName, string schema) => document.Definitions.OfType<ObjectTypeDefinitionNode>().Any(type =>
        type.Name.Value == typeName && type.Directives.Any(directive =>
            directive.Name.Value == FusionDirectives.Type && DirectiveReader.Names(directive, "schema").Contains(schema)));

    private void RefuseUnknown()
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var directive in DirectivesIn.Definitions(document.Definitions))
        {
            var name = directive.Name.Value;
            if (FusionDirectives.IsOwn(name) && !FusionDirectives.Understood.Contains(name) && reported.Add(name))
            {
                reader.Report(directive, $"The execution schema uses @{name}, which this version does not know; because it can guard data or "
                    + "change what a field means, it cannot be ignored.");
            }
        }
    }
}
