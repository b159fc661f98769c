using System.Collections.Immutable;

namespace GraphGateway.Interop.Planning;

/// <summary>
/// Random Apollo sources that are hard to plan: entities whose fields, keys and values are spread over the sources, so that the way from one
/// source to another may lead over a third, with fields that several give, that are required, and that are provided; half of them with unions of
/// entities, and half with an interface that is an object in other sources. What does not compose the caller leaves out.
/// </summary>
/// <param name="random">Throws the dice.</param>
/// <param name="more">For what came later, so that the rest stays what it was.</param>
/// <param name="last">For interfaces that are objects in other sources; null: there are none.</param>
internal sealed class PlanningWorld(Random random, Random more, Random? last = null)
{
    private readonly PlanningSources sources = new();
    private int entityCount;

    /// <summary>The sources by name.</summary>
    public ImmutableArray<(string Name, string Sdl)> Next()
    {
        sources.Start(Chance(15) ? 10 : random.Next(2, 7));
        entityCount = random.Next(2, 6);
        for (var entity = 0; entity < entityCount; entity++)
        {
            AddEntity(entity);
        }

        AddRequirements();
        AddRoots();
        if (more.Next(2) == 0)
        {
            AddUnions();
        }

        if (last?.Next(2) == 0 && sources.All.Count <= 6)
        {
            new PlanningInterfaces(sources, last).Add();
        }

        return sources.Print();
    }

    private bool Chance(int percent) => random.Next(100) < percent;

    // Every source that knows the entity has one of its keys, and the first has them all.
    private void AddEntity(int entity)
    {
        var name = $"T{entity}";
        var homes = Enumerable.Range(0, sources.All.Count).OrderBy(_ => random.Next()).Take(random.Next(2, sources.All.Count + 1)).ToList();
        string[] keys = Chance(50) ? ["id"] : Chance(60) ? ["id", "sku"] : ["id", "sku", "code area"];
        foreach (var (home, index) in homes.Select((home, index) => (home, index)))
        {
            var type = sources.Type(home, name);
            type.Implements = "Node";
            foreach (var key in keys.Where((key, k) => index == 0 || k == random.Next(keys.Length) || (k == 0 && Chance(40))).DefaultIfEmpty(keys[0]))
            {
                type.Directives.Add($"@key(fields: \"{key}\")");
                foreach (var part in key.Split(' '))
                {
                    type.Add(part, $"{part}: {(part == "id" ? "ID!" : "String!")}");
                }
            }

        }

        if (Chance(50))
        {
            foreach (var home in homes.Where((home, index) => index < 2 || Chance(50)))
            {
                AddValue(home, name);
            }
        }

        for (var f = random.Next(3, 8); f > 0; f--)
        {
            AddField(entity, homes, $"f{f}");
        }
    }

    // Sources know different parts of a value, and all know one.
    private void AddValue(int home, string entity)
    {
        sources.Type(home, entity).Add("value", $"value: {entity}Value @shareable");
        var value = sources.Type(home, $"{entity}Value");
        value.Add("common", "common: Int @shareable");
        value.Add($"x{home}", $"x{home}: Int");
    }

    private void AddField(int entity, List<int> homes, string name)
    {
        var owner = homes[random.Next(homes.Count)];
        var target = $"T{random.Next(entityCount)}";
        var definition = random.Next(10) switch
        {
            < 4 => $"{name}: String",
            < 6 => $"{name}(n: Int): {target}",
            < 8 => $"{name}: [{target}!]",
            _ => $"{name}: Node",
        };
        // Sources that share an interface's field have to know the same objects of it: that is a question of its own.
        var others = Chance(35) && !definition.EndsWith("Node", StringComparison.Ordinal) ? homes.Where(home => home != owner && Chance(50)).ToList() : [];
        foreach (var home in others.Prepend(owner))
        {
            sources.Type(home, $"T{entity}").Add(name, definition + (others.Count > 0 ? " @shareable" : ""));
            if (definition.Contains(target, StringComparison.Ordinal))
            {
                Refer(home, target);
            }
            else if (definition.EndsWith("Node", StringComparison.Ordinal))
            {
                sources.Type(home, "Node", "interface").Add("id", "id: ID!");
            }
        }
    }

    // A source that does not know the entity refers to it by its key.
    private void Refer(int source, string target)
    {
        var type = sources.Type(source, target);
        if (type.Directives.Count == 0)
        {
            type.Implements = "Node";
            type.Directives.Add("@key(fields: \"id\"" + (Chance(30) ? ", resolvable: false)" : ")"));
            type.Add("id", "id: ID!");
        }
    }

    private void AddRequirements()
    {
        for (var entity = 0; entity < entityCount; entity++)
        {
            var name = $"T{entity}";
            var leaves = sources.All.SelectMany(types => types.GetValueOrDefault(name)?.Fields ?? []).Where(field => field.Value.EndsWith("String", StringComparison.Ordinal)).ToList();
            foreach (var (source, index) in sources.All.Select((source, index) => (source, index)))
            {
                if (leaves.Count > 0 && source.TryGetValue(name, out var type) && Chance(40) && leaves[random.Next(leaves.Count)] is var (field, definition)
                    && type.Add(field, definition + " @external"))
                {
                    type.Add($"r{index}", $"r{index}: String @requires(fields: \"{field}\")");
                }
            }
        }
    }

    private void AddRoots()
    {
        for (var source = 0; source < sources.All.Count; source++)
        {
            var entities = sources.All[source].Keys.Where(name => name.Length == 2).ToList();
            var query = sources.Type(source, "Query");
            foreach (var entity in entities.Where((_, index) => index == 0 || Chance(40)))
            {
                var external = sources.All[source][entity].Fields.FirstOrDefault(field => field.Value.EndsWith("@external", StringComparison.Ordinal)).Key;
                var isProvided = external is not null && Chance(50) && ShareElsewhere(source, entity, external);
                query.Add($"q{source}{entity}", $"q{source}{entity}: {(Chance(50) ? entity : $"[{entity}]")}{(isProvided ? $" @provides(fields: \"{external}\")" : "")}");
            }

            if (entities.Count > 0 && Chance(40))
            {
                sources.Type(source, "Mutation").Add($"m{source}", $"m{source}(n: Int): {entities[random.Next(entities.Count)]}");
            }

            if (entities.Count > 0 && Chance(40))
            {
                sources.Type(source, "Node", "interface").Add("id", "id: ID!");
                query.Add($"nodes{source}", $"nodes{source}: [Node]");
            }
        }
    }

    // Objects of which each kind may be known elsewhere by another key.
    private void AddUnions()
    {
        for (var source = 0; source < sources.All.Count; source++)
        {
            var entities = sources.All[source].Keys.Where(name => name.Length == 2).OrderBy(_ => more.Next()).Take(more.Next(2, 4)).Order(StringComparer.Ordinal).ToList();
            if (entities.Count > 1 && more.Next(3) > 0)
            {
                var name = $"Either{source}";
                sources.Type(source, name, "union").Possible.AddRange(entities);
                sources.Type(source, "Query").Add($"either{source}", $"either{source}: {(more.Next(4) == 0 ? name : $"[{name}]")}");
            }
        }
    }

    // Who provides a field shares it. What the source requires as well it would have to be asked with: that is a question of its own.
    private bool ShareElsewhere(int source, string entity, string field)
    {
        sources.All[source][entity].Fields.Remove($"r{source}");
        foreach (var type in sources.All.Where(types => types.ContainsKey(entity)).Select(types => types[entity]))
        {
            if (type.Fields.TryGetValue(field, out var definition) && !definition.Contains('@', StringComparison.Ordinal))
            {
                type.Fields[field] = definition + " @shareable";
            }
        }

        return true;
    }
}
