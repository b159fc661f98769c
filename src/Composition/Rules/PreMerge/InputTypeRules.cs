using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// INPUT_FIELD_TYPES_NOT_MERGEABLE, INPUT_FIELD_DEFAULT_MISMATCH, INPUT_WITH_MISSING_REQUIRED_FIELDS (§4.2.4), and
/// INPUT_WITH_MISSING_ONEOF, which HotChocolate has beside the specification.
/// </summary>
internal static class InputTypeRules
{
    internal static void InputFieldTypesNotMergeable(SourceSet sources, ProblemSink problems)
    {
        foreach (var (coordinate, fields) in Fields(sources))
        {
            var types = fields.Select(field => TypeNodes.Of(field.Definition)).ToArray();
            if (types.Any(type => !TypeNodes.SameShape(type, types[0])))
            {
                problems.Error(
                    ProblemCode.InputFieldTypesNotMergeable,
                    $"The input field {coordinate} has types that do not fit together: "
                    + Words.EachSays(fields.Select(field => (field.Type.Model.Name, field.Definition.Type.ToString()!))) + ".",
                    "Use the same named type and the same lists everywhere; only nullability may differ.",
                    fields.Select(field => field.Place));
            }
        }
    }

    internal static void InputFieldDefaultMismatch(SourceSet sources, ProblemSink problems)
    {
        foreach (var (coordinate, fields) in Fields(sources))
        {
            var defaults = fields
                .Where(field => field.Definition.DefaultValue is not null)
                .Select(field => (Field: field, Text: Printer.Print(field.Definition.DefaultValue!), Value: DefaultTexts.Of(field.Definition)))
                .ToArray();
            if (defaults.Select(entry => entry.Value).Distinct().Skip(1).Any())
            {
                problems.Error(
                    ProblemCode.InputFieldDefaultMismatch,
                    $"The input field {coordinate} has different defaults: "
                    + Words.EachSays(defaults.Select(entry => (entry.Field.Type.Model.Name, entry.Text))) + ".",
                    "Use the same default everywhere; sources may also leave it out.",
                    defaults.Select(entry => entry.Field.Place));
            }
        }
    }

    internal static void InputWithMissingRequiredFields(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in Inputs(sources))
        {
            foreach (var name in group.InputFieldNames)
            {
                var fields = group.InputFields(name).ToArray();
                var required = fields.Where(field => field.Definition.Type is NonNullType).ToArray();
                var missing = group.Sources.Where(type => fields.All(field => field.Type != type)).ToArray();
                if (required.Length > 0 && missing.Length > 0 && !fields.Any(field => field.IsInaccessible))
                {
                    problems.Error(
                        ProblemCode.InputWithMissingRequiredFields,
                        $"{Words.And(required.Select(field => field.Type.Model.Name))} must be given the input field {group.Name}.{name}, and "
                        + $"{Words.And(missing.Select(type => type.Model.Name))} {(missing.Length == 1 ? "does" : "do")} not have it. Only what all sources have is composed.",
                        $"Add the field to {group.Name} everywhere, or make it optional where it is required.",
                        required.Select(field => field.Place).Concat(missing.Select(type => type.Place)));
                }
            }
        }
    }

    internal static void InputWithMissingOneOf(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in Inputs(sources).Where(group => group.Sources.Select(IsOneOf).Distinct().Skip(1).Any()))
        {
            problems.Error(
                ProblemCode.InputWithMissingOneof,
                $"{group.Name} has @oneOf in {Words.And(group.Sources.Where(IsOneOf).Select(type => type.Model.Name))} and not in "
                + $"{Words.And(group.Sources.Where(type => !IsOneOf(type)).Select(type => type.Model.Name))}.",
                "Add @oneOf everywhere, or remove it everywhere.",
                group.Places);
        }
    }

    private static bool IsOneOf(SourceType type) => type.Definition is InputObjectType { IsOneOf: true };

    private static IEnumerable<TypeGroup> Inputs(SourceSet sources) =>
        sources.SharedTypes.Where(group => group.Kind == TypeKind.InputObject && group.Sources.Count > 1 && !group.IsInaccessible);

    private static IEnumerable<(string Coordinate, SourceInputField[] Fields)> Fields(SourceSet sources) =>
        from @group in Inputs(sources)
        from name in @group.InputFieldNames
        select ($"{@group.Name}.{name}", @group.InputFields(name).ToArray());
}
