using System.Globalization;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>Defaults and other constants as texts that are equal where the values are, however they are written.</summary>
internal static class DefaultTexts
{
    /// <summary>
    /// The value that the default stands for once it is coerced to its type (Spec §3.10, Input Coercion): an item is a list of one, and
    /// fields that are left out have their own defaults. Empty when there is none.
    /// </summary>
    internal static string Of(InputValueDefinition input) =>
        input.DefaultValue is null ? "" : Text(DefaultValues.Normalize(input.DefaultValue, input.Type), input.Type, Composite);

    /// <summary>The value as Apollo's composition compares it: numbers by their size, objects by their fields, and nothing coerced.</summary>
    internal static string OfApollo(InputValueDefinition input) => OfApollo(input.DefaultValue, input.Type);

    /// <inheritdoc cref="OfApollo(InputValueDefinition)"/>
    /// <param name="value">The constant; null: none.</param>
    /// <param name="type">Its type; null when it is not known.</param>
    internal static string OfApollo(ValueNode? value, GraphQLType? type) => value is null ? "" : Text(value, type, Apollo);

    private static string Text(ValueNode value, GraphQLType? type, Func<ValueNode, GraphQLType?, string> leaf) => value switch
    {
        ObjectValueNode @object => $"{{{string.Join(", ", @object.Fields
            .Select(field => $"{field.Name}: {Text(field.Value, (type?.Named as InputObjectType)?.FindField(field.Name.Value)?.Type, leaf)}")
            .Order(StringComparer.Ordinal))}}}",
        ListValueNode list => $"[{string.Join(", ", list.Values.Select(item => Text(item, type, leaf)))}]",
        StringValueNode { IsBlock: true } text => leaf(new StringValueNode(text.Start, text.End, text.Value, isBlock: false), type?.Named),
        _ => leaf(value, type?.Named),
    };

    private static string Composite(ValueNode value, GraphQLType? type) => Printer.Print(value);

    private static string Apollo(ValueNode value, GraphQLType? type) => value switch
    {
        IntValueNode number when type == SpecifiedScalars.Id => Quoted(number.Value),
        IntValueNode number => Number(number.Value),
        FloatValueNode number => Number(number.Value),
        EnumValueNode name when type is ScalarType => Quoted(name.Value),
        _ => Printer.Print(value),
    };

    private static string Quoted(string text) => Printer.Print(new StringValueNode(0, 0, text, isBlock: false));

    // JavaScript's numbers: 1, 1.0 and 1e0 are one, and so are 0 and -0.
    private static string Number(string digits) =>
        double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture)
            : digits;
}
