using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// What the schema says of a field's cost (<see href="https://ibm.github.io/graphql-specs/cost-spec.html">IBM's cost directives</see>):
/// <c>@cost(weight:)</c> of fields, of arguments and input fields that are given, and of the types that are returned, which all add up; and <c>@listSize</c>, by which a list has as many items as its largest slicing argument says, or else its assumed
/// size. With <c>sizedFields</c> that is said of the lists right below the field. A variable's value is not known when a plan is made.
/// </summary>
internal static class FieldCosts
{
    // Nobody asks for more at once, and a figure stays a figure.
    private const int SizeMax = 1_000_000;

    /// <summary>What the field counts for each object: itself, 1 where nothing is said, and the arguments that it is given.</summary>
    public static int Weight(ResultField field)
    {
        long weight = Weight(field.Definition.Directives) ?? 1;
        foreach (var argument in field.Arguments)
        {
            weight += field.Definition.Arguments.FirstOrDefault(definition => definition.Name == argument.Name.Value) is { } definition
                ? Weight(definition, argument.Value)
                : 0;
        }

        return (int)Math.Min(weight, SizeMax);
    }

    /// <summary>
    /// What each value of the field counts by its type; nothing where nothing is said, since the field counts. Of an interface or union what its
    /// most costly object counts.
    /// </summary>
    public static int TypeWeight(ResultField field, Supergraph supergraph)
    {
        // A hidden field is of the full schema.
        var schema = field.IsHidden ? supergraph.FullSchema : supergraph.PublicSchema;
        var type = field.Definition.Type.Named;
        return type is InterfaceType or UnionType
            ? ((CompositeType)type).PossibleTypes.Ordinals().Select(ordinal => Weight(schema.ObjectTypes[ordinal].Directives) ?? 0).DefaultIfEmpty().Max()
            : Weight(type.Directives) ?? 0;
    }

    // An argument or a field of an input object, and what is inside of its value. What is inside of a variable is not known.
    private static int Weight(InputValueDefinition definition, ValueNode value)
    {
        var weight = (Weight(definition.Directives) ?? 0) + Inside(definition.Type.Named, value);
        return (int)Math.Min(weight, SizeMax);
    }

    private static long Inside(NamedType type, ValueNode value) => value switch
    {
        ListValueNode list => list.Values.Sum(item => Inside(type, item)),
        ObjectValueNode @object when type is InputObjectType input => @object.Fields.Sum(given =>
            input.Fields.FirstOrDefault(field => field.Name == given.Name.Value) is { } field ? Weight(field, given.Value) : 0L),
        _ => 0,
    };

    private static int? Weight(ImmutableArray<DirectiveNode> directives) =>
        Costs.Weight(directives) is { } weight ? (int)Math.Clamp(Math.Ceiling(weight), 0, SizeMax) : null;

    /// <summary>How many items the outermost list of the field has.</summary>
    /// <param name="field">A field that gives a list.</param>
    /// <param name="above">The field that its object came from; null at the root.</param>
    /// <param name="otherwise">The size where nothing is said.</param>
    public static int Size(ResultField field, ResultField? above, int otherwise) =>
        (int)Math.Min(
            ListSize.Stated(field.Definition, field.Arguments, below: null)
                ?? (above is null ? null : ListSize.Stated(above.Definition, above.Arguments, field.Definition.Name))
                ?? otherwise,
            SizeMax);
}
