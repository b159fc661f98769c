namespace GraphGateway.Differential;

/// <summary>
/// Who may see what, by the rules of docs/authorization.md, from what the sources say. Written plainly, and without any code of the gateway's.
/// </summary>
internal sealed class AccessOracle(World world)
{
    private readonly ILookup<string, AccessRule> said = world.Sources.SelectMany(Said).ToLookup(rule => rule.Key, rule => rule.Value);

    /// <summary>All that must be met to see the field of an object of the type, or on an interface.</summary>
    public IEnumerable<AccessRule> Of(string type, string field) => Of(type, field, []);

    /// <summary>What the type requires: what is said of it and of the interfaces that it has, and of an interface what all that implement it require.</summary>
    public IEnumerable<AccessRule> OfType(string type) => said[type].Concat(IsInterface(type) ? Implementing(type).SelectMany(OfType) : InterfacesOf(type).SelectMany(other => said[other]));

    /// <summary>What must be met because the field is computed from other members.</summary>
    public IEnumerable<AccessRule> SupportOf(string type, WorldField field) => SupportOf(type, field, []);

    /// <summary>Whether objects of the type get the field from a source that has an object in the place of their interface.</summary>
    public bool IsOfInterfaceObjectFor(string type, string field) => StoodFor(type).Any(@interface => IsOfInterfaceObject(@interface, field));

    // A leaf type stands in a source that uses it.
    private static IEnumerable<KeyValuePair<string, AccessRule>> Said(WorldSource source)
    {
        var text = SourceSdl.Print(source);
        return source.Rules.Where(rule => rule.Key.Split('.') is var names && (source.Types.TryGetValue(names[0], out var type)
            ? type.Fields.Count > 0 && (names.Length == 1 || type.Fields.ContainsKey(names[1]))
            : text.Contains($"enum {names[0]} ", StringComparison.Ordinal) || text.Contains($"scalar {names[0]} ", StringComparison.Ordinal)));
    }

    private IEnumerable<AccessRule> Of(string type, string field, HashSet<string> seen)
    {
        if (!seen.Add($"{type}.{field}") || Definitions(type, field).ToList() is not { Count: > 0 } definitions)
        {
            return [];
        }

        // 1. The field itself and its object's type. 2. What it returns. 3. What it is computed from. 4. The same field of an interface that an object stands for.
        return OfType(type).Concat(OfField(type, field))
            .Concat(OfType(NamedOf(type, definitions[0])))
            .Concat(definitions.Where(definition => !IsInterface(type) || IsOfInterfaceObject(type, field)).SelectMany(definition => SupportOf(type, definition, seen)))
            .ToList();
    }

    private IEnumerable<AccessRule> OfField(string type, string field) => IsInterface(type)
        ? said[$"{type}.{field}"].Concat(Implementing(type).SelectMany(other => OfField(other, field)))
        : said[$"{type}.{field}"].Concat(StoodFor(type).Union(InterfacesOf(type)).SelectMany(@interface => said[$"{@interface}.{field}"]));

    private IEnumerable<AccessRule> SupportOf(string type, WorldField field, HashSet<string> seen) =>
        field.Requirement.SelectMany(value => value.Selections).SelectMany(path => OfPath(type, path, seen))
            .Concat(field.Contexts.SelectMany(use => use.Paths).SelectMany(path => OfType(path.Key).Concat(OfPath(path.Key, path.Value, seen))))
            .ToList();

    private List<AccessRule> OfPath(string type, List<PathStep> path, HashSet<string> seen)
    {
        var rules = new List<AccessRule>();
        foreach (var step in path)
        {
            // An object of any type of an interface may be read.
            rules.AddRange((IsInterface(type) ? Implementing(type).Prepend(type) : [type]).SelectMany(name => Of(name, step.Field, seen)));
            rules.AddRange(step.OnType is null ? [] : OfType(step.OnType));
            type = step.OnType ?? Definitions(type, step.Field).First().Named;
        }

        return rules;
    }

    // What the field gives as the graph has it: where each source that has it says a narrower type, that one.
    private string NamedOf(string type, WorldField field)
    {
        var said = world.Sources.Select(source => source.Types.GetValueOrDefault(type)?.Fields.GetValueOrDefault(field.Name)).OfType<SourceField>()
            .Select(entry => entry.Type.Trim('[', ']', '!')).Distinct().ToList();
        return said is [var narrower] ? narrower : field.Named;
    }

    // The field as objects of the type have it.
    private IEnumerable<WorldField> Definitions(string type, string field) => !world.Types.TryGetValue(type, out var found) ? []
        : (found.IsAbstract ? found.Possible.Select(name => world.Types[name]) : [found]).Select(one => one.Fields.GetValueOrDefault(field)).OfType<WorldField>();

    private bool IsInterface(string type) => world.Types.TryGetValue(type, out var found) && found.Kind == WorldKind.Interface;

    // The types and interfaces that implement an interface, in any source.
    private IEnumerable<string> Implementing(string @interface) =>
        world.Sources.SelectMany(source => source.Types.Values).Where(type => type.Implements.Contains(@interface)).Select(type => type.Name).Distinct();

    // The interfaces of the type, in any source.
    private IEnumerable<string> InterfacesOf(string type) =>
        world.Sources.Select(source => source.Types.GetValueOrDefault(type)).OfType<SourceType>().SelectMany(found => found.Implements).Distinct();

    // The interfaces of the type that a source has an object in the place of.
    private IEnumerable<string> StoodFor(string type) => world.Sources.SelectMany(source => source.Types.Values)
        .Where(other => other.IsInterfaceObject && world.Types[other.Name].Possible.Contains(type)).Select(other => other.Name).Distinct();

    private bool IsOfInterfaceObject(string type, string field) => world.Sources.Exists(
        source => source.Types.TryGetValue(type, out var found) && found.IsInterfaceObject && found.Fields.TryGetValue(field, out var entry) && !entry.IsExternal);
}
