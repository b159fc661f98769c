using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Reads a source of the Apollo Federation dialect, version 1 or 2, into the model that both dialects share. Federation 1 is read with
/// its implicit semantics: an extension is as good as a definition, and fields may be shared.
/// </summary>
internal static class ApolloSourceReader
{
    /// <summary>The model, or null when the schema is no schema or uses what is not supported; then there are problems.</summary>
    internal static SourceModel? Read(SourceInput input, int ordinal, ImmutableArray<DocumentNode> documents, ProblemSink problems)
    {
        var link = FederationLink.Read(input, documents, problems);
        if (!CheckDirectives(input, documents, link, problems))
        {
            return null;
        }

        var filter = new DocumentFilter
        {
            KeepDirective = name => name is not "core",
            DirectiveName = name => link.OriginalName(name) ?? name,
        };
        var built = SchemaBuilder.Build(
            [.. documents.Select(document => WithoutFederationDefinitions(filter.Apply(document), link))],
            new SchemaBuilderOptions
            {
                AllowMissingQuery = true,
                AllowUnknownDirectives = true,
                ExtensionsMayDefine = true,
                AllowLegacySchemas = true,
                Prelude = ApolloPrelude.Document,
            });
        if (built.Schema is null)
        {
            SourceSchemas.ReportInvalid(input, built.Errors, problems);
            return null;
        }

        return ReadModel(input, ordinal, built.Schema, link);
    }

    private static SourceModel ReadModel(SourceInput input, int ordinal, Schema schema, FederationLink link)
    {
        var model = new SourceModel
        {
            Input = input,
            Schema = schema,
            Source = SourceSchemas.Describe(input, ordinal, SourceDialect.Apollo, schema, input.Settings.Batching ?? SourceBatching.Aliases),
            IsFederation1 = link.IsV1,
        };
        foreach (var type in schema.Types.Where(type => !type.IsBuiltIn && !ApolloPrelude.IsMachinery(type.Name)))
        {
            var name = type == schema.QueryType ? "Query"
                : type == schema.MutationType ? "Mutation"
                : type == schema.SubscriptionType ? "Subscription"
                : type.Name;
            var read = ReadType(model, name, type, link);
            if (type is not ComplexType || read.Fields.Count > 0)
            {
                model.Types.Add(name, read);
            }
        }

        KeyFieldMarks.Set(model);
        return model;
    }

    // Their own definitions may be of another version, or say String where any value must be seen to be judged.
    private static DocumentNode WithoutFederationDefinitions(DocumentNode document, FederationLink link) => new(
        document.Source,
        [
            .. document.Definitions.Where(definition =>
                definition is not DirectiveDefinitionNode directive
                || !(directive.Name.Value == "link" || link.OriginalName(directive.Name.Value) is not null
                    || ApolloPrelude.Document.Definitions.OfType<DirectiveDefinitionNode>().Any(it => it.Name.Value == directive.Name.Value))),
        ]);

    private static bool CheckDirectives(
        SourceInput input, ImmutableArray<DocumentNode> documents, FederationLink link, ProblemSink problems)
    {
        var isFine = true;
        foreach (var document in documents)
        {
            var defined = document.Definitions.OfType<DirectiveDefinitionNode>().Select(it => it.Name.Value).ToHashSet(StringComparer.Ordinal);
            foreach (var directive in document.Definitions.SelectMany(AppliedDirectives.In))
            {
                var place = new Place(input.Name, document.Source, directive.Start);
                var name = directive.Name.Value;
                if (link.OriginalName(name) is { } original && FederationLink.Unsupported.Contains(original)
                    || link.IsV1 && name is "composeDirective" or "authenticated" or "requiresScopes" or "policy")
                {
                    isFine = false;
                    problems.Error(
                        ProblemCode.UnsupportedFeature,
                        $"{input.Name} uses @{name}, which this version does not support; it is refused because ignoring it would change what clients get.",
                        "Remove it.",
                        place);
                }
                else if (link.IsForgottenImport(name) && !defined.Contains(name))
                {
                    isFine = false;
                    problems.Error(
                        ProblemCode.InvalidGraphql,
                        $"@{name} is used and not imported.",
                        $"Add \"@{name}\" to \"import\" of the @link to Federation, or write @federation__{name}.",
                        place);
                }
            }
        }

        return isFine;
    }

    private static SourceType ReadType(SourceModel model, string name, NamedType definition, FederationLink link)
    {
        var type = new SourceType(model, name, definition)
        {
            IsInaccessible = Directives.Has(definition.Directives, "inaccessible"),
            IsInterfaceObject = definition is ObjectType && Directives.Has(definition.Directives, "interfaceObject"),
        };
        // Federation 1 never acted on the key of an interface.
        var keys = link.IsV1 && definition is InterfaceType ? [] : definition.Directives.Where(directive => directive.Name.Value == "key");
        foreach (var directive in keys)
        {
            var use = new FieldSetUse(directive, type.PlaceOf(directive));
            type.KeyUses.Add(use);
            if (use.Fields is not null)
            {
                var isResolvable = directive.Argument("resolvable") is not BooleanValueNode { Value: false };
                type.Keys.Add(new SourceKey(use.Fields, isResolvable, use.Place));
            }
        }

        foreach (var field in (definition as ComplexType)?.Fields ?? [])
        {
            if (!(name == "Query" && field.Name is "_entities" or "_service"))
            {
                type.Fields.Add(field.Name, ReadField(type, field, link));
            }
        }

        return type;
    }

    private static SourceField ReadField(SourceType type, FieldDefinition definition, FederationLink link)
    {
        var model = type.Model;
        FieldSetUse? FieldSet(string name) => Directives.Find(definition.Directives, name) is { } directive
            ? new FieldSetUse(directive, model.At(definition.Origin, directive.Start))
            : null;

        var @override = Directives.Find(definition.Directives, "override");
        return new SourceField(type, definition)
        {
            IsExternal = Directives.Has(definition.Directives, "external") || TypeBlocks.Carries(type, definition, "external"),
            IsInaccessible = Directives.Has(definition.Directives, "inaccessible"),
            IsShareable = link.IsV1
                || Directives.Has(definition.Directives, "shareable")
                || TypeBlocks.Carries(type, definition, "shareable"),
            Provides = FieldSet("provides"),
            Requires = FieldSet("requires"),
            Override = @override?.Argument("from") is StringValueNode from
                ? new OverrideUse(
                    from.Value,
                    (@override.Argument("label") as StringValueNode)?.Value,
                    model.At(definition.Origin, @override.Start))
                : null,
        };
    }
}
