using System.Globalization;

namespace GraphGateway.Differential;

/// <summary>
/// Interfaces that are an object in other sources, each with a key of its own or with two, of which these sources have one or both: from one of them to
/// another the way may lead over a third, and so may the one from them to the home, which may take one of two. All types of an interface are in its home. Two of them have an
/// entity in common.
/// </summary>
/// <param name="world">The world.</param>
/// <param name="dice">The dice of the world.</param>
/// <param name="more">For what came later, so that the rest of a seed's world stays what it was.</param>
/// <param name="taken">For which keys homes take.</param>
/// <param name="placement">Puts things into sources.</param>
/// <param name="entities">The names of all entities.</param>
internal sealed class InterfaceObjects(World world, Dice dice, Dice more, Dice taken, Placement placement, List<string> entities)
{
    private static readonly string[] Names = ["M0", "M1"];

    /// <summary>The interfaces of the world that sources have objects in the place of.</summary>
    public static IEnumerable<WorldType> Of(World world) => Names.Select(name => world.Types.GetValueOrDefault(name)).OfType<WorldType>();

    public void AddTypes()
    {
        foreach (var (index, name) in Names.Index())
        {
            if (!dice.Percent(40))
            {
                // Of an object that nobody has nobody can tell the type.
                var possible = entities.Skip(index * (dice.Percent(50) ? 1 : 2)).Take(2).Where(entity => !world.Types[entity].HasUnknown).ToList();
                AddType(name, possible, index == 0 || dice.Percent(20) ? "id" : dice.Pick<string>(["sku", "sku", "id sku"]));
            }
        }

        if (Of(world).Count() > 1)
        {
            world.Features.Add("several interface objects");
        }
    }

    private void AddType(string name, List<string> possible, string key)
    {
        // A home knows the types, and a source with an object in the interface's place must not. It may have one in the place of each of two interfaces.
        var homes = world.Sources.Where(source => source is { IsApollo: true, IsFederation1: false } && !source.Forbidden.Overlaps(possible)).ToList();
        if (possible.Count == 0 || dice.PickOrNull(homes) is not { } home
            || world.Sources.Where(source => source is { IsApollo: true, IsFederation1: false } && source != home && !possible.Exists(source.Types.ContainsKey)).ToList() is not { Count: > 0 } others)
        {
            return;
        }

        var type = new WorldType(name, WorldKind.Interface);
        type.Possible.AddRange(possible);
        var hasTwoKeys = more.Percent(50) && !possible.Exists(entity => world.Types[entity].HasNullKeys);
        type.Keys.AddRange(!hasTwoKeys ? [key] : key == "id" ? ["id", "sku"] : [key, "id"]);
        world.Types.Add(name, type);
        foreach (var (entity, missing) in possible.SelectMany(entity => type.Keys.Except(world.Types[entity].Keys).Select(missing => (entity, missing)).ToList()))
        {
            world.Types[entity].Keys.Add(missing);
            new KeyFields(world).Add(world.Types[entity], missing);
        }

        var takesOne = hasTwoKeys && others.Count > 1 && taken.Percent(60);
        type.Keys.Skip(takesOne ? 1 : 0).ToList().ForEach(own => placement.DeclareInterface(home, name).ResolvableByKey.Add(own, true));
        foreach (var (index, source) in others.Take(dice.Between(1, 2) + (hasTwoKeys ? 1 : 0)).Index())
        {
            if (source.Forbidden.Overlaps(possible))
            {
                world.Features.Add("interface objects of one source with a type in common");
            }

            source.Forbidden.UnionWith(possible);
            var inSource = new SourceType(name, WorldKind.Interface) { IsInterfaceObject = true };
            foreach (var field in (hasTwoKeys ? AddKeys(type, inSource, takesOne ? index : null) : AddKeys(inSource, key)).Select(field => world.Types[possible[0]].Fields[field]))
            {
                var canBeNull = possible.Exists(entity => !world.Types[entity].Fields[field.Name].Type.EndsWith('!'));
                inSource.Fields.Add(field.Name, new SourceField(field) { Type = canBeNull ? field.Type.TrimEnd('!') : field.Type });
            }

            source.Types.Add(name, inSource);
        }

        world.Features.Add("interface object");
        if (key != "id")
        {
            world.Features.Add("interface object with another key");
        }

        foreach (var entity in possible)
        {
            placement.Host(home, entity, type.Keys, isResolvable: true);
            placement.Implement(home, entity, name);
        }
    }

    // Some of the interface's keys; the names of their fields. Where the home takes the second alone, the first source has both, and leads those there that have the other one.
    private IEnumerable<string> AddKeys(WorldType type, SourceType inSource, int? place)
    {
        world.Features.Add("interface object with one of two keys, or both");
        var some = more.Some(type.Keys, 60);
        if (place is 0)
        {
            world.Features.Add("interface object whose home takes one of two keys");
            some = type.Keys;
        }
        else if (place is 1)
        {
            some = type.Keys[..1];
        }

        return some.SelectMany(key => AddKeys(inSource, key)).Distinct().ToList();
    }

    private static IEnumerable<string> AddKeys(SourceType inSource, string key)
    {
        inSource.ResolvableByKey.Add(key, true);
        return KeyText.Fields(key);
    }

    /// <summary>Adds a field that the interface itself has, for each.</summary>
    public void AddLabels()
    {
        foreach (var type in Of(world))
        {
            type.Possible.ForEach(entity => placement.Add(world.Types[entity], placement.NewField(entity, LabelOf(type), "String"), [HomeOf(type)]));
        }
    }

    /// <summary>The field that an interface itself has.</summary>
    public static string LabelOf(WorldType type) => "label" + (type.Name == "M0" ? "1" : "2");

    /// <summary>Adds the lists of all objects that a source has, and what its object in an interface's place has more.</summary>
    public void AddRoots(WorldSource source)
    {
        foreach (var type in Of(world))
        {
            if (source.Types.TryGetValue(type.Name, out var inSource))
            {
                placement.Add(world.Types["Query"], placement.NewLink("Query", (type.Name == "M0" ? "media" : "press") + source.Name, type.Possible, type.Name, isList: true), [source]);
                AddFields(source, type, inSource);
            }
        }
    }

    /// <summary>
    /// Adds a field of the interface whose type is narrower in one of its object types, and fields of entities that lead to objects without a type.
    /// </summary>
    public void AddWays()
    {
        foreach (var type in Of(world))
        {
            AddNarrowed(type);
            AddPeers(type);
            foreach (var source in world.Sources.Where(source => source.Types.TryGetValue(type.Name, out var inSource) && inSource.IsInterfaceObject))
            {
                foreach (var entity in entities.Where(entity => placement.Hosts(entity).Contains(source)).Take(1))
                {
                    var name = (type.Name == "M0" ? "near" : "far") + source.Name;
                    placement.Add(world.Types[entity], new WorldField(entity, name, type.Name) { Results = type.Possible }, [source]);
                    world.Features.Add("a link to an interface object");
                }
            }
        }
    }

    // Of entities that the interface's home has, and a source with an object in its place: that one may require what is at the end of the link.
    private void AddPeers(WorldType type)
    {
        var home = HomeOf(type);
        var both = entities.Where(entity => placement.Hosts(entity) is var hosts && hosts.Contains(home)
            && hosts.Exists(host => host.Types.TryGetValue(type.Name, out var inSource) && inSource.IsInterfaceObject)).ToList();
        foreach (var entity in both)
        {
            var name = type.Name == "M0" ? "pal" : "mate";
            placement.Add(world.Types[entity], new WorldField(entity, name, more.Percent(50) ? type.Name : $"[{type.Name}]") { Results = type.Possible }, [home]);
        }
    }

    private void AddNarrowed(WorldType type)
    {
        if (!dice.Percent(60))
        {
            return;
        }

        var name = type.Name == "M0" ? "next" : "after";
        foreach (var entity in type.Possible)
        {
            var isNarrow = entity != type.Possible[0];
            var (results, named) = isNarrow ? ([type.Possible[0]], type.Possible[0]) : (type.Possible, type.Name);
            placement.Add(world.Types[entity], new WorldField(entity, name, $"[{named}]") { Results = results }, [HomeOf(type)]);
        }

        HomeOf(type).Types[type.Name].Fields.Add(name, new SourceField(world.Types[type.Possible[0]].Fields[name]) { Type = $"[{type.Name}]" });
        world.Features.Add("a narrowed field of an interface");
    }

    private WorldSource HomeOf(WorldType type) => HomeOf(world, type);

    /// <summary>The source that has the interface itself, with all its types.</summary>
    public static WorldSource HomeOf(World world, WorldType type) =>
        world.Sources.First(source => source.Types.TryGetValue(type.Name, out var inSource) && !inSource.IsInterfaceObject);

    private void AddFields(WorldSource source, WorldType type, SourceType inSource)
    {
        if (!inSource.IsInterfaceObject)
        {
            return;
        }

        var suffix = source.Name + (type.Name == "M0" ? "" : "x");
        var targets = entities.Where(entity => placement.CanKnow(source, entity)).ToList();
        var name = "extra" + suffix;
        var field = targets.Count > 0 && dice.Percent(50)
            ? placement.NewLink(type.Name, name, [targets[0]], targets[0])
            : placement.NewField(type.Name, name, dice.Pick<string>(["String", "Int", "[String]"]));
        foreach (var possible in type.Possible)
        {
            world.Types[possible].Fields.Add(name, field with { Owner = possible });
        }

        inSource.Fields.Add(name, new SourceField(field) { Type = field.Type });
        foreach (var result in field.Results)
        {
            placement.Know(source, result);
        }

        if (dice.Percent(50))
        {
            AddMade(type, inSource, "made" + suffix);
        }
    }

    // What the interface itself has, or another source with an object in its place.
    private WorldField RequiredBy(WorldType type, SourceType inSource)
    {
        var extras = world.Sources.Where(other => other.Types.TryGetValue(type.Name, out var there) && there.IsInterfaceObject && there != inSource)
            .SelectMany(other => other.Types[type.Name].Fields.Values)
            .Where(entry => !entry.IsExternal && entry.Field is { Role: FieldRole.Data, Results.Count: 0 } && entry.Field.Arguments.TrueForAll(argument => !argument.Type.EndsWith('!'))).ToList();
        if (extras.Count == 0 || more.Percent(50))
        {
            return world.Types[type.Possible[0]].Fields[LabelOf(type)];
        }

        world.Features.Add("an interface object that requires what another one has");
        return more.Pick(extras).Field;
    }

    private void AddMade(WorldType type, SourceType inSource, string name)
    {
        var label = RequiredBy(type, inSource);
        var labelType = label.Type.TrimEnd('!');
        inSource.Fields[label.Name] = new SourceField(label) { Type = label.Type, IsExternal = true };
        var computed = new WorldField(type.Name, name, "String")
        {
            Role = FieldRole.Computed,
            Requirement = [new RequiredValue(label.Name, labelType, label.Name, [("", [PathStep.To(label)])])],
        };
        foreach (var possible in type.Possible)
        {
            world.Types[possible].Fields[label.Name].CanFail = false;
            world.Types[possible].Fields.Add(computed.Name, computed with { Owner = possible });
        }

        inSource.Fields.Add(computed.Name, new SourceField(computed) { Type = "String" });
        world.Features.Add("interface object with a requirement");
    }
}
