namespace GraphGateway.Differential;

/// <summary>Takes away from a world what its queries may need, and adds what can be needed: some of them cannot be answered any more.</summary>
internal sealed class Holes(World world, Dice dice)
{
    private static readonly Dictionary<string, object?> NoArguments = [];

    private readonly List<string> made = [];

    /// <summary>Makes up to five holes.</summary>
    /// <returns>What they are, for counting.</returns>
    public List<string> Make()
    {
        for (var i = dice.Next(6); i > 0; i--)
        {
            switch (dice.Next(10))
            {
                case 0 or 1:
                    CloseKey();
                    break;
                case 2:
                    RemoveKey();
                    break;
                case 3 or 4:
                    RemoveLookup();
                    break;
                case 5:
                    RemoveField();
                    break;
                case 6:
                    RemoveMember();
                    break;
                case 7:
                    Unprovide();
                    break;
                case 8:
                    ShareMutation();
                    break;
                default:
                    RequireOfValue();
                    break;
            }
        }

        return made;
    }

    private IEnumerable<(WorldSource Source, SourceType Type)> Types => world.Sources.SelectMany(source => source.Types.Values.Select(type => (source, type)));

    private void CloseKey()
    {
        var keys = Types.Where(at => at.Source.IsApollo)
            .SelectMany(at => at.Type.ResolvableByKey.Where(key => key.Value && at.Type.Kind == WorldKind.Entity).Select(key => (at.Type, key.Key))).ToList();
        if (keys.Count > 0)
        {
            var (type, key) = dice.Pick(keys);
            type.ResolvableByKey[key] = false;
            made.Add("hole: a key that is not resolvable");
        }
    }

    private void RemoveKey()
    {
        var keys = Types.SelectMany(at => at.Type.ResolvableByKey.Keys.Select(key => (at.Type, key))).ToList();
        if (keys.Count > 0)
        {
            var (type, key) = dice.Pick(keys);
            type.ResolvableByKey.Remove(key);
            made.Add("hole: a key is missing");
        }
    }

    private void RemoveLookup()
    {
        var lookups = Types.SelectMany(at => at.Type.Fields.Values.Where(entry => entry.Field.Role == FieldRole.Lookup).Select(entry => (at.Type, entry.Field.Name))).ToList();
        if (lookups.Count > 0)
        {
            var (type, name) = dice.Pick(lookups);
            type.Fields.Remove(name);
            made.Add("hole: a lookup is missing");
        }
    }

    private void RemoveField()
    {
        var fields = Types.Where(at => at.Type.Kind is WorldKind.Entity or WorldKind.Value or WorldKind.Root)
            .SelectMany(at => at.Type.Fields.Keys.Where(_ => at.Type.Fields.Count > 1).Select(name => (at.Type, name))).ToList();
        if (fields.Count > 0)
        {
            var (type, name) = dice.Pick(fields);
            type.Fields.Remove(name);
            made.Add("hole: a field is missing in a source");
        }
    }

    private void RemoveMember()
    {
        var members = Types.SelectMany(at => at.Type.Implements.Select(name => (Names: at.Type.Implements, name))
            .Concat(at.Type.Members.Count > 1 ? at.Type.Members.Select(name => (Names: at.Type.Members, name)) : [])).ToList();
        if (members.Count > 0)
        {
            var (names, name) = dice.Pick(members);
            names.Remove(name);
            made.Add("hole: an abstract type has an object less in a source");
        }
    }

    private void Unprovide()
    {
        var providing = Types.SelectMany(at => at.Type.Fields.Values).Where(entry => entry.Provides is not null).ToList();
        if (providing.Count > 0)
        {
            dice.Pick(providing).Provides = null;
            made.Add("hole: nothing provides a field");
        }
    }

    // Several sources can do a mutation, and each gives of its result what it can get to.
    private void ShareMutation()
    {
        var mutations = Types.Where(at => at.Type.Name == "Mutation").SelectMany(at => at.Type.Fields.Values.Select(entry => (at.Source, Entry: entry))).ToList();
        if (mutations.Count == 0)
        {
            return;
        }

        var (source, entry) = dice.Pick(mutations);
        var others = world.Sources.Where(other => other != source && entry.Field.Results.All(other.Types.ContainsKey)
            && (entry.Field.Results.Count == 0 || other.Types.ContainsKey(entry.Field.Named))).ToList();
        if (others.Count == 0)
        {
            return;
        }

        var taker = dice.Pick(others);
        if (!taker.Types.TryGetValue("Mutation", out var root))
        {
            taker.Types.Add("Mutation", root = new SourceType("Mutation", WorldKind.Root));
        }

        entry.IsShareable = true;
        root.Fields.TryAdd(entry.Field.Name, entry with { IsShareable = true });
        made.Add("hole: a shared mutation");
    }

    // A value is not looked up: what its fields require has to be given where it is.
    private void RequireOfValue()
    {
        var candidates = from at in Types
                         where at.Type.Kind == WorldKind.Value && !at.Type.IsInternal && world.Types.ContainsKey(at.Type.Name)
                         from field in world.Types[at.Type.Name].Fields.Values
                         where field.IsLeaf && field.Type is "String" or "Int" && field.Arguments.TrueForAll(argument => !argument.Type.EndsWith('!'))
                             && !at.Type.Fields.ContainsKey(field.Name) && world.SourcesOf(at.Type.Name, field.Name).Any()
                         select (at.Source, at.Type, Field: field);
        var list = candidates.ToList();
        if (list.Count == 0)
        {
            return;
        }

        var (source, type, needed) = dice.Pick(list);
        if (source.IsApollo)
        {
            type.Fields.Add(needed.Name, new SourceField(needed) { Type = needed.Type, IsExternal = true });
        }

        var computed = new WorldField(type.Name, "of" + needed.Name, "String")
        {
            Role = FieldRole.Computed,
            Requirement = [new RequiredValue("given", needed.Type, needed.Name, [("", [new PathStep(needed.Name, "", NoArguments)])])],
        };
        type.Fields.TryAdd(computed.Name, new SourceField(computed) { Type = "String" });
        made.Add("hole: a requirement on a value type");
    }
}
