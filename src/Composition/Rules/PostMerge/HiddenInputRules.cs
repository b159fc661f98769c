using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>NON_NULL_INPUT_FIELD_IS_INACCESSIBLE (§4.4.3), ENUM_TYPE_DEFAULT_VALUE_INACCESSIBLE (§4.4.4).</summary>
internal static class HiddenInputRules
{
    internal static void NonNullInputFieldIsInaccessible(MergedSchema merged, ProblemSink problems)
    {
        foreach (var type in merged.PublicTypes.Where(type => type.Kind == TypeKind.InputObject))
        {
            foreach (var name in type.Group.InputFieldNames)
            {
                var fields = type.Group.InputFields(name).ToArray();
                var required = fields.Where(field => field.Definition.IsRequired).ToArray();
                if (required.Length > 0 && (!type.InputFields.TryGetValue(name, out var field) || field.IsInaccessible))
                {
                    problems.Error(
                        ProblemCode.NonNullInputFieldIsInaccessible,
                        $"{Words.And(required.Select(it => it.Type.Model.Name))} must be given the input field {type.Name}.{name}, and clients do not see it.",
                        "Make the field nullable, give it a default, or let clients see it.",
                        fields.Select(it => it.Place));
                }
            }
        }
    }

    internal static void EnumTypeDefaultValueInaccessible(MergedSchema merged, ProblemSink problems)
    {
        foreach (var type in merged.PublicTypes)
        {
            var inputs = type.InputFields.Values.Concat(type.PublicFields.SelectMany(field => field.Arguments.Values));
            foreach (var input in inputs.Where(input => input is { IsInaccessible: false, DefaultValue: not null }))
            {
                foreach (var (name, value) in Inaccessible(merged, input.DefaultValue!, input.Type))
                {
                    problems.Error(
                        ProblemCode.EnumTypeDefaultValueInaccessible,
                        $"The default {Printer.Print(input.DefaultValue!)} of {input.Coordinate} shows clients the enum value {name}.{value}, which is @inaccessible.",
                        "Use another default, or remove @inaccessible from the value.",
                        input.Places.Concat(merged.Types[name].Group.MemberPlaces(value, isHidden: true)));
                }
            }
        }
    }

    private static IEnumerable<(string Enum, string Value)> Inaccessible(MergedSchema merged, ValueNode value, TypeNode type)
    {
        var named = merged.Types.GetValueOrDefault(TypeNodes.Named(type));
        return value switch
        {
            ListValueNode list => list.Values.SelectMany(item => Inaccessible(merged, item, type)),
            ObjectValueNode @object => @object.Fields
                .Where(field => named?.InputFields.ContainsKey(field.Name.Value) == true)
                .SelectMany(field => Inaccessible(merged, field.Value, named!.InputFields[field.Name.Value].Type)),
            EnumValueNode name when named?.EnumValues.Find(it => it.Name == name.Value) is { IsInaccessible: true } => [(named.Name, name.Value)],
            _ => [],
        };
    }
}
