using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// KEY_INVALID_FIELDS_TYPE, KEY_INVALID_SYNTAX, KEY_DIRECTIVE_IN_FIELDS_ARGUMENT, KEY_INVALID_FIELDS, KEY_FIELDS_SELECT_INVALID_TYPE,
/// KEY_INVALID_ARGUMENTS (§4.1.4).
/// </summary>
internal static class KeyRules
{
    internal static void TooManyKeysInherited(SourceModel model, ProblemSink problems)
    {
        if (KeyInference.FindTooMany(model) is { } type)
        {
            problems.Error(
                ProblemCode.UnsupportedFeature,
                $"With {type} the objects of {model.Name} have more than {KeyInference.MaxInherited} keys of their interfaces: each key of an interface is one of each object that implements it.",
                "Give the interfaces fewer keys, or let fewer types implement them.",
                type.Place);
        }
    }

    internal static void KeyInvalidFieldsTypeOrSyntax(SourceModel model, ProblemSink problems)
    {
        foreach (var (type, use) in Uses(model))
        {
            if (use.Text is null)
            {
                problems.Error(
                    ProblemCode.KeyInvalidFieldsType,
                    $"\"fields\" of @key on {type} is not a string.",
                    "Write the key's fields as a string, such as \"id\" or \"sku vendor { id }\".",
                    use.Place);
            }
            else if (use.Fields is null)
            {
                problems.Error(
                    ProblemCode.KeyInvalidSyntax,
                    $"\"{use.Text}\" in @key on {type} is no selection of fields: {use.SyntaxError}",
                    "Write field names separated by spaces, and close all braces: \"sku vendor { id }\".",
                    use.Place);
            }
        }
    }

    internal static void KeyDirectiveInFieldsArgument(SourceModel model, ProblemSink problems)
    {
        foreach (var (type, use) in Uses(model).Where(entry => entry.Use.Fields is not null && FieldSets.HasDirectives(entry.Use.Fields)))
        {
            problems.Error(
                ProblemCode.KeyDirectiveInFieldsArgument,
                $"\"{use.Text}\" in @key on {type} has a directive; a key consists of fields alone.",
                "Remove the directive.",
                use.Place);
        }
    }

    internal static void KeyInvalidFields(SourceModel model, ProblemSink problems)
    {
        foreach (var (type, use, step) in Steps(model).Where(entry => entry.Step.Definition is null))
        {
            problems.Error(
                ProblemCode.KeyInvalidFields,
                $"@key on {type} names the field \"{step.Node.Name}\", which {step.Parent} does not have in {model.Name}.",
                $"{FieldSets.AddUnlessNear(step.Parent, step.Node)} the field to {step.Parent} in {model.Name}, or name another field.",
                use.Place);
        }

        foreach (var (type, use) in Uses(model).Where(entry => entry.Use.Fields is not null && entry.Type.Definition is CompositeType))
        {
            foreach (var (problem, hint) in FieldSets.Misfits(model, (CompositeType)type.Definition, use.Fields!))
            {
                problems.Error(ProblemCode.KeyInvalidFields, $"@key on {type} {problem}.", hint, use.Place);
            }
        }

        foreach (var (type, use, step) in Steps(model))
        {
            var isSelected = step.Node.SelectionSet is not null;
            if (!isSelected && step.Definition?.Type.Nullable is ObjectType value)
            {
                problems.Error(
                    ProblemCode.KeyInvalidFields,
                    $"@key on {type} names {step.Parent}.{step.Node.Name} without fields, and {value} is an object.",
                    $"Select the fields of {value} that make the key: \"{step.Node.Name} {{ {value.Fields[0].Name} }}\".",
                    use.Place);
            }
            else if (isSelected && step.Definition?.Type.Named is { } leaf and not CompositeType)
            {
                problems.Error(
                    ProblemCode.KeyInvalidFields,
                    $"@key on {type} selects fields of {step.Parent}.{step.Node.Name}, and {leaf} has none.",
                    $"Write \"{step.Node.Name}\" without braces.",
                    use.Place);
            }
        }
    }

    internal static void KeyFieldsSelectInvalidType(SourceModel model, ProblemSink problems)
    {
        foreach (var (type, use, step) in Steps(model))
        {
            var kind = step.Definition?.Type.Nullable switch
            {
                ListType => "a list",
                InterfaceType => "an interface",
                UnionType => "a union",
                _ => null,
            };
            if (kind is not null)
            {
                problems.Error(
                    ProblemCode.KeyFieldsSelectInvalidType,
                    $"@key on {type} uses {step.Parent}.{step.Node.Name}, which is {kind} ({step.Definition!.Type}); a key needs one value.",
                    "Use fields that are scalars, enums or objects.",
                    use.Place);
            }
        }
    }

    internal static void KeyInvalidArguments(SourceModel model, ProblemSink problems)
    {
        foreach (var (type, use, step) in Steps(model))
        {
            foreach (var problem in step.Definition is null ? [] : ArgumentProblems(step))
            {
                problems.Error(
                    ProblemCode.KeyInvalidArguments,
                    $"@key on {type}: {problem}.",
                    "Give every required argument of the field a constant, and no others.",
                    use.Place);
            }
        }
    }

    private static IEnumerable<string> ArgumentProblems(FieldSetStep step)
    {
        var field = $"{step.Parent}.{step.Node.Name}";
        foreach (var argument in step.Node.Arguments)
        {
            if (step.Definition!.FindArgument(argument.Name.Value) is not { } definition)
            {
                yield return $"{field} has no argument \"{argument.Name}\"";
            }
            else if (!Literals.Fits(argument.Value, definition.Type))
            {
                yield return $"{Printer.Print(argument.Value)} is no constant of the type {definition.Type} for the argument \"{argument.Name}\" of {field}";
            }
        }

        foreach (var definition in step.Definition!.Arguments.Where(argument => argument.IsRequired))
        {
            if (step.Node.Arguments.All(argument => argument.Name.Value != definition.Name))
            {
                yield return $"{field} needs the argument \"{definition.Name}\"";
            }
        }
    }

    private static IEnumerable<(SourceType Type, FieldSetUse Use)> Uses(SourceModel model) =>
        model.Types.Values.Where(type => type.KeyUses.Count > 0).SelectMany(type => type.KeyUses.Select(use => (type, use)));

    private static IEnumerable<(SourceType Type, FieldSetUse Use, FieldSetStep Step)> Steps(SourceModel model) =>
        from entry in Uses(model)
        let fields = entry.Use.Fields
        where fields is not null && entry.Type.Definition is CompositeType
        from step in FieldSets.Walk(model.Schema, (CompositeType)entry.Type.Definition, fields)
        select (entry.Type, entry.Use, step);
}
