namespace GraphGateway.Composition;

/// <summary>IMPLEMENTED_BY_INACCESSIBLE, INTERFACE_FIELD_NO_IMPLEMENTATION (§4.4.2).</summary>
internal static class InterfaceRules
{
    internal static void ImplementedByInaccessible(MergedSchema merged, ProblemSink problems)
    {
        foreach (var (type, field) in Contracts(merged))
        {
            if (type.Fields.GetValueOrDefault(field.Name) is { IsInaccessible: true } own)
            {
                problems.Error(
                    ProblemCode.ImplementedByInaccessible,
                    $"{own.Coordinate} is @inaccessible, and clients see {field.Coordinate}, which it implements.",
                    $"Remove @inaccessible from {own.Coordinate}, or hide {field.Coordinate} too.",
                    own.Group.Sources.Where(source => source.IsInaccessible).Select(source => source.Place).Concat(field.Places));
            }
        }
    }

    internal static void InterfaceFieldNoImplementation(MergedSchema merged, ProblemSink problems)
    {
        foreach (var (type, field) in Contracts(merged).Where(pair => !pair.Type.Fields.ContainsKey(pair.Field.Name)))
        {
            problems.Error(
                ProblemCode.InterfaceFieldNoImplementation,
                $"{type.Name} implements {field.Group.Type.Name} and has no field \"{field.Name}\" in any source; "
                + $"{Words.And(field.Group.Sources.Select(source => source.Model.Name))} has it in the interface.",
                $"Add \"{field.Name}: {field.Type}\" to {type.Name} in a source, or remove it from the interface.",
                type.Group.Places.Concat(field.Places));
        }
    }

    // Every field of an interface that clients see, with every type that promises it to them.
    private static IEnumerable<(MergedType Type, MergedField Field)> Contracts(MergedSchema merged) =>
        from type in merged.PublicTypes
        from name in type.Interfaces
        let @interface = merged.Types[name]
        where !@interface.IsInaccessible
        from field in @interface.PublicFields
        where !IsServedByInterfaceObject(field) || type.Fields.ContainsKey(field.Name)
        select (type, field);

    // An interface object's field is given to every implementation.
    private static bool IsServedByInterfaceObject(MergedField field) => field.Group.Sources.Any(source => source.Type.IsInterfaceObject);
}
