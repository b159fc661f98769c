using System.Globalization;

namespace GraphGateway.Differential;

/// <summary>What is done to fields once they are there: overrides, hiding, provisions, requirements.</summary>
internal sealed class FieldFeatures(World world, Dice dice, Placement placement)
{
    private readonly ExternalFields external = new(world, placement);

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

        new RequirementGenerator(world, dice, placement).Run(entities);
    }

    private void Override(WorldType type)
    {
        foreach (var field in type.Fields.Values.Where(field => field.Role == FieldRole.Data && field.IsLeaf && !InterfaceFields.IsCommon(field.Name)).ToList())
        {
            var owners = world.SourcesOf(type.Name, field.Name).ToList();
            var takers = placement.Hosts(type.Name).Where(host => !host.IsFederation1 && !host.Types[type.Name].Fields.ContainsKey(field.Name)).ToList();
            var chain = takers.Where(other => !other.IsApollo).ToList();
            var canChain = owners.Count == 1 && !owners[0].IsApollo && chain.Count > 1;
            if (owners.Count != 1 || takers.Count == 0 || !placement.Hosts(type.Name).Contains(owners[0]) || !dice.Percent(canChain ? 30 : 16))
            {
                continue;
            }

            var taker = dice.Pick(canChain ? chain : takers);
            var label = taker.IsApollo && dice.Percent(70) ? dice.Pick<string>(["percent(30)", "team:beta/2"]) : null;
            var old = owners[0].Types[type.Name].Fields[field.Name];
            (old.IsOverridden, old.OverriddenLabel) = (true, label);
            taker.Types[type.Name].Fields.Add(
                field.Name, new SourceField(field) { Type = old.Type, OverrideFrom = owners[0].Name, OverrideLabel = label });
            world.Features.Add(label is null ? "override" : "override with a label");
            world.Features.Add(label is null ? "override" : label.StartsWith("percent", StringComparison.Ordinal) ? "override with a percentage" : "override with a team's label");
            if (label is not null && dice.Percent(50))
            {
                world.ActiveLabels.Add(label);
            }

            if (canChain && dice.Percent(60))
            {
                // Only in the dialect of composite schemas one can take over what was taken over already.
                taker.Types[type.Name].Fields[field.Name].IsOverridden = true;
                dice.Pick(chain.Where(other => other != taker).ToList()).Types[type.Name].Fields.Add(field.Name, new SourceField(field) { Type = old.Type, OverrideFrom = taker.Name });
                world.Features.Add("a chain of overrides");
            }
        }
    }

    private void Hide(WorldType type)
    {
        var keys = InterfaceObjects.Of(world).Where(@interface => @interface.Possible.Contains(type.Name)).SelectMany(@interface => KeyText.Fields(@interface.Keys[0])).ToList();
        foreach (var field in type.Fields.Values.Where(field => !InterfaceFields.IsCommon(field.Name) && field.Name != "id" && field.IsLeaf && !keys.Contains(field.Name)))
        {
            var sources = world.SourcesOf(type.Name, field.Name).Where(source => source.Types[type.Name].Kind == WorldKind.Entity && !source.IsFederation1).ToList();
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
                var fields = world.Types[target].Fields.Values.Where(field => external.CanBe(source, inSource, field) && field.Arguments.Count == 0).ToList();
                fields = fields.Count == 0 ? [] : dice.Percent(50) ? [fields[0]] : dice.Some(fields, 60);
                if (fields.Count == 0)
                {
                    continue;
                }

                fields.ForEach(field => AddProvided(source, field));
                provided = string.Join(' ', fields.Select(field => field.Name));
                if (fields.Count > 1)
                {
                    world.Features.Add("provides of several fields");
                }
            }

            entry.Provides = isAbstract ? $"... on {target} {{ {provided} }}" : provided;
            world.Features.Add(isAbstract ? "provides on an abstract type" : "provides");
        }
    }

    // A field of an entity that leads to another one, and a leaf of that.
    private string? Below(WorldSource source, SourceType inSource)
    {
        var links = world.Types[inSource.Name].Fields.Values.Where(field => field.Role == FieldRole.Data && field.Results.Count == 1 && field.Named == field.Results[0]
            && world.Types[field.Named].Kind == WorldKind.Entity && field.Arguments.Count == 0 && !ExternalFields.IsOfInterfaceObject(field) && placement.CanKnow(source, field.Named)
            && (!inSource.Fields.TryGetValue(field.Name, out var there) || there.IsExternal)
            && world.SourcesOf(inSource.Name, field.Name).Any(other => other != source)).ToList();
        if (links.Count == 0)
        {
            return null;
        }

        var link = dice.Pick(links);
        var target = external.Known(source, link.Named);
        var leaf = world.Types[target.Name].Fields.Values.FirstOrDefault(field => external.CanBe(source, target, field) && field.Arguments.Count == 0);
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
        external.Add(source, field);
        // Among Apollo's sources, who provides a field resolves it.
        foreach (var other in source.IsApollo ? world.SourcesOf(field.Owner, field.Name).Where(other => other.IsApollo) : [])
        {
            var owned = other.Types[field.Owner].Fields[field.Name];
            owned.IsShareable |= !owned.IsExternal;
        }
    }
}
