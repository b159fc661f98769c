using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// CONTEXT_INVALID_SELECTION: from every type that sets the context, the selection gives exactly one value, of the argument's type; either
/// it is one field for all of them, or a type condition for each.
/// </summary>
internal static class ContextSelection
{
    internal static void Check(
        SourceModel model, SourceField field, string argument, FromContextUse use, SourceType[] setters, ProblemSink problems)
    {
        if (Problem(model, field.Definition.FindArgument(argument)!, use, setters) is { } problem)
        {
            problems.Error(
                ProblemCode.ContextInvalidSelection,
                $"\"{use.Text}\" in @fromContext on the argument \"{argument}\" of {field}: {problem}.",
                "Select one field that every type with the context has, or one type condition for each: \"$context ... on A { x } ... on B { y }\".",
                [use.Place, .. setters.SelectMany(type => type.Contexts.Where(it => it.Name == use.Context).Select(it => it.Place))]);
        }
    }

    private static string? Problem(SourceModel model, InputValueDefinition argument, FromContextUse use, SourceType[] setters)
    {
        var (selection, syntaxError) = ContextRules.ParseSelection(use.Selection!);
        if (selection is null)
        {
            return $"it is no selection: {syntaxError}";
        }

        if (Unreadable(selection) is { } unreadable)
        {
            return unreadable;
        }

        return selection.Selections[0] switch
        {
            FieldNode when selection.Selections.Length > 1 => "it selects several fields",
            FieldNode => OneField(model, argument, selection, setters),
            InlineFragmentNode => TypeConditions(model, argument, selection, setters),
            _ => "fragment spreads are not allowed",
        };
    }

    private static string? Unreadable(SelectionSetNode selection)
    {
        if (FieldSets.HasDirectives(selection))
        {
            return "directives are not allowed in it";
        }

        return selection.Selections.Select(node => node switch
        {
            FieldNode { Alias: not null } => "aliases are not allowed in it",
            FieldNode { SelectionSet: { } below } => Unreadable(below),
            InlineFragmentNode fragment => Unreadable(fragment.SelectionSet),
            _ => null,
        }).FirstOrDefault(problem => problem is not null);
    }

    private static string? OneField(SourceModel model, InputValueDefinition argument, SelectionSetNode selection, SourceType[] setters)
    {
        foreach (var type in setters)
        {
            var (value, problem) = ValueOf(model, (CompositeType)type.Definition, selection);
            if (value is null)
            {
                return $"{problem}, selected on {type}";
            }

            if (!Fits(value, TypeNodes.Of(argument)))
            {
                return $"it gives {value} on {type}, and the argument is {argument.Type}";
            }
        }

        return null;
    }

    private static string? TypeConditions(SourceModel model, InputValueDefinition argument, SelectionSetNode selection, SourceType[] setters)
    {
        var conditions = new Dictionary<string, InlineFragmentNode>(StringComparer.Ordinal);
        foreach (var node in selection.Selections)
        {
            if (node is not InlineFragmentNode { TypeCondition: { } condition } fragment)
            {
                return "fields and type conditions stand side by side";
            }

            if (model.Schema.FindType(condition.Name.Value) is not ObjectType)
            {
                return $"{condition} is no object type of {model.Name}";
            }

            if (!conditions.TryAdd(condition.Name.Value, fragment))
            {
                return $"the condition {condition} stands in it twice";
            }
        }

        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in setters)
        {
            var possible = ((CompositeType)type.Definition).PossibleTypes.Ordinals().Select(ordinal => model.Schema.ObjectTypes[ordinal]);
            var fitting = possible.Where(it => conditions.ContainsKey(it.Name)).ToArray();
            if (fitting.Length == 0)
            {
                return $"no condition in it holds for {type}";
            }

            foreach (var condition in fitting)
            {
                used.Add(condition.Name);
                var (value, problem) = ValueOf(model, condition, conditions[condition.Name].SelectionSet);
                if (value is null)
                {
                    return $"{problem}, selected on {condition}";
                }

                // other sources may know further objects, for which nothing is given
                if (!Fits(TypeNodes.Nullable(value), TypeNodes.Of(argument)))
                {
                    return $"it gives {TypeNodes.Nullable(value)} on {condition}, and the argument is {argument.Type}";
                }
            }
        }

        return conditions.Keys.FirstOrDefault(name => !used.Contains(name)) is { } unused
            ? $"the condition {unused} never holds"
            : null;
    }

    /// <summary>The type of the one value that the selection gives, non-nulls of outer levels lost with them.</summary>
    private static (TypeNode? Value, string Problem) ValueOf(SourceModel model, CompositeType parent, SelectionSetNode selection)
    {
        if (model.Types.GetValueOrDefault(parent.Name) is { IsInterfaceObject: true })
        {
            return (null, $"{parent} is an interface object");
        }

        if (selection.Selections is not [FieldNode field])
        {
            return (null, "it selects not exactly one field");
        }

        if (parent.FindField(field.Name.Value) is not { } definition)
        {
            return (null, $"{parent} has no field \"{field.Name}\"");
        }

        if (FieldSetSyntax.ArgumentProblem(field, definition, $"{parent}.{field.Name}") is { } wrong)
        {
            return (null, $"it {wrong}");
        }

        if (field.SelectionSet is null)
        {
            return definition.Type.Named is CompositeType
                ? (null, $"{parent}.{field.Name} is no scalar or enum")
                : (Wrapped(definition.Type, Syntax.Type(definition.Type.Named)), "");
        }

        if (definition.Type.Named is not CompositeType child)
        {
            return (null, $"{parent}.{field.Name} has no fields");
        }

        var (below, problem) = ValueOf(model, child, field.SelectionSet);
        return below is null ? (null, problem) : (Wrapped(definition.Type, below), "");
    }

    // As the reference does: lists stay, and whether a value may be null is not told any more.
    private static TypeNode Wrapped(GraphQLType outer, TypeNode inner) => outer switch
    {
        NonNullType nonNull => Wrapped(nonNull.OfType, inner),
        ListType list => new ListTypeNode(0, 0, Wrapped(list.OfType, inner)),
        _ => inner,
    };

    // Spec IsValidImplementationFieldType, with the argument in the place of the interface's field
    private static bool Fits(TypeNode value, TypeNode argument) => (value, argument) switch
    {
        (NonNullTypeNode a, NonNullTypeNode b) => Fits(a.Type, b.Type),
        (NonNullTypeNode a, _) => Fits(a.Type, argument),
        (ListTypeNode a, ListTypeNode b) => Fits(a.Type, b.Type),
        (NamedTypeNode a, NamedTypeNode b) => a.Name.Value == b.Name.Value,
        _ => false,
    };
}
