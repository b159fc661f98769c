using System.Globalization;

namespace GraphGateway.Differential;

/// <summary>Makes a world from a seed. Not every one composes: some leave a field unreachable, which composition says.</summary>
internal sealed class WorldGenerator
{
    private readonly Dice dice;
    private readonly World world;
    private readonly Placement placement;
    private readonly List<string> entities = [];
    private readonly List<string> values = [];
    private readonly List<string> abstracts = [];

    private WorldGenerator(int seed)
    {
        dice = new Dice(seed);
        world = new World(seed) { HasStricterSources = dice.Percent(30) };
        placement = new Placement(world, dice);
    }

    public static World Generate(int seed)
    {
        var generator = new WorldGenerator(seed);
        generator.Run();
        return generator.world;
    }

    private void Run()
    {
        AddSources();
        AddEntities();
        AddInterfaceObject();
        AddHosts();
        AddValues();
        AddAbstractTypes();
        foreach (var entity in entities)
        {
            AddFields(entity);
        }

        AddRoots();
        AddWaysToInterfaceObjects();
        new ContextGenerator(world, dice, placement).Run(entities);
        new FieldFeatures(world, dice, placement).Run(entities);
        new LookupGenerator(world, dice).Run([.. entities, .. ContextGenerator.Entities(world)]);
        InterfaceFields.Fill(world);
    }

    private void AddSources()
    {
        var count = dice.Between(2, dice.Percent(70) ? 4 : 6);
        var mix = dice.Next(4);
        for (var i = 0; i < count; i++)
        {
            var isApollo = mix == 0 || (mix != 1 && dice.Percent(50));
            world.Sources.Add(new WorldSource(string.Create(CultureInfo.InvariantCulture, $"s{i}"), isApollo) { BatchesVariables = dice.Percent(50) });
            world.Sources[i].Types.Add("Query", new SourceType("Query", WorldKind.Root));
        }

        world.Types.Add("Query", new WorldType("Query", WorldKind.Root));
        world.Features.Add(world.Sources.All(source => source.IsApollo) ? "apollo sources" : world.Sources.Any(source => source.IsApollo) ? "mixed sources" : "composite sources");
    }

    private void AddEntities()
    {
        var count = dice.Between(2, 4);
        for (var i = 0; i < count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"T{i}");
            var hasOneKey = dice.Percent(35);
            // Whether an object without a type is there at all, nobody can say.
            var canHideBehindInterface = i < 2 && world.Sources.Count(source => source.IsApollo) > 1;
            var type = new WorldType(name, WorldKind.Entity) { HasUnknown = hasOneKey && !canHideBehindInterface && dice.Percent(60) };
            type.Keys.Add("id");
            if (!hasOneKey)
            {
                type.Keys.AddRange(dice.Some<string>(["sku", "a b", "ref { code }", "twin { id }"], 30).Where(key => i > 0 || !key.StartsWith("twin", StringComparison.Ordinal)));
            }

            world.Types.Add(name, type);
            AddKeyFields(type, i);
            entities.Add(name);
        }
    }

    private void AddKeyFields(WorldType type, int index)
    {
        void Add(string name, string fieldType, FieldRole role, params List<string> results) =>
            type.Fields[name] = new WorldField(type.Name, name, fieldType) { Role = role, Results = results, CanFail = false };
        Add("id", "ID!", FieldRole.Id);
        foreach (var key in type.Keys)
        {
            switch (key)
            {
                case "sku":
                    Add("sku", "String!", FieldRole.Sku);
                    break;
                case "a b":
                    Add("a", "Int!", FieldRole.Number);
                    Add("b", "String!", FieldRole.Text);
                    break;
                case "ref { code }":
                    var reference = new WorldType("Ref" + type.Name, WorldKind.Value);
                    reference.Fields.Add("code", new WorldField(reference.Name, "code", "String!") { Role = FieldRole.Code, CanFail = false });
                    world.Types.Add(reference.Name, reference);
                    Add("ref", reference.Name + "!", FieldRole.Twin, reference.Name);
                    break;
                case "twin { id }":
                    var twin = $"T{index - 1}";
                    Add("twin", twin + "!", FieldRole.Twin, twin);
                    break;
            }
        }
    }

    // An interface that is an object in other sources: all its types are in its home.
    private void AddInterfaceObject()
    {
        var apollo = world.Sources.Where(source => source.IsApollo).ToList();
        if (apollo.Count < 2 || dice.Percent(40))
        {
            return;
        }

        var type = new WorldType("M0", WorldKind.Interface);
        type.Possible.AddRange(entities.Take(2));
        world.Types.Add("M0", type);
        var home = dice.Pick(apollo);
        placement.DeclareInterface(home, "M0").ResolvableByKey.Add("id", true);
        foreach (var source in apollo.Where(source => source != home).Take(dice.Between(1, 2)))
        {
            source.Forbidden.UnionWith(type.Possible);
            var objectType = new SourceType("M0", WorldKind.Interface) { IsInterfaceObject = true };
            objectType.ResolvableByKey.Add("id", true);
            objectType.Fields.Add("id", new SourceField(world.Types[entities[0]].Fields["id"]) { Type = "ID!" });
            source.Types.Add("M0", objectType);
        }

        world.Features.Add("interface object");
        foreach (var entity in type.Possible)
        {
            placement.Host(home, entity, ["id"], isResolvable: true);
            placement.Implement(home, entity, "M0");
        }
    }

    private void AddHosts()
    {
        foreach (var entity in entities)
        {
            var keys = world.Types[entity].Keys;
            var possible = world.Sources.Where(source => placement.CanKnow(source, entity)).ToList();
            var hosts = dice.Some(possible, 60);
            if (hosts.Count == 1 && possible.Count > 1)
            {
                hosts.Add(possible.First(source => source != hosts[0]));
            }

            for (var i = 0; i < hosts.Count; i++)
            {
                placement.Host(hosts[i], entity, i == 0 ? keys : dice.Some(keys, 60), isResolvable: true);
            }
        }
    }

    private void AddValues()
    {
        for (var i = dice.Between(1, 2); i > 0; i--)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"V{i - 1}");
            var type = new WorldType(name, WorldKind.Value);
            world.Types.Add(name, type);
            values.Add(name);
            var sources = dice.Some(world.Sources, 60);
            foreach (var source in sources)
            {
                source.Types.Add(name, new SourceType(name, WorldKind.Value));
            }

            placement.Add(type, placement.NewField(name, "v0", "String"), sources);
            placement.Add(type, placement.NewField(name, "v1", dice.Pick<string>(["Int", "[String]", "Blob", "E0"])), sources);
            foreach (var source in sources.Count > 1 && dice.Percent(60) ? sources : [])
            {
                world.Features.Add("value type split over sources");
                placement.Add(type, placement.NewField(name, "x" + source.Name, "Int"), [source]);
            }

            if (dice.Percent(40) && sources.All(source => placement.CanKnow(source, entities[0])))
            {
                placement.Add(type, placement.NewLink(name, "link", [entities[0]], entities[0]), sources);
            }
        }
    }

    private void AddAbstractTypes()
    {
        var node = new WorldType("Node", WorldKind.Interface);
        node.Possible.AddRange(entities);
        world.Types.Add("Node", node);
        abstracts.Add("Node");
        var common = new WorldType("I0", WorldKind.Interface);
        common.Possible.AddRange(entities.Count > 2 && dice.Percent(60) ? entities.Skip(1) : entities);
        world.Types.Add("I0", common);
        abstracts.Add("I0");
        var union = new WorldType("U0", WorldKind.Union);
        union.Possible.AddRange(dice.Some(entities, 70));
        union.Possible.AddRange(values.Where(value => !placement.IsSplit(value)).Take(1));
        world.Types.Add("U0", union);
        abstracts.Add("U0");
        foreach (var entity in common.Possible)
        {
            var type = world.Types[entity];
            var hosts = placement.Hosts(entity);
            placement.Add(type, placement.NewField(entity, "label0", "String"), dice.Some(hosts, 50));
            placement.Add(type, placement.NewField(entity, "size0", "Int"), [dice.Pick(hosts)]);
        }

        if (world.Types.TryGetValue("M0", out var media))
        {
            foreach (var entity in media.Possible)
            {
                placement.Add(world.Types[entity], placement.NewField(entity, "label1", "String"), [world.Sources.First(source => source.Types.TryGetValue("M0", out var m) && !m.IsInterfaceObject)]);
            }
        }
    }

    private void AddFields(string entity)
    {
        var type = world.Types[entity];
        for (var i = dice.Between(3, 6); i > 0; i--)
        {
            var hosts = placement.Hosts(entity);
            var owner = dice.Pick(hosts);
            var second = dice.Percent(25) ? dice.Pick(hosts) : owner;
            var name = string.Create(CultureInfo.InvariantCulture, $"f{i}");
            var field = RandomField(entity, name, owner);
            var sources = field.Results.Any(placement.IsSplit)
                ? [.. world.Sources.Where(source => source.Types.ContainsKey(field.Results[0]))]
                : new[] { owner, second }.Distinct().ToList();
            if (sources.All(source => placement.Hosts(entity).Contains(source) && field.Results.All(result => placement.CanKnow(source, result))))
            {
                placement.Add(type, field, sources);
            }
        }
    }

    private WorldField RandomField(string owner, string name, WorldSource source)
    {
        var roll = dice.Next(100);
        if (roll < 45 && owner != "Query")
        {
            return placement.NewField(owner, name, dice.Pick<string>(["String", "Int", "Float", "Boolean", "[String]", "E0", "Blob", "ID", "[[Int]]"]));
        }

        if (roll < 60 && values.FirstOrDefault(value => placement.CanKnow(source, value) && !(owner == "Mutation" && placement.IsSplit(value))) is { } found)
        {
            return placement.NewLink(owner, name, [found], found);
        }

        if (roll < 80)
        {
            var target = entities.Where(entity => placement.CanKnow(source, entity)).ToList();
            if (target.Count > 0)
            {
                var entity = dice.Pick(target);
                return placement.NewLink(owner, name, [entity], entity);
            }
        }

        var @abstract = dice.Pick(abstracts);
        var results = world.Types[@abstract].Possible.Where(type => placement.CanKnow(source, type)).ToList();
        return results.Count == 0
            ? placement.NewField(owner, name, "String")
            : placement.NewLink(owner, name, dice.Some(results, 60), @abstract);
    }

    private void AddRoots()
    {
        var query = world.Types["Query"];
        foreach (var source in world.Sources)
        {
            for (var i = dice.Between(1, 2); i > 0; i--)
            {
                var field = RandomField("Query", $"q{i}{source.Name}", source);
                var others = world.Sources.Where(other => field.Results.Any(placement.IsSplit)
                    ? other != source && other.Types.ContainsKey(field.Results[0])
                    : other != source && dice.Percent(15) && field.Results.All(result => placement.CanKnow(other, result)));
                placement.Add(query, field, [source, .. others]);
            }

            if (source.Types.TryGetValue("M0", out var media))
            {
                placement.Add(query, placement.NewLink("Query", "media" + source.Name, world.Types["M0"].Possible, "M0", isList: true), [source]);
                AddInterfaceObjectFields(source, media);
            }
        }

        if (dice.Percent(40))
        {
            world.Types.Add("Mutation", new WorldType("Mutation", WorldKind.Root));
            foreach (var source in dice.Some(world.Sources, 50))
            {
                source.Types.Add("Mutation", new SourceType("Mutation", WorldKind.Root));
                placement.Add(world.Types["Mutation"], RandomField("Mutation", "m1" + source.Name, source), [source]);
                placement.Add(world.Types["Mutation"], RandomField("Mutation", "m2" + source.Name, source), [source]);
                AddPayload(source);
            }
        }
    }

    // A payload that leads back to the query, as clients that refetch want it.
    private void AddPayload(WorldSource source)
    {
        if (!dice.Percent(60))
        {
            return;
        }

        var type = new WorldType("Pay" + source.Name, WorldKind.Value);
        world.Types.Add(type.Name, type);
        source.Types.Add(type.Name, new SourceType(type.Name, WorldKind.Value));
        placement.Add(type, placement.NewField(type.Name, "note", "String"), [source]);
        placement.Add(type, new WorldField(type.Name, "query", dice.Percent(50) ? "Query!" : "Query") { Role = FieldRole.QueryRoot, Results = ["Query"] }, [source]);
        placement.Add(world.Types["Mutation"], placement.NewLink("Mutation", "m3" + source.Name, [type.Name], type.Name), [source]);
        world.Features.Add("query below a mutation");
    }

    // A field of the interface whose type is narrower in one of its object types, and fields of entities that lead to objects without a type.
    private void AddWaysToInterfaceObjects()
    {
        if (!world.Types.TryGetValue("M0", out var media))
        {
            return;
        }

        var home = world.Sources.First(source => source.Types.TryGetValue("M0", out var type) && !type.IsInterfaceObject);
        if (dice.Percent(60))
        {
            foreach (var entity in media.Possible)
            {
                var isNarrow = entity != media.Possible[0];
                var (results, type) = isNarrow ? ([media.Possible[0]], media.Possible[0]) : (media.Possible, "M0");
                placement.Add(world.Types[entity], new WorldField(entity, "next", $"[{type}]") { Results = results }, [home]);
            }

            home.Types["M0"].Fields.Add("next", new SourceField(world.Types[media.Possible[0]].Fields["next"]) { Type = "[M0]" });
            world.Features.Add("a narrowed field of an interface");
        }

        foreach (var source in world.Sources.Where(source => source.Types.TryGetValue("M0", out var type) && type.IsInterfaceObject))
        {
            foreach (var entity in entities.Where(entity => placement.Hosts(entity).Contains(source)).Take(1))
            {
                placement.Add(world.Types[entity], new WorldField(entity, "near" + source.Name, "M0") { Results = media.Possible }, [source]);
                world.Features.Add("a link to an interface object");
            }
        }
    }

    private void AddInterfaceObjectFields(WorldSource source, SourceType media)
    {
        if (!media.IsInterfaceObject)
        {
            return;
        }

        var targets = entities.Where(entity => placement.CanKnow(source, entity)).ToList();
        var name = "extra" + source.Name;
        var field = targets.Count > 0 && dice.Percent(50)
            ? placement.NewLink("M0", name, [targets[0]], targets[0])
            : placement.NewField("M0", name, dice.Pick<string>(["String", "Int", "[String]"]));
        foreach (var possible in world.Types["M0"].Possible)
        {
            world.Types[possible].Fields.Add(name, field with { Owner = possible });
        }

        media.Fields.Add(name, new SourceField(field) { Type = field.Type });
        foreach (var result in field.Results)
        {
            placement.Know(source, result);
        }

        if (dice.Percent(50))
        {
            var label = world.Types[world.Types["M0"].Possible[0]].Fields["label1"];
            media.Fields["label1"] = new SourceField(label) { Type = label.Type, IsExternal = true };
            var computed = new WorldField("M0", "made" + source.Name, "String")
            {
                Role = FieldRole.Computed,
                Requirement = [new RequiredValue("label1", "String", "label1", [("", [new PathStep("label1", "", new Dictionary<string, object?>())])])],
            };
            foreach (var possible in world.Types["M0"].Possible)
            {
                world.Types[possible].Fields["label1"].CanFail = false;
                world.Types[possible].Fields.Add(computed.Name, computed with { Owner = possible });
            }

            media.Fields.Add(computed.Name, new SourceField(computed) { Type = "String" });
            world.Features.Add("interface object with a requirement");
        }
    }
}
