namespace GraphGateway.Differential;

/// <summary>How sources of Federation 1 write their types: those that another source defines they only extend, with keys that are external.</summary>
internal static class Federation1
{
    public static void Extend(World world, Dice dice)
    {
        foreach (var type in world.Types.Values.Where(type => type.Kind == WorldKind.Entity))
        {
            var sources = world.Sources.Where(source => source.Types.ContainsKey(type.Name)).OrderBy(source => source.IsFederation1).ToList();
            foreach (var source in sources.Skip(1).Where(source => source.IsFederation1 && dice.Percent(70)))
            {
                source.Types[type.Name].IsExtension = true;
                world.Features.Add("an extended type of Federation 1");
            }
        }

        if (world.Sources.Exists(source => source.IsFederation1))
        {
            world.Features.Add("a source of Federation 1");
        }
    }
}
