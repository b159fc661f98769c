namespace GraphGateway.Differential;

/// <summary>
/// Enums, inputs and arguments that differ by source: of what sources give the graph has all, of what they take what all of them take. And parts
/// of them that clients do not see.
/// </summary>
internal sealed class SourceVariants(World world, Dice dice)
{
    public void Run()
    {
        // Among sources of composite schemas an enum has the same values in all.
        var differs = world.Sources.TrueForAll(source => source.IsApollo);
        var hidesValue = dice.Percent(50);
        var hidesInput = dice.Percent(50);
        foreach (var source in world.Sources)
        {
            source.GivenValues.UnionWith(!differs || dice.Percent(40) ? ["A", "C", "D"] : dice.Some<string>(["A", "C", "D"], 60));
            source.Define("E1", $"enum E1 {{ {string.Join(' ', source.GivenValues)} }}");
            source.Define("E2", differs && dice.Percent(40) ? $"enum E2 {{ A B C {source.Name.ToUpperInvariant()} }}" : "enum E2 { A B C }");
            source.Define("In1", $"input In1 {{ p: Int{(dice.Percent(20) ? "!" : "")} q: [E2!]{(dice.Percent(40) ? $" {source.Name}: String" : "")} }}");
            source.Define("E0", hidesValue ? "enum E0 { A B C D @inaccessible }" : "enum E0 { A B C }");
            source.Define("In0", $"input In0 {{ x: Int = 2 y: [String!] e: E0{(hidesInput ? " h: Int @inaccessible" : "")} }}");
        }

        world.GivesHiddenValues = hidesValue;
        AddOwnArguments();
        Count("E1", "an enum that differs by source");
        Count("In1", "an input that differs by source");
        Count("E2", "an enum of inputs that differs by source");
        Count("D @inaccessible", "inaccessible enum value");
        Count("h: Int @inaccessible", "inaccessible input field");
    }

    private void AddOwnArguments()
    {
        foreach (var type in world.Types.Values.Where(type => type.Kind is WorldKind.Entity or WorldKind.Value))
        {
            foreach (var field in type.Fields.Values.Where(field => field.Role == FieldRole.Data && !field.Name.StartsWith("label", StringComparison.Ordinal)))
            {
                var entries = world.SourcesOf(type.Name, field.Name).Select(source => (source.Name, Entry: source.Types[type.Name].Fields[field.Name])).ToList();
                // Who has the field as external has all its arguments.
                var isExternal = world.Sources.Exists(source => source.Types.TryGetValue(type.Name, out var known) && known.Fields.TryGetValue(field.Name, out var entry) && entry.IsExternal);
                if (!isExternal && entries.Count > 1 && entries.TrueForAll(at => !at.Entry.IsOverridden && at.Entry.OverrideFrom is null) && dice.Percent(25))
                {
                    var (name, entry) = dice.Pick(entries);
                    entry.OwnArgument = $"only{name}: Int";
                    world.Features.Add("an argument that one source has alone");
                }
            }
        }
    }

    // It differs where it is used, or it is there.
    private void Count(string text, string feature)
    {
        var lines = world.Sources.SelectMany(source => SourceSdl.Print(source).Split('\n')).ToList();
        var isThere = text.Contains('@', StringComparison.Ordinal) ? lines.Exists(line => line.Contains(text, StringComparison.Ordinal))
            : lines.Where(line => line.StartsWith($"enum {text} ", StringComparison.Ordinal) || line.StartsWith($"input {text} ", StringComparison.Ordinal)).Distinct().Count() > 1;
        if (isThere)
        {
            world.Features.Add(feature);
        }
    }
}
