using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>Whether a selection of fields is one of its type at all; the first problem ends the search, as further ones would follow from it.</summary>
internal static class FieldSetSyntax
{
    internal sealed record Finding(ProblemCode Code, string Message, string Hint);

    internal static Finding? Problem(SourceModel model, FieldSetKind kind, CompositeType parent, SelectionSetNode selection) =>
        selection.Selections.Select(node => node switch
        {
            FieldNode field => OfField(model, kind, parent, field),
            InlineFragmentNode fragment => OfFragment(model, kind, parent, fragment),
            _ => new Finding(kind.Invalid, "has a fragment spread, and there are no fragments to spread", "Use an inline fragment: ... on Type { field }."),
        }).FirstOrDefault(finding => finding is not null);

    private static Finding? OfField(SourceModel model, FieldSetKind kind, CompositeType parent, FieldNode node)
    {
        var coordinate = $"{parent}.{node.Name}";
        if (parent.FindField(node.Name.Value) is not { } field)
        {
            return new Finding(
                kind.Invalid,
                $"names the field \"{node.Name}\", which {parent} does not have in {model.Name}",
                $"{FieldSets.AddUnlessNear(parent, node)} the field to {parent} in {model.Name}{(kind == FieldSetKind.Key ? "" : " as @external")}, or name another field.");
        }

        if (kind == FieldSetKind.Key && field.Type.Named is InterfaceType or UnionType)
        {
            return new Finding(
                ProblemCode.KeyFieldsSelectInvalidType,
                $"uses {coordinate}, whose type {field.Type} is an interface or union",
                "Use fields that are scalars, enums or objects.");
        }

        if (node.Alias is not null)
        {
            return new Finding(kind.Invalid, $"gives {coordinate} the alias \"{node.Alias}\", which is not possible", "Remove the alias.");
        }

        if (ArgumentProblem(node, field, coordinate) is { } problem)
        {
            return new Finding(kind.Invalid, problem, "Give every required argument of the field a constant of its type, and no others.");
        }

        if (field.Type.Named is CompositeType child)
        {
            return node.SelectionSet is null
                ? new Finding(
                    kind.Invalid,
                    $"names {coordinate} without saying which fields of {child} it means",
                    $"Name them: \"{node.Name} {{ ... }}\".")
                : Problem(model, kind, child, node.SelectionSet);
        }

        return node.SelectionSet is null
            ? null
            : new Finding(kind.Invalid, $"selects fields of {coordinate}, whose type {field.Type} has none", "Remove the braces and what is in them.");
    }

    private static Finding? OfFragment(SourceModel model, FieldSetKind kind, CompositeType parent, InlineFragmentNode fragment)
    {
        if (fragment.TypeCondition is not { } condition)
        {
            return Problem(model, kind, parent, fragment.SelectionSet);
        }

        if (model.Schema.FindType(condition.Name.Value) is not CompositeType target)
        {
            return new Finding(
                kind.Invalid, $"has the type condition {condition}, which is no object, interface or union of {model.Name}", "Name a type of the source.");
        }

        // Whether the value can be one is not asked: where another source gives it, it can be a type that this one does not know there.
        return Problem(model, kind, target, fragment.SelectionSet);
    }

    /// <summary>What is wrong with the arguments that a selection gives a field, as the end of a sentence; null when nothing is.</summary>
    internal static string? ArgumentProblem(FieldNode node, FieldDefinition field, string coordinate)
    {
        foreach (var argument in node.Arguments)
        {
            if (field.FindArgument(argument.Name.Value) is not { } definition)
            {
                return $"gives {coordinate} the argument \"{argument.Name}\", which it does not have";
            }

            if (!Literals.Fits(argument.Value, definition.Type))
            {
                return $"gives {coordinate} {Printer.Print(argument.Value)} for \"{argument.Name}\", which is {definition.Type}";
            }
        }

        var missing = field.Arguments.FirstOrDefault(it => it.IsRequired && node.Arguments.All(given => given.Name.Value != it.Name));
        return missing is null ? null : $"does not give {coordinate} the argument \"{missing.Name}\", which it needs";
    }
}

/// <summary>Whether the fields of a readable selection may be in it.</summary>
internal sealed class FieldSetMeaning(SourceModel model, FieldSetKind kind, string where, FieldSetUse use, ProblemSink problems)
{
    internal void Check(CompositeType parent, SelectionSetNode selection, bool isBelowExternal)
    {
        foreach (var node in selection.Selections)
        {
            if (!node.Directives.IsEmpty)
            {
                problems.Error(
                    kind.HasDirective, $"\"{use.Text}\" in {where} has a directive; it consists of fields alone.", "Remove the directive.", use.Place);
            }

            switch (node)
            {
                case FieldNode field:
                    CheckField(parent, field, isBelowExternal);
                    break;
                case InlineFragmentNode fragment:
                    var target = fragment.TypeCondition is { } condition ? model.Schema.FindType(condition.Name.Value) as CompositeType : parent;
                    Check(target!, fragment.SelectionSet, isBelowExternal);
                    break;
            }
        }
    }

    private void CheckField(CompositeType parent, FieldNode node, bool isBelowExternal)
    {
        var definition = parent.FindField(node.Name.Value)!;
        if (kind.HasArguments is { } code && !definition.Arguments.IsEmpty)
        {
            problems.Error(
                code, $"{where} uses {parent}.{node.Name}, which has arguments.", "Use fields without arguments.", [use.Place, model.At(definition.Origin)]);
        }

        var field = model.Types.GetValueOrDefault(parent.Name)?.Fields.GetValueOrDefault(node.Name.Value);
        var isExternal = field is { IsExternal: true };
        if (node.SelectionSet is not null)
        {
            var isBelow = isBelowExternal || isExternal
                || ApolloMarks.Implementations(model, parent).Any(it =>
                    model.Types.GetValueOrDefault(it.Name)?.Fields.GetValueOrDefault(node.Name.Value) is { IsExternal: true });
            Check((CompositeType)definition.Type.Named, node.SelectionSet, isBelow);
        }
        else if (kind.MissingExternal is { } missing && !isExternal && !isBelowExternal)
        {
            problems.Error(
                missing,
                $"{where} names {parent}.{node.Name}, which is not @external: {model.Name} resolves it itself.",
                $"Remove \"{node.Name}\" from @{kind.Name}, or mark the field as @external if it belongs to another source.",
                [use.Place, model.At(definition.Origin)]);
        }
    }
}
