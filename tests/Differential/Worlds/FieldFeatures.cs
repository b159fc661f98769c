using System.Globalization;

namespace GraphGateway.Differential;

/// <summary>What is done to fields once they are there: overrides, hiding, provisions, requirements.</summary>
internal sealed class FieldFeatures(World world, Dice dice, Placement placement)
{
    private static readonly Dictionary<string, object?> NoArguments = [];

    private readonly List<WorldField> externals = [];
    private int computedCount;

    public void Run(List<string> entities)
    {
        foreach (var entity in entities)
        {
            Override(world.Types[entity]);
            Hide(world.Types[entity]);
        }

        foreach (var source in world.Sources)
        {
            Provide(source);
        }

        for (var round = 0; round < 2; round++)
        {
            foreach (var entity in entities)
            {
                foreach (var host in placement.Hosts(entity).Where(_ => dice.Percent(35)))
                {
                    Require(host, entity);
                }
            }
        }
    }

    private static bool IsCommon(WorldField field) =>
        field.Name.StartsWith("label", StringComparison.Ordinal) || field.Name.StartsWith("size", StringComparison.Ordinal);

    // Composition does not know yet that a field of an interface object can be required on the interface's types.
    private static bool IsOfInterfaceObject(WorldField field) =>
        field.Name.StartsWith("extra", StringComparison.Ordinal) || field.Name.StartsWith("made", StringComparison.Ordinal);

    private void Override(WorldType type)
    {
        foreach (var field in type.Fields.Values.Where(field => field.Role == FieldRole.Data && field.IsLeaf && !IsCommon(field)).ToList())
        {
            var owners = world.SourcesOf(type.Name, field.Name).ToList();
            var takers = placement.Hosts(type.Name).Where(host => !host.Types[type.Name].Fields.ContainsKey(field.Name)).ToList();
            if (owners.Count != 1 || takers.Count == 0 || !placement.Hosts(type.Name).Contains(owners[0]) || !dice.Percent(12))
            {
                continue;
            }

            var taker = dice.Pick(takers);
            var label = taker.IsApollo && dice.Percent(50) ? dice.Pick<string>(["percent(30)", "percent(70)", "team:beta/2"]) : null;
            var old = owners[0].Types[type.Name].Fields[field.Name];
            (old.IsOverridden, old.OverriddenLabel) = (true, label);
            taker.Types[type.Name].Fields.Add(
                field.Name, new SourceField(field) { Type = old.Type, OverrideFrom = owners[0].Name, OverrideLabel = label });
            world.Features.Add(label is null ? "override" : "override with a label");
            if (label is not null && dice.Percent(50))
            {
                world.ActiveLabels.Add(label);
            }
        }
    }

    private void Hide(WorldType type)
    {
        foreach (var field in type.Fields.Values.Where(field => !IsCommon(field) && field.Name != "id" && field.IsLeaf))
        {
            var sources = world.SourcesOf(type.Name, field.Name).Where(source => source.Types[type.Name].Kind == WorldKind.Entity).ToList();
            if (sources.Count > 0 && dice.Percent(10))
            {
                dice.Pick(sources).Types[type.Name].Fields[field.Name].IsInaccessible = true;
                world.Features.Add("inaccessible field");
            }
        }
    }

    private void Provide(WorldSource source)
    {
        foreach (var entry in source.Types.Values.SelectMany(type => type.Fields.Values).ToList())
        {
            if (entry.Field.Results.Count == 0 || entry.IsExternal || entry.Field.Role != FieldRole.Data || entry.IsOverridden || !dice.Percent(20))
            {
                continue;
            }

            var isAbstract = world.Types[entry.Type.Trim('[', ']', '!')].IsAbstract;
            if (!source.IsApollo && world.Types[entry.Type.Trim('[', ']', '!')].Kind == WorldKind.Union)
            {
                continue;
            }

            var target = dice.Pick(entry.Field.Results);
            if (!source.Types.TryGetValue(target, out var inSource) || inSource.Kind != WorldKind.Entity)
            {
                continue;
            }

            if ((dice.Percent(40) ? Below(source, inSource) : null) is not { } provided)
            {
                var field = world.Types[target].Fields.Values.FirstOrDefault(field => CanBeExternal(source, inSource, field) && field.Arguments.Count == 0);
                if (field is null)
                {
                    continue;
                }

                AddProvided(source, field);
                provided = field.Name;
            }

            entry.Provides = isAbstract ? $"... on {target} {{ {provided} }}" : provided;
            world.Features.Add(isAbstract ? "provides on an abstract type" : "provides");
        }
    }

    // A field of an entity that leads to another one, and a leaf of that.
    private string? Below(WorldSource source, SourceType inSource)
    {
        var links = world.Types[inSource.Name].Fields.Values.Where(field => field.Role == FieldRole.Data && field.Results.Count == 1 && field.Named == field.Results[0]
            && world.Types[field.Named].Kind == WorldKind.Entity && field.Arguments.Count == 0 && !IsOfInterfaceObject(field) && placement.CanKnow(source, field.Named)
            && (!inSource.Fields.TryGetValue(field.Name, out var there) || there.IsExternal)
            && world.SourcesOf(inSource.Name, field.Name).Any(other => other != source)).ToList();
        if (links.Count == 0)
        {
            return null;
        }

        var link = dice.Pick(links);
        var target = KnownTarget(source, link.Named);
        var leaf = world.Types[target.Name].Fields.Values.FirstOrDefault(field => CanBeExternal(source, target, field) && field.Arguments.Count == 0);
        if (leaf is null)
        {
            return null;
        }

        AddProvided(source, link);
        AddProvided(source, leaf);
        world.Features.Add("provides below a provided field");
        return $"{link.Name} {{ {leaf.Name} }}";
    }

    private void AddProvided(WorldSource source, WorldField field)
    {
        AddExternal(source, field);
        // Among Apollo's sources, who provides a field resolves it.
        foreach (var other in source.IsApollo ? world.SourcesOf(field.Owner, field.Name).Where(other => other.IsApollo) : [])
        {
            var owned = other.Types[field.Owner].Fields[field.Name];
            owned.IsShareable |= !owned.IsExternal;
        }
    }

    // A field that others serve, and that this source has at most as external.
    private bool CanBeExternal(WorldSource source, SourceType inSource, WorldField field) =>
        field.IsLeaf && field.Role is FieldRole.Data or FieldRole.Computed && !IsOfInterfaceObject(field)
        && (!inSource.Fields.TryGetValue(field.Name, out var there) || there.IsExternal)
        && world.SourcesOf(inSource.Name, field.Name).Any(other => other != source);

    private void AddExternal(WorldSource source, WorldField field)
    {
        var isStrict = world.SourcesOf(field.Owner, field.Name).All(other => other.Types[field.Owner].Fields[field.Name].Type.EndsWith('!'));
        source.Types[field.Owner].Fields.TryAdd(
            field.Name, new SourceField(field) { Type = field.Type.TrimEnd('!') + (isStrict ? "!" : ""), IsExternal = true });
    }

    private void Require(WorldSource source, string entity)
    {
        var inSource = source.Types[entity];
        var values = new List<RequiredValue>();
        externals.Clear();
        for (var i = dice.Between(1, 2); i > 0; i--)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"arg{i}");
            if (Leaf(source, inSource, name) is { } leaf)
            {
                values.Add(leaf);
            }
            else if (Alternatives(source, inSource, name) is { } alternatives)
            {
                values.Add(alternatives);
            }
            else if (((dice.Percent(50) ? LinkedAbstract(source, inSource, name) : null) ?? Linked(source, inSource, name)) is { } linked)
            {
                values.Add(linked);
            }
        }

        // One representation has room for one value of a field's name.
        if (values.Count == 0 || (source.IsApollo && values.SelectMany(value => value.Paths).Select(path => path.Steps[0].Field).GroupBy(name => name).Any(group => group.Count() > 1)))
        {
            return;
        }

        if (!source.IsApollo && values.Count == 2 && values.All(value => value.Paths is [("", _)] && !value.IsOneOf && value.ArgumentType.TrimEnd('!') is not ['[', ..]) && dice.Percent(40))
        {
            values = [AsObject(source, values)];
        }

        foreach (var external in source.IsApollo ? externals : [])
        {
            AddExternal(source, external);
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
            .Where(field => CanBeExternal(source, inSource, field) && field.Named is "String" or "Int" or "Float" or "Boolean" && field.ListDepth == 0).ToList();
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
        var links = world.Types[inSource.Name].Fields.Values.Where(field => field.Results.Count == 1 && field.Named == field.Results[0]
            && field.Role == FieldRole.Data && !IsOfInterfaceObject(field) && field.ListDepth < 2 && field.Arguments.Count == 0
            && (!inSource.Fields.TryGetValue(field.Name, out var there) || there.IsExternal)
            && (!source.IsApollo || placement.CanKnow(source, field.Results[0]))).ToList();
        if (links.Count == 0)
        {
            return null;
        }

        var link = dice.Pick(links);
        var target = source.IsApollo ? KnownTarget(source, link.Results[0]) : new SourceType(link.Results[0], WorldKind.Entity);
        var leaves = world.Types[target.Name].Fields.Values
            .Where(field => CanBeExternal(source, target, field) && field.Named is "String" or "Int" && field.ListDepth == 0).ToList();
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

    // What all objects of an interface have. The source knows one more of its types than those that come, where it knows the interface.
    private RequiredValue? LinkedAbstract(WorldSource source, SourceType inSource, string name)
    {
        var links = world.Types[inSource.Name].Fields.Values.Where(field => IsOfInterface(field) && field.ListDepth < 2 && field.Arguments.Count == 0
            && !inSource.Fields.ContainsKey(field.Name) && world.SourcesOf(inSource.Name, field.Name).Any()
            && (!source.IsApollo || IsInterfaceObjectOf(source, field) || CanImplement(source, field))).ToList();
        if (links.Count == 0)
        {
            return null;
        }

        var link = dice.Pick(links);
        if (IsInterfaceObjectOf(source, link))
        {
            world.Features.Add("requirement below an interface object");
        }
        else if (source.IsApollo || dice.Percent(50))
        {
            var possible = world.Types[link.Named].Possible.Where(type => placement.CanKnow(source, type)).ToList();
            foreach (var type in (source.IsApollo ? link.Results : []).Concat(dice.Some(possible, 50)).Distinct().ToList())
            {
                placement.Host(source, type, ["id"], isResolvable: false);
                placement.Implement(source, type, link.Named);
            }
        }

        externals.Add(link);
        world.Features.Add("requirement below an interface");
        var step = new PathStep("id", "", NoArguments);
        return link.ListDepth > 0
            ? new RequiredValue(name, ListOf("ID"), $"{link.Name}[id]", [("", [Step(link), step])])
            : new RequiredValue(name, "ID", $"{link.Name}.id", [("", [Step(link), step])]);
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
        && (link.Named != "M0" || source.Types.ContainsKey("M0"));

    private bool IsOfInterface(WorldField field) => field.Role == FieldRole.Data && !IsOfInterfaceObject(field)
        && world.Types.GetValueOrDefault(field.Named)?.Kind == WorldKind.Interface;

    // Which of an input's fields is given depends on what the object is.
    private RequiredValue? Alternatives(WorldSource source, SourceType inSource, string name)
    {
        var links = source.IsApollo ? [] : world.Types[inSource.Name].Fields.Values.Where(field => IsOfInterface(field) && field.ListDepth == 0
            && field.Results.Count > 1 && field.Arguments.Count == 0 && !inSource.Fields.ContainsKey(field.Name)).ToList();
        if (links.Count == 0 || dice.Percent(40))
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

    private SourceType KnownTarget(WorldSource source, string target)
    {
        placement.Know(source, target);
        return source.Types[target];
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
        foreach (var path in values.SelectMany(value => value.Paths))
        {
            // A source with an interface object is asked for it of all objects.
            foreach (var type in world.Types.GetValueOrDefault("M0")?.Possible.Append(entity) ?? [entity])
            {
                if (world.Types[type].Fields.TryGetValue(path.Steps[0].Field, out var required))
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
            return new PathStep(field.Name, "", arguments.Count == 0 ? Defaults(field) : Defaults(field));
        }

        var number = dice.Next(3);
        // A map is in quotes in the schema, so no string stands in it.
        return arguments[0].Type == "Int"
            ? new PathStep(field.Name, $"(n: {number})", new Dictionary<string, object?> { ["n"] = number })
            : new PathStep(field.Name, "(s: \\\"r\\\")", new Dictionary<string, object?> { ["s"] = "r" });
    }

    private static IReadOnlyDictionary<string, object?> Defaults(WorldField field)
    {
        var defaults = field.Arguments.Where(argument => argument.Default is not null).ToDictionary(
            argument => argument.Name, argument => argument.Type == "Int" ? (object?)3 : argument.Default, StringComparer.Ordinal);
        return defaults.Count == 0 ? NoArguments : defaults;
    }
}
