using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Who may see what, from what the sources require together: what one of them protects is protected. An interface and its fields are
/// protected as their objects are, and a field that an interface object gives to objects as it is there: there is no way around. Sources of Composite
/// Schemas, which has no such directives, count by the same names: what a team has marked so is not to be open because its dialect does not know the mark.
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
            result.Add(type.Name, type.Definition.Directives);
            var interfaces = merged.Sources.Interfaces(type.Name);
            foreach (var name in type.IsInterfaceObject ? [] : interfaces)
            {
                result.Add(name, type.Definition.Directives);
            }

            foreach (var field in type.Fields.Values.Where(field => !field.IsExternal))
            {
                result.AddField(merged.Sources, type, field, interfaces);
            }
        }

        return result;
    }

    /// <summary>What the type or field of that coordinate requires.</summary>
    internal AccessRequirement Of(string coordinate) => IsEmpty ? AccessRequirement.None : requirements.GetValueOrDefault(coordinate, AccessRequirement.None);

    private void AddField(SourceSet sources, SourceType type, SourceField field, ImmutableArray<string> interfaces)
    {
        if (AccessRequirement.Of(field.Definition.Directives).IsNone)
        {
            return;
        }

        Add(field.Coordinate, field.Definition.Directives);
        if (!type.IsInterfaceObject)
        {
            foreach (var name in interfaces)
            {
                Add($"{name}.{field.Name}", field.Definition.Directives);
            }

            return;
        }

        foreach (var implementation in sources.Implementations(type.Name))
        {
            Add($"{implementation.Name}.{field.Name}", field.Definition.Directives);
            foreach (var name in sources.Interfaces(implementation.Name).Where(name => name != type.Name))
            {
                Add($"{name}.{field.Name}", field.Definition.Directives);
            }
        }
    }

    private void Add(string coordinate, ImmutableArray<DirectiveNode> directives)
    {
        var requirement = AccessRequirement.Of(directives);
        if (!requirement.IsNone)
        {
            requirements[coordinate] = Of(coordinate).And(requirement);
        }
    }
}
