using GraphGateway.Language;

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
                if (Hidden(field.Type) is { } hidden)
                {
                    Report(field.Coordinate, hidden, field.Places);
                }

                ReferencesOf(field.Arguments.Values);
            }

            ReferencesOf(type.InputFields.Values);
        }

        void ReferencesOf(OrderedDictionary<string, MergedInput>.ValueCollection inputs)
        {
            foreach (var input in inputs)
            {
                if (!input.IsInaccessible && Hidden(input.Type) is { } hidden)
                {
                    Report(input.Coordinate, hidden, input.Places);
                }
            }
        }

        MergedType? Hidden(TypeNode type) =>
            merged.Types.GetValueOrDefault(TypeNodes.Named(type)) is { IsInaccessible: true } hidden ? hidden : null;

        void Report(string coordinate, MergedType hidden, IEnumerable<Place> places) => problems.Error(
            ProblemCode.ReferenceToInaccessibleType,
            $"{coordinate} is for clients and is of the type {hidden.Name}, which is @inaccessible.",
            $"Mark {coordinate} as @inaccessible too, or remove @inaccessible from {hidden.Name}.",
            places.Concat(hidden.Group.Sources.Where(source => source.IsInaccessible).Select(source => source.Place)));
    }
}
