using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Who can say which object a value is that only an interface object gave. It is one source, by one lookup of the interface: one that knows some of its objects
/// finds none of the others, so that nobody can tell these from such as are not there.
/// </summary>
internal sealed class TypeTellers(Supergraph supergraph, Reachability reachability)
{
    private readonly Dictionary<TypeInSource, bool> finding = new(ReferenceEqualityComparer.Instance);

    /// <summary>False where only interface objects gave the value, and no source that knows all objects can be entered.</summary>
    internal bool AreTypesTold(NamedType returned, StandSet options, PathFacts facts)
    {
        if (returned is not InterfaceType || !options.Items.All(IsInterfaceObject))
        {
            return true;
        }

        var point = reachability.Point(returned.Name, options, facts);
        if (reachability.Close(point).Items.All(IsInterfaceObject))
        {
            return false;
        }

        // Mostly each source knows all.
        return Homes(point.Type).All(home => FindsAll(point.Type, home))
            || Untold(point).Items.Any(stand => !IsInterfaceObject(stand));
    }

    /// <summary>The sources that can be entered for objects of which nobody knows what they are: those that find all of them.</summary>
    internal StandSet Untold(StandPoint point) => reachability.CloseByLookups(point, point.Stands, stand => IsInterfaceObject(stand)
        || (point.Type.Type?.In(supergraph.Sources[stand.Source]) is { PossibleTypes.IsEmpty: false } home && FindsAll(point.Type, home)));

    /// <summary>The sources that know objects of the interface.</summary>
    internal static IEnumerable<TypeInSource> Homes(TypeIndex @interface) =>
        (@interface.Type?.Sources ?? []).Where(static type => !type.IsInterfaceObject && !type.PossibleTypes.IsEmpty);

    /// <summary>The objects of the interface that other sources know, and this one does not. Some types stand for objects that no source defines.</summary>
    internal static string[] Unknown(TypeIndex @interface, TypeInSource home) =>
        [.. Homes(@interface).SelectMany(static type => type.PossibleTypes).Distinct(StringComparer.Ordinal).Except(home.PossibleTypes, StringComparer.Ordinal)];

    // Many fields return the same interface.
    private bool FindsAll(TypeIndex @interface, TypeInSource home)
    {
        if (!finding.TryGetValue(home, out var isAll))
        {
            finding.Add(home, isAll = Unknown(@interface, home).Length == 0);
        }

        return isAll;
    }

    private bool IsInterfaceObject(Stand stand) => supergraph.FindType(stand.TypeName)?.In(supergraph.Sources[stand.Source]) is { IsInterfaceObject: true };
}
