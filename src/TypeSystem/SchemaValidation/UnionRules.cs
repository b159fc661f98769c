using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>A union has members, which are distinct object types (<see href="https://spec.graphql.org/September2025/#sec-Unions.Type-Validation">Spec §3.8</see>).</summary>
internal static class UnionRules
{
    internal static void Check(SchemaRuleContext context, NamedType type)
    {
        if (type is not UnionType union)
        {
            return;
        }

        // The model holds object types alone, and each once: what was declared is read from the definitions.
        var declared = Declared(union).ToList();
        if (declared.Count == 0)
        {
            context.ReportAtType($"Union type {union} must define one or more member types.", union);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, _) in declared)
        {
            if (!seen.Add(name))
            {
                context.Report($"Union type {union} can only include type {name} once.", [.. PlacesOf(declared, name)]);
            }
            else if (context.Schema.FindType(name) is not ObjectType)
            {
                context.Report($"Union type {union} can only include Object types, it cannot include {name}.", [.. PlacesOf(declared, name)]);
            }
        }
    }

    private static IEnumerable<(string Name, Place Place)> Declared(UnionType union) =>
        from origin in union.Origins
        from member in ((UnionTypeDefinitionNode)origin.Node).Members
        select (member.Name.Value, new Place(origin.Source, member.Start));

    private static IEnumerable<Place> PlacesOf(List<(string Name, Place Place)> declared, string name) =>
        declared.Where(member => member.Name == name).Select(static member => member.Place);
}
