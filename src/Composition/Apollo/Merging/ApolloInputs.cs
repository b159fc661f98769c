using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>What arguments and input fields of Apollo's sources have in common when they are merged.</summary>
internal static class ApolloInputs
{
    internal static MergedInput Merge(
        SourceSet sources, string coordinate, TypeNode type, IReadOnlyList<(InputValueDefinition Definition, string Source, Place Place)> inputs)
    {
        if (inputs.Count == 1)
        {
            return Only(sources, coordinate, type, inputs[0].Definition, inputs[0].Place);
        }

        // A value may be left out only where every source can do without it: a default must be everybody's.
        var defaults = inputs.Select(input => DefaultTexts.OfApollo(input.Definition)).Distinct().ToArray();
        return new MergedInput(
            inputs[0].Definition.Name,
            coordinate,
            type,
            defaults.Length == 1 ? inputs[0].Definition.DefaultValue : null,
            ApolloDescriptions.Merge(inputs.Select(input => input.Definition.Description)),
            MergedDirectives.OfApollo(inputs.Select(input => input.Definition.Directives), ComposedDirectives.Of(sources)),
            inputs.Any(input => Directives.Has(input.Definition.Directives, "inaccessible")),
            [.. inputs.Select(input => input.Place)]);
    }

    /// <summary>What one source alone says.</summary>
    internal static MergedInput Only(SourceSet sources, string coordinate, TypeNode type, InputValueDefinition definition, Place place) => new(
        definition.Name,
        coordinate,
        type,
        definition.DefaultValue,
        definition.Description,
        MergedDirectives.OfApollo(definition.Directives, ComposedDirectives.Of(sources)),
        Directives.Has(definition.Directives, "inaccessible"),
        [place]);

    internal static void CheckDefaults(
        ProblemCode code,
        string what,
        IEnumerable<(InputValueDefinition Definition, string Source, Place Place)> inputs,
        ProblemSink problems,
        string hint = "Use the same default everywhere; where one source has none, the composed graph has none.")
    {
        var said = inputs.Where(input => input.Definition.DefaultValue is not null).ToArray();
        if (said.Select(input => DefaultTexts.OfApollo(input.Definition)).Distinct().Skip(1).Any())
        {
            problems.Error(
                code,
                $"{what} has different defaults: "
                + Words.EachSays(said.Select(input => (input.Source, Printer.Print(input.Definition.DefaultValue!)))) + ".",
                hint,
                said.Select(input => input.Place));
        }
    }
}

/// <summary>The description that most sources give; the first of several, and an empty one only when there is no other.</summary>
internal static class ApolloDescriptions
{
    internal static string? Merge(IEnumerable<string?> descriptions)
    {
        string? first = null;
        foreach (var text in descriptions)
        {
            if (text is not null && text != (first ??= text))
            {
                return MostFrequent(descriptions);
            }
        }

        return first;
    }

    private static string? MostFrequent(IEnumerable<string?> descriptions) => descriptions
        .OfType<string>()
        .GroupBy(text => text)
        .Select((group, index) => (group.Key, Count: group.Key.Length == 0 ? -1 : group.Count(), index))
        .OrderByDescending(entry => entry.Count)
        .ThenBy(entry => entry.index)
        .Select(entry => entry.Key)
        .FirstOrDefault();
}

/// <summary>Which way the values of each enum travel, collected while what uses them is merged.</summary>
internal sealed class EnumUses
{
    private readonly Dictionary<string, EnumUse> uses = new(StringComparer.Ordinal);

    /// <summary>All of them together.</summary>
    internal static EnumUses Of(IEnumerable<EnumUses> parts)
    {
        var all = new EnumUses();
        foreach (var (name, use) in parts.SelectMany(part => part.uses))
        {
            all.Add(name, use);
        }

        return all;
    }

    internal void Add(string typeName, EnumUse use) => uses[typeName] = uses.GetValueOrDefault(typeName) | use;

    internal EnumUse Of(string enumName) => uses.GetValueOrDefault(enumName);
}
