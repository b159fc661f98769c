namespace GraphGateway.Composition;

/// <summary>
/// INVALID_FIELD_SHARING: what several sources resolve, all of them must call shareable. A source resolves what it does not call external,
/// what it provides somewhere, and through an interface object the fields of every object of the interface.
/// </summary>
internal static class SharingRules
{
    internal static void ShareableSubscription(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.Types.GetValueOrDefault("Subscription")?.Fields.Values ?? Enumerable.Empty<FieldGroup>())
        {
            var shareable = group.Sources.Where(field => field.Model.IsApollo && field.Directive("shareable") is not null).ToArray();
            if (group.IsApollo && shareable.Length > 0)
            {
                problems.Error(
                    ProblemCode.InvalidFieldSharing,
                    $"{group.Coordinate} is @shareable, and the events of a subscription come from one source.",
                    "Remove @shareable.",
                    shareable.Select(field => field.PlaceOf(field.Directive("shareable")!)));
            }
        }
    }

    internal static void InvalidFieldSharing(SourceSet sources, ProblemSink problems)
    {
        foreach (var type in sources.Types.Values.Where(type => type.Kind == TypeKind.Object))
        {
            foreach (var group in type.Fields.Values.Where(group => group.IsApollo && !group.IsGateways))
            {
                Check(sources, group, problems);
            }

            foreach (var name in OnlyAbstracted(sources, type))
            {
                Check(sources, new FieldGroup(type, name), problems);
            }
        }
    }

    // The fields that an object has from interface objects alone.
    private static IEnumerable<string> OnlyAbstracted(SourceSet sources, TypeGroup type) =>
        sources.InterfaceObjects.Count == 0 ? [] : FromInterfaceObjects(sources, type);

    private static IEnumerable<string> FromInterfaceObjects(SourceSet sources, TypeGroup type) => sources.Interfaces(type.Name)
        .SelectMany(name => sources.InterfaceObjects[name])
        .SelectMany(source => source.Fields.Values.Where(field => !field.IsExternal))
        .Select(field => field.Name)
        .Distinct()
        .Where(name => !type.Fields.ContainsKey(name));

    private static SourceField[] Resolving(SourceSet sources, FieldGroup group) =>
    [
        .. group.Sources
            .Where(field => field is { OverriddenBy: null, ProgressivelyOverriddenBy: null })
            .Concat(ApolloOverrides.Abstracting(sources, group))
            .Where(field => !field.IsExternal || field.IsProvided),
    ];

    private static void Check(SourceSet sources, FieldGroup group, ProblemSink problems)
    {
        if (group.Sources.Count == 1 && !ApolloOverrides.Abstracting(sources, group).Any())
        {
            return;
        }

        var fields = Resolving(sources, group);
        var notShareable = fields.Where(field => !field.IsShareable).ToArray();
        if (fields.Length < 2 || notShareable.Length == 0)
        {
            return;
        }

        problems.Error(
            ProblemCode.InvalidFieldSharing,
            $"{group.Coordinate} is resolved by {Words.And(fields.Select(Who))}, and not marked as @shareable in {Words.And(notShareable.Select(Who))}."
            + Overrides.FromNone(sources, notShareable),
            "Mark it as @shareable in all of them if they give the same value; otherwise keep it in one, or rename it in the others.",
            fields.Select(field => field.Place));

        string Who(SourceField field) =>
            field.Type.Name == group.Type.Name ? field.Model.Name : $"{field.Model.Name} (through the interface object {field.Type})";
    }
}
