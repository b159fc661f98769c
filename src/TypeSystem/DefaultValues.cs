using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>Default values as introspection tells them.</summary>
public static class DefaultValues
{
    /// <summary>
    /// The value that a default stands for once it is coerced to its type, written as a literal: a single value becomes a list, the fields of
    /// an input object come in definition order with the defaults of those left out. It is what graphql-js answers as
    /// <c>__InputValue.defaultValue</c>. A literal of a custom scalar, or one that does not fit its type, is given as written.
    /// </summary>
    public static ValueNode Normalize(ValueNode value, GraphQLType type) => (value, type) switch
    {
        (_, NonNullType nonNull) => Normalize(value, nonNull.OfType),
        (NullValueNode, _) => value,
        (ListValueNode list, ListType listType) =>
            new ListValueNode(value.Start, value.End, [.. list.Values.Select(item => Normalize(item, listType.OfType))]),
        (_, ListType listType) => new ListValueNode(value.Start, value.End, [Normalize(value, listType.OfType)]),
        (ObjectValueNode @object, InputObjectType input) => new ObjectValueNode(value.Start, value.End, NormalizeFields(@object, input)),
        (_, ScalarType scalar) => NormalizeScalar(value, scalar),
        _ => value,
    };

    private static ImmutableArray<ObjectFieldNode> NormalizeFields(ObjectValueNode value, InputObjectType type)
    {
        var fields = ImmutableArray.CreateBuilder<ObjectFieldNode>();
        foreach (var definition in type.Fields)
        {
            var given = value.Fields.FirstOrDefault(field => field.Name.Value == definition.Name)?.Value;
            if ((given ?? definition.DefaultValue) is { } fieldValue)
            {
                var normalized = Normalize(fieldValue, definition.Type);
                fields.Add(new ObjectFieldNode(normalized.Start, normalized.End, new NameNode(definition.Name, normalized.Start), normalized));
            }
        }

        return fields.ToImmutable();
    }

    private static ValueNode NormalizeScalar(ValueNode value, ScalarType scalar) => value switch
    {
        StringValueNode text when scalar == SpecifiedScalars.Id && IsInteger(text.Value) => new IntValueNode(value.Start, value.End, text.Value),
        StringValueNode { IsBlock: true } text => new StringValueNode(value.Start, value.End, text.Value, isBlock: false),
        IntValueNode { Value: "-0" } when scalar == SpecifiedScalars.Int => new IntValueNode(value.Start, value.End, "0"),
        IntValueNode or FloatValueNode when scalar == SpecifiedScalars.Float => NormalizeFloat(value),
        _ => value,
    };

    // JavaScript's shortest form of the double, which is an integer where it can be.
    private static ValueNode NormalizeFloat(ValueNode value)
    {
        var digits = value is IntValueNode integer ? integer.Value : ((FloatValueNode)value).Value;
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return value;
        }

        var text = JavaScriptNumber.Format(number);
        return IsInteger(text) ? new IntValueNode(value.Start, value.End, text) : new FloatValueNode(value.Start, value.End, text);
    }

    private static bool IsInteger(string text)
    {
        var digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9') && (digits.Length == 1 || digits[0] != '0');
    }
}
