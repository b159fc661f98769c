using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// Apollo's <c>@interfaceObject</c>: a source that knows only the interface serves the interface's fields for every implementation. Each
/// implementation gets those fields and a lookup whose <see cref="Lookup.TypeName"/> is the interface's, so that a planner needs no
/// special way to enter such a source: its representation has the interface's name as <c>__typename</c>.
/// </summary>
public static class InterfaceObjects
{
    /// <summary>Adds to the implementations what the sources with the interface as an object serve.</summary>
    public static void Spread(DocumentNode document, IReadOnlyDictionary<string, SupergraphTypeParts> parts)
    {
        foreach (var type in document.Definitions.OfType<ObjectTypeDefinitionNode>())
        {
            foreach (var name in type.Interfaces.Select(@interface => @interface.Name.Value))
            {
                if (parts.TryGetValue(type.Name.Value, out var own) && parts.TryGetValue(name, out var @interface))
                {
                    Spread(type, own, name, @interface);
                }
            }
        }
    }

    private static void Spread(ObjectTypeDefinitionNode type, SupergraphTypeParts own, string name, SupergraphTypeParts @interface)
    {
        foreach (var source in @interface.Sources.Where(source => source.IsInterfaceObject).Select(source => source.Source))
        {
            own.Lookups.AddRange(@interface.Lookups.Where(lookup => lookup.Source == source && lookup.TypeName == name));
            foreach (var field in type.Fields.Select(field => field.Name.Value))
            {
                if (@interface.Fields.TryGetValue(field, out var entries)
                    && entries.Find(entry => entry.Source == source) is { } entry
                    && !(own.Fields.TryGetValue(field, out var existing) && existing.Any(other => other.Source == source)))
                {
                    own.AddField(field, entry);
                }
            }
        }
    }
}
