namespace GraphGateway.Differential;

/// <summary>Says in a world's sources who may see what: of types, interfaces, fields, enums and scalars.</summary>
internal sealed class AccessMarks(World world, Dice dice)
{
    private static readonly string[] Scopes = ["a", "b", "c"];
    private static readonly string[] Policies = ["p", "q"];

    private readonly List<WorldSource> sources = [.. world.Sources.Where(source => !source.IsFederation1)];

    /// <summary>Somebody: of whom nothing is known, little, or all that is asked for.</summary>
    public static Caller AnyCaller(Dice dice) => dice.Percent(20)
        ? new Caller(false, [], [])
        : new Caller(dice.Percent(95), [.. Scopes.Where(_ => dice.Percent(60))], [.. Policies.Where(_ => dice.Percent(60))]);

    public void Run()
    {
        var percent = dice.Pick<int>([2, 5, 10]);
        foreach (var source in sources)
        {
            source.MarkDefinitions = source.IsApollo ? "" :
                """
                directive @authenticated on OBJECT | FIELD_DEFINITION | INTERFACE | SCALAR | ENUM
                directive @requiresScopes(scopes: [[String!]!]!) on OBJECT | FIELD_DEFINITION | INTERFACE | SCALAR | ENUM
                directive @policy(policies: [[String!]!]!) on OBJECT | FIELD_DEFINITION | INTERFACE | SCALAR | ENUM

                """;
            foreach (var type in source.Types.Values.Where(type => type.Kind != WorldKind.Union && type.Fields.Count > 0).ToList())
            {
                Protect(source, type, percent);
            }

            foreach (var leaf in (string[])["E0", "E1", "Blob"])
            {
                MayMark(source, leaf, 4, "leaf type");
            }
        }

        ProtectMembers();

        // What is made of what is protected is protected, too: Apollo's composition asks for it. What one is made of can be made of others.
        for (var round = 0; round < 3; round++)
        {
            foreach (var source in sources.Where(source => source.IsApollo))
            {
                Support(source);
            }
        }
    }

    private void Protect(WorldSource source, SourceType type, int percent)
    {
        // In Apollo's dialect nothing stands on interfaces, and nothing on an object in the place of one.
        var isInterface = type.Kind == WorldKind.Interface && !type.IsInterfaceObject;
        if (isInterface && source.IsApollo)
        {
            return;
        }

        if (!type.IsInterfaceObject)
        {
            MayMark(source, type.Name, percent, isInterface ? "interface" : "type");
        }

        foreach (var entry in type.Fields.Values.Where(entry => !entry.IsExternal))
        {
            MayMark(source, $"{type.Name}.{entry.Field.Name}", type.Name == "Mutation" ? 3 * percent : percent, isInterface ? "field of an interface" : type.IsInterfaceObject ? "field of an interface object" : "field");
        }
    }

    // Of an interface all objects are protected together; of a union some kinds can be alone, so that of one list some objects are withheld and others not.
    private void ProtectMembers()
    {
        var members = sources.SelectMany(source => source.Types.Values.Where(type => type.Kind == WorldKind.Union).SelectMany(union => union.Members)).Distinct().ToList();
        foreach (var type in members.Count > 0 ? dice.Some(members, 50) : [])
        {
            if (dice.PickOrNull(sources.Where(source => source.Types.ContainsKey(type)).ToList()) is { } source)
            {
                MayMark(source, type, 100, "member of a union");
            }
        }
    }

    private void MayMark(WorldSource source, string coordinate, int percent, string what)
    {
        if (dice.Percent(percent))
        {
            world.Features.Add("protected " + what);
            Mark(source, coordinate, Rule());
        }
    }

    private static void Mark(WorldSource source, string coordinate, AccessRule rule)
    {
        source.Rules[coordinate] = source.Rules.TryGetValue(coordinate, out var there) ? there.And(rule) : rule;
        source.Marks[coordinate] = source.Rules[coordinate].ToString();
    }

    private AccessRule Rule() => dice.Next(4) switch
    {
        0 => new AccessRule(true, [], []),
        1 => new AccessRule(false, [], Lists(Policies)),
        2 => new AccessRule(dice.Percent(50), Lists(Scopes), dice.Percent(30) ? Lists(Policies) : []),
        _ => new AccessRule(false, Lists(Scopes), []),
    };

    private List<List<string>> Lists(string[] names) => [.. Enumerable.Range(0, dice.Between(1, 2)).Select(_ => dice.Some(names, 40))];

    private void Support(WorldSource source)
    {
        var access = new AccessOracle(world);
        foreach (var type in source.Types.Values)
        {
            foreach (var entry in type.Fields.Values.Where(entry => !entry.IsExternal && (entry.Field.Requirement.Count > 0 || entry.Field.Contexts.Count > 0)))
            {
                var rules = access.SupportOf(type.Name, entry.Field).ToList();
                if (rules.Count > 0)
                {
                    world.Features.Add("protected by what it is made of");
                    Mark(source, $"{type.Name}.{entry.Field.Name}", rules.Aggregate((all, next) => all.And(next)));
                }
            }
        }
    }
}
