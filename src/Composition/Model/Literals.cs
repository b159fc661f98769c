using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>Whether a constant fits a type (Spec §5.6.1, Values of Correct Type), for arguments inside selections of keys.</summary>
internal static class Literals
{
    /// <param name="value">The constant.</param>
    /// <param name="type">The type.</param>
    /// <param name="mayMiss">Required fields of input objects may be left out: older schemas have such defaults.</param>
    internal static bool Fits(ValueNode value, GraphQLType type, bool mayMiss = false) => (value, type) switch
    {
        (VariableNode, _) => false,
        (NullValueNode, NonNullType) => false,
        (NullValueNode, _) => true,
        (_, NonNullType nonNull) => Fits(value, nonNull.OfType, mayMiss),
        (ListValueNode list, ListType listType) => list.Values.All(item => Fits(item, listType.OfType, mayMiss)),
        (_, ListType listType) => Fits(value, listType.OfType, mayMiss),
        (EnumValueNode name, EnumType @enum) => @enum.FindValue(name.Value) is not null,
        (ObjectValueNode @object, InputObjectType input) =>
            @object.Fields.All(field => input.FindField(field.Name.Value) is { } target && Fits(field.Value, target.Type, mayMiss))
            && input.Fields.All(field => mayMiss || !field.IsRequired || @object.Fields.Any(given => given.Name.Value == field.Name)),
        (_, ScalarType scalar) => FitsScalar(value, scalar.Name),
        _ => false,
    };

    private static bool FitsScalar(ValueNode value, string scalar) => scalar switch
    {
        "Int" => value is IntValueNode,
        "Float" => value is IntValueNode or FloatValueNode,
        "String" => value is StringValueNode,
        "Boolean" => value is BooleanValueNode,
        "ID" => value is StringValueNode or IntValueNode,
        _ => true,
    };
}
