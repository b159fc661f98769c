using System.Globalization;

namespace GraphGateway.Differential;

/// <summary>
/// Gives a world contexts: in one source, entities (and sometimes an interface of theirs) set them, and below these only there are objects
/// with fields that take arguments from them. Such objects lead to each other and back to the entities, so that contexts nest.
/// </summary>
internal sealed class ContextGenerator(World world, Dice dice, Placement placement)
{
    private const string Kid = "K0";

    /// <summary>The entities that were added.</summary>
    public static IEnumerable<string> Entities(World world) => world.Types.ContainsKey(Kid) ? [Kid] : [];

    public void Run(List<string> entities)
    {
        var sources = world.Sources.Where(source => source is { IsApollo: true, IsFederation1: false } && entities.Exists(entity => CanSet(source, entity))).ToList();
        if (sources.Count == 0 || dice.Percent(45))
        {
            return;
        }

        var source = dice.Pick(sources);
        var setters = dice.Some(entities.Where(entity => CanSet(source, entity)).ToList(), 60);
        var kid = new WorldType(Kid, WorldKind.Entity);
        kid.Keys.Add("id");
        kid.Fields.Add("id", new WorldField(Kid, "id", "ID!") { Role = FieldRole.Id, CanFail = false });
        world.Types.Add(Kid, kid);
        var hosts = world.Sources.Where(other => other == source || dice.Percent(40)).ToList();
        hosts.ForEach(host => placement.Host(host, Kid, ["id"], isResolvable: true));
        foreach (var host in hosts)
        {
            placement.Add(kid, placement.NewField(Kid, "f" + host.Name, dice.Pick<string>(["String", "Int", "[String]"])), [host]);
        }

        placement.Add(kid, placement.NewLink(Kid, "next", [Kid], Kid), [dice.Pick(hosts)]);
        placement.Add(kid, placement.NewLink(Kid, "owner", [setters[0]], setters[0]), [source]);
        AddSetters(source, setters);
        foreach (var name in (string[])["x0", "x1"])
        {
            var uses = Uses(source, setters, dice.Between(1, 2));
            placement.Add(kid, new WorldField(Kid, name, "String") { Role = FieldRole.Contextual, Contexts = uses }, [source]);
        }

        AddRequiring(kid, source, hosts, Uses(source, setters, 1));

        world.Features.Add("context");
    }

    // A value that comes from above beside one of another source.
    private void AddRequiring(WorldType kid, WorldSource source, List<WorldSource> hosts, List<ContextUse> uses)
    {
        if (dice.PickOrNull(hosts.Where(host => host != source).ToList()) is not { } other)
        {
            return;
        }

        var leaf = kid.Fields["f" + other.Name];
        leaf.CanFail = false;
        new ExternalFields(world, placement).Add(source, leaf);
        var required = new RequiredValue("unused", leaf.Type.TrimEnd('!'), leaf.Name, [("", [PathStep.To(leaf)])]);
        placement.Add(kid, new WorldField(Kid, "x2", "String") { Role = FieldRole.Contextual, Contexts = uses, Requirement = [required] }, [source]);
        world.Features.Add("context together with a requirement");
    }

    private static bool CanSet(WorldSource source, string entity) => source.Types.TryGetValue(entity, out var type) && type.Kind == WorldKind.Entity;

    private void AddSetters(WorldSource source, List<string> setters)
    {
        foreach (var setter in setters)
        {
            placement.Add(world.Types[setter], new WorldField(setter, "kid", "K0") { Results = [Kid] }, [source]);
            placement.Add(world.Types[setter], placement.NewLink(setter, "kids", [Kid], Kid, isList: true), [source]);
        }

        if (dice.Percent(50))
        {
            setters.ForEach(setter => source.Types[setter].Contexts.UnionWith(["one", "two"]));
            return;
        }

        if (dice.Percent(50))
        {
            // A union sets them for its members.
            world.Features.Add("context of a union");
            var union = new WorldType("H1", WorldKind.Union);
            union.Possible.AddRange(setters);
            world.Types.Add(union.Name, union);
            var there = new SourceType(union.Name, WorldKind.Union);
            there.Members.UnionWith(setters);
            there.Contexts.UnionWith(["one", "two"]);
            source.Types.Add(union.Name, there);
            placement.Add(world.Types["Query"], placement.NewLink("Query", "h1", setters, union.Name), [source]);
            return;
        }

        // An interface sets them for its objects, and a field of the interface leads there.
        world.Features.Add("context of an interface");
        var @interface = new WorldType("H0", WorldKind.Interface);
        @interface.Possible.AddRange(setters);
        world.Types.Add("H0", @interface);
        var inSource = placement.DeclareInterface(source, "H0");
        inSource.Contexts.UnionWith(["one", "two"]);
        inSource.Fields.Add("kid", new SourceField(world.Types[setters[0]].Fields["kid"]) { Type = "K0" });
        setters.ForEach(setter => source.Types[setter].Implements.Add("H0"));
        placement.Add(world.Types["Query"], placement.NewLink("Query", "h0", setters, "H0"), [source]);
    }

    private List<ContextUse> Uses(WorldSource source, List<string> setters, int count)
    {
        var uses = new List<ContextUse>();
        for (var i = 0; i < count; i++)
        {
            var type = dice.Pick<string>(["String", "Int"]);
            var leaves = setters.ToDictionary(setter => setter, setter => LeafOf(source, setter, type), StringComparer.Ordinal);
            // An interface that sets the context does not have the field itself.
            var isOneField = leaves.Values.Distinct(StringComparer.Ordinal).Count() == 1 && !world.Types.ContainsKey("H0") && !world.Types.ContainsKey("H1");
            var selection = isOneField
                ? $"{{ {leaves.Values.First()} }}"
                : string.Join(' ', leaves.Select(leaf => $"... on {leaf.Key} {{ {leaf.Value} }}"));
            world.Features.Add(isOneField ? "context" : "context with type conditions");
            uses.Add(new ContextUse(
                string.Create(CultureInfo.InvariantCulture, $"from{i}"), type, i == 0 ? "one" : "two", selection,
                leaves.ToDictionary(leaf => leaf.Key, leaf => new List<PathStep> { new(leaf.Value, "", new Dictionary<string, object?>()) }, StringComparer.Ordinal)));
        }

        return uses;
    }

    // A leaf of the setter in the source, its own or another source's; a new one when there is none.
    private string LeafOf(WorldSource source, string setter, string type)
    {
        var known = world.Types[setter].Fields.Values.Where(field => field.Role == FieldRole.Data && field.IsLeaf && field.Arguments.Count == 0
            && field.Type.TrimEnd('!') == type && world.SourcesOf(setter, field.Name).Any()
            && !field.Name.StartsWith("label", StringComparison.Ordinal) && !field.Name.StartsWith("extra", StringComparison.Ordinal)).ToList();
        var leaf = known.Count > 0 && dice.Percent(70) ? dice.Pick(known) : null;
        if (leaf is null)
        {
            leaf = new WorldField(setter, "ctx" + type, type);
            if (!world.Types[setter].Fields.ContainsKey(leaf.Name))
            {
                placement.Add(world.Types[setter], leaf, [dice.Pick(placement.Hosts(setter))]);
            }
        }

        leaf = world.Types[setter].Fields[leaf.Name];
        leaf.CanFail = false;
        if (!source.Types[setter].Fields.ContainsKey(leaf.Name))
        {
            world.Features.Add("context from another source");
            var isStrict = world.SourcesOf(setter, leaf.Name).All(other => other.Types[setter].Fields[leaf.Name].Type.EndsWith('!'));
            source.Types[setter].Fields.Add(leaf.Name, new SourceField(leaf) { Type = type + (isStrict ? "!" : ""), IsExternal = true });
        }

        return leaf.Name;
    }
}
