using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>The enum of a supergraph whose values are its sources.</summary>
internal static class SourceEnums
{
    /// <summary>Its values; that there are none, or one of them twice, is reported.</summary>
    internal static EnumValueDefinitionNode[] Values(DocumentNode document, string name, DirectiveReader reader)
    {
        var types = document.Definitions.OfType<EnumTypeDefinitionNode>().Where(type => type.Name.Value == name).ToArray();
        var values = types.SelectMany(type => type.Values).ToArray();
        if (values.Length == 0)
        {
            reader.Report(types.FirstOrDefault() ?? document.Definitions[0], $"The supergraph names no source: {(types.Length == 0 ? $"the enum {name} is missing" : $"{name} has no values")}. Compose it again.");
        }

        foreach (var again in values.GroupBy(value => value.Name.Value, StringComparer.Ordinal).SelectMany(group => group.Skip(1)))
        {
            reader.Report(again, $"{name} has the value {again.Name} twice.");
        }

        return [.. values.DistinctBy(value => value.Name.Value)];
    }

    /// <summary>Reports a source without a name and a name that two sources have.</summary>
    internal static void CheckNames(EnumValueDefinitionNode[] values, IReadOnlyDictionary<string, SourceSchema> sources, DirectiveReader reader)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            if (sources.TryGetValue(value.Name.Value, out var source) && (source.Name.Length == 0 || !names.Add(source.Name)) && !reader.HasErrors)
            {
                reader.Report(value, source.Name.Length == 0
                    ? $"The source {value.Name} has an empty name."
                    : $"Two sources are named \"{source.Name}\"; each needs a name of its own.");
            }
        }
    }
}
