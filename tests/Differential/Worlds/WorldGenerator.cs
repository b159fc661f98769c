using System.Globalization;

namespace GraphGateway.Differential;

/// <summary>Makes a world from a seed. Not every one composes: some leave a field unreachable, which composition says.</summary>
internal sealed class WorldGenerator
{
    private readonly Dice dice;

    // What came later is thrown with dice of its own, so that the rest of a seed's world stays what it was.
    private readonly Dice more;
    private readonly World world;
    private readonly Placement placement;
    private readonly InterfaceObjects interfaceObjects;
    private readonly List<string> entities = [];
    private readonly List<string> values = [];
    private readonly List<string> abstracts = [];

    private readonly Dice nulls;
    private readonly HashSet<string> askedByNulls = [];
    private readonly bool hasNullKeys;

    private WorldGenerator(int seed, bool hasNullKeys)
    {
        this.hasNullKeys = hasNullKeys;
        nulls = new Dice(seed ^ 0x5EED);
        dice = new Dice(seed);
        more = new Dice(~seed);
        world = new World(seed) { HasStricterSources = dice.Percent(30) };
        placement = new Placement(world, dice);
        interfaceObjects = new InterfaceObjects(world, dice, new Dice(seed ^ 0x0B1EC7), new Dice(seed ^ 0x0403E5), placement, entities);
    }

    /// <summary>The world of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="hasNullKeys">True: keys of some entities can be null, and where an object has none by which a source could be asked its fields are errors.</param>
    public static World Generate(int seed, bool hasNullKeys = false)
    {
        var generator = new WorldGenerator(seed, hasNullKeys);
        generator.Run();
        return generator.world;
    }

    private void Run()
    {
        AddSources();
        AddEntities();
        interfaceObjects.AddTypes();
        AddHosts();
        AddValues();
        AddAbstractTypes();
        foreach (var entity in entities)
        {
            AddFields(entity);
            AddLike(entity);
        }

        AddRoots();
        interfaceObjects.AddWays();
        new InnerInterfaces(world, new Dice(world.Seed ^ 0x1EE7)).Add();
        new ContextGenerator(world, dice, placement).Run(entities);
        new HiddenTypes(world, dice, more, placement).Run(entities);
        new FieldFeatures(world, dice, placement).Run(entities);
        new LookupGenerator(world, dice).Run([.. entities, .. ContextGenerator.Entities(world), .. HiddenTypes.Entities(world)]);
        InterfaceFields.Fill(world);
        Federation1.Extend(world, dice);
        new SourceVariants(world, dice).Run();
    }

    private void AddSources()
    {
        var count = dice.Between(2, dice.Percent(70) ? 4 : 6);
        var mix = dice.Next(4);
        for (var i = 0; i < count; i++)
        {
            var isApollo = mix == 0 || (mix != 1 && dice.Percent(50));
            world.Sources.Add(new WorldSource(string.Create(CultureInfo.InvariantCulture, $"s{i}"), isApollo)
            {
                IsFederation1 = isApollo && dice.Percent(25),
                BatchesVariables = dice.Percent(50),
            });
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
            var canHideBehindInterface = i < 3 && world.Sources.Count(source => source is { IsApollo: true, IsFederation1: false }) > 1;
            var type = new WorldType(name, WorldKind.Entity)
            {
                HasUnknown = hasOneKey && !canHideBehindInterface && dice.Percent(60),
                HasNullKeys = !hasOneKey && hasNullKeys && nulls.Percent(90),
            };
            type.Keys.Add("id");
            if (!hasOneKey)
            {
                type.Keys.AddRange(dice.Some<string>(["sku", "a b", "ref { code }", "twin { id }", "deep { part { code } }", "kind slot"], 30).Where(key => i > 0 || !key.StartsWith("twin", StringComparison.Ordinal)));
            }

            // So that an object without the one may have the other.
            if (type.HasNullKeys && nulls.Percent(45))
            {
                askedByNulls.Add(name);
                type.Keys.AddRange(KeyFields.WithNulls.Where(key => !type.Keys.Contains(key) && nulls.Percent(80)));
            }

            // Keys of composite schemas have no lists.
            type.Keys.AddRange(hasOneKey || world.Sources.TrueForAll(source => !source.IsApollo) ? [] : KeyFields.OfLists.Where(_ => more.Percent(40)));

            if (type.Keys.Count > 1)
            {
                world.Features.Add("several keys");
            }

            if (type.HasNullKeys && type.Keys.Exists(KeyFields.WithNulls.Contains))
            {
                world.Features.Add("a key that can be null");
            }

            world.Types.Add(name, type);
            new KeyFields(world).Add(type);
            entities.Add(name);
        }
    }

    private void AddHosts()
    {
        foreach (var entity in entities)
        {
            var keys = world.Types[entity].Keys;
            var keysWithNulls = askedByNulls.Contains(entity) ? keys.FindAll(KeyFields.WithNulls.Contains) : [];
            var possible = world.Sources.Where(source => placement.CanKnow(source, entity)).ToList();
            var hosts = dice.Some(possible, 60);
            if (hosts.Count == 1 && possible.Count > 1)
            {
                hosts.Add(possible.First(source => source != hosts[0]));
            }

            for (var i = 0; i < hosts.Count; i++)
            {
                var some = i == 0 ? keys : dice.Some(keys, 45);
                // Who knows only keys that can be null asks, and is asked, by one after the other.
                placement.Host(hosts[i], entity, i > 0 && keysWithNulls.Count > 1 ? keysWithNulls : some, isResolvable: true);
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

            if (sources.Count > 1)
            {
                world.Features.Add("a value type of several sources");
            }

            placement.Add(type, new WorldField(name, "v0", "String"), sources);
            placement.Add(type, placement.NewField(name, "v1", dice.Pick<string>(["Int", "[String]", "Blob", "E0", "E1"])), sources);
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
        AddValueInterface();
        foreach (var entity in common.Possible)
        {
            var type = world.Types[entity];
            var hosts = placement.Hosts(entity);
            placement.Add(type, placement.NewField(entity, "label0", "String"), dice.Some(hosts, 50));
            placement.Add(type, placement.NewField(entity, "size0", "Int"), [dice.Pick(hosts)]);
            placement.Add(type, new WorldField(entity, "said0", "String") { Arguments = [new WorldArgument("n", "Int", "3")] }, dice.Some(hosts, 50));
        }

        interfaceObjects.AddLabels();
    }

    // An interface of types that nobody looks up.
    private void AddValueInterface()
    {
        var whole = values.Where(value => !placement.IsSplit(value)).ToList();
        if (whole.Count == 0)
        {
            return;
        }

        var type = new WorldType("IV0", WorldKind.Interface);
        type.Possible.AddRange(whole);
        world.Types.Add(type.Name, type);
        abstracts.Add(type.Name);
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

    // A way from an object to one that was there already.
    private void AddLike(string entity)
    {
        if (more.Percent(80))
        {
            placement.Add(world.Types[entity], new WorldField(entity, "like", entity) { Role = FieldRole.Like, Results = [entity] }, [more.Pick(placement.Hosts(entity))]);
        }
    }

    private WorldField RandomField(string owner, string name, WorldSource source)
    {
        var roll = dice.Next(100);
        if (roll < 45 && owner != "Query")
        {
            return placement.NewField(owner, name, dice.Pick<string>(["String", "Int", "Float", "Boolean", "[String]", "E0", "E1", "[E1]", "Blob", "ID", "[[Int]]"]));
        }

        if (roll < 60 && values.FirstOrDefault(value => placement.CanKnow(source, value) && !(owner is "Mutation" or "Subscription" && placement.IsSplit(value))) is { } found)
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
                if (world.SourcesOf("Query", field.Name).Count() > 1)
                {
                    world.Features.Add("a root field of several sources");
                }
            }

            interfaceObjects.AddRoots(source);
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

        AddEvents();
    }

    private void AddEvents()
    {
        if (!more.Percent(50))
        {
            return;
        }

        world.Types.Add(World.Events, new WorldType(World.Events, WorldKind.Root));
        world.Features.Add("subscription");
        foreach (var source in more.Some(world.Sources, 50))
        {
            source.Types.Add(World.Events, new SourceType(World.Events, WorldKind.Root));
            placement.Add(world.Types[World.Events], RandomField(World.Events, "e1" + source.Name, source), [source]);
            placement.Add(world.Types[World.Events], RandomField(World.Events, "e2" + source.Name, source), [source]);
        }
    }

    // A payload that leads back to the query, as clients that refetch want it.
    private void AddPayload(WorldSource source)
    {
        if (!dice.Percent(85))
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
}
