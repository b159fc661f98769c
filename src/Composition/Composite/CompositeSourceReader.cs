using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>Reads a source of the Composite Schemas dialect into the model that both dialects share.</summary>
internal static class CompositeSourceReader
{
    /// <summary>The model, or null when the schema is no schema; then there are problems.</summary>
    internal static SourceModel? Read(SourceInput input, int ordinal, ImmutableArray<DocumentNode> documents, ProblemSink problems)
    {
        TypeDefinitionRules.Check(input, documents, problems);
        var built = SchemaBuilder.Build(
            [.. documents.Select(CompositePrelude.WithoutOwnDefinitions)],
            new SchemaBuilderOptions { AllowMissingQuery = true, ExtensionsMayDefine = true, Prelude = CompositePrelude.Document, BetweenParts = problems.Cancellation.ThrowIfCancellationRequested });
        if (built.Schema is null)
        {
            var own = documents.SelectMany(document => document.Definitions).OfType<DirectiveDefinitionNode>().Select(definition => definition.Name.Value);
            SourceSchemas.ReportInvalid(input, built.Errors, problems, own.Concat(CompositePrelude.Directives.Keys).Concat(SourceLinks.BuiltIn));
            return null;
        }

        var schema = built.Schema;
        var model = new SourceModel
        {
            Input = input,
            Schema = schema,
            Source = SourceSchemas.Describe(
                input, ordinal, SourceDialect.Composite, schema, input.Settings.Batching ?? SourceBatching.Aliases),
        };
        foreach (var type in schema.Types.Where(type => !type.IsBuiltIn && !CompositePrelude.Scalars.Contains(type.Name)))
        {
            model.Types.Add(type.Name, ReadType(model, type));
        }

        problems.Cancellation.ThrowIfCancellationRequested();
        model.Lookups.AddRange(LookupFinder.Find(model));
        KeyInference.Run(model);
        return model;
    }

    private static SourceType ReadType(SourceModel model, NamedType definition)
    {
        var type = new SourceType(model, definition.Name, definition)
        {
            IsInternal = Directives.Has(definition.Directives, "internal"),
            IsInaccessible = Directives.Has(definition.Directives, "inaccessible"),
        };
        foreach (var directive in definition.Directives.Where(directive => directive.Name.Value == "key"))
        {
            var use = new FieldSetUse(directive, type.PlaceOf(directive), onlyText: true);
            type.KeyUses.Add(use);
            if (use.Fields is not null)
            {
                type.Keys.Add(new SourceKey(use.Fields, IsResolvable: false, use.Place));
            }
        }

        foreach (var field in (definition as ComplexType)?.Fields ?? [])
        {
            type.Fields.Add(field.Name, ReadField(type, field));
        }

        return type;
    }

    private static SourceField ReadField(SourceType type, FieldDefinition definition)
    {
        var model = type.Model;
        FieldSetUse? FieldSet(string name) => Directives.Find(definition.Directives, name) is { } directive
            ? new FieldSetUse(directive, model.At(definition.Origin, directive.Start), onlyText: true)
            : null;

        var @override = Directives.Find(definition.Directives, "override");
        var field = new SourceField(type, definition)
        {
            IsExternal = Directives.Has(definition.Directives, "external"),
            IsInternal = type.IsInternal || Directives.Has(definition.Directives, "internal"),
            IsInaccessible = Directives.Has(definition.Directives, "inaccessible"),
            IsShareable = type.Definition is ObjectType
                && (Directives.Has(definition.Directives, "shareable")
                    || model.Input.Settings.InferShareable && definition.DeclaringType != model.Schema.SubscriptionType
                    || TypeBlocks.Carries(type, definition, "shareable")),
            Provides = FieldSet("provides"),
            Override = @override?.Argument("from") is StringValueNode from
                ? new OverrideUse(from.Value, null, model.At(definition.Origin, @override.Start))
                : null,
        };
        foreach (var argument in definition.Arguments)
        {
            if (Directives.Find(argument.Directives, "require") is { } require)
            {
                field.AddRequiredArgument(argument.Name, new MapUse(require, model.At(argument.Origin, require.Start)));
            }

            if (Directives.Find(argument.Directives, "is") is { } @is)
            {
                field.AddIsArgument(argument.Name, new MapUse(@is, model.At(argument.Origin, @is.Start)));
            }
        }

        return field;
    }
}
