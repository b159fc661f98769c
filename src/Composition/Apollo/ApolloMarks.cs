using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// What follows for an Apollo source's fields from all of its directives together: which are external, provided, used and shareable.
/// Federation 1 is looked at again after <see cref="Federation1Upgrade"/>.
/// </summary>
internal static class ApolloMarks
{
    internal static void Set(SourceModel model)
    {
        TakeBackFakeExternals(model);
        SetProvidedAndShareable(model);
        SetUsed(model);
    }

    /// <summary>The fields that a selection names, with the same fields of an interface's objects; unknown ones are passed over.</summary>
    internal static IEnumerable<SourceField> Targets(
        SourceModel model, NamedType parent, SelectionSetNode? selection, bool withImplementations = true) =>
        parent is CompositeType composite && selection is not null ? Named(model, composite, selection, withImplementations) : [];

    private static IEnumerable<SourceField> Named(
        SourceModel model, CompositeType composite, SelectionSetNode selection, bool withImplementations)
    {
        foreach (var step in FieldSets.Walk(model.Schema, composite, selection))
        {
            if (Find(model, step.Parent, step.Node) is { } field)
            {
                yield return field;
            }

            foreach (var type in withImplementations ? Implementations(model, step.Parent) : [])
            {
                if (Find(model, type, step.Node) is { } same)
                {
                    yield return same;
                }
            }
        }
    }

    /// <summary>The objects that an interface can be in the source.</summary>
    internal static IEnumerable<ObjectType> Implementations(SourceModel model, NamedType type) =>
        type is InterfaceType @interface ? @interface.PossibleTypes.Ordinals().Select(ordinal => model.Schema.ObjectTypes[ordinal]) : [];

    /// <summary>Notes which fields are used, once more where some have gone.</summary>
    internal static void SetUsed(SourceModel model)
    {
        foreach (var field in model.AllFields)
        {
            field.IsUsed = false;
        }

        foreach (var field in Used(model))
        {
            field.IsUsed = true;
        }
    }

    /// <summary>What a key, a requirement, a provision, a context or an interface of the source needs.</summary>
    /// <param name="model">An Apollo source.</param>
    /// <param name="except">The field whose <c>@provides</c> does not count.</param>
    internal static IEnumerable<SourceField> Used(SourceModel model, SourceField? except = null)
    {
        foreach (var type in model.Types.Values)
        {
            foreach (var target in type.KeyUses.SelectMany(use => Targets(model, type.Definition, use.Fields)))
            {
                yield return target;
            }

            foreach (var field in type.Fields.Values)
            {
                // Most fields need nothing.
                if (field.Requires is null && field.Provides is null && field.ContextArguments.Count == 0 && type.Definition is not InterfaceType)
                {
                    continue;
                }

                foreach (var target in UsedBy(field, isProviding: field != except))
                {
                    yield return target;
                }
            }
        }
    }

    private static IEnumerable<SourceField> UsedBy(SourceField field, bool isProviding)
    {
        var (model, type) = (field.Model, field.Type.Definition);
        return Targets(model, type, field.Requires?.Fields)
            .Concat(isProviding ? Targets(model, field.Definition.Type.Named, field.Provides?.Fields) : [])
            .Concat(field.ContextArguments.Values.SelectMany(argument => ContextRules.Targets(model, argument)))
            .Concat(Implementations(model, type)
                .Select(it => model.Types.GetValueOrDefault(it.Name)?.Fields.GetValueOrDefault(field.Name))
                .OfType<SourceField>());
    }

    private static void TakeBackFakeExternals(SourceModel model)
    {
        foreach (var type in model.Types.Values)
        {
            var isExtended = Directives.Has(type.Definition.Directives, "extends");
            // A mere "extend type" of Federation 1 is read as a definition.
            var isDefinition = model.IsFederation1 && type.IsOnlyExtended && !isExtended;
            foreach (var use in type.KeyUses.Where(use => isExtended || IsOnExtension(type, use.Directive)).ToArray())
            {
                // In Federation 1 so only the type's own fields.
                foreach (var field in Targets(model, type.Definition, use.Fields, withImplementations: false)
                    .Where(field => !model.IsFederation1 || field.Type == type))
                {
                    field.IsExternal = false;
                    field.IsExtensionKey = !isDefinition;
                }
            }
        }
    }

    private static bool IsOnExtension(SourceType type, DirectiveNode directive) => type.Definition.Origins.Any(
        origin => origin.Node is TypeSystemNode { IsExtension: true } node && node.Directives.Contains(directive));

    private static void SetProvidedAndShareable(SourceModel model)
    {
        foreach (var type in model.Types.Values)
        {
            foreach (var use in type.KeyUses)
            {
                foreach (var field in Targets(model, type.Definition, use.Fields))
                {
                    field.IsShareable = true;
                }
            }

            foreach (var field in type.Fields.Values)
            {
                field.IsShareable |= !model.IsFederation1 && type.Definition is ObjectType
                    && (Directives.Has(field.Definition.Directives, "shareable") || TypeBlocks.Carries(type, field.Definition, "shareable"));
                foreach (var provided in field.Provides is null ? [] : Targets(model, field.Definition.Type.Named, field.Provides.Fields))
                {
                    provided.IsProvided = true;
                    provided.IsShareable |= provided.IsExternal;
                }
            }
        }
    }

    private static SourceField? Find(SourceModel model, CompositeType parent, FieldNode node) =>
        model.Types.GetValueOrDefault(parent.Name)?.Fields.GetValueOrDefault(node.Name.Value);
}
