namespace GraphGateway.Composition;

/// <summary>
/// REFERENCED_INACCESSIBLE: types that begin with the name of a specification whose directives are composed, such as <c>garden__Soil</c>,
/// belong to it, and clients see neither (<see href="https://specs.apollo.dev/link/v1.0/#Name-Conventions">link, name conventions</see>). It is the name in the URL that counts: a
/// composed graph links by that, whatever a source calls it.
/// </summary>
internal static class FeatureTypeRules
{
    internal static void ReferenceToFeatureType(MergedSchema merged, ProblemSink problems)
    {
        var links = ComposedDirectives.Of(merged.Sources).Links;
        foreach (var type in links.Count == 0 ? [] : merged.PublicTypes.Where(type => !links.Exists(link => link.Owns(type.Name))))
        {
            foreach (var field in type.PublicFields)
            {
                Check(field.Coordinate, TypeNodes.Named(field.Type), field.Places);
                foreach (var argument in field.Arguments.Values.Where(argument => !argument.IsInaccessible))
                {
                    Check(argument.Coordinate, TypeNodes.Named(argument.Type), argument.Places);
                }
            }

            foreach (var field in type.InputFields.Values.Where(field => !field.IsInaccessible))
            {
                Check(field.Coordinate, TypeNodes.Named(field.Type), field.Places);
            }

            foreach (var name in type.Interfaces.Concat(type.Members))
            {
                Check(type.Name, name, type.Group.Places);
            }
        }

        void Check(string coordinate, string typeName, IEnumerable<Place> places)
        {
            if (links.Find(link => link.Owns(typeName)) is { } link)
            {
                problems.Error(
                    ProblemCode.ReferenceToInaccessibleType,
                    $"{coordinate} is for clients and names {typeName}: with \"{link.Prefix}__\" begin the types of {link.Url}, whose directives are composed, and clients see none of them.",
                    $"Give {typeName} another name.",
                    places.Concat(merged.Types.GetValueOrDefault(typeName)?.Group.Places ?? []));
            }
        }
    }
}
