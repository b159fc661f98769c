using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// What <c>@key</c>, <c>@requires</c> and <c>@provides</c> of an Apollo source must keep in their selections: *_INVALID_FIELDS_TYPE,
/// *_INVALID_FIELDS, *_DIRECTIVE_IN_FIELDS_ARG, *_FIELDS_HAS_ARGS, *_FIELDS_MISSING_EXTERNAL, *_UNSUPPORTED_ON_INTERFACE,
/// KEY_FIELDS_SELECT_INVALID_TYPE, PROVIDES_ON_NON_OBJECT_FIELD, EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE.
/// </summary>
internal static class FieldSetRules
{
    internal static void Keys(SourceModel model, ProblemSink problems)
    {
        foreach (var type in model.Types.Values)
        {
            foreach (var use in type.KeyUses)
            {
                if (type.Definition is InterfaceType && model.Links!.FederationMinor < 3)
                {
                    problems.Error(
                        ProblemCode.KeyUnsupportedOnInterface,
                        $"@key on {type}, an interface, comes with Federation 2.3, and {model.Name} links version 2.{model.Links.FederationMinor}.",
                        "Link version 2.3 or a later one, or remove the key.",
                        use.Place);
                }

                Check(model, FieldSetKind.Key, $"@key on {type}", use, type.Definition, problems);
            }
        }
    }

    internal static void Requires(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.AllFields.Where(field => field.Requires is not null))
        {
            OnInterface(field, field.Requires!, ProblemCode.RequiresUnsupportedOnInterface, "requires", problems);
            Check(model, FieldSetKind.Requires, $"@requires on {field}", field.Requires!, field.Type.Definition, problems);
        }
    }

    internal static void Provides(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.AllFields.Where(field => field.Provides is not null))
        {
            var use = field.Provides!;
            if (field.IsExternal)
            {
                problems.Error(
                    ProblemCode.ExternalCollisionWithAnotherDirective,
                    $"{field} is @external and has @provides: what another source resolves cannot provide anything here.",
                    field.IsUsed ? ExternalHints.WithoutProvides(field) : ExternalHints.Own(field),
                    field.Directive("external") is { } external ? [field.PlaceOf(external), use.Place] : [use.Place]);
                continue;
            }

            if (field.Definition.Type.Named is not CompositeType)
            {
                problems.Error(
                    ProblemCode.ProvidesOnNonObjectField,
                    $"{field} has @provides and returns {field.Definition.Type}, which has no fields to provide.",
                    "Remove @provides: it belongs on fields that return objects, interfaces or unions.",
                    use.Place);
                continue;
            }

            OnInterface(field, use, ProblemCode.ProvidesUnsupportedOnInterface, "provides", problems);
            Check(model, FieldSetKind.Provides, $"@provides on {field}", use, field.Definition.Type.Named, problems);
        }
    }

    private static void OnInterface(SourceField field, FieldSetUse use, ProblemCode code, string directive, ProblemSink problems)
    {
        if (field.Type.Definition is InterfaceType)
        {
            problems.Error(
                code,
                $"{field} has @{directive}, and {field.Type} is an interface: only the objects that implement it resolve fields.",
                $"Move @{directive} to the field of each object that implements {field.Type}.",
                use.Place);
        }
    }

    private static void Check(
        SourceModel model, FieldSetKind kind, string where, FieldSetUse use, NamedType parent, ProblemSink problems)
    {
        if (use.Text is null)
        {
            problems.Error(
                kind.NotText, $"\"fields\" of {where} is not a string.", $"Write the fields as a string, such as {kind.Example}.", use.Place);
        }
        else if (use.Fields is null)
        {
            problems.Error(
                kind.Invalid,
                $"\"{use.Text}\" in {where} is no selection of fields: {use.SyntaxError}",
                $"Write field names separated by spaces, and close all braces: {kind.Example}.",
                use.Place);
        }
        else if (parent is CompositeType composite && FieldSetSyntax.Problem(model, kind, composite, use.Fields) is { } problem)
        {
            problems.Error(problem.Code, $"{where} {problem.Message}.", problem.Hint, use.Place);
        }
        else if (parent is CompositeType type)
        {
            new FieldSetMeaning(model, kind, where, use, problems).Check(type, use.Fields, isBelowExternal: false);
        }
    }
}

/// <summary>The codes of one of the three directives.</summary>
internal sealed record FieldSetKind(
    string Name,
    string Example,
    ProblemCode NotText,
    ProblemCode Invalid,
    ProblemCode HasDirective,
    ProblemCode? HasArguments,
    ProblemCode? MissingExternal)
{
    internal static FieldSetKind Key { get; } = new(
        "key", "\"id\" or \"sku vendor { id }\"", ProblemCode.KeyInvalidFieldsType, ProblemCode.KeyInvalidFields,
        ProblemCode.KeyDirectiveInFieldsArg, ProblemCode.KeyFieldsHasArgs, null);

    internal static FieldSetKind Requires { get; } = new(
        "requires", "\"price weight\"", ProblemCode.RequiresInvalidFieldsType, ProblemCode.RequiresInvalidFields,
        ProblemCode.RequiresDirectiveInFieldsArg, null, ProblemCode.RequiresFieldsMissingExternal);

    internal static FieldSetKind Provides { get; } = new(
        "provides", "\"name\" or \"name address { city }\"", ProblemCode.ProvidesInvalidFieldsType, ProblemCode.ProvidesInvalidFields,
        ProblemCode.ProvidesDirectiveInFieldsArg, ProblemCode.ProvidesFieldsHasArgs, ProblemCode.ProvidesFieldsMissingExternal);
}
