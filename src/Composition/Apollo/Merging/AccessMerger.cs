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
    private readonly Dictionary<string, AccessRequirement> requirements = new(StringComparer.Ordinal);

    private AccessMerger()
    {
    }

    internal bool IsEmpty => requirements.Count == 0;

    internal static AccessMerger Merge(MergedSchema merged)
    {
        var result = new AccessMerger();
        foreach (var type in merged.Sources.Models.SelectMany(model => model.Types.Values))
        {
            // Apollo's rules refuse directives on interfaces, and on objects in the place of one.
            string[] named = [.. type.IsInterfaceObject ? [type.Name] : NamesFor(merged.Sources, type)];
            result.Add(named, type.Definition.Directives);
            foreach (var field in type.Fields.Values.Where(field => !field.IsExternal))
            {
                result.Add((type.IsInterfaceObject ? NamesFor(merged.Sources, type) : named).Select(name => $"{name}.{field.Name}"), field.Definition.Directives);
            }
        }

        return result;
    }

    /// <summary>What the type or field of that coordinate requires.</summary>
    internal AccessRequirement Of(string coordinate) => IsEmpty ? AccessRequirement.None : requirements.GetValueOrDefault(coordinate, AccessRequirement.None);

    // The type, and all that is protected with it: of an object its interfaces, of an interface its objects with theirs.
    private static IEnumerable<string> NamesFor(SourceSet sources, SourceType type)
    {
        var objects = type.Definition is InterfaceType || type.IsInterfaceObject ? sources.Implementations(type.Name).Select(item => item.Name) : [type.Name];
        return objects.SelectMany(name => sources.Interfaces(name).Prepend(name)).Prepend(type.Name).Distinct();
    }

    private void Add(IEnumerable<string> coordinates, ImmutableArray<DirectiveNode> directives)
    {
        var requirement = AccessRequirement.Of(directives);
        if (requirement.IsNone)
        {
            return;
        }

        foreach (var coordinate in coordinates)
        {
            requirements[coordinate] = Of(coordinate).And(requirement);
        }
    }
}
