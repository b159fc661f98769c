using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>INTERFACE_OBJECT_USAGE_ERROR, INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE: an interface object stands for all objects of an interface.</summary>
internal static class InterfaceObjectRules
{
    internal static void HasInterface(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.Types.Values.Where(group => !group.IsPartOnly && group.Sources.TrueForAll(type => type.IsInterfaceObject)))
        {
            problems.Error(
                ProblemCode.InterfaceObjectUsageError,
                $"{group.Name} has @interfaceObject in {Words.And(group.Sources.Select(type => type.Model.Name))}, and no source defines the interface.",
                $"Define \"interface {group.Name}\" with the objects that implement it in one source, or remove @interfaceObject.",
                group.Places);
        }
    }

    internal static void HasNoImplementations(SourceSet sources, ProblemSink problems)
    {
        foreach (var type in sources.Types.Values.SelectMany(group => group.Sources).Where(type => type.IsInterfaceObject))
        {
            var defined = sources.Implementations(type.Name)
                .Select(group => type.Model.Types.GetValueOrDefault(group.Name))
                .OfType<SourceType>()
                .ToArray();
            if (defined.Length > 0)
            {
                problems.Error(
                    ProblemCode.InterfaceObjectUsageError,
                    $"{type} is an interface object in {type.Model.Name}, which also defines {Words.And(defined.Select(it => it.Name))}, objects of the interface.",
                    $"Keep one of the two in {type.Model.Name}: the interface object already stands for every object of the interface.",
                    defined.Select(it => it.Place).Prepend(type.Place));
            }
        }
    }

    // Accepted, as Apollo does.
    internal static void HasObjects(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.Types.Values.Where(group => group.Kind == TypeKind.Interface && !sources.Implementations(group.Name).Any()))
        {
            var standIns = group.Sources.Where(type => type.IsInterfaceObject).ToArray();
            if (standIns.Length > 0)
            {
                var names = Words.And(standIns.Select(type => type.Model.Name));
                problems.Warning(
                    ProblemCode.InterfaceObjectWithoutObjects,
                    $"{group.Name} is an interface object in {names}, and no source has an object type that implements {group.Name}: "
                    + $"of such an object __typename, and what {names} {(standIns.Length == 1 ? "does" : "do")} not have, cannot be served.",
                    $"Define the object types of {group.Name} in a source that has the interface, or make {group.Name} an object type in all of them.",
                    standIns.Select(type => type.Place));
            }
        }
    }

    internal static void InterfaceKeyMissingImplementationType(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.Types.Values.Where(group => group.Kind == TypeKind.Interface))
        {
            foreach (var type in group.Sources.Where(type => type.Model.IsApollo && type.Definition is InterfaceType))
            {
                if (type.Keys.Find(key => key.IsResolvable) is not { } key)
                {
                    continue;
                }

                var own = ((InterfaceType)type.Definition).PossibleTypes.Ordinals()
                    .Select(ordinal => type.Model.Schema.ObjectTypes[ordinal].Name)
                    .ToHashSet(StringComparer.Ordinal);
                var missing = sources.Implementations(group.Name).Where(it => !own.Contains(it.Name)).ToArray();
                if (missing.Length > 0)
                {
                    problems.Error(
                        ProblemCode.InterfaceKeyMissingImplementationType,
                        $"{type.Model.Name} can be asked for {group.Name} by the key \"{key.Text}\" and does not know {Words.And(missing.Select(it => it.Name))}, "
                        + "which implements it elsewhere: it could not say what such an entity is.",
                        $"Define {Words.And(missing.Select(it => it.Name))} with the key in {type.Model.Name}, or add resolvable: false to the interface's key.",
                        missing.SelectMany(it => it.Places).Prepend(key.Place));
                }
            }
        }
    }
}
