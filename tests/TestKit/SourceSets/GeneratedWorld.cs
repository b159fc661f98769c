namespace GraphGateway.TestKit;

/// <summary>Decides what the sources of a generated set have; see <see cref="SourceSetGenerator"/>.</summary>
internal sealed class GeneratedWorld
{
    private const int Neighbours = 10;
    private const int Additions = 8;
    private static readonly string[] Nouns =
    [
        "Product", "Order", "User", "Invoice", "Shipment", "Review", "Category", "Brand", "Cart", "Payment", "Refund", "Ticket", "Campaign",
        "Coupon", "Warehouse", "Supplier", "Contract", "Report",
    ];

    private readonly Random random;
    private readonly GeneratedEntity[][] entities;

    internal GeneratedWorld(int count, Random random)
    {
        this.random = random;
        Sources = [.. Enumerable.Range(0, count).Select(index => new GeneratedSource(index))];
        entities = [.. Sources.Select(source => Nouns.Select((noun, i) => new GeneratedEntity(source, $"{noun}{source.Index}", i)).ToArray())];
    }

    internal GeneratedSource[] Sources { get; }

    internal void Fill(bool hasInterfaceObjects)
    {
        foreach (var source in Sources)
        {
            Own(source);
        }

        foreach (var source in Sources)
        {
            AddToOthers(source);
            if (hasInterfaceObjects && source.Index % Neighbours == 1)
            {
                AddInterfaceObject(source, Sources[source.Index - 1]);
            }
        }
    }

    private void Own(GeneratedSource source)
    {
        source.Type("Query");
        source.Type("Mutation");
        AddShared(source);
        AddPlain(source);
        foreach (var entity in entities[source.Index])
        {
            Own(source, entity);
        }

        var names = entities[source.Index].Select(entity => entity.Name).ToArray();
        source.PlainDefinitions.Add($"union Found{source.Index} = {string.Join(" | ", names.Take(5))}");
        source.PlainDefinitions.Add($"union Event{source.Index} = {string.Join(" | ", names.Skip(9).Take(3))}");
        var query = source.Type("Query");
        query.Add(new GeneratedField($"search{source.Index}", $"[Found{source.Index}!]!") { Arguments = $"(text: String!, filter: Filter{source.Index}In)" });
        query.Add(new GeneratedField($"events{source.Index}", $"[Event{source.Index}]"));
        query.Add(new GeneratedField($"node{source.Index}", "Node") { Arguments = "(id: ID!)" });
        query.Add(new GeneratedField($"media{source.Index}", $"[Media{source.Index}!]"));
    }

    // Values and interfaces that all sources know.
    private static void AddShared(GeneratedSource source)
    {
        source.Type("Node", "interface").Add(new GeneratedField("id", "ID!"));
        var money = new GeneratedType("Money", "type") { IsShareable = true };
        money.Add(new GeneratedField("amount", "Int!"));
        money.Add(new GeneratedField("currency", "String!"));
        source.Types.Add(money.Name, money);
        var address = new GeneratedType($"Address{source.Index / Neighbours}", "type") { IsShareable = true };
        address.Add(new GeneratedField("street", "String!"));
        address.Add(new GeneratedField("city", "String"));
        address.Add(new GeneratedField("cost", "Money"));
        source.Types.Add(address.Name, address);
        var media = source.Type($"Media{source.Index}", "interface");
        media.Add(new GeneratedField("id", "ID!"));
        media.Add(new GeneratedField("name", "String!"));
        media.Keys.Add(new GeneratedKey([("id", "ID!")]));
    }

    private static void AddPlain(GeneratedSource source)
    {
        var i = source.Index;
        source.PlainDefinitions.Add($"enum State{i} {{ OPEN HELD CLOSED }}");
        source.PlainDefinitions.Add($"enum Kind{i} {{ SMALL LARGE }}");
        source.PlainDefinitions.Add($"\"How a list of the source {i} is ordered.\"\nenum Sort{i} {{ NAME_UP NAME_DOWN AGE_UP AGE_DOWN }}");
        source.PlainDefinitions.Add($"input Range{i}In {{ from: Int = 0 to: Int }}");
        source.PlainDefinitions.Add($"input Filter{i}In {{ name: String states: [State{i}!] = [OPEN] cost: Range{i}In not: Filter{i}In sort: Sort{i} }}");
        source.PlainDefinitions.Add($"input Page{i}In {{ first: Int! after: String }}");
        source.PlainDefinitions.Add($"scalar Time{i}");
    }

    private void Own(GeneratedSource source, GeneratedEntity entity)
    {
        var i = source.Index;
        var type = source.Type(entity.Name);
        type.Interfaces.Add("Node");
        if (entity.Number < 3)
        {
            type.Interfaces.Add($"Media{i}");
        }

        type.Keys.AddRange(entity.Keys);
        foreach (var (name, fieldType) in entity.Keys.SelectMany(key => key.Fields))
        {
            type.Add(new GeneratedField(name, fieldType));
        }

        type.Add(new GeneratedField("name", "String!") { IsShareable = true });
        type.Add(new GeneratedField("weight", "Int!"));
        type.Add(new GeneratedField("cost", "Money!"));
        type.Add(new GeneratedField("createdAt", $"Time{i}!"));
        type.Add(new GeneratedField("state", $"State{i}!"));
        type.Add(new GeneratedField("address", $"Address{i / Neighbours}"));
        type.Add(new GeneratedField("legacy", "String"));
        type.Add(new GeneratedField("details", $"{entity.Name}Details!"));
        type.Add(new GeneratedField("related", $"[{Pick(entities[i]).Name}!]") { Arguments = $"(page: Page{i}In, kind: Kind{i} = SMALL)" });
        type.Add(new GeneratedField("parent", Pick(entities[i]).Name));
        AddValues(source, entity);
        source.Type("Query").Add(new GeneratedField(LowerFirst(entity.Name), entity.Name) { Arguments = "(id: ID!)" });
        if (entity.Number < 4)
        {
            AddMutation(source, entity);
        }
    }

    private void AddValues(GeneratedSource source, GeneratedEntity entity)
    {
        var details = source.Type($"{entity.Name}Details");
        details.Add(new GeneratedField("text", "String") { Arguments = "(locale: String = \"en\", length: Int)" });
        details.Add(new GeneratedField("price", "Money"));
        details.Add(new GeneratedField("counts", "[Int!]!"));
        if (entity.Number % 2 == 0)
        {
            details.Add(new GeneratedField("history", $"[{entity.Name}Change!]!"));
            var change = source.Type($"{entity.Name}Change");
            change.Add(new GeneratedField("at", $"Time{source.Index}"));
            change.Add(new GeneratedField("by", Pick(entities[source.Index]).Name));
            change.Add(new GeneratedField("state", $"State{source.Index}"));
        }
    }

    private static void AddMutation(GeneratedSource source, GeneratedEntity entity)
    {
        var i = source.Index;
        source.PlainDefinitions.Add($"input Create{entity.Name}In {{ name: String! kind: Kind{i} = LARGE tags: [String!] cost: Range{i}In }}");
        var payload = source.Type($"Create{entity.Name}Payload");
        payload.Add(new GeneratedField("ok", "Boolean!"));
        payload.Add(new GeneratedField("created", entity.Name));
        source.Type("Mutation").Add(new GeneratedField($"create{entity.Name}", payload.Name) { Arguments = $"(input: Create{entity.Name}In!)" });
    }

    private void AddToOthers(GeneratedSource source)
    {
        for (var n = 0; n < Additions; n++)
        {
            var target = Other(source, n);
            var key = Pick(target.Keys);
            if (source.Types.ContainsKey(target.Name) || IsSeenAsInterfaceObject(source, target))
            {
                continue;
            }

            if (n == Additions - 1)
            {
                Refer(source, target);
                continue;
            }

            var type = source.Type(target.Name);
            type.Keys.Add(key);
            key.Fields.ToList().ForEach(field => type.Add(new GeneratedField(field.Name, field.Type)));
            var own = $"In{source.Index}";
            type.Add(new GeneratedField($"rank{own}", "Float"));
            type.Add(new GeneratedField($"owner{own}", Pick(entities[source.Index]).Name));
            type.Add(new GeneratedField($"spent{own}", "Money"));
            Require(source, target, type, own, n);
            source.Types.GetAt(source.Types.IndexOf(Pick(entities[source.Index]).Name)).Value.Add(
                new GeneratedField($"{LowerFirst(target.Name)}s", $"[{target.Name}!]!"));
        }
    }

    private static void Require(GeneratedSource source, GeneratedEntity target, GeneratedType type, string own, int n)
    {
        switch (n)
        {
            case 1:
                type.Add(new GeneratedField("weight", "Int!") { External = ExternalUse.Required });
                type.Add(new GeneratedField($"freight{own}", "Int") { Requires = (["weight"], "Int!") });
                break;
            case 3:
                type.Add(new GeneratedField("cost", "Money!") { External = ExternalUse.Required });
                type.Add(new GeneratedField($"tax{own}", "Money") { Requires = (["cost", "amount"], "Int!") });
                break;
            case 4 when target.LegacyTakenBy is null:
                target.LegacyTakenBy = source;
                type.Add(new GeneratedField("legacy", "String") { OverrideFrom = target.Source.Name });
                break;
        }
    }

    // Knows the other's entity by its key alone, and one field of it by heart.
    private static void Refer(GeneratedSource source, GeneratedEntity target)
    {
        var type = source.Type(target.Name);
        var key = target.Keys[0] with { IsResolvable = false };
        type.Keys.Add(key);
        key.Fields.ToList().ForEach(field => type.Add(new GeneratedField(field.Name, field.Type)));
        type.Add(new GeneratedField("name", "String!") { External = ExternalUse.Provided });
        source.Type("Query").Add(new GeneratedField($"top{source.Index}", $"[{target.Name}!]") { Provides = "name" });
    }

    private static void AddInterfaceObject(GeneratedSource source, GeneratedSource owner)
    {
        var type = source.Type($"Media{owner.Index}");
        type.IsInterfaceObject = true;
        type.Keys.Add(new GeneratedKey([("id", "ID!")]));
        type.Add(new GeneratedField("id", "ID!"));
        type.Add(new GeneratedField($"views{source.Index}", "Int!"));
        type.Add(new GeneratedField($"seenBy{source.Index}", $"[Product{source.Index}!]"));
    }

    // Who knows an interface as an object must not know its objects.
    private static bool IsSeenAsInterfaceObject(GeneratedSource source, GeneratedEntity target) =>
        source.Index % Neighbours == 1 && target.Source.Index == source.Index - 1 && target.Number < 3;

    // A neighbour's, one that everybody knows, or any.
    private GeneratedEntity Other(GeneratedSource source, int n)
    {
        var index = (n % 3) switch
        {
            0 => (source.Index / Neighbours * Neighbours) + random.Next(Neighbours),
            1 => n == 1 ? 0 : random.Next(3),
            _ => random.Next(Sources.Length),
        };
        return n % 3 == 1 ? entities[index % Sources.Length][random.Next(3)] : Pick(entities[index % Sources.Length]);
    }

    private T Pick<T>(T[] items) => items[random.Next(items.Length)];

    private static string LowerFirst(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}

/// <summary>An entity, its owner and its keys.</summary>
internal sealed class GeneratedEntity(GeneratedSource source, string name, int number)
{
    internal GeneratedSource Source { get; } = source;

    internal string Name { get; } = name;

    internal int Number { get; } = number;

    internal GeneratedKey[] Keys { get; } =
    [
        new([("id", "ID!")]),
        .. number % 3 == 0 ? new GeneratedKey[] { new([("sku", "String!")]) } : [],
        .. number % 5 == 0 ? new GeneratedKey[] { new([("code", "String!"), ("region", "String!")]) } : [],
    ];

    internal GeneratedSource? LegacyTakenBy { get; set; }
}
