using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Reads Federation 1 with its implicit semantics, in the terms of Federation 2
/// (<see href="https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/backward-compatibility">Backward
/// compatibility</see>): marks that had no effect go, and what several sources resolve may be shared. EXTENSION_WITH_NO_BASE,
/// TYPE_WITH_ONLY_UNUSED_EXTERNAL, and INTERFACE_OBJECT_USAGE_ERROR for what such a source cannot do.
/// </summary>
internal static class Federation1Upgrade
{
    internal static void Run(IReadOnlyList<SourceModel> models, ProblemSink problems)
    {
        var old = models.Where(model => model is { IsApollo: true, IsFederation1: true }).ToArray();
        var plans = old.Select(model => new Plan(model, models)).ToArray();
        foreach (var plan in plans)
        {
            problems.Cancellation.ThrowIfCancellationRequested();
            ExtensionHasBase(plan.Model, models, problems);
            InterfaceObjectNeedsKey(plan.Model, models, problems);
        }

        // Everything is decided from what the teams wrote before anything is changed.
        foreach (var plan in plans)
        {
            problems.Cancellation.ThrowIfCancellationRequested();
            plan.Apply();
            RemoveUnusedExternals(plan.Model, problems);
        }
    }

    private static void ExtensionHasBase(SourceModel model, IReadOnlyList<SourceModel> models, ProblemSink problems)
    {
        foreach (var type in model.Types.Values.Where(type => IsExtension(type) && type.Name is not ("Query" or "Mutation" or "Subscription")))
        {
            var others = models.Where(other => other != model).Select(other => other.Types.GetValueOrDefault(type.Name)).OfType<SourceType>();
            if (!others.Any(other => !other.IsOnlyExtended))
            {
                problems.Error(
                    ProblemCode.ExtensionWithNoBase,
                    $"{type} is only extended, in {model.Name}, and no source defines it.",
                    $"Define {type} in the source that it belongs to: type {type} instead of extend type {type}.",
                    type.Place);
            }
        }
    }

    private static void InterfaceObjectNeedsKey(SourceModel model, IReadOnlyList<SourceModel> models, ProblemSink problems)
    {
        foreach (var type in model.Types.Values.Where(type => type.Definition is InterfaceType && type.KeyUses.Count > 0))
        {
            var objects = models.Select(other => other.Types.GetValueOrDefault(type.Name)).Where(other => other is { IsInterfaceObject: true }).ToArray();
            if (objects.Length > 0)
            {
                problems.Error(
                    ProblemCode.InterfaceObjectUsageError,
                    $"{type} is an interface object in {Words.And(objects.Select(it => it!.Model.Name))}, which relies on the key of the interface, and "
                    + $"{model.Name} is a source of Federation 1, whose keys on interfaces have no effect.",
                    $"Link Federation 2 in {model.Name}, or remove @key from {type} there.",
                    [.. objects.Select(it => it!.Place), type.KeyUses[0].Place]);
            }
        }
    }

    private static bool IsExtension(SourceType type) =>
        type.Definition is ComplexType && (type.IsOnlyExtended || Directives.Has(type.Definition.Directives, "extends"));

    private static void RemoveUnusedExternals(SourceModel model, ProblemSink problems)
    {
        ApolloMarks.SetUsed(model);
        foreach (var type in model.Types.Values.Where(type => type.Definition is ComplexType).ToArray())
        {
            foreach (var field in type.Fields.Values.Where(field => field is { IsExternal: true, IsUsed: false }).ToArray())
            {
                type.Fields.Remove(field.Name);
            }

            if (type.Fields.Count > 0)
            {
                continue;
            }

            if (IsReferenced(model, type))
            {
                problems.Error(
                    ProblemCode.TypeWithOnlyUnusedExternal,
                    $"Every field of {type} is @external in {model.Name}, and no @key, @requires or @provides there uses one.",
                    $"Add a @key to {type} in {model.Name}, so that the source can name the value, or remove what refers to it.",
                    type.Place);
            }

            model.Types.Remove(type.Name);
        }
    }

    // A root type is referred to by the schema; Query is there in any case.
    private static bool IsReferenced(SourceModel model, SourceType type) =>
        type.Name is "Mutation" or "Subscription"
        || model.AllFields.Any(field => field.Definition.Type.Named == type.Definition)
        || model.Types.Values.Any(other => other.Definition is UnionType union && union.Members.Contains(type.Definition)
            || other.Interfaces.Contains(type.Name));

    /// <summary>What one source's upgrade changes.</summary>
    private sealed class Plan
    {
        private readonly List<Action> changes = [];

        internal Plan(SourceModel model, IReadOnlyList<SourceModel> models)
        {
            Model = model;
            var others = models.Where(other => other != model).ToArray();
            foreach (var type in model.Types.Values)
            {
                DropOnInterface(type);
                TakeBackExternals(type, others);
                Share(type, others);
                IgnoreTags(type, others);
            }
        }

        internal SourceModel Model { get; }

        internal void Apply()
        {
            foreach (var change in changes)
            {
                change();
            }

            foreach (var field in Model.AllFields)
            {
                field.Requires = WithoutOwn(FieldSetKind.Requires, field.Requires, field.Type.Definition);
                field.Provides = WithoutOwn(FieldSetKind.Provides, field.Provides, field.Definition.Type.Named);
            }
        }

        // Federation 1 accepted @key, @external, @provides and @requires on interfaces and never acted on them; so with @provides on leaves.
        private void DropOnInterface(SourceType type)
        {
            if (type.Definition is InterfaceType)
            {
                changes.Add(() =>
                {
                    type.Keys.Clear();
                    type.KeyUses.Clear();
                    type.KeyFields.Clear();
                });
            }

            foreach (var field in type.Fields.Values)
            {
                if (type.Definition is InterfaceType)
                {
                    changes.Add(() => (field.IsExternal, field.Provides, field.Requires) = (false, null, null));
                }
                else if (field.Definition.Type.Named is not CompositeType)
                {
                    changes.Add(() => field.Provides = null);
                }
            }
        }

        private void TakeBackExternals(SourceType type, SourceModel[] others)
        {
            if (!IsExtension(type))
            {
                return;
            }

            var keys = type.KeyUses.Count > 0
                ? type.KeyUses.Select(use => (Type: type, Use: use))
                : others.Select(other => other.Types.GetValueOrDefault(type.Name))
                    .Where(other => other is { KeyUses.Count: > 0 })
                    .Select(other => (Type: other!, Use: other!.KeyUses[0]));
            foreach (var name in keys.SelectMany(key => key.Use.Fields?.Selections ?? []).OfType<FieldNode>().Select(node => node.Name.Value))
            {
                if (type.Fields.GetValueOrDefault(name) is { IsExternal: true } field)
                {
                    changes.Add(() => field.IsExternal = false);
                }
            }
        }

        private void Share(SourceType type, SourceModel[] others)
        {
            if (type.Definition is not ObjectType || type.Name == "Subscription")
            {
                return;
            }

            var same = others.Select(other => other.Types.GetValueOrDefault(type.Name)).Where(other => other?.Definition is ComplexType).ToArray();
            var isValueType = type.KeyUses.Count == 0 && type.Name is not ("Query" or "Mutation");
            foreach (var field in type.Fields.Values.Where(field => !field.IsShareable))
            {
                var isShared = isValueType
                    ? same.Length > 0
                    : same.Any(other => other!.Fields.GetValueOrDefault(field.Name) is { } it && (!it.IsExternal || it.IsProvided));
                if (isShared)
                {
                    changes.Add(() => field.IsShareable = true);
                }
            }
        }

        private static void IgnoreTags(SourceType type, SourceModel[] others)
        {
            foreach (var field in type.Fields.Values.Where(field => Directives.Has(field.Definition.Directives, "external")))
            {
                var elsewhere = others
                    .Select(other => other.Types.GetValueOrDefault(type.Name)?.Fields.GetValueOrDefault(field.Name))
                    .Where(other => other is not null && !Directives.Has(other.Definition.Directives, "external"))
                    .SelectMany(other => other!.Definition.Directives.Where(it => it.Name.Value == "tag").Select(Printer.Print))
                    .ToHashSet(StringComparer.Ordinal);
                field.IgnoreTags(
                    field.Definition.Directives.Where(it => it.Name.Value == "tag" && elsewhere.Contains(Printer.Print(it))));
            }
        }

        // Federation 1 did not mind a @requires or @provides of what the source resolves itself.
        private FieldSetUse? WithoutOwn(FieldSetKind kind, FieldSetUse? use, NamedType parent)
        {
            // What is no selection of the type stays, for the rules to tell.
            if (use?.Fields is null || parent is not CompositeType composite || FieldSetSyntax.Problem(Model, kind, composite, use.Fields) is not null)
            {
                return use;
            }

            var kept = Kept(use.Fields, composite);
            return kept is null ? null : kept == use.Fields ? use : use.With(kept);
        }

        private SelectionSetNode? Kept(SelectionSetNode selection, CompositeType parent)
        {
            var kept = new List<SelectionNode>();
            foreach (var node in selection.Selections)
            {
                switch (node)
                {
                    case FieldNode field when IsExternalHere(parent, field.Name.Value):
                        kept.Add(field);
                        break;
                    case FieldNode { SelectionSet: { } below } field
                        when parent.FindField(field.Name.Value)?.Type.Named is CompositeType child && Kept(below, child) is { } part:
                        kept.Add(part == below ? field : Syntax.Field(field.Name.Value, field.Arguments, part));
                        break;
                    case InlineFragmentNode fragment:
                        var target = fragment.TypeCondition is null ? parent : Model.Schema.FindType(fragment.TypeCondition.Name.Value) as CompositeType;
                        if (target is not null && Kept(fragment.SelectionSet, target) is { } inner)
                        {
                            kept.Add(inner == fragment.SelectionSet
                                ? fragment
                                : new InlineFragmentNode(fragment.Start, fragment.End, fragment.TypeCondition, fragment.Directives, inner));
                        }

                        break;
                }
            }

            return kept.Count == 0 ? null
                : kept.SequenceEqual(selection.Selections) ? selection
                : Syntax.SelectionSet(kept);
        }

        private bool IsExternalHere(CompositeType parent, string field) =>
            Model.Types.GetValueOrDefault(parent.Name)?.Fields.GetValueOrDefault(field) is { IsExternal: true }
            || ApolloMarks.Implementations(Model, parent).Any(type =>
                Model.Types.GetValueOrDefault(type.Name)?.Fields.GetValueOrDefault(field) is { IsExternal: true });
    }
}
