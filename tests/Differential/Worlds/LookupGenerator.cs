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
        if (keys.Contains("id") && keys.Contains("sku") && dice.Percent(50))
        {
            AddOneOf(source, type);
            keys.RemoveAll(key => key is "id" or "sku");
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
            var name = $"{type.Name.ToLowerInvariant()}By{KeyText.Fields(key).First()}{source.Name}";
            var field = new WorldField("Query", name, type.Name)
            {
                Role = FieldRole.Lookup,
                CanFail = false,
                Results = [type.Name],
                Arguments = Arguments(source, type.Name, key),
            };
            Add(source, field, isInternal: dice.Percent(70), isNested: dice.Percent(20));
        }
    }

    private List<WorldArgument> Arguments(WorldSource source, string type, string key)
    {
        var paths = KeyText.Paths(key);
        if (paths.Count > 1 && dice.Percent(50))
        {
            var input = $"{type}Key{source.Name}";
            source.Inputs[input] = $"input {input} {{ a: Int! b: String! }}";
            world.Features.Add("lookup by an input object");
            return [new WorldArgument("key", input + "!") { Map = "{ a b }", Matches = [paths] }];
        }

        world.Features.Add(paths.Count > 1 ? "compound key" : paths[0].Path.Contains('.', StringComparison.Ordinal) ? "nested key" : "single key");
        return [.. paths.Select(path =>
        {
            var isNamed = !path.Path.Contains('.', StringComparison.Ordinal) && dice.Percent(60);
            return new WorldArgument(isNamed ? path.Path : "by" + path.Path.Replace('.', '_'), path.Path is "a" ? "Int!" : path.Path is "id" or "twin.id" ? "ID!" : "String!")
            {
                Map = isNamed ? null : path.Path,
                Matches = [[("", path.Path)]],
            };
        })];
    }

    private void AddOneOf(WorldSource source, SourceType type)
    {
        var input = $"{type.Name}By{source.Name}";
        source.Inputs[input] = $"input {input} @oneOf {{ id: ID sku: String }}";
        world.Features.Add("lookup with alternatives");
        Add(source, new WorldField("Query", $"{type.Name.ToLowerInvariant()}By{source.Name}", type.Name)
        {
            Role = FieldRole.Lookup,
            CanFail = false,
            Results = [type.Name],
            Arguments = [new WorldArgument("by", input + "!") { Map = "{ id } | { sku }", Matches = [[("id", "id")], [("sku", "sku")]] }],
        }, isInternal: dice.Percent(70), isNested: false);
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
