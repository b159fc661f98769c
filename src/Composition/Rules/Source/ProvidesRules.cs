using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// PROVIDES_ON_NON_COMPOSITE_FIELD, PROVIDES_INVALID_FIELDS_TYPE, PROVIDES_INVALID_SYNTAX, PROVIDES_DIRECTIVE_IN_FIELDS_ARGUMENT,
/// PROVIDES_INVALID_FIELDS, PROVIDES_FIELDS_HAS_ARGUMENTS, PROVIDES_FIELDS_MISSING_EXTERNAL (§4.1.7).
/// </summary>
internal static class ProvidesRules
{
    internal static void ProvidesOnNonCompositeField(SourceModel model, ProblemSink problems)
    {
        foreach (var field in Fields(model).Where(field => field.Definition.Type.Named is not ComplexType))
        {
            problems.Error(
                ProblemCode.ProvidesOnNonCompositeField,
                $"{field} has @provides and returns {field.Definition.Type}, which has no fields to provide.",
                "Remove @provides: it belongs on fields that return objects or interfaces.",
                field.Provides!.Place);
        }
    }

    internal static void ProvidesInvalidFieldsTypeOrSyntax(SourceModel model, ProblemSink problems)
    {
        foreach (var field in Fields(model))
        {
            if (field.Provides!.Text is null)
            {
                problems.Error(
                    ProblemCode.ProvidesInvalidFieldsType,
                    $"\"fields\" of @provides on {field} is not a string.",
                    "Write the provided fields as a string, such as \"name\" or \"name address { city }\".",
                    field.Provides.Place);
            }
            else if (field.Provides.Fields is null)
            {
                problems.Error(
                    ProblemCode.ProvidesInvalidSyntax,
                    $"\"{field.Provides.Text}\" in @provides on {field} is no selection of fields: {field.Provides.SyntaxError}",
                    "Write field names separated by spaces, and close all braces: \"name address { city }\".",
                    field.Provides.Place);
            }
        }
    }

    internal static void ProvidesDirectiveInFieldsArgument(SourceModel model, ProblemSink problems)
    {
        foreach (var field in Fields(model).Where(field => field.Provides!.Fields is { } fields && FieldSets.HasDirectives(fields)))
        {
            problems.Error(
                ProblemCode.ProvidesDirectiveInFieldsArgument,
                $"\"{field.Provides!.Text}\" in @provides on {field} has a directive; only fields can be provided.",
                "Remove the directive.",
                field.Provides.Place);
        }
    }

    internal static void ProvidesInvalidFields(SourceModel model, ProblemSink problems)
    {
        foreach (var (field, step) in Steps(model))
        {
            if (step.Definition is null)
            {
                problems.Error(
                    ProblemCode.ProvidesInvalidFields,
                    $"@provides on {field} names the field \"{step.Node.Name}\", which {step.Parent} does not have in {model.Name}.",
                    $"{FieldSets.AddUnlessNear(step.Parent, step.Node)} the field to {step.Parent} in {model.Name} as @external, or name another field.",
                    field.Provides!.Place);
            }
            else if (step.Definition.Type.Named is CompositeType inner && step.Node.SelectionSet is null)
            {
                problems.Error(
                    ProblemCode.ProvidesInvalidFields,
                    $"@provides on {field} names {step.Parent}.{step.Node.Name} without saying which fields of {inner} are provided.",
                    $"Name them: \"{step.Node.Name} {{ ... }}\".",
                    field.Provides!.Place);
            }
            else if (step.Definition.Type.Named is not CompositeType and var leaf && step.Node.SelectionSet is not null)
            {
                problems.Error(
                    ProblemCode.ProvidesInvalidFields,
                    $"@provides on {field} selects fields of {step.Parent}.{step.Node.Name}, and {leaf} has none.",
                    $"Write \"{step.Node.Name}\" without braces.",
                    field.Provides!.Place);
            }
        }

        foreach (var field in Fields(model).Where(field => field.Provides!.Fields is not null && field.Definition.Type.Named is CompositeType))
        {
            foreach (var (problem, hint) in FieldSets.Misfits(model, (CompositeType)field.Definition.Type.Named, field.Provides!.Fields!))
            {
                problems.Error(ProblemCode.ProvidesInvalidFields, $"@provides on {field} {problem}.", hint, field.Provides.Place);
            }
        }
    }

    internal static void ProvidesFieldsHasArguments(SourceModel model, ProblemSink problems)
    {
        foreach (var (field, step) in Steps(model).Where(entry => entry.Step.Definition is { Arguments.IsEmpty: false }))
        {
            problems.Error(
                ProblemCode.ProvidesFieldsHasArguments,
                $"@provides on {field} names {step.Parent}.{step.Node.Name}, which has arguments; nobody knows yet what a query will give.",
                "Provide only fields without arguments.",
                field.Provides!.Place, model.At(step.Definition!.Origin));
        }
    }

    internal static void ProvidesFieldsMissingExternal(SourceModel model, ProblemSink problems)
    {
        foreach (var field in Fields(model).Where(field => field.Provides!.Fields is not null))
        {
            if (field.Definition.Type.Named is CompositeType type)
            {
                Check(model, field, type, field.Provides!.Fields!, problems);
            }
        }
    }

    // It is enough that a field on the way is external: nothing below it is the source's own.
    private static void Check(SourceModel model, SourceField field, CompositeType parent, SelectionSetNode selection, ProblemSink problems)
    {
        foreach (var node in selection.Selections)
        {
            if (node is InlineFragmentNode fragment)
            {
                var target = fragment.TypeCondition is null ? parent : model.Schema.FindType(fragment.TypeCondition.Name.Value) as CompositeType;
                Check(model, field, target ?? parent, fragment.SelectionSet, problems);
            }
            else if (node is FieldNode selected && parent.FindField(selected.Name.Value) is { } definition
                && !Directives.Has(definition.Directives, "external"))
            {
                if (selected.SelectionSet is not null && definition.Type.Named is CompositeType child)
                {
                    Check(model, field, child, selected.SelectionSet, problems);
                }
                else if (parent is not InterfaceType)
                {
                    problems.Error(
                        ProblemCode.ProvidesFieldsMissingExternal,
                        $"@provides on {field} names {parent}.{selected.Name}, which is not @external: {model.Name} gives it everywhere anyway.",
                        $"Remove \"{selected.Name}\" from @provides, or mark {parent}.{selected.Name} as @external if it belongs to another source.",
                        field.Provides!.Place, model.At(definition.Origin));
                }
            }
        }
    }

    private static IEnumerable<SourceField> Fields(SourceModel model) => model.AllFields.Where(field => field.Provides is not null);

    private static IEnumerable<(SourceField Field, FieldSetStep Step)> Steps(SourceModel model) =>
        from field in Fields(model)
        where field.Provides!.Fields is not null && field.Definition.Type.Named is CompositeType
        from step in FieldSets.Walk(model.Schema, (CompositeType)field.Definition.Type.Named, field.Provides!.Fields!)
        select (field, step);
}
