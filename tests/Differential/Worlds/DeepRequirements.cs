using System.Globalization;

namespace GraphGateway.Differential;

/// <summary>Requirements that go further down: three levels, into objects of some types, and for several values of each object.</summary>
internal sealed class DeepRequirements(World world, Dice dice, Placement placement, ExternalFields external, List<WorldField> externals)
{
    private static readonly Dictionary<string, object?> NoArguments = [];

    private int inputCount;

    /// <summary>One of them; empty when the source has no use for any.</summary>
    public List<RequiredValue> Next(WorldSource source, SourceType inSource, string name)
    {
        var known = externals.Count;
        // Few links go to several types.
        var found = ByTypeOrNone(source, inSource, name);
        found = found.Count > 0 ? found
            : dice.Percent(50) ? ThreeLevels(source, inSource, name)
            : OfEach(source, inSource, name);
        externals.Skip(known).ToList().ForEach(field => field.CanFail = false);
        return found;
    }

    private List<RequiredValue> ByTypeOrNone(WorldSource source, SourceType inSource, string name) =>
        dice.Percent(source.IsApollo ? 35 : 70) ? ByType(source, inSource, name) : [];

    private List<RequiredValue> ThreeLevels(WorldSource source, SourceType inSource, string name)
    {
        if (dice.PickOrNull(external.Links(source, inSource)) is not { } first)
        {
            return [];
        }

        var seconds = external.Links(source, external.Target(source, first.Named)).Where(link => first.ListDepth + link.ListDepth < 2).ToList();
        if (dice.PickOrNull(seconds) is not { } second || dice.PickOrNull(Leaves(source, external.Target(source, second.Named))) is not { } leaf)
        {
            return [];
        }

        externals.AddRange([first, second, leaf]);
        world.Features.Add("requirement three levels deep");
        var below = second.ListDepth > 0 ? $"{second.Name}[{leaf.Name}]" : $"{second.Name}.{leaf.Name}";
        return
        [
            new RequiredValue(
                name, first.ListDepth + second.ListDepth > 0 ? $"[{leaf.Named}]" : leaf.Named, first.ListDepth > 0 ? $"{first.Name}[{below}]" : $"{first.Name}.{below}",
                [("", [Step(first), Step(second), Step(leaf)])]),
        ];
    }

    // Of a link to an interface or union a leaf of some of its types, each a value of its own.
    private List<RequiredValue> ByType(WorldSource source, SourceType inSource, string name)
    {
        var links = world.Types[inSource.Name].Fields.Values.Where(field => field.Role == FieldRole.Data && !ExternalFields.IsOfInterfaceObject(field)
            && world.Types.GetValueOrDefault(field.Named)?.IsAbstract == true && field.ListDepth < (source.IsApollo ? 2 : 1) && field.Arguments.Count == 0
            && (!inSource.Fields.TryGetValue(field.Name, out var there) || there.IsExternal)
            && world.SourcesOf(inSource.Name, field.Name).Any(other => other != source)
            && (!source.IsApollo || CanKnow(source, field))).ToList();
        if (dice.PickOrNull(links) is not { } link)
        {
            return [];
        }

        if (source.IsApollo)
        {
            link.Results.ForEach(type => placement.Know(source, type));
            placement.KnowAbstract(source, link);
        }

        var values = new List<RequiredValue>();
        foreach (var type in dice.Some(link.Results, 60).Take(2))
        {
            if (dice.PickOrNull(Leaves(source, external.Target(source, type))) is { } leaf)
            {
                externals.AddRange([link, leaf]);
                values.Add(new RequiredValue(
                    string.Create(CultureInfo.InvariantCulture, $"{name}{type}"), link.ListDepth > 0 ? $"[{leaf.Named}]" : leaf.Named, $"{link.Name}<{type}>.{leaf.Name}",
                    [("", [Step(link) with { OnType = type }, Step(leaf)])]));
            }
        }

        if (values.Count > 0)
        {
            world.Features.Add(source.IsApollo ? "requirement with fragments" : "requirement with type conditions");
        }

        return values;
    }

    // Two leaves of each object of a list, or of one object, as one value.
    private List<RequiredValue> OfEach(WorldSource source, SourceType inSource, string name)
    {
        if (dice.PickOrNull(external.Links(source, inSource)) is not { } link || Leaves(source, external.Target(source, link.Named)) is not { Count: > 1 } leaves)
        {
            return [];
        }

        var first = dice.Pick(leaves);
        var second = dice.Pick(leaves.Where(leaf => leaf != first).ToList());
        externals.AddRange([link, first, second]);
        world.Features.Add(link.ListDepth > 0 ? "requirement of a list of objects" : "requirement of an object");
        var input = string.Create(CultureInfo.InvariantCulture, $"Each{source.Name}{inSource.Name}{inputCount++}");
        var types = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = first.Named + Strict(source), ["b"] = second.Named + Strict(source) };
        if (!source.IsApollo)
        {
            source.Inputs.Add(input, $"input {input} {{ a: {types["a"]} b: {types["b"]} }}");
        }

        var @object = $"{{ a: {first.Name} b: {second.Name} }}";
        return
        [
            new RequiredValue(
                name, link.ListDepth > 0 ? $"[{input}{Strict(source)}]" : input, link.ListDepth > 0 ? $"{link.Name}[{@object}]" : $"{link.Name}.{@object}",
                [("a", [Step(first)]), ("b", [Step(second)])])
            {
                Prefix = [Step(link)],
                FieldTypes = types,
            },
        ];
    }

    private string Strict(WorldSource source) => !source.IsApollo && dice.Percent(25) ? "!" : "";

    private bool CanKnow(WorldSource source, WorldField link) => link.Results.All(type => placement.CanKnow(source, type))
        && (source.Types.TryGetValue(link.Named, out var known) ? !known.IsInterfaceObject : world.Types[link.Named].Keys.Count == 0);

    private List<WorldField> Leaves(WorldSource source, SourceType target) => [.. world.Types[target.Name].Fields.Values
        .Where(field => external.CanBe(source, target, field) && field.Named is "String" or "Int" or "EZ" && field.ListDepth == 0 && field.Arguments.Count == 0)];

    private static PathStep Step(WorldField field) => PathStep.To(field);
}
