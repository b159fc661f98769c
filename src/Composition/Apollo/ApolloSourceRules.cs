using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// The rules that a source of the Apollo dialect must keep on its own; this is the table of contents. Many are those of Composite
/// Schemas under Apollo's names (<see cref="ApolloCodes"/>). Federation 1 was never held to those that come with Federation 2.
/// </summary>
internal static partial class ApolloSourceRules
{
    internal static ImmutableArray<Action<SourceModel, ProblemSink>> All { get; } =
    [
        KeyRules.KeyInvalidFieldsTypeOrSyntax,
        KeyRules.KeyDirectiveInFieldsArgument,
        KeyRules.KeyInvalidFields,
        KeyFieldsHasArgs,
        ProvidesRules.ProvidesOnNonCompositeField,
        ProvidesRules.ProvidesInvalidFieldsTypeOrSyntax,
        ProvidesRules.ProvidesDirectiveInFieldsArgument,
        ProvidesRules.ProvidesInvalidFields,
        ProvidesRules.ProvidesFieldsHasArguments,
        UnlessFederation1(ProvidesRules.ProvidesFieldsMissingExternal),
        RequiresInvalidFields,
        UnlessFederation1(RequiresFieldsMissingExternal),
        ExternalRules.ExternalCollisions,
        UnlessFederation1(ExternalUnused),
        UnlessFederation1(ExternalRules.ExternalOnInterface),
        OverrideRules.OverrideFromSelf,
        OverrideRules.OverrideOnInterface,
        OverrideLabelInvalid,
        ShareableRules.InvalidShareableUsage,
        InterfaceObjectUsage,
    ];

    private static Action<SourceModel, ProblemSink> UnlessFederation1(Action<SourceModel, ProblemSink> rule) => (model, problems) =>
    {
        if (!model.IsFederation1)
        {
            rule(model, problems);
        }
    };

    private static void KeyFieldsHasArgs(SourceModel model, ProblemSink problems)
    {
        foreach (var type in model.Types.Values.Where(type => type.Definition is CompositeType))
        {
            foreach (var use in type.KeyUses.Where(use => use.Fields is not null))
            {
                foreach (var step in FieldSets.Walk(model.Schema, (CompositeType)type.Definition, use.Fields!))
                {
                    CheckKeyField(type, use, step, problems);
                }
            }
        }
    }

    private static void CheckKeyField(SourceType type, FieldSetUse use, FieldSetStep step, ProblemSink problems)
    {
        if (step.Definition is { Arguments.IsEmpty: false })
        {
            problems.Error(
                ProblemCode.KeyFieldsHasArgs,
                $"@key on {type} uses {step.Parent}.{step.Node.Name}, which has arguments.",
                "Use fields without arguments.",
                use.Place);
        }

        if (step.Definition?.Type.Named is InterfaceType or UnionType)
        {
            problems.Error(
                ProblemCode.KeyFieldsSelectInvalidType,
                $"@key on {type} uses {step.Parent}.{step.Node.Name}, whose type {step.Definition.Type} is an interface or union.",
                "Use fields that are scalars, enums or objects.",
                use.Place);
        }
    }

    private static void RequiresInvalidFields(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.AllFields.Where(field => field.Requires is not null))
        {
            var use = field.Requires!;
            if (use.Text is null)
            {
                problems.Error(
                    ProblemCode.RequiresInvalidFieldsType,
                    $"\"fields\" of @requires on {field} is not a string.",
                    "Write the required fields as a string, such as \"price weight\".",
                    use.Place);
            }
            else if (use.Fields is null)
            {
                problems.Error(
                    ProblemCode.RequiresInvalidFields,
                    $"\"{use.Text}\" in @requires on {field} is no selection of fields: {use.SyntaxError}",
                    "Write field names separated by spaces, and close all braces.",
                    use.Place);
            }
            else
            {
                CheckRequired(model, field, use, problems);
            }
        }
    }

    private static void CheckRequired(SourceModel model, SourceField field, FieldSetUse use, ProblemSink problems)
    {
        if (FieldSets.HasDirectives(use.Fields!))
        {
            problems.Error(
                ProblemCode.RequiresDirectiveInFieldsArg,
                $"\"{use.Text}\" in @requires on {field} has a directive; only fields can be required.",
                "Remove the directive.",
                use.Place);
        }

        foreach (var step in FieldSets.Walk(model.Schema, (CompositeType)field.Type.Definition, use.Fields!).Where(step => step.Definition is null))
        {
            problems.Error(
                ProblemCode.RequiresInvalidFields,
                $"@requires on {field} names the field \"{step.Node.Name}\", which {step.Parent} does not have in {model.Name}.",
                $"Add the field to {step.Parent} in {model.Name} as @external, or name another field.",
                use.Place);
        }
    }

    private static void RequiresFieldsMissingExternal(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.AllFields.Where(field => field.Requires?.Fields is not null && field.Type.Definition is ObjectType))
        {
            // nested fields may be the source's own, below an external one
            foreach (var node in field.Requires!.Fields!.Selections.OfType<FieldNode>())
            {
                if (field.Type.Fields.GetValueOrDefault(node.Name.Value) is { IsExternal: false, IsKeyField: false } own && node.SelectionSet is null)
                {
                    problems.Error(
                        ProblemCode.RequiresFieldsMissingExternal,
                        $"@requires on {field} names {own}, which is not @external: {model.Name} resolves it itself.",
                        $"Remove \"{own.Name}\" from @requires, or mark the field as @external.",
                        field.Requires.Place, own.Place);
                }
            }
        }
    }

    private static void ExternalUnused(SourceModel model, ProblemSink problems)
    {
        var used = model.AllFields.SelectMany(field => Used(model, field)).ToHashSet();
        foreach (var field in model.AllFields.Where(field => field is { IsExternal: true, IsKeyField: false } && field.Type.Definition is ObjectType))
        {
            var isForInterface = ((ObjectType)field.Type.Definition).Interfaces.Any(it => it.FindField(field.Name) is not null);
            if (!used.Contains(field.Definition) && !isForInterface && field.Directive("external") is { } directive)
            {
                problems.Error(
                    ProblemCode.ExternalUnused,
                    $"{field} is @external, but no @key, @requires or @provides of {model.Name} uses it.",
                    $"Remove the field from {model.Name}.",
                    field.PlaceOf(directive));
            }
        }
    }

    private static IEnumerable<FieldDefinition?> Used(SourceModel model, SourceField field)
    {
        var required = field.Requires?.Fields is { } requires
            ? FieldSets.Walk(model.Schema, (CompositeType)field.Type.Definition, requires)
            : [];
        var provided = field.Provides?.Fields is { } provides && field.Definition.Type.Named is CompositeType returned
            ? FieldSets.Walk(model.Schema, returned, provides)
            : [];
        return required.Concat(provided).Select(step => step.Definition);
    }

    private static void OverrideLabelInvalid(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.AllFields.Where(field => field.Override?.Label is { } label && !Label().IsMatch(label)))
        {
            problems.Error(
                ProblemCode.OverrideLabelInvalid,
                $"{field} has @override with the label \"{field.Override!.Label}\", which is none.",
                "Write a name that begins with a letter (letters, digits, _ - : . /), or percent(NUMBER) with a number from 0 to 100.",
                field.Override.Place);
        }
    }

    private static void InterfaceObjectUsage(SourceModel model, ProblemSink problems)
    {
        foreach (var type in model.Types.Values.Where(type => type.IsInterfaceObject && type.KeyUses.Count == 0))
        {
            problems.Error(
                ProblemCode.InterfaceObjectUsageError,
                $"{type} has @interfaceObject and no @key, so that {model.Name} can never be asked for it.",
                $"Add the @key that the interface {type} has in the other sources.",
                type.Place);
        }
    }

    [GeneratedRegex(@"^([a-zA-Z][a-zA-Z0-9_\-:./]*|percent\((\d{1,2}(\.\d{1,8})?|100)\))$")]
    private static partial Regex Label();
}
