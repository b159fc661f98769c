using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>Of the input objects that a map fills, the fields that take no null in some place, or below, as their source declares them.</summary>
internal static class StrictFields
{
    internal static ImmutableArray<MappedField> Of(InputValueDefinition argument, SelectedValueNode map)
    {
        var found = ImmutableArray.CreateBuilder<MappedField>();
        Collect(argument.Type.Named, map, "", found);
        return [.. found.DistinctBy(field => field.Path)];
    }

    private static void Collect(NamedType type, SelectedValueNode map, string prefix, ImmutableArray<MappedField>.Builder found)
    {
        foreach (var entry in map.Entries)
        {
            if (entry.Object is { } @object)
            {
                Collect(type, @object, prefix, found);
            }

            for (var list = entry.List; list is not null; list = list.List)
            {
                if (list.Value is { } items)
                {
                    Collect(type, items, prefix, found);
                }
            }
        }
    }

    private static void Collect(NamedType type, SelectedObjectNode node, string prefix, ImmutableArray<MappedField>.Builder found)
    {
        foreach (var field in node.Fields)
        {
            if ((type as InputObjectType)?.FindField(field.Name.Value) is not { } definition)
            {
                continue;
            }

            var before = found.Count;
            if (field.Value is { } below)
            {
                Collect(definition.Type.Named, below, $"{prefix}{field.Name.Value}.", found);
            }

            if (found.Count > before || definition.Type.ToString()!.Contains('!', StringComparison.Ordinal))
            {
                found.Insert(before, new MappedField(prefix + field.Name.Value, TypeNodes.Of(definition)));
            }
        }
    }
}
