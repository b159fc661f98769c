using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// What the schema says of a field's cost (<see href="https://ibm.github.io/graphql-specs/cost-spec.html">IBM's cost directives</see>):
/// <c>@cost(weight:)</c>, and <c>@listSize</c>, by which a list has as many items as its largest slicing argument says, or else its assumed
/// size. With <c>sizedFields</c> that is said of the lists right below the field. A variable's value is not known when a plan is made.
/// </summary>
internal static class FieldCosts
{
    // Nobody asks for more at once, and a figure stays a figure.
    private const int SizeMax = 1_000_000;

    /// <summary>What the field counts for each object; 1 where nothing is said.</summary>
    public static int Weight(ResultField field)
    {
        var weight = Find(field.Definition, WellKnownDirectives.Cost)?.Argument("weight") switch
        {
            StringValueNode text => text.Value,
            IntValueNode number => number.Value,
            _ => null,
        };
        return double.TryParse(weight, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? (int)Math.Clamp(Math.Ceiling(value), 0, SizeMax)
            : 1;
    }

    /// <summary>How many items the outermost list of the field has.</summary>
    /// <param name="field">A field that gives a list.</param>
    /// <param name="above">The field that its object came from; null at the root.</param>
    /// <param name="otherwise">The size where nothing is said.</param>
    public static int Size(ResultField field, ResultField? above, int otherwise)
    {
        if (Find(field.Definition, WellKnownDirectives.ListSize) is { } own && Names(own, "sizedFields").IsEmpty)
        {
            return Size(field, own) ?? otherwise;
        }

        return above is not null && Find(above.Definition, WellKnownDirectives.ListSize) is { } outer
            && Names(outer, "sizedFields").Contains(field.Definition.Name)
            ? Size(above, outer) ?? otherwise
            : otherwise;
    }

    private static int? Size(ResultField field, DirectiveNode listSize)
    {
        int? largest = null;
        foreach (var path in Names(listSize, "slicingArguments"))
        {
            if (Number(Given(field, path)) is { } size)
            {
                largest = Math.Max(largest ?? 0, size);
            }
        }

        return largest ?? Number(listSize.Argument("slicingArgumentDefaultValue")) ?? Number(listSize.Argument("assumedSize"));
    }

    // An argument, or by a path a field of one that is an input object.
    private static ValueNode? Given(ResultField field, string path)
    {
        var names = path.Split('.');
        var value = field.Arguments.FirstOrDefault(argument => argument.Name.Value == names[0])?.Value
            ?? field.Definition.Arguments.FirstOrDefault(argument => argument.Name == names[0])?.DefaultValue;
        foreach (var name in names.Skip(1))
        {
            value = (value as ObjectValueNode)?.Fields.FirstOrDefault(inner => inner.Name.Value == name)?.Value;
        }

        return value;
    }

    private static int? Number(ValueNode? value) =>
        value is IntValueNode number && double.TryParse(number.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var size)
            ? (int)Math.Clamp(size, 0, SizeMax)
            : null;

    private static DirectiveNode? Find(FieldDefinition definition, string name)
    {
        foreach (var directive in definition.Directives)
        {
            if (directive.Name.Value == name)
            {
                return directive;
            }
        }

        return null;
    }

    private static ImmutableArray<string> Names(DirectiveNode directive, string argument) => directive.Argument(argument) switch
    {
        ListValueNode list => [.. list.Values.OfType<StringValueNode>().Select(name => name.Value)],
        StringValueNode only => [only.Value],
        _ => [],
    };
}
