namespace GraphGateway.Differential;

/// <summary>Puts fields and types into sources, with what that takes there.</summary>
internal sealed class Placement(World world, Dice dice)
{
    /// <summary>True when the source may have the type: entities where no interface object stands for them, value types where they are.</summary>
    public bool CanKnow(WorldSource source, string type) => world.Types[type].Kind switch
    {
        // Federation 1 has nothing to hide a type with.
        WorldKind.Entity => !source.Forbidden.Contains(type) && !(source.IsFederation1 && world.Types[type].IsInaccessible)
            && world.Types[type].Fields.Values.Where(field => field.Role == FieldRole.Twin && !source.Types.ContainsKey(type))
                .Where(field => world.Types[field.Results[0]].Kind == WorldKind.Entity)
                .All(field => CanKnow(source, field.Results[0])),
        _ => source.Types.ContainsKey(type),
    };

    /// <summary>True for a value type whose parts are in different sources: who has one, has it everywhere.</summary>
    public bool IsSplit(string type) => world.Types[type].Kind == WorldKind.Value
        && world.Types[type].Fields.Keys.Any(field => field.StartsWith('x'));

    /// <summary>The sources that can be entered on the entity.</summary>
    public List<WorldSource> Hosts(string entity) =>
        [.. world.Sources.Where(source => source.Types.TryGetValue(entity, out var type) && type.CanBeEntered)];

    /// <summary>Has a source know an entity by keys.</summary>
    public void Host(WorldSource source, string entity, IEnumerable<string> keys, bool isResolvable)
    {
        if (!source.Types.TryGetValue(entity, out var inSource))
        {
            source.Types.Add(entity, inSource = new SourceType(entity, WorldKind.Entity) { IsInaccessible = world.Types[entity].IsInaccessible });
        }

        var type = world.Types[entity];
        foreach (var key in keys.Select(key => !source.IsApollo && KeyFields.OfLists.Contains(key) ? "id" : key).Distinct())
        {
            // Only Federation 2 can say that a source is not to be entered.
            inSource.ResolvableByKey[key] = isResolvable || source.IsFederation1 || inSource.ResolvableByKey.GetValueOrDefault(key);
            foreach (var name in KeyText.Fields(key))
            {
                var field = type.Fields[name];
                inSource.Fields.TryAdd(name, new SourceField(field) { Type = field.Type });
                foreach (var result in field.Results)
                {
                    KnowKeyTarget(source, result);
                }
            }
        }
    }

    /// <summary>Has a source know a type well enough to refer to its objects.</summary>
    public void Know(WorldSource source, string type)
    {
        if (world.Types[type].Kind == WorldKind.Entity && !source.Types.ContainsKey(type) && !source.Forbidden.Contains(type))
        {
            Host(source, type, [dice.Pick(world.Types[type].Keys)], isResolvable: dice.Percent(40));
        }
    }

    /// <summary>Has an object type implement an interface in a source.</summary>
    public void Implement(WorldSource source, string entity, string @interface)
    {
        DeclareInterface(source, @interface);
        var type = source.Types[entity];
        type.Implements.Add(@interface);
        if (@interface == "Node")
        {
            Host(source, entity, type.ResolvableByKey.ContainsKey("id") ? [] : ["id"], isResolvable: dice.Percent(50));
        }
        else if (@interface == "I0")
        {
            AddTo(source, world.Types[entity].Fields["label0"], isShared: true);
        }
        else if (@interface == "IV0")
        {
            // All have it already.
            world.Features.Add("an interface of value types");
        }
    }

    public SourceType DeclareInterface(WorldSource source, string name)
    {
        if (!source.Types.TryGetValue(name, out var type))
        {
            source.Types.Add(name, type = new SourceType(name, WorldKind.Interface) { IsInaccessible = world.Types[name].IsInaccessible });
        }

        return type;
    }

    /// <summary>A leaf field, sometimes with an argument.</summary>
    public WorldField NewField(string owner, string name, string type)
    {
        var isCommon = InterfaceFields.IsCommon(name);
        var isNeverNull = !HasUnknown(owner) && dice.Percent(25) && !isCommon;
        return new WorldField(owner, name, isNeverNull && dice.Percent(50) ? type + "!" : type)
        {
            IsNeverNull = isNeverNull,
            Arguments = isCommon ? [] : RandomArguments(),
        };
    }

    /// <summary>A field of objects.</summary>
    public WorldField NewLink(string owner, string name, List<string> results, string type, bool isList = false)
    {
        var roll = isList ? 50 : dice.Next(100);
        var text = roll switch
        {
            < 40 => type,
            < 60 => $"[{type}]",
            < 75 => $"[{type}!]",
            < 82 => $"[[{type}]]",
            < 90 => $"[{type}!]!",
            _ => $"{type}!",
        };
        return new WorldField(owner, name, HasUnknown(owner) ? text.TrimEnd('!') : text) { Results = results, Arguments = RandomArguments() };
    }

    /// <summary>Adds a field to the graph and to sources; several share it.</summary>
    public void Add(WorldType type, WorldField field, List<WorldSource> sources)
    {
        type.Fields[field.Name] = field;
        foreach (var source in sources)
        {
            AddTo(source, field, isShared: sources.Count > 1);
        }
    }

    private void AddTo(WorldSource source, WorldField field, bool isShared)
    {
        if (source.Types[field.Owner].Fields.ContainsKey(field.Name))
        {
            return;
        }

        foreach (var result in field.Results)
        {
            Know(source, result);
        }

        var isNarrow = isShared && field.Results.Count == 1 && world.Types.GetValueOrDefault(field.Named)?.IsAbstract == true && dice.Percent(20);
        if (isNarrow)
        {
            world.Features.Add("a source with a narrower type");
        }
        else
        {
            KnowAbstract(source, field);
        }

        var text = isNarrow ? field.Type.Replace(field.Named, field.Results[0], StringComparison.Ordinal) : field.Type;
        var isStrict = world.HasStricterSources && field.IsNeverNull && !text.EndsWith('!') && dice.Percent(50);
        source.Types[field.Owner].Fields.Add(field.Name, new SourceField(field) { Type = isStrict ? text + "!" : text, IsShareable = isShared, IsInaccessible = field.Named == "EZ" || world.Types.GetValueOrDefault(field.Named)?.IsInaccessible == true });
        if (!source.IsFederation1 && field.Arguments.Exists(argument => argument.IsInaccessible))
        {
            world.Features.Add("inaccessible argument");
            if (field.Arguments.Exists(argument => argument.Type == "InZ"))
            {
                world.Features.Add("inaccessible input type");
            }

            if (field.Arguments.Exists(argument => argument is { IsInaccessible: true, Default: not null }))
            {
                world.Features.Add("inaccessible argument with a default");
            }
        }

        foreach (var other in isShared ? world.SourcesOf(field.Owner, field.Name) : [])
        {
            other.Types[field.Owner].Fields[field.Name].IsShareable = true;
        }
    }

    /// <summary>Has a source know the interface or union of a field, with what its values are.</summary>
    public void KnowAbstract(WorldSource source, WorldField field)
    {
        if (!world.Types.TryGetValue(field.Named, out var type) || !type.IsAbstract || source.Types.TryGetValue(field.Named, out var known) && known.IsInterfaceObject)
        {
            return;
        }

        if (type.Kind == WorldKind.Interface)
        {
            foreach (var result in field.Results)
            {
                Implement(source, result, type.Name);
            }

            return;
        }

        if (!source.Types.TryGetValue(type.Name, out var union))
        {
            source.Types.Add(type.Name, union = new SourceType(type.Name, WorldKind.Union) { IsInaccessible = type.IsInaccessible });
        }

        union.Members.UnionWith(field.Results);
    }

    private bool HasUnknown(string owner) => world.Types.TryGetValue(owner, out var type) && type.HasUnknown;

    private void KnowKeyTarget(WorldSource source, string type)
    {
        if (world.Types[type].Kind == WorldKind.Entity)
        {
            Host(source, type, ["id"], isResolvable: dice.Percent(50));
            return;
        }

        if (source.Types.ContainsKey(type))
        {
            return;
        }

        var inSource = new SourceType(type, WorldKind.Value);
        foreach (var field in world.Types[type].Fields.Values)
        {
            inSource.Fields.Add(field.Name, new SourceField(field) { Type = field.Type, IsShareable = true });
            field.Results.ForEach(result => KnowKeyTarget(source, result));
        }

        source.Types.Add(type, inSource);
    }

    private List<WorldArgument> RandomArguments() => dice.Next(100) switch
    {
        < 12 => [new WorldArgument("n", "Int")],
        < 20 => [new WorldArgument("n", "Int", "3")],
        < 25 => [new WorldArgument("s", "String!")],
        < 30 => [new WorldArgument("e", "E0", "B"), new WorldArgument("list", "[Int!]")],
        < 35 => [new WorldArgument("in", "In0")],
        < 37 => [new WorldArgument("hid", "Int", world.Seed % 2 == 0 ? "3" : null) { IsInaccessible = true }, new WorldArgument("s", "String")],
        < 40 => [new WorldArgument("hid", "InZ", world.Seed % 2 == 0 ? "{ p: 3 }" : null) { IsInaccessible = true }, new WorldArgument("s", "String")],
        < 45 => [new WorldArgument("in", "In1"), new WorldArgument("n", "Int")],
        _ => [],
    };
}
