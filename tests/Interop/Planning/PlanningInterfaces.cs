namespace GraphGateway.Interop.Planning;

/// <summary>Gives a random graph an interface that is an object in some sources.</summary>
/// <param name="sources">Its sources.</param>
/// <param name="random">Throws the dice.</param>
internal sealed class PlanningInterfaces(PlanningSources sources, Random random)
{
    /// <summary>One source knows the objects of the interface, others have an object in its place, and the rest may know some of the objects themselves.</summary>
    public void Add()
    {
        var order = Enumerable.Range(0, sources.All.Count).OrderBy(_ => random.Next()).ToList();
        var standing = order.Skip(1).Take(random.Next(1, 3)).ToList();
        AddMedia(order[0], "Media", "interface");
        sources.Type(order[0], "Query").Add("shelf", "shelf: [Media]");
        foreach (var name in (ReadOnlySpan<string>)["Book", "Film"])
        {
            AddMedia(order[0], name, "type").Implements = "Media";
            AddWays(order[0], name, $"own{name}");
            foreach (var source in order.Skip(1 + standing.Count).Where(source => random.Next(2) == 0))
            {
                var type = sources.Type(source, name);
                type.Directives.Add("@key(fields: \"id\")");
                type.Add("id", "id: ID!");
                AddWays(source, name, $"more{source}");
                sources.Type(source, "Query").Add($"some{source}{name}", $"some{source}{name}: [{name}]");
            }
        }

        foreach (var source in standing)
        {
            var type = sources.Type(source, "Media");
            type.Directives.Add("@key(fields: \"id\") @interfaceObject");
            type.Add("id", "id: ID!");
            AddWays(source, "Media", $"extra{source}");
            if (random.Next(3) == 0 && type.Add("title", "title: String @external"))
            {
                type.Add($"made{source}", $"made{source}: String @requires(fields: \"title\")");
            }

            sources.Type(source, "Query").Add($"top{source}", $"top{source}: {(random.Next(3) == 0 ? "Media" : "[Media]")}");
        }

        // Entities lead to them.
        foreach (var source in order.Take(1 + standing.Count))
        {
            var entities = sources.Entities(source);
            if (entities.Count > 0 && random.Next(2) == 0)
            {
                sources.Type(source, entities[random.Next(entities.Count)]).Add($"media{source}", $"media{source}: {(random.Next(2) == 0 ? "Media" : "[Media!]")}");
            }
        }
    }

    private Members AddMedia(int home, string name, string kind)
    {
        var type = sources.Type(home, name, kind);
        type.Directives.Add("@key(fields: \"id\")");
        type.Add("id", "id: ID!");
        type.Add("title", "title: String");
        type.Add("next", "next: Media");
        return type;
    }

    // A leaf, and a field that leads back to an entity.
    private void AddWays(int source, string type, string name)
    {
        sources.Type(source, type).Add(name, $"{name}: String");
        var entities = sources.Entities(source);
        if (entities.Count > 0 && random.Next(2) == 0)
        {
            sources.Type(source, type).Add($"{name}Of", $"{name}Of: {entities[random.Next(entities.Count)]}");
        }
    }
}
