namespace GraphGateway.Differential;

/// <summary>Gives composite sources the lookups that their keys need, in all the forms that a lookup can have.</summary>
internal sealed class LookupGenerator(World world, Dice dice)
{
    public void Run(List<string> entities)
    {
        foreach (var source in world.Sources)
        {
            if (!source.IsApollo)
            {
                foreach (var entity in entities.Where(source.Types.ContainsKey))
                {
                    AddLookups(source, source.Types[entity]);
                }

                AddAbstract(source, "I0");
                AddAbstract(source, "U0");
            }
        }

        var nodes = world.Sources.Where(source => source.Types.ContainsKey("Node")).ToList();
        if (nodes.Count > 1 && dice.Percent(60))
        {
            AddGlobalIds(nodes);
        }
        else if (nodes.Count > 0)
        {
            var source = dice.Pick(nodes);
            Add(source, Node(source, "node"), isInternal: false, isNested: false);
            world.Features.Add("node(id:)");
        }
    }

    // Each source finds its own nodes, and the gateway those of all.
    private void AddGlobalIds(List<WorldSource> sources)
    {
        var all = sources.SelectMany(source => Node(source, "node").Results).Distinct().ToList();
        var hasMany = dice.Percent(70);
        foreach (var source in sources)
        {
            var one = Node(source, "node") with { IsUnmarked = dice.Percent(50) };
            source.Types["Query"].Fields.Add(one.Name, new SourceField(one) { Type = one.Type, IsShareable = dice.Percent(50) });
            world.Types["Query"].Fields["node"] = one with { Results = all };
            if (hasMany)
            {
                var many = new WorldField("Query", "nodes", "[Node]!") { Role = FieldRole.Nodes, CanFail = false, Results = one.Results, Arguments = [new WorldArgument("ids", "[ID!]!")] };
                source.Types["Query"].Fields.Add(many.Name, new SourceField(many) { Type = many.Type, IsShareable = dice.Percent(50) });
                world.Types["Query"].Fields["nodes"] = many with { Results = all };
            }
        }

        world.AsksForGlobalIds = dice.Percent(50) || sources.TrueForAll(source => source.IsApollo)
            || sources.TrueForAll(source => Node(source, "node").Results.Order(StringComparer.Ordinal).SequenceEqual(all.Order(StringComparer.Ordinal)));
        world.Features.Add(hasMany ? "nodes(ids:) of several sources" : "node(id:) of several sources");
    }

    private WorldField Node(WorldSource source, string name) => new("Query", name, "Node")
    {
        Role = FieldRole.Lookup,
        CanFail = false,
        Results = [.. source.Types.Values.Where(type => type.Implements.Contains("Node")).Select(type => type.Name)],
        Arguments = [new WorldArgument("id", "ID!") { Matches = [[("", "id")]] }],
    };

    private void AddLookups(WorldSource source, SourceType type)
    {
        var keys = type.ResolvableByKey.Where(key => key.Value).Select(key => key.Key).ToList();
        if (keys.Count > 1 && dice.Percent(50))
        {
            var alternatives = dice.Some(keys, 75);
            if (alternatives.Count > 1)
            {
                AddOneOf(source, type, alternatives);
                keys.RemoveAll(alternatives.Contains);
            }
        }

        if (keys.Contains("id") && type.Implements.Contains("Node") && dice.Percent(50))
        {
            if (!source.Types["Query"].Fields.ContainsKey("nodeBy" + source.Name))
            {
                var nodes = Node(source, "nodeBy" + source.Name);
                if (nodes.Results.All(result => source.Types[result].ResolvableByKey["id"]))
                {
                    Add(source, nodes, isInternal: dice.Percent(70), isNested: false);
                    world.Features.Add("abstract lookup");
                }
            }

            keys.RemoveAll(key => key == "id" && source.Types["Query"].Fields.ContainsKey("nodeBy" + source.Name));
        }

        foreach (var key in keys)
        {
            var name = $"{type.Name.ToLowerInvariant()}By{string.Concat(KeyText.Fields(key))}{source.Name}";
            var field = new WorldField("Query", name, type.Name)
            {
                Role = FieldRole.Lookup,
                CanFail = false,
                Results = [type.Name],
                Arguments = Arguments(source, type.Name, key),
            };
            Add(source, field, isInternal: type.IsInaccessible || dice.Percent(70), isNested: dice.Percent(20));
        }
    }

    private List<WorldArgument> Arguments(WorldSource source, string type, string key)
    {
        var paths = KeyText.Paths(key);
        if (paths.Count > 1 && dice.Percent(50))
        {
            var input = $"{type}Key{string.Concat(paths)}{source.Name}";
            source.Inputs[input] = InputOf(input, paths);
            world.Features.Add("lookup by an input object");
            return [new WorldArgument("key", input + "!") { Map = $"{{ {string.Join(' ', paths)} }}", Matches = [paths.ConvertAll(path => (path, path))] }];
        }

        world.Features.Add(paths.Count > 1 ? "compound key" : paths[0].Contains('.', StringComparison.Ordinal) ? "nested key" : "single key");
        return [.. paths.Select(path =>
        {
            var isNamed = !path.Contains('.', StringComparison.Ordinal) && dice.Percent(60);
            return new WorldArgument(isNamed ? path : "by" + path.Replace('.', '_'), TypeOf(path) + "!")
            {
                Map = isNamed ? null : path,
                Matches = [[("", path)]],
            };
        })];
    }

    private static string TypeOf(string path) => path switch
    {
        "a" or "slot" => "Int",
        "id" or "twin.id" => "ID",
        "kind" => "E0",
        _ => "String",
    };

    private static string InputOf(string name, List<string> paths) => $"input {name} {{ {string.Join(' ', paths.Select(path => $"{path}: {TypeOf(path)}!"))} }}";

    // A field of the input for each key; that of a compound one is an input object itself.
    private void AddOneOf(WorldSource source, SourceType type, List<string> keys)
    {
        var input = $"{type.Name}By{source.Name}";
        var fields = new List<string>();
        var maps = new List<string>();
        var matches = new List<List<(string, string)>>();
        foreach (var paths in keys.Select(KeyText.Paths))
        {
            if (paths is [var only])
            {
                var name = only.Replace('.', '_');
                fields.Add($"{name}: {TypeOf(only)}");
                maps.Add(name == only ? $"{{ {only} }}" : $"{{ {name}: {only} }}");
                matches.Add([(name, only)]);
            }
            else
            {
                var name = string.Concat(paths);
                source.Inputs[input + name] = InputOf(input + name, paths);
                fields.Add($"{name}: {input}{name}");
                maps.Add($"{{ {name}: {{ {string.Join(' ', paths)} }} }}");
                matches.Add(paths.ConvertAll(path => ($"{name}.{path}", path)));
                world.Features.Add("lookup with a compound key among alternatives");
            }
        }

        source.Inputs[input] = $"input {input} @oneOf {{ {string.Join(' ', fields)} }}";
        world.Features.Add(keys.Count > 2 ? "lookup with three alternatives" : "lookup with alternatives");
        Add(source, new WorldField("Query", $"{type.Name.ToLowerInvariant()}By{source.Name}", type.Name)
        {
            Role = FieldRole.Lookup,
            CanFail = false,
            Results = [type.Name],
            Arguments = [new WorldArgument("by", input + "!") { Map = string.Join(" | ", maps), Matches = matches }],
        }, isInternal: dice.Percent(70), isNested: false);
    }

    // Lookups of all that an interface or union has in the source: by one field of the interface, or by one of each type.
    private void AddAbstract(WorldSource source, string name)
    {
        var types = source.Types.Values.Where(type => type.Implements.Contains(name)).Select(type => type.Name)
            .Concat(source.Types.TryGetValue(name, out var union) ? union.Members : []).ToList();
        if (source.IsApollo || types.Count == 0 || !dice.Percent(50)
            || types.Exists(type => world.Types[type].Kind != WorldKind.Entity || !source.Types[type].ResolvableByKey.GetValueOrDefault("id")))
        {
            return;
        }

        var field = name.ToLowerInvariant() + "By" + source.Name;
        WorldArgument argument;
        if (types.Count > 1 && dice.Percent(40))
        {
            var input = $"{name}By{source.Name}";
            var keys = types.ConvertAll(type => (Type: type, Key: source.Types[type].ResolvableByKey.GetValueOrDefault("sku") && dice.Percent(60) ? "sku" : "id"));
            source.Inputs[input] = $"input {input} @oneOf {{ {string.Join(' ', keys.Select(key => $"by{key.Type}: {TypeOf(key.Key)}"))} }}";
            argument = new WorldArgument("by", input + "!")
            {
                Map = string.Join(" | ", keys.Select(key => $"{{ by{key.Type}: <{key.Type}>.{key.Key} }}")),
                Matches = keys.ConvertAll(key => new List<(string, string)> { ("by" + key.Type, key.Key) }),
            };
            world.Features.Add("abstract lookup with keys by type");
        }
        else
        {
            argument = new WorldArgument("id", "ID!")
            {
                Map = union?.Kind == WorldKind.Union ? string.Join(" | ", types.Select(type => $"<{type}>.id")) : null,
                Matches = [[("", "id")]],
            };
            world.Features.Add(union?.Kind == WorldKind.Union ? "abstract lookup of a union" : "abstract lookup of another interface");
        }

        Add(source, new WorldField("Query", field, name) { Role = FieldRole.Lookup, CanFail = false, Results = types, Arguments = [argument] }, isInternal: dice.Percent(70), isNested: dice.Percent(20));
    }

    private void Add(WorldSource source, WorldField field, bool isInternal, bool isNested)
    {
        if (!isNested)
        {
            source.Types["Query"].Fields.Add(field.Name, new SourceField(field) { Type = field.Type, IsInternal = isInternal });
            if (!isInternal)
            {
                world.Types["Query"].Fields.Add(field.Name, field);
                world.Features.Add("public lookup");
            }

            return;
        }

        var name = "Lookups" + source.Name;
        if (!source.Types.TryGetValue(name, out var type))
        {
            source.Types.Add(name, type = new SourceType(name, WorldKind.Value) { IsInternal = true });
            var space = new WorldField("Query", "lookups" + source.Name, name + "!") { Role = FieldRole.Namespace, CanFail = false };
            source.Types["Query"].Fields.Add(space.Name, new SourceField(space) { Type = space.Type, IsInternal = true });
            world.Features.Add("nested lookup");
        }

        type.Fields.Add(field.Name, new SourceField(field) { Type = field.Type });
    }
}
