using System.Globalization;

namespace GraphGateway.Differential;

/// <summary>Gives entities fields that are made of fields of other sources.</summary>
internal sealed class RequirementGenerator(World world, Dice dice, Placement placement)
{
    private static readonly Dictionary<string, object?> NoArguments = [];

    private readonly ExternalFields external = new(world, placement);
    private readonly List<WorldField> externals = [];
    private int computedCount;

    public void Run(List<string> entities)
    {
        var deep = new DeepRequirements(world, dice, placement, external, externals);
        for (var round = 0; round < 2; round++)
        {
            foreach (var entity in entities)
            {
                foreach (var host in placement.Hosts(entity).Where(_ => dice.Percent(35)))
                {
                    Require(host, entity, deep);
                }
            }
        }
    }

    private void Require(WorldSource source, string entity, DeepRequirements deep)
    {
        var inSource = source.Types[entity];
        var values = new List<RequiredValue>();
        externals.Clear();
        for (var i = dice.Between(1, 2); i > 0; i--)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"arg{i}");
            if (BelowInterfaceObject(source, inSource, name) is { } below)
            {
                values.Add(below);
            }
            else if (Alternatives(source, inSource, name) is { } alternatives)
            {
                values.Add(alternatives);
            }
            else if (dice.Percent(40) && deep.Next(source, inSource, name) is { Count: > 0 } further)
            {
                values.AddRange(further);
            }
            else if (Leaf(source, inSource, name) is { } leaf)
            {
                values.Add(leaf);
            }
            else if (((dice.Percent(50) ? LinkedAbstract(source, inSource, name) : null) ?? Linked(source, inSource, name)) is { } linked)
            {
                values.Add(linked);
            }
        }

        if (values.Count == 0 || (source.IsApollo && HasConflict(values)))
        {
            return;
        }

        if (!source.IsApollo && values.Count == 2 && values.All(value => value.Paths is [("", _)] && !value.IsOneOf && value.ArgumentType.TrimEnd('!') is not ['[', ..]) && dice.Percent(40))
        {
            values = [AsObject(source, values)];
        }

        foreach (var field in source.IsApollo ? externals : [])
        {
            external.Add(source, field);
        }

        MarkRequired(entity, values);
        // Only an argument can refuse a null; in a representation it is a value like others.
        values = source.IsApollo ? values.ConvertAll(value => value with { ArgumentType = value.ArgumentType.Replace("!", "", StringComparison.Ordinal) }) : values;
        AddComputed(source, entity, values);
        if (dice.Percent(40))
        {
            world.Features.Add("a requirement of two fields");
            AddComputed(source, entity, values);
        }

        world.Features.Add(source.IsApollo ? "requires" : "require");
    }

    // One representation has room for one value of a field's name.
    private static bool HasConflict(List<RequiredValue> values) => values.SelectMany(value => value.Selections)
        .SelectMany(steps => steps.Select((step, index) => (Place: string.Join('.', steps.Take(index + 1).Select(other => other.Field)), step.ArgumentText)))
        .GroupBy(call => call.Place).Any(calls => calls.Distinct().Count() > 1);

    private void AddComputed(WorldSource source, string entity, List<RequiredValue> values)
    {
        var targets = world.Types.Values.Where(type => type.Kind == WorldKind.Entity && type.Name.StartsWith('T') && source.Types.ContainsKey(type.Name)).ToList();
        var target = dice.Percent(30) ? dice.Pick(targets).Name : null;
        var field = new WorldField(
            entity, string.Create(CultureInfo.InvariantCulture, $"c{computedCount++}"), target is null ? "String" : dice.Percent(50) ? target : $"[{target}]")
        {
            Role = FieldRole.Computed,
            Requirement = values,
            Results = target is null ? [] : [target],
            Arguments = dice.Percent(30) ? [new WorldArgument("n", "Int")] : [],
        };
        if (!field.IsLeaf)
        {
            world.Features.Add("an entity that is made of a requirement");
        }

        if (field.Arguments.Count > 0)
        {
            world.Features.Add("a requirement beside an argument of the client");
        }

        placement.Add(world.Types[entity], field, [source]);
    }

    private RequiredValue? Leaf(WorldSource source, SourceType inSource, string name)
    {
        var fields = world.Types[inSource.Name].Fields.Values
            .Where(field => external.CanBe(source, inSource, field) && field.Named is "String" or "Int" or "Float" or "Boolean" or "E0" && field.ListDepth == 0).ToList();
        if (fields.Count == 0 || dice.Percent(30))
        {
            return null;
        }

        var field = dice.Pick(fields);
        externals.Add(field);
        world.Features.Add(field.Role == FieldRole.Computed ? "requirement of a requirement" : field.Arguments.Count > 0 ? "requirement with arguments" : "requirement");
        var step = Step(field);
        return new RequiredValue(name, field.Named + (dice.Percent(40) ? "!" : ""), step.Field + step.ArgumentText, [("", [step])]);
    }

    private RequiredValue? Linked(WorldSource source, SourceType inSource, string name)
    {
        var links = external.Links(source, inSource);
        if (links.Count == 0)
        {
            return null;
        }

        var link = dice.Pick(links);
        var target = external.Target(source, link.Results[0]);
        var leaves = world.Types[target.Name].Fields.Values
            .Where(field => external.CanBe(source, target, field) && field.Named is "String" or "Int" or "EZ" && field.ListDepth == 0).ToList();
        if (leaves.Count == 0)
        {
            return null;
        }

        var leaf = dice.Pick(leaves);
        externals.AddRange([link, leaf]);
        leaf.CanFail = false;
        world.Features.Add(link.ListDepth > 0 ? "requirement through a list" : "requirement through a link");
        var step = Step(leaf);
        var text = step.Field + step.ArgumentText;
        return link.ListDepth > 0
            ? new RequiredValue(name, ListOf(leaf.Named), $"{link.Name}[{text}]", [("", [Step(link), step])])
            : new RequiredValue(name, leaf.Named, $"{link.Name}.{text}", [("", [Step(link), step])]);
    }

    // A key of what an object in an interface's place stands for.
    private RequiredValue? BelowInterfaceObject(WorldSource source, SourceType inSource, string name)
    {
        var links = LinksToInterfaces(source, inSource).FindAll(link => IsInterfaceObjectOf(source, link));
        if (links.Count == 0 || dice.Percent(50))
        {
            return null;
        }

        world.Features.Add("requirement below an interface object");
        var link = dice.Pick(links);
        var key = KeyText.Fields(source.Types[link.Named].ResolvableByKey.Keys.First()).First();
        return BelowInterface(link, key, name);
    }

    // What all objects of an interface have. The source knows one more of its types than those that come, where it knows the interface.
    private RequiredValue? LinkedAbstract(WorldSource source, SourceType inSource, string name)
    {
        var links = LinksToInterfaces(source, inSource).FindAll(link => !IsInterfaceObjectOf(source, link));
        if (links.Count == 0)
        {
            return null;
        }

        var link = dice.Pick(links);
        if (source.IsApollo || dice.Percent(50))
        {
            var possible = world.Types[link.Named].Possible.Where(type => placement.CanKnow(source, type)).ToList();
            foreach (var type in (source.IsApollo ? link.Results : []).Concat(dice.Some(possible, 50)).Distinct().ToList())
            {
                placement.Host(source, type, ["id"], isResolvable: false);
                placement.Implement(source, type, link.Named);
            }
        }

        return BelowInterface(link, "id", name);
    }

    private List<WorldField> LinksToInterfaces(WorldSource source, SourceType inSource) => [.. world.Types[inSource.Name].Fields.Values.Where(field =>
        IsOfInterface(field) && field.ListDepth < 2 && field.Arguments.Count == 0
        && !inSource.Fields.ContainsKey(field.Name) && world.SourcesOf(inSource.Name, field.Name).Any()
        && (!source.IsApollo || IsInterfaceObjectOf(source, field) || CanImplement(source, field)))];

    private RequiredValue BelowInterface(WorldField link, string leaf, string name)
    {
        externals.Add(link);
        world.Features.Add("requirement below an interface");
        var step = new PathStep(leaf, "", NoArguments);
        var type = leaf == "id" ? "ID" : "String";
        return link.ListDepth > 0
            ? new RequiredValue(name, ListOf(type), $"{link.Name}[{leaf}]", [("", [Step(link), step])])
            : new RequiredValue(name, type, $"{link.Name}.{leaf}", [("", [Step(link), step])]);
    }

    private string ListOf(string item)
    {
        if (!dice.Percent(30))
        {
            return $"[{item}]";
        }

        world.Features.Add("a requirement that takes no null in a list");
        return $"[{item}!]" + (dice.Percent(30) ? "!" : "");
    }

    private static bool IsInterfaceObjectOf(WorldSource source, WorldField link) =>
        source.IsApollo && source.Types.TryGetValue(link.Named, out var known) && known.IsInterfaceObject;

    private bool CanImplement(WorldSource source, WorldField link) => link.Results.All(type => placement.CanKnow(source, type))
        && !(source.Types.TryGetValue(link.Named, out var known) && known.IsInterfaceObject)
        && (world.Types[link.Named].Keys.Count == 0 || source.Types.ContainsKey(link.Named));

    private bool IsOfInterface(WorldField field) => field.Role == FieldRole.Data && !ExternalFields.IsOfInterfaceObject(field)
        && world.Types.GetValueOrDefault(field.Named)?.Kind == WorldKind.Interface && field.Named != "IV0";

    // Which of an input's fields is given depends on what the object is.
    private RequiredValue? Alternatives(WorldSource source, SourceType inSource, string name)
    {
        var links = source.IsApollo ? [] : world.Types[inSource.Name].Fields.Values.Where(field => IsOfInterface(field) && field.ListDepth == 0
            && field.Results.Count > 1 && field.Arguments.Count == 0 && !inSource.Fields.ContainsKey(field.Name)).ToList();
        if (links.Count == 0 || dice.Percent(60))
        {
            return null;
        }

        var link = dice.Pick(links);
        var input = string.Create(CultureInfo.InvariantCulture, $"By{source.Name}{name}{computedCount}");
        source.Inputs.Add(input, $"input {input} @oneOf {{ {string.Join(' ', link.Results.Select(type => $"by{type}: ID"))} }}");
        world.Features.Add("requirement with alternatives by type");
        return new RequiredValue(
            name, input + (dice.Percent(30) ? "!" : ""),
            string.Join(" | ", link.Results.Select(type => $"{{ by{type}: {link.Name}<{type}>.id }}")),
            [.. link.Results.Select(type => ("by" + type, new List<PathStep> { Step(link) with { OnType = type }, new PathStep("id", "", NoArguments) }))])
        {
            IsOneOf = true,
        };
    }

    private RequiredValue AsObject(WorldSource source, List<RequiredValue> values)
    {
        world.Features.Add("requirement as an input object");
        var input = string.Create(CultureInfo.InvariantCulture, $"Req{source.Name}{computedCount}");
        source.Inputs.Add(input, $"input {input} {{ {string.Join(' ', values.Select(value => $"{value.Argument}: {value.ArgumentType}"))} }}");
        return new RequiredValue(
            "given", input + (dice.Percent(50) ? "!" : ""),
            $"{{ {string.Join(' ', values.Select(value => $"{value.Argument}: {value.Map}"))} }}",
            [.. values.Select(value => (value.Argument, value.Paths[0].Steps))])
        {
            FieldTypes = values.ToDictionary(value => value.Argument, value => value.ArgumentType, StringComparer.Ordinal),
        };
    }

    private void MarkRequired(string entity, List<RequiredValue> values)
    {
        foreach (var steps in values.SelectMany(value => value.Selections))
        {
            // A source with an interface object is asked for it of all objects.
            foreach (var type in InterfaceObjects.Of(world).SelectMany(type => type.Possible).Append(entity).Distinct())
            {
                if (world.Types[type].Fields.TryGetValue(steps[0].Field, out var required))
                {
                    required.CanFail = false;
                }
            }
        }
    }

    private PathStep Step(WorldField field)
    {
        var arguments = field.Arguments.Where(argument => argument.Type is "Int" or "String!").Take(1).ToList();
        if (arguments.Count == 0 || (arguments[0].Type == "Int" && dice.Percent(30)))
        {
            return PathStep.To(field);
        }

        var number = dice.Next(3);
        // A map is in quotes in the schema, so no string stands in it.
        return arguments[0].Type == "Int"
            ? new PathStep(field.Name, $"({arguments[0].Name}: {number})", new Dictionary<string, object?> { [arguments[0].Name] = number })
            : new PathStep(field.Name, "(s: \\\"r\\\")", new Dictionary<string, object?> { ["s"] = "r" });
    }
}
