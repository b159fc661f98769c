using System.Globalization;

namespace GraphGateway.Differential;

/// <summary>
/// Says in a world's sources what members cost and how long lists are, by the directives of both dialects; data are made to respect it. Several sources
/// weigh one member differently: the highest counts.
/// </summary>
internal sealed class CostMarks(World world, Dice dice)
{
    private readonly List<WorldSource> sources = [.. world.Sources.Where(source => !source.IsFederation1)];

    public void Run()
    {
        world.Lengths.IsExact = dice.Percent(50);
        sources.ForEach(AddPages);
        foreach (var type in world.Types.Values.Where(type => !type.IsAbstract).ToList())
        {
            foreach (var field in type.Fields.Values.Where(field => field.Role == FieldRole.Data && field.ListDepth > 0 && type.Name != ListLengths.Page && field.Named != ListLengths.Page).ToList())
            {
                SayLength(type, field);
            }
        }

        sources.ForEach(Weigh);
    }

    // As connections are: the field that leads to the page says how long its list is.
    private void AddPages(WorldSource source)
    {
        if (dice.Percent(50) || world.Types.ContainsKey(ListLengths.Page))
        {
            return;
        }

        var targets = source.Types.Values.Where(type => type.Kind is WorldKind.Entity or WorldKind.Value && type.Fields.Count > 0 && !type.IsInternal && !type.IsInaccessible).ToList();
        var target = dice.PickOrNull(targets)?.Name;
        var type = new WorldType(ListLengths.Page, WorldKind.Value);
        world.Types.Add(type.Name, type);
        var inSource = new SourceType(type.Name, WorldKind.Value);
        source.Types.Add(type.Name, inSource);
        Add(inSource, new WorldField(type.Name, "items", target is null ? "[Int]" : $"[{target}]") { Results = target is null ? [] : [target] });
        Add(inSource, new WorldField(type.Name, "total", "Int"));
        var owners = source.Types.Values.Where(owner => owner.Kind == WorldKind.Entity && owner.CanBeEntered && !owner.IsExtension).Select(owner => owner.Name).Append("Query").Distinct().ToList();
        foreach (var owner in owners)
        {
            var field = new WorldField(owner, "pages", dice.Percent(30) ? $"[{type.Name}]" : type.Name) { Results = [type.Name], Arguments = Arguments() };
            Add(source.Types[owner], field);
            var rule = Rule(field, source.IsApollo) with { IsOfPages = true };
            world.Lengths.Rules.Add((owner, field.Name), rule);
            Mark(source, $"{owner}.{field.Name}", Text(rule, ", sizedFields: [\"items\"]"));
            world.Features.Add("sized fields");
        }
    }

    private void Add(SourceType inSource, WorldField field)
    {
        world.Types[inSource.Name].Fields.Add(field.Name, field);
        inSource.Fields.Add(field.Name, new SourceField(field) { Type = field.Type });
    }

    private void SayLength(WorldType type, WorldField field)
    {
        // What several types have in common stays as it is, and a source of Federation 1 cannot say anything.
        var entries = Entries(type.Name, field.Name).ToList();
        if (entries.Count == 0 || entries.Exists(at => at.Source.IsFederation1 || at.Coordinate != $"{type.Name}.{field.Name}") || IsOfInterface(type, field) || dice.Percent(30))
        {
            return;
        }

        // What others require is asked for with the arguments that were there.
        var isApollo = entries.Exists(at => at.Source.IsApollo);
        if (field.CanFail && !IsExternal(type, field) && dice.Percent(60) && !field.Arguments.Exists(argument => argument.Name is "first" or "last"))
        {
            field.Arguments.AddRange(Arguments());
        }

        var rule = Rule(field, isApollo);
        world.Lengths.Rules.Add((type.Name, field.Name), rule);
        world.Features.Add(rule.Slicing.Count == 0 ? "assumed size" : "slicing arguments");
        entries.ForEach(at => Mark(at.Source, at.Coordinate, Text(rule, "")));
    }

    private bool IsOfInterface(WorldType type, WorldField field) => world.Sources.Exists(source => source.Types.Values.Any(
        other => other.Kind == WorldKind.Interface && other.Fields.ContainsKey(field.Name) && world.Types[other.Name].Possible.Contains(type.Name)));

    private bool IsExternal(WorldType type, WorldField field) => world.Sources.Exists(
        source => source.Types.TryGetValue(type.Name, out var inSource) && inSource.Fields.TryGetValue(field.Name, out var entry) && entry.IsExternal);

    private IEnumerable<(WorldSource Source, string Coordinate)> Entries(string type, string field)
    {
        foreach (var source in world.Sources)
        {
            foreach (var inSource in source.Types.Values.Where(other => other.Name == type || (other.IsInterfaceObject && world.Types[other.Name].Possible.Contains(type))))
            {
                if (inSource.Fields.TryGetValue(field, out var entry) && !entry.IsExternal)
                {
                    yield return (source, $"{inSource.Name}.{field}");
                }
            }
        }
    }

    private List<WorldArgument> Arguments() => dice.Next(3) switch
    {
        0 => [new WorldArgument("first", "Int")],
        1 => [new WorldArgument("first", "Int", "2")],
        _ => [new WorldArgument("first", "Int"), new WorldArgument("last", "Int", dice.Percent(50) ? "4" : null)],
    };

    private ListRule Rule(WorldField field, bool isApollo)
    {
        List<string> slicing = [.. field.Arguments.Where(argument => argument is { Name: "first" or "last", Type: "Int" }).Select(argument => argument.Name)];
        if (!isApollo)
        {
            slicing.AddRange(field.Arguments.Where(argument => argument is { Name: "list" }).Select(argument => argument.Name));
            slicing.AddRange(field.Arguments.Where(argument => argument is { Type: "In1" }).Select(argument => argument.Name + ".p"));
        }

        return new ListRule(slicing, slicing.Count == 0 || dice.Percent(50) ? dice.Between(1, 5) : null);
    }

    private string Text(ListRule rule, string more)
    {
        var slicing = rule.Slicing.Count == 0 ? "" : $", slicingArguments: [{string.Join(", ", rule.Slicing.Select(path => $"\"{path}\""))}]";
        var strict = slicing.Length > 0 && dice.Percent(50) ? ", requireOneSlicingArgument: false" : "";
        var assumed = rule.Otherwise is { } size ? string.Create(CultureInfo.InvariantCulture, $", assumedSize: {size}") : "";
        return $"@listSize({(assumed + slicing + more + strict)[2..]})";
    }

    private void Weigh(WorldSource source)
    {
        foreach (var type in source.Types.Values.Where(type => type.Kind is WorldKind.Entity or WorldKind.Value or WorldKind.Root || type.IsInterfaceObject).ToList())
        {
            if (!type.IsInterfaceObject)
            {
                Weigh(source, type.Name, 20);
            }

            foreach (var entry in type.Fields.Values.Where(entry => !entry.IsExternal))
            {
                Weigh(source, $"{type.Name}.{entry.Field.Name}", 20);
                entry.Field.Arguments.ForEach(argument => Weigh(source, $"{type.Name}.{entry.Field.Name}({argument.Name}:)", 30));
            }
        }

        foreach (var coordinate in (string[])["E0", "E1", "Blob", "In0.x", "In0.y", "In0.e", "In1.p", "In1.q"])
        {
            Weigh(source, coordinate, 30);
        }
    }

    private void Weigh(WorldSource source, string coordinate, int percent)
    {
        if (!dice.Percent(percent))
        {
            return;
        }

        var weight = source.IsApollo ? dice.Pick<string>(["0", "1", "2", "5", "-1", "-3"]) : $"\"{dice.Pick<string>(["0", "1", "2.5", "5", "0.25", "-1", "-0.5", "1e1"])}\"";
        Mark(source, coordinate, $"@cost(weight: {weight})");
        world.Features.Add(coordinate switch
        {
            _ when weight.Contains('-', StringComparison.Ordinal) => "a negative weight",
            _ when coordinate.Contains('(', StringComparison.Ordinal) => "the weight of an argument",
            _ when coordinate.StartsWith("In", StringComparison.Ordinal) => "the weight of a field of an input",
            _ when coordinate.Contains('.', StringComparison.Ordinal) => "the weight of a field",
            "E0" or "E1" or "Blob" => "the weight of a leaf type",
            _ => "the weight of an object type",
        });
    }

    private static void Mark(WorldSource source, string coordinate, string mark) =>
        source.Marks[coordinate] = source.Marks.TryGetValue(coordinate, out var there) ? $"{there} {mark}" : mark;
}
