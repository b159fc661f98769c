using System.Globalization;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>
/// Which literals the specified scalars take (<see href="https://spec.graphql.org/September2025/#sec-Scalars.Built-in-Scalars">Spec
/// §3.5</see>, input coercion). A custom scalar takes any: only its service knows.
/// </summary>
public static class ScalarLiterals
{
    /// <summary>What is wrong with a literal that is neither null nor a variable; null when nothing is.</summary>
    public static string? Problem(ScalarType type, ValueNode node) => type.Name switch
    {
        "Int" => IntProblem(node),
        "Float" when node is not (IntValueNode or FloatValueNode) => $"Float cannot represent non numeric value: {Printer.Print(node)}",
        "String" when node is not StringValueNode => $"String cannot represent a non string value: {Printer.Print(node)}",
        "Boolean" when node is not BooleanValueNode => $"Boolean cannot represent a non boolean value: {Printer.Print(node)}",
        "ID" when node is not (StringValueNode or IntValueNode) =>
            $"ID cannot represent a non-string and non-integer value: {Printer.Print(node)}",
        _ => null,
    };

    private static string? IntProblem(ValueNode node)
    {
        if (node is not IntValueNode number)
        {
            return $"Int cannot represent non-integer value: {Printer.Print(node)}";
        }

        return int.TryParse(number.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? null
            : $"Int cannot represent non 32-bit signed integer value: {number.Value}";
    }
}
