using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// Object types may define a field with different types where no common interface does: those need slots of their own. A list of objects is read in another way than an object.
/// </summary>
internal static class FieldDefinitions
{
    /// <summary>The definitions of a field on objects of some types, each with the types that it is for.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="shape">Where the objects are.</param>
    /// <param name="types">Their types; those that do not have the field are left out.</param>
    /// <param name="name">The field's name.</param>
    public static List<(FieldDefinition Definition, TypeSet Types)> Of(PlanningGraph graph, ResultShape shape, TypeSet types, string name)
    {
        if (graph.Schema.FindType(shape.Type.Name) is CompositeType composite && composite.FindField(name) is { } definition)
        {
            return [(definition, types)];
        }

        return [.. types.Ordinals().Select(ordinal => graph.Schema.ObjectTypes[ordinal]).Where(type => type.FindField(name) is not null)
            .GroupBy(type => KindOf(type.FindField(name)!))
            .Select(group => (group.First().FindField(name)!, TypeSet.Of(group)))];
    }

    /// <summary>True where one slot can hold the values of both.</summary>
    public static bool AreAlike(FieldDefinition left, FieldDefinition right) => KindOf(left) == KindOf(right);

    private static (NamedType Type, int Lists) KindOf(FieldDefinition definition) => (definition.Type.Named, Unfit.Lists(definition.Type));
}
