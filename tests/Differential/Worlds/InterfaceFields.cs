namespace GraphGateway.Differential;

/// <summary>In each source an interface has the common fields that all its object types serve there.</summary>
internal static class InterfaceFields
{
    /// <summary>True for fields that objects have in common.</summary>
    public static bool IsCommon(string field) => field.StartsWith("label", StringComparison.Ordinal) || field.StartsWith("size", StringComparison.Ordinal) || field.StartsWith("said", StringComparison.Ordinal);

    public static void Fill(World world)
    {
        foreach (var source in world.Sources)
        {
            foreach (var type in source.Types.Values.Where(type => type.Kind == WorldKind.Interface && !type.IsInterfaceObject))
            {
                var objects = source.Types.Values.Where(other => other.Implements.Contains(type.Name)).ToList();
                foreach (var name in Names(world.Types[type.Name]))
                {
                    if (objects.All(other => other.Fields.TryGetValue(name, out var field) && !field.IsExternal))
                    {
                        var field = objects[0].Fields[name].Field;
                        type.Fields.TryAdd(name, new SourceField(field) { Type = field.Type });
                        if (name == "said0")
                        {
                            world.Features.Add("an interface field with an argument");
                        }
                    }
                }
            }
        }

        if (world.Sources.Select(source => source.Types.GetValueOrDefault("I0")).Where(type => type is not null)
            .Select(type => string.Join(' ', type!.Fields.Keys)).Distinct().Count() > 1)
        {
            world.Features.Add("an interface that differs by source");
        }

        if (world.Sources.Select(source => source.Types.GetValueOrDefault("U0")).Where(type => type is not null)
            .Select(type => string.Join(' ', type!.Members)).Distinct().Count() > 1)
        {
            world.Features.Add("a union that differs by source");
        }

        Nest(world);
        InnerInterfaces.Fill(world);
    }

    private static IEnumerable<string> Names(WorldType type) => type.Name switch
    {
        "I0" => ["id", "label0", "size0", "said0"],
        "IV0" => ["v0"],
        "M0" or "M1" => type.Keys.SelectMany(KeyText.Fields).Prepend("id").Append(InterfaceObjects.LabelOf(type)).Distinct(),
        _ => ["id"],
    };

    // An interface of an interface, in sources where all its objects are of both; every other world.
    private static void Nest(World world)
    {
        var objects = world.Sources.SelectMany(source => source.Types.Values).Where(type => type.Kind == WorldKind.Entity).ToLookup(type => type.Name);
        if (world.Seed % 2 == 0 || !objects.All(parts => parts.All(part => !part.Implements.Contains("I0")) || parts.Any(part => part.Implements.Contains("Node"))))
        {
            return;
        }

        foreach (var source in world.Sources)
        {
            if (source.Types.TryGetValue("I0", out var inner) && source.Types.TryGetValue("Node", out var outer)
                && inner.Fields.ContainsKey("id") && outer.Fields.Keys.All(inner.Fields.ContainsKey)
                && source.Types.Values.All(type => !type.Implements.Contains("I0") || type.Implements.Contains("Node")))
            {
                inner.Implements.Add("Node");
                world.Features.Add("an interface of an interface");
            }
        }
    }
}
