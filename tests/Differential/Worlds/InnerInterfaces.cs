namespace GraphGateway.Differential;

/// <summary>
/// Interfaces within those that are an object in other sources. What such an object adds to the outer interface the inner one has as well, so these sources have an object in the place of
/// each of the two, with the same keys. Fields lead from objects of the one to objects of the other, and others require what is at their end.
/// </summary>
/// <param name="world">The world.</param>
/// <param name="dice">Dice of their own, so that the rest of a seed's world stays what it was.</param>
internal sealed class InnerInterfaces(World world, Dice dice)
{
    private readonly Placement placement = new(world, dice);

    public void Add()
    {
        foreach (var outer in InterfaceObjects.Of(world).ToList())
        {
            if (dice.Percent(50))
            {
                Add(outer);
            }
        }
    }

    /// <summary>Has each of them all that the outer interface has in its home; last, when that is settled.</summary>
    public static void Fill(World world)
    {
        foreach (var outer in InterfaceObjects.Of(world))
        {
            var home = InterfaceObjects.HomeOf(world, outer);
            if (home.Types.TryGetValue(NameOf(outer), out var inner))
            {
                inner.Implements.Add(outer.Name);
                home.Types[outer.Name].Fields.Values.ToList().ForEach(field => inner.Fields.TryAdd(field.Field.Name, field));
            }
        }
    }

    private static string NameOf(WorldType outer) => "N" + outer.Name[1..];

    private void Add(WorldType outer)
    {
        var inner = new WorldType(NameOf(outer), WorldKind.Interface);
        inner.Possible.AddRange(dice.Some(outer.Possible, 60));
        inner.Keys.AddRange(outer.Keys);
        world.Types.Add(inner.Name, inner);
        var home = InterfaceObjects.HomeOf(world, outer);
        CopyKeys(home.Types[outer.Name], placement.DeclareInterface(home, inner.Name));
        inner.Possible.ForEach(entity => home.Types[entity].Implements.Add(inner.Name));
        AddRoot(home, inner);
        var sources = world.Sources.FindAll(source => source.Types.TryGetValue(outer.Name, out var inSource) && inSource.IsInterfaceObject);
        sources.ForEach(source => AddObject(source, outer, inner));
        var links = sources.ConvertAll(source => (source, AddFields(source, outer, inner)));
        foreach (var (giver, link) in links)
        {
            if (link is not null)
            {
                RequireAtHome(home, outer, link);
                sources.FindAll(source => source != giver && dice.Percent(60)).ForEach(source => Require(source, giver, outer, inner, link));
            }
        }

        world.Features.Add("an interface within one that sources have an object in place of");
    }

    private void AddRoot(WorldSource source, WorldType inner) => placement.Add(
        world.Types["Query"], new WorldField("Query", $"inner{inner.Name}{source.Name}", dice.Pick<string>([inner.Name, $"[{inner.Name}]"])) { Results = inner.Possible }, [source]);

    private void AddObject(WorldSource source, WorldType outer, WorldType inner)
    {
        var inSource = new SourceType(inner.Name, WorldKind.Interface) { IsInterfaceObject = true };
        CopyKeys(source.Types[outer.Name], inSource);
        source.Types.Add(inner.Name, inSource);
        foreach (var field in source.Types[outer.Name].Fields.Values)
        {
            Share(inSource, field);
        }

        AddRoot(source, inner);
    }

    private static void CopyKeys(SourceType from, SourceType to)
    {
        foreach (var (key, isResolvable) in from.ResolvableByKey)
        {
            to.ResolvableByKey.Add(key, isResolvable);
        }
    }

    // A field of the outer interface that leads to the inner one, null where the source has none; and what the inner one has alone.
    private WorldField? AddFields(WorldSource source, WorldType outer, WorldType inner)
    {
        var suffix = source.Name + outer.Name;
        var link = dice.Percent(80) ? Link(outer, "extraIn" + suffix, inner) : null;
        if (link is not null)
        {
            world.Features.Add("a field of an interface object that leads to an inner interface");
            AddToBoth(source, outer, inner, link);
        }

        if (dice.Percent(60))
        {
            AddTo(source, inner, Link(inner, "extraOut" + suffix, outer));
        }

        if (dice.Percent(60))
        {
            AddTo(source, inner, new WorldField(inner.Name, "extraOwn" + suffix, "String"));
        }

        return link;
    }

    private WorldField Link(WorldType owner, string name, WorldType target) =>
        new(owner.Name, name, dice.Pick<string>([target.Name, target.Name, $"[{target.Name}]", $"[{target.Name}!]"])) { Results = target.Possible };

    private void AddToBoth(WorldSource source, WorldType outer, WorldType inner, WorldField field)
    {
        AddTo(source, outer, field);
        Share(source.Types[inner.Name], source.Types[outer.Name].Fields[field.Name]);
    }

    // Objects of both have it by the one and by the other.
    private static void Share(SourceType inner, SourceField field)
    {
        field.IsShareable = !field.IsExternal;
        inner.Fields.Add(field.Field.Name, field);
    }

    private void AddTo(WorldSource source, WorldType type, WorldField field)
    {
        source.Types[type.Name].Fields.Add(field.Name, new SourceField(field) { Type = field.Type });
        type.Possible.ForEach(entity => world.Types[entity].Fields.Add(field.Name, field with { Owner = entity }));
    }

    // An object type at home, of which the source with the interface's object knows nothing.
    private void RequireAtHome(WorldSource home, WorldType outer, WorldField link)
    {
        foreach (var entity in outer.Possible.Where(_ => dice.Percent(40)))
        {
            home.Types[entity].Fields.TryAdd(link.Name, new SourceField(link) { Type = link.Type, IsExternal = true });
            placement.Add(world.Types[entity], Computed(entity, "made" + link.Name, link, KeyOf(home.Types[NameOf(outer)])), [home]);
            MayNotFail(outer, link.Name);
            world.Features.Add("a requirement through an inner interface");
        }
    }

    // Another source with objects in the interfaces' places: a key at the end of the link, or what the giver has there.
    private void Require(WorldSource source, WorldSource giver, WorldType outer, WorldType inner, WorldField link)
    {
        var (outerHere, innerHere) = (source.Types[outer.Name], source.Types[inner.Name]);
        var leaves = giver.Types[inner.Name].Fields.Values.Where(entry => entry is { IsExternal: false, Type: "String" or "Int", Field: { Role: FieldRole.Data, Arguments.Count: 0 } }).ToList();
        var leaf = KeyOf(innerHere);
        if (leaves.Count > 0 && dice.Percent(60))
        {
            var extra = dice.Pick(leaves).Field;
            leaf = extra.Name;
            innerHere.Fields.TryAdd(leaf, new SourceField(extra) { Type = extra.Type, IsExternal = true });
            MayNotFail(inner, leaf);
        }

        foreach (var here in new[] { outerHere, innerHere })
        {
            here.Fields.TryAdd(link.Name, new SourceField(link) { Type = link.Type, IsExternal = true });
        }

        MayNotFail(outer, link.Name);
        AddToBoth(source, outer, inner, Computed(outer.Name, $"madeOf{link.Name}{source.Name}", link, leaf));
        world.Features.Add("an interface object that requires something through an inner interface");
    }

    private static string KeyOf(SourceType inSource) => KeyText.Fields(inSource.ResolvableByKey.Keys.First()).First();

    private static WorldField Computed(string owner, string name, WorldField link, string leaf)
    {
        List<PathStep> path = [PathStep.To(link), new PathStep(leaf, "", new Dictionary<string, object?>())];
        var type = leaf == "id" ? "ID" : "String";
        return new WorldField(owner, name, "String")
        {
            Role = FieldRole.Computed,
            Requirement = [link.ListDepth > 0 ? new RequiredValue("arg", $"[{type}]", $"{link.Name}[{leaf}]", [("", path)]) : new RequiredValue("arg", type, $"{link.Name}.{leaf}", [("", path)])],
        };
    }

    private void MayNotFail(WorldType type, string field) => type.Possible.ForEach(entity => world.Types[entity].Fields[field].CanFail = false);
}
