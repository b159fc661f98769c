namespace GraphGateway.Composition;

/// <summary>REFERENCE_TO_INACCESSIBLE_TYPE, REFERENCE_TO_INTERNAL_TYPE (§4.4.1).</summary>
internal static class ReferenceRules
{
    internal static void ReferenceToInternalType(MergedSchema merged, ProblemSink problems)
    {
        var hidden = merged.Sources.Models
            .SelectMany(model => model.Types.Values)
            .Where(type => type.IsInternal)
            .ToLookup(type => type.Name, type => type.Place, StringComparer.Ordinal);
        foreach (var field in hidden.Count == 0 ? [] : merged.Types.Values.SelectMany(type => type.Fields.Values))
        {
            var name = TypeNodes.Named(field.Type);
            var @internal = hidden[name].ToArray();
            if (!merged.Types.ContainsKey(name) && @internal.Length > 0)
            {
                problems.Error(
                    ProblemCode.ReferenceToInternalType,
                    $"{field.Coordinate} is for clients and returns {name}, which is @internal.",
                    $"Mark {field.Coordinate} as @internal too, or remove @internal from {name}.",
                    field.Places.Concat(@internal));
            }
        }
    }

    internal static void ReferenceToInaccessibleType(MergedSchema merged, ProblemSink problems)
    {
        foreach (var type in merged.PublicTypes)
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
        }

        void Check(string coordinate, string typeName, IEnumerable<Place> places)
        {
            if (merged.Types.GetValueOrDefault(typeName) is { IsInaccessible: true } hidden)
            {
                problems.Error(
                    ProblemCode.ReferenceToInaccessibleType,
                    $"{coordinate} is for clients and is of the type {typeName}, which is @inaccessible.",
                    $"Mark {coordinate} as @inaccessible too, or remove @inaccessible from {typeName}.",
                    places.Concat(hidden.Group.Sources.Where(source => source.IsInaccessible).Select(source => source.Place)));
            }
        }
    }
}
