using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Who may see what, from what the sources require together: what one of them protects is protected. An interface and its fields are
/// protected as their objects are, and a field that an interface object gives to objects as it is there: there is no way around. Sources of Composite
/// Schemas, which has no such directives, count by the same names: what a team has marked so is not to be open because its dialect does not know the mark. What
/// stands on an interface there, which Apollo's dialect refuses, holds for all of its objects, of whatever source, or <c>... on Rose</c> were a way around.
/// </summary>
internal sealed class AccessMerger
{
    // Alternatives of several sources multiply, and each is held against each; they may be long: so much of that is done.
    private const long MostWork = 100_000_000;

    // What one coordinate takes beside its alternatives.
    private const long OfCoordinate = 100;

    private readonly Dictionary<string, AccessRequirement> requirements = new(StringComparer.Ordinal);
    private long work;

    private AccessMerger()
    {
    }

    /// <summary>The type or field with which there were more alternatives than are held against each other; null where there are not so many. What else is told is not right then.</summary>
    internal string? TooMany { get; private set; }

    internal bool IsEmpty => requirements.Count == 0;

    /// <summary>Who may see what of all sources together.</summary>
    /// <param name="merged">What the sources have.</param>
    /// <param name="cancellation">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    internal static AccessMerger Merge(MergedSchema merged, CancellationToken cancellation)
    {
        var result = new AccessMerger();
        foreach (var type in merged.Sources.Models.SelectMany(model => model.Types.Values))
        {
            // Apollo's rules refuse directives on interfaces, and on objects in the place of one. There are as many names as objects times their interfaces: mostly nobody asks for them.
            string[]? named = null;
            string[] Named() => named ??= [.. NamesFor(merged.Sources, type)];
            result.Add(() => type.IsInterfaceObject ? [type.Name] : Named(), type.Definition.Directives, cancellation);
            foreach (var field in type.Fields.Values.Where(field => !field.IsExternal))
            {
                result.Add(() => Named().Select(name => $"{name}.{field.Name}"), field.Definition.Directives, cancellation);
            }
        }

        return result;
    }

    /// <summary>What both require together, of the type or field of that coordinate.</summary>
    internal AccessRequirement Both(AccessRequirement one, AccessRequirement other, string coordinate) => IsWithin(one.WorkOfAnd(other), coordinate) ? one.And(other) : one;

    /// <summary>True when who meets the first one, of the type or field of that coordinate, meets the other one.</summary>
    internal bool Implies(AccessRequirement one, AccessRequirement other, string coordinate) => !IsWithin(one.WorkOfImplies(other), coordinate) || one.Implies(other);

    /// <summary>What the type or field of that coordinate requires.</summary>
    internal AccessRequirement Of(string coordinate) => IsEmpty ? AccessRequirement.None : requirements.GetValueOrDefault(coordinate, AccessRequirement.None);

    // The type, and all that is protected with it: of an object its interfaces, of an interface its objects with theirs.
    private static IEnumerable<string> NamesFor(SourceSet sources, SourceType type)
    {
        var objects = type.Definition is InterfaceType || type.IsInterfaceObject ? sources.Implementations(type.Name).Select(item => item.Name) : [type.Name];
        return objects.SelectMany(name => sources.Interfaces(name).Prepend(name)).Prepend(type.Name).Distinct();
    }

    private void Add(Func<IEnumerable<string>> coordinates, ImmutableArray<DirectiveNode> directives, CancellationToken cancellation)
    {
        var requirement = AccessRequirement.Of(directives);
        if (requirement.IsNone)
        {
            return;
        }

        foreach (var coordinate in coordinates())
        {
            cancellation.ThrowIfCancellationRequested();
            if (TooMany is not null)
            {
                return;
            }

            requirements[coordinate] = Both(Of(coordinate), requirement, coordinate);
        }
    }

    private bool IsWithin(long more, string coordinate)
    {
        work += more + OfCoordinate;
        TooMany ??= work > MostWork ? coordinate : null;
        return TooMany is null;
    }
}
