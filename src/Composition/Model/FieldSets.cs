using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>A field of a selection and what it is in a schema.</summary>
/// <param name="Parent">The type that it is selected on.</param>
/// <param name="Node">The selected field.</param>
/// <param name="Definition">Its definition; null when the type has no such field.</param>
internal sealed record FieldSetStep(CompositeType Parent, FieldNode Node, FieldDefinition? Definition);

/// <summary>Walks selections of fields (<c>@key</c>, <c>@provides</c>, <c>@requires</c>) through a schema.</summary>
internal static class FieldSets
{
    /// <summary>Every field of the selection, those below it included, in document order. Unknown fields end their branch.</summary>
    internal static IEnumerable<FieldSetStep> Walk(Schema schema, CompositeType parent, SelectionSetNode selection)
    {
        foreach (var node in selection.Selections)
        {
            switch (node)
            {
                case FieldNode field:
                    var definition = parent.FindField(field.Name.Value);
                    yield return new FieldSetStep(parent, field, definition);
                    if (field.SelectionSet is not null && definition?.Type.Named is CompositeType child)
                    {
                        foreach (var step in Walk(schema, child, field.SelectionSet))
                        {
                            yield return step;
                        }
                    }

                    break;
                case InlineFragmentNode fragment:
                    var target = fragment.TypeCondition is null ? parent : schema.FindType(fragment.TypeCondition.Name.Value) as CompositeType;
                    foreach (var step in target is null ? [] : Walk(schema, target, fragment.SelectionSet))
                    {
                        yield return step;
                    }

                    break;
            }
        }
    }

    /// <summary>How a hint begins for a field that a type does not have: with the fields that it has and that are called nearly so.</summary>
    internal static string AddUnlessNear(CompositeType parent, FieldNode unknown)
    {
        var near = Suggestions.DidYouMean(unknown.Name.Value, (parent as ComplexType)?.Fields.Select(field => field.Name) ?? []);
        return near.Length == 0 ? "Add" : near.TrimStart() + " Otherwise add";
    }

    /// <summary>
    /// Aliases, fragments that are spread, and inline fragments on types that the source does not have or that a value there cannot have
    /// (Spec §5.5.1.2, Fragment Spread Type Existence; §5.5.2.3, Fragment Spread is Possible): each as the end of a sentence, with a hint.
    /// </summary>
    internal static IEnumerable<(string Problem, string Hint)> Misfits(SourceModel model, CompositeType parent, SelectionSetNode selection)
    {
        foreach (var node in selection.Selections)
        {
            var (inner, below) = (parent, (SelectionSetNode?)null);
            switch (node)
            {
                case FieldNode field:
                    if (field.Alias is { } alias)
                    {
                        yield return ($"gives {parent}.{field.Name} the alias \"{alias}\", which is not possible", "Remove the alias.");
                    }

                    if (parent.FindField(field.Name.Value)?.Type.Named is CompositeType child)
                    {
                        (inner, below) = (child, field.SelectionSet);
                    }

                    break;
                case InlineFragmentNode { TypeCondition: null } fragment:
                    below = fragment.SelectionSet;
                    break;
                case InlineFragmentNode { TypeCondition: { } condition } fragment:
                    if (model.Schema.FindType(condition.Name.Value) is not CompositeType target)
                    {
                        yield return ($"has the type condition {condition}, which is no object, interface or union of {model.Name}", "Name a type of the source.");
                    }
                    else if (target != parent && !target.PossibleTypes.Overlaps(parent.PossibleTypes))
                    {
                        yield return ($"has the type condition {condition}, and {parent} can never be one", "Name a type that the value can have.");
                    }
                    else
                    {
                        (inner, below) = (target, fragment.SelectionSet);
                    }

                    break;
                default:
                    yield return ("has a fragment spread, and there are no fragments to spread", "Use an inline fragment: ... on Type { field }.");
                    break;
            }

            foreach (var problem in below is null ? [] : Misfits(model, inner, below))
            {
                yield return problem;
            }
        }
    }

    /// <summary>True when every field is there and every leaf is a leaf.</summary>
    internal static bool Exists(Schema schema, CompositeType parent, SelectionSetNode selection) =>
        Walk(schema, parent, selection).All(step =>
            step.Definition is not null && step.Node.SelectionSet is null == step.Definition.Type.Named is ScalarType or EnumType);

    /// <summary>True when both select the same, in whichever order.</summary>
    internal static bool AreSame(SelectionSetNode a, SelectionSetNode b) =>
        a.Selections.Length == b.Selections.Length && Sorted(a).SequenceEqual(Sorted(b), StringComparer.Ordinal);

    private static IEnumerable<string> Sorted(SelectionSetNode selection) => selection.Selections.Select(node => node switch
    {
        FieldNode { SelectionSet: { } below } field => $"{field.Name} {{ {string.Join(' ', Sorted(below))} }}",
        InlineFragmentNode fragment => $"... on {fragment.TypeCondition} {{ {string.Join(' ', Sorted(fragment.SelectionSet))} }}",
        _ => Printer.Print(node),
    }).Order(StringComparer.Ordinal);

    /// <summary>True when a directive stands anywhere in the selection.</summary>
    internal static bool HasDirectives(SelectionSetNode selection) => selection.Selections.Any(node =>
        !node.Directives.IsEmpty
        || node is FieldNode { SelectionSet: { } sub } && HasDirectives(sub)
        || node is InlineFragmentNode fragment && HasDirectives(fragment.SelectionSet));
}
