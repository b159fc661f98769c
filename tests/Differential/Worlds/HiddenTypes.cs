namespace GraphGateway.Differential;

/// <summary>An entity that no client sees: fields of others are made of its parts, which several sources have.</summary>
internal sealed class HiddenTypes(World world, Dice dice, Dice more, Placement placement)
{
    /// <summary>The type's name.</summary>
    public const string Name = "Z0";

    /// <summary>The entities that were added.</summary>
    public static IEnumerable<string> Entities(World world) => world.Types.ContainsKey(Name) ? [Name] : [];

    public void Run(List<string> entities)
    {
        var sources = world.Sources.Where(source => !source.IsFederation1).ToList();
        if (sources.Count < 2 || dice.Percent(50))
        {
            return;
        }

        var type = new WorldType(Name, WorldKind.Entity) { IsInaccessible = true };
        type.Keys.Add("id");
        type.Fields.Add("id", new WorldField(Name, "id", "ID!") { Role = FieldRole.Id, CanFail = false });
        world.Types.Add(Name, type);
        var hosts = dice.Some(sources, 70);
        hosts.ForEach(host => placement.Host(host, Name, ["id"], isResolvable: true));
        placement.Add(type, new WorldField(Name, "z1", "String"), [dice.Pick(hosts)]);
        placement.Add(type, new WorldField(Name, "z2", "Int"), [dice.Pick(hosts)]);
        placement.Add(type, new WorldField(Name, "z3", "EZ"), [more.Pick(hosts)]);
        world.Features.Add("inaccessible enum type");
        AddAmongOthers(entities, hosts);
        foreach (var entity in entities)
        {
            if (placement.Hosts(entity).Where(hosts.Contains).ToList() is { Count: > 0 } both)
            {
                placement.Add(world.Types[entity], new WorldField(entity, "hidden", dice.Pick<string>([Name, $"[{Name}]"])) { Results = [Name] }, [dice.Pick(both)]);
            }
        }
    }

    // Where a client sees a union or an interface, some of whose objects it does not; or not even the union or the interface.
    private void AddAmongOthers(List<string> entities, List<WorldSource> hosts)
    {
        foreach (var (name, kind, isInaccessible, feature) in ((string, WorldKind, bool, string)[])
            [
                ("UZ", WorldKind.Union, false, "inaccessible member of a union"), ("JZ", WorldKind.Interface, false, "inaccessible type behind an interface"),
                ("UY", WorldKind.Union, true, "inaccessible union"), ("JY", WorldKind.Interface, true, "inaccessible interface"),
            ])
        {
            var seen = entities.Where(entity => placement.Hosts(entity).Exists(hosts.Contains)).ToList();
            if (seen.Count == 0 || !more.Percent(60))
            {
                continue;
            }

            var other = more.Pick(seen);
            var both = more.Some(placement.Hosts(other).Where(hosts.Contains).ToList(), 40);
            var type = new WorldType(name, kind) { IsInaccessible = isInaccessible };
            type.Possible.AddRange([other, Name]);
            world.Types.Add(name, type);
            both.ForEach(source => placement.Host(source, other, ["id"], isResolvable: more.Percent(60)));
            var field = new WorldField(entities[0], "among" + name, more.Pick<string>([name, $"[{name}]", $"[{name}!]", world.Types[entities[0]].HasUnknown ? name : $"{name}!"])) { Results = [other, Name] };
            if (!isInaccessible)
            {
                placement.Add(world.Types["Query"], field with { Owner = "Query" }, both);
            }

            if (both.Exists(source => placement.Hosts(entities[0]).Contains(source)))
            {
                placement.Add(world.Types[entities[0]], field, both.FindAll(source => placement.Hosts(entities[0]).Contains(source)));
            }

            world.Features.Add(feature);
        }
    }
}
