using System.Globalization;
using System.Text;

namespace GraphGateway.Differential;

/// <summary>An object of the graph.</summary>
internal sealed record WorldObject(string TypeName, int Number);

/// <summary>Global ids, as most servers write them.</summary>
internal static class GlobalIds
{
    public static string Of(string type, int number) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type}:{number}")));
}

/// <summary>In the place of an object: its id is of no type that there is.</summary>
internal sealed record BadId;

/// <summary>The data of a world: what each field of each object is.</summary>
internal sealed class WorldData(World world)
{
    private static readonly Dictionary<string, object?> NoArguments = [];

    /// <summary>Finds an object type's field.</summary>
    public WorldField Field(string type, string field) => world.Types[type].Fields[field];

    /// <summary>The object that a root field is of: an event's where it is one of those.</summary>
    public WorldObject Root(string type, string field) =>
        new(world.Types.GetValueOrDefault(World.Events)?.Fields.ContainsKey(field) == true ? World.Events : type, 0);

    /// <summary>The same field as the object type itself has it, for one that a source has on an interface.</summary>
    public WorldField Own(string type, WorldField field) =>
        world.Types.TryGetValue(type, out var found) && found.Fields.TryGetValue(field.Name, out var own) ? own : field;

    /// <summary>The value of a field: leaves, lists, <see cref="WorldObject"/>s.</summary>
    public object? ValueOf(WorldObject parent, WorldField field, IReadOnlyDictionary<string, object?> arguments) => field.Role switch
    {
        FieldRole.Id => GlobalIds.Of(parent.TypeName, parent.Number),
        FieldRole.Sku or FieldRole.Number or FieldRole.Slot when IsNullKey(parent, field) => null,
        FieldRole.Sku => SkuOf(parent.TypeName, parent.Number),
        FieldRole.Number => parent.Number % 2,
        FieldRole.Text => $"b{parent.Number / 2}",
        FieldRole.Kind => "ABC"[parent.Number % 3].ToString(),
        FieldRole.Slot => parent.Number / 3,
        FieldRole.Parts => Enumerable.Range(parent.Number, ListLengths.Default).Select(object? (number) => new WorldObject(field.Results[0], number)).ToList(),
        FieldRole.Tags => TagsOf(parent.TypeName, parent.Number),
        FieldRole.Code => $"c{parent.Number}",
        FieldRole.QueryRoot => new WorldObject("Query", 0),
        FieldRole.Twin => new WorldObject(field.Results[0], parent.Number),
        FieldRole.Lookup => Find(field, arguments),
        FieldRole.Nodes => ((IEnumerable<object?>)arguments["ids"]!).Select(id => NodeOf(field, (string)id!)).ToList(),
        FieldRole.Computed when IsUnknown(parent) => ComputedOfUnknown(parent, field),
        _ when IsUnknown(parent) => null,
        FieldRole.Like => LikeOf(parent, field),
        FieldRole.Computed => Computed(field, value => ValuesOf(parent, value), arguments),
        _ => Random(parent, field, arguments),
    };

    private WorldObject LikeOf(WorldObject parent, WorldField field)
    {
        var hash = Hashing.Of($"{world.Seed} {parent.TypeName} {parent.Number} {field.Name}");
        return hash % 3 == 0 ? parent with { Number = (int)(Hashing.Next(hash) % World.EntityCount) } : parent;
    }

    // Each by itself: some objects have one of the keys, some all, and some none but their id.
    private bool IsNullKey(WorldObject parent, WorldField field) =>
        world.Types[parent.TypeName].HasNullKeys && Hashing.Of($"{world.Seed} {parent.TypeName} {parent.Number} {field.Name} null") % 2 == 0;

    /// <summary>A key that no other entity has, of whatever type.</summary>
    public static string SkuOf(string type, int number) => string.Create(CultureInfo.InvariantCulture, $"s{number}{type}");

    /// <summary>The same as a list.</summary>
    public static List<object?> TagsOf(string type, int number) => [string.Create(CultureInfo.InvariantCulture, $"t{number}"), type, "t"];

    /// <summary>The arguments that a field is called with, those included that clients do not see and that have a default.</summary>
    public static IReadOnlyDictionary<string, object?> WithHidden(WorldField field, IReadOnlyDictionary<string, object?> arguments)
    {
        // Sources of Federation 1 hide none.
        var hidden = field.Arguments.Where(argument => argument is { IsInaccessible: true, Default: not null } && !arguments.ContainsKey(argument.Name))
            .Select(argument => KeyValuePair.Create(argument.Name, argument.DefaultValue)).ToList();
        return hidden.Count == 0 ? arguments : arguments.Concat(hidden).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>True for an entity that is referred to and that nobody knows.</summary>
    public bool IsUnknown(WorldObject value) => value.Number >= World.EntityCount && world.Types[value.TypeName].Kind == WorldKind.Entity;

    /// <summary>The entity that the arguments of a lookup identify.</summary>
    public WorldObject? Find(WorldField lookup, IReadOnlyDictionary<string, object?> arguments) => Entities(lookup.Results)
        .FirstOrDefault(entity => lookup.Arguments.All(argument => argument.Matches.Any(match => IsMatch(entity, match, arguments.GetValueOrDefault(argument.Name)))));

    /// <summary>The object of a global id, null when there is none, or <see cref="BadId"/>.</summary>
    public object? NodeOf(WorldField field, string id) => Entities(field.Results).FirstOrDefault(entity => GlobalIds.Of(entity.TypeName, entity.Number) == id)
        ?? (field.Results.Any(type => GlobalIds.Of(type, World.EntityCount) == id) ? null : (object?)new BadId());

    /// <summary>The entity that a representation identifies by one of the keys.</summary>
    public WorldObject? Find(IEnumerable<string> types, IEnumerable<string> keys, IReadOnlyDictionary<string, object?> representation) =>
        Entities(types).FirstOrDefault(entity => keys.Any(key => IsMatch(entity, KeyText.Paths(key).ConvertAll(path => (path, path)), representation)));

    /// <summary>A computed field's value, from what it requires and is called with; it fails when a null stands where an argument takes none.</summary>
    public static object Computed(WorldField field, Func<RequiredValue, object?> valueOf, IReadOnlyDictionary<string, object?> arguments)
    {
        var values = new List<object?>();
        foreach (var required in field.Requirement)
        {
            var value = valueOf(required);
            if (!required.Fits(value))
            {
                throw new InjectedFault();
            }

            values.Add(value);
        }

        values.AddRange(field.Arguments.Select(argument => arguments.GetValueOrDefault(argument.Name)));
        var text = Canonical.Of(values);
        if (field.IsLeaf)
        {
            return "c:" + (text.Length <= 40 ? text : Hashing.Of(text).ToString("x", CultureInfo.InvariantCulture));
        }

        var number = (int)(Hashing.Of(text) % World.EntityCount);
        var target = new WorldObject(field.Results[0], number);
        return field.ListDepth == 0 ? target : new List<object?> { target, null, target with { Number = (number + 1) % World.EntityCount } };
    }

    /// <summary>A contextual field's value, from what the contexts give and what it requires.</summary>
    public static string Contextual(WorldField field, Func<ContextUse, object?> valueOf, Func<RequiredValue, object?> requiredOf) =>
        "x:" + Canonical.Of(field.Contexts.Select(valueOf).Concat(field.Requirement.Select(requiredOf)).ToList());

    /// <summary>What an object has for a requirement.</summary>
    public object? RequiredOf(WorldObject parent, RequiredValue required) => ValuesOf(parent, required);

    /// <summary>What the nearest object above gives for an argument; <paramref name="above"/> has the nearest first.</summary>
    public object? FromContext(ContextUse use, IEnumerable<WorldObject> above) =>
        above.FirstOrDefault(value => use.Paths.ContainsKey(value.TypeName)) is { } setter ? Follow(setter, use.Paths[setter.TypeName]) : "nothing sets it";

    /// <summary>The value at the end of a path; lists are mapped.</summary>
    public object? Follow(object? value, List<PathStep> steps, int index = 0) => value switch
    {
        null => null,
        List<object?> list => list.Select(item => Follow(item, steps, index)).ToList(),
        WorldObject item when index < steps.Count =>
            Follow(Only(ValueOf(item, Field(item.TypeName, steps[index].Field), steps[index].Arguments), steps[index].OnType), steps, index + 1),
        _ => value,
    };

    private static object? Only(object? value, string? type) => type is null || value is WorldObject found && found.TypeName == type ? value
        : value is List<object?> list ? list.ConvertAll(item => Only(item, type))
        : null;

    private object? ValuesOf(WorldObject parent, RequiredValue required) => required.Prefix.Count == 0 ? ValuesOfOne(parent, required)
        : OfEach(Follow(parent, required.Prefix), value => ValuesOfOne(value, required));

    private static object? OfEach(object? value, Func<WorldObject, object?> of) => value switch
    {
        List<object?> list => list.ConvertAll(item => OfEach(item, of)),
        WorldObject one => of(one),
        _ => null,
    };

    private object? ValuesOfOne(WorldObject parent, RequiredValue required) => required.Paths is [("", var only)]
        ? Follow(parent, only)
        : required.IsOneOf
        ? required.Paths.Select(path => (path.Name, Value: Follow(parent, path.Steps))).Where(path => path.Value is not null)
            .Select(path => new Dictionary<string, object?> { [path.Name] = path.Value }).FirstOrDefault()
        : required.Paths.ToDictionary(path => path.Name, path => Follow(parent, path.Steps));

    // Whether anybody knows the object is found out when its field is asked for, with all that this requires.
    private object? ComputedOfUnknown(WorldObject parent, WorldField field)
    {
        Computed(field, required => ValuesOf(parent, required), NoArguments);
        return null;
    }

    private IEnumerable<WorldObject> Entities(IEnumerable<string> types) =>
        types.SelectMany(type => Enumerable.Range(0, World.EntityCount).Select(number => new WorldObject(type, number)));

    private bool IsMatch(WorldObject entity, List<(string Name, string Path)> paths, object? given)
    {
        // Each type of an interface may have keys of its own.
        if (paths.Exists(path => !world.Types[entity.TypeName].Fields.ContainsKey(path.Path.Split('.')[0])))
        {
            return false;
        }

        // A null identifies nobody.
        if (world.Types[entity.TypeName].HasNullKeys && paths.Exists(path => FollowPath(entity, path.Path) is null))
        {
            return false;
        }

        if (paths is [("", var only)])
        {
            return Canonical.Of(given) == Canonical.Of(FollowPath(entity, only));
        }

        return given is IReadOnlyDictionary<string, object?> fields && paths.All(path =>
            Canonical.Of(At(fields, path.Name.Split('.'), 0)) == Canonical.Of(FollowPath(entity, path.Path)));
    }

    private static object? At(object? value, string[] names, int index) => index == names.Length ? value
        : value is IReadOnlyList<object?> items ? items.Select(item => At(item, names, index)).ToList()
        : value is IReadOnlyDictionary<string, object?> fields && fields.TryGetValue(names[index], out var next) ? At(next, names, index + 1)
        : "missing";

    private object? FollowPath(WorldObject entity, string path) =>
        Follow(entity, [.. path.Split('.').Select(name => new PathStep(name, "", NoArguments))]);

    private object? Random(WorldObject parent, WorldField field, IReadOnlyDictionary<string, object?> arguments)
    {
        var hash = Hashing.Of($"{world.Seed} {parent.TypeName} {parent.Number} {field.Name} {Canonical.Of(arguments)}");
        return Random(field, field.IsNeverNull && !field.Type.EndsWith('!') ? field.Type + "!" : field.Type, hash, world.Lengths.Of(parent, field, arguments));
    }

    private object? Random(WorldField field, string type, ulong hash, ListLength length)
    {
        if (type.EndsWith('!'))
        {
            type = type[..^1];
        }
        else if (hash % 7 == 0 && !world.Lengths.IsExact)
        {
            return null;
        }

        hash = Hashing.Next(hash);
        if (type.StartsWith('['))
        {
            var items = new List<object?>();
            for (var i = (length.IsOfPages ? world.Lengths.Unsaid : length).Pick(hash); i > 0; i--)
            {
                items.Add(Random(field, type[1..^1], Hashing.Next(hash + (ulong)i), length.IsOfPages ? length : world.Lengths.Unsaid));
            }

            return items;
        }

        return !field.IsLeaf ? Target(field, hash, length) : type == "E1" ? GivenByAll(field, hash)
            : type == "E0" && world.GivesHiddenValues && hash % 4 == 0 ? "D"
            : Leaf(type, hash);
    }

    private WorldObject Target(WorldField field, ulong hash, ListLength length)
    {
        var type = world.Types[field.Results[(int)(hash % (ulong)field.Results.Count)]];
        hash = Hashing.Next(hash);
        return new WorldObject(type.Name, type.Kind switch
        {
            WorldKind.Entity when type.HasUnknown && hash % 9 == 0 && !world.Lengths.IsExact => World.EntityCount,
            WorldKind.Entity => (int)(hash % World.EntityCount),
            _ when type.Name == ListLengths.Page => ListLengths.PageNumber((int)(hash % 100), length.Pick(Hashing.Next(hash))),
            _ => (int)(hash % 1000),
        });
    }

    // A value that all who have the field know.
    private string GivenByAll(WorldField field, ulong hash)
    {
        // Who has it as external may provide it.
        var values = world.Sources.Where(source => source.Types.TryGetValue(field.Owner, out var type) && type.Fields.ContainsKey(field.Name)).Select(source => source.GivenValues)
            .Aggregate(new SortedSet<string>(["A", "B", "C", "D"], StringComparer.Ordinal), (all, some) => new SortedSet<string>(all.Intersect(some), StringComparer.Ordinal));
        return values.ElementAt((int)(hash % (ulong)values.Count));
    }

    private static object Leaf(string type, ulong hash) => type switch
    {
        "Int" => (int)(hash % 200) - 100,
        "Float" => ((double)(hash % 2000) - 1000) / 8,
        "Boolean" => hash % 2 == 0,
        "EZ" => "AB"[(int)(hash % 2)].ToString(),
        "E0" => "ABC"[(int)(hash % 3)].ToString(),
        "Blob" => new Dictionary<string, object?> { ["n"] = (int)(hash % 9), ["list"] = new List<object?> { "ü\"\\", null, true } },
        _ => (hash % 5) switch { 0 => "", 1 => "a \"quoted\"\\\n text", _ => "t" + (hash % 97).ToString(CultureInfo.InvariantCulture) },
    };
}
