namespace GraphGateway.Differential;

/// <summary>Fields that a source has of others: to require them, or to provide them somewhere.</summary>
internal sealed class ExternalFields(World world, Placement placement)
{
    /// <summary>True for what an interface object has: nobody else requires or provides it.</summary>
    public static bool IsOfInterfaceObject(WorldField field) =>
        field.Name.StartsWith("extra", StringComparison.Ordinal) || field.Name.StartsWith("made", StringComparison.Ordinal);

    /// <summary>True for a field that others serve, and that the source has at most as external.</summary>
    public bool CanBe(WorldSource source, SourceType inSource, WorldField field) =>
        field.IsLeaf && field.Role is FieldRole.Data or FieldRole.Computed && !IsOfInterfaceObject(field)
        && (!inSource.Fields.TryGetValue(field.Name, out var there) || there.IsExternal)
        && world.SourcesOf(inSource.Name, field.Name).Any(other => other != source);

    /// <summary>Adds it as external.</summary>
    public void Add(WorldSource source, WorldField field)
    {
        var isStrict = world.SourcesOf(field.Owner, field.Name).All(other => other.Types[field.Owner].Fields[field.Name].Type.EndsWith('!'));
        source.Types[field.Owner].Fields.TryAdd(
            field.Name, new SourceField(field) { Type = field.Type.TrimEnd('!') + (isStrict ? "!" : ""), IsExternal = true });
    }

    /// <summary>The links to objects of one type that others give; among Apollo's sources only those whose type the source can know.</summary>
    public List<WorldField> Links(WorldSource source, SourceType inSource) => [.. world.Types[inSource.Name].Fields.Values.Where(field =>
        field.Results.Count == 1 && field.Named == field.Results[0] && field.Role == FieldRole.Data && !IsOfInterfaceObject(field) && field.ListDepth < 2
        && field.Arguments.Count == 0 && (!inSource.Fields.TryGetValue(field.Name, out var there) || there.IsExternal)
        && world.SourcesOf(inSource.Name, field.Name).Any(other => other != source)
        && (!source.IsApollo || placement.CanKnow(source, field.Results[0])))];

    /// <summary>What a requirement leads to: Apollo's sources know the type, others need not.</summary>
    public SourceType Target(WorldSource source, string type)
    {
        if (type == HiddenTypes.Name)
        {
            world.Features.Add("requirement through an inaccessible type");
        }

        return source.IsApollo ? Known(source, type) : new SourceType(type, world.Types[type].Kind);
    }

    /// <summary>The type in the source, which comes to know it.</summary>
    public SourceType Known(WorldSource source, string type)
    {
        placement.Know(source, type);
        return source.Types[type];
    }
}
