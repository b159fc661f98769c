namespace GraphGateway.Differential;

/// <summary>An entity that no client sees: fields of others are made of its parts, which several sources have.</summary>
internal sealed class HiddenTypes(World world, Dice dice, Placement placement)
{
    /// <summary>The type's name.</summary>
    public const string Name = "Z0";

    /// <summary>The entities that were added.</summary>
    public static IEnumerable<string> Entities(World world) => world.Types.ContainsKey(Name) ? [Name] : [];

    public void Run(List<string> entities)
    {
        // Federation 1 has nothing to hide it with.
        var sources = world.Sources.Where(source => !source.IsFederation1).ToList();
        if (sources.Count < 2 || dice.Percent(50))
        {
            return;
        }

        var type = new WorldType(Name, WorldKind.Entity);
        type.Keys.Add("id");
        type.Fields.Add("id", new WorldField(Name, "id", "ID!") { Role = FieldRole.Id, CanFail = false });
        world.Types.Add(Name, type);
        var hosts = dice.Some(sources, 70);
        hosts.ForEach(host => placement.Host(host, Name, ["id"], isResolvable: true));
        placement.Add(type, new WorldField(Name, "z1", "String"), [dice.Pick(hosts)]);
        placement.Add(type, new WorldField(Name, "z2", "Int"), [dice.Pick(hosts)]);
        foreach (var entity in entities)
        {
            if (placement.Hosts(entity).Where(hosts.Contains).ToList() is { Count: > 0 } both)
            {
                placement.Add(world.Types[entity], new WorldField(entity, "hidden", dice.Pick<string>([Name, $"[{Name}]"])) { Results = [Name] }, [dice.Pick(both)]);
            }
        }
    }
}
