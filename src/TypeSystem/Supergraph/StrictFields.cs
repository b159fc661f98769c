using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>Of the input objects that a map fills, the fields that take no null in some place, or below, as their source declares them.</summary>
public static class StrictFields
{
    /// <summary>Finds them; each path once, outer ones first.</summary>
    /// <param name="type">The type of the argument that the map is for.</param>
    /// <param name="map">The map.</param>
    /// <param name="fieldOf">A field of an input object: its type as it is written, and the type below; null where the type has none of that name.</param>
    public static ImmutableArray<MappedField> Of<T>(T type, SelectedValueNode map, Func<T, string, (TypeNode Type, T Below)?> fieldOf)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(fieldOf);
        var found = ImmutableArray.CreateBuilder<MappedField>();
        Collect(type, map, "", fieldOf, found);
        return [.. found.DistinctBy(field => field.Path)];
    }

    private static void Collect<T>(
        T type, SelectedValueNode map, string prefix, Func<T, string, (TypeNode Type, T Below)?> fieldOf, ImmutableArray<MappedField>.Builder found)
    {
        foreach (var entry in map.Entries)
        {
            if (entry.Object is { } @object)
            {
                Collect(type, @object, prefix, fieldOf, found);
            }

            for (var list = entry.List; list is not null; list = list.List)
            {
                if (list.Value is { } items)
                {
                    Collect(type, items, prefix, fieldOf, found);
                }
            }
        }
    }

    private static void Collect<T>(
        T type, SelectedObjectNode node, string prefix, Func<T, string, (TypeNode Type, T Below)?> fieldOf, ImmutableArray<MappedField>.Builder found)
    {
        foreach (var field in node.Fields)
        {
            if (fieldOf(type, field.Name.Value) is not { } definition)
            {
                continue;
            }

            var before = found.Count;
            if (field.Value is { } below)
            {
                Collect(definition.Below, below, $"{prefix}{field.Name.Value}.", fieldOf, found);
            }

            if (found.Count > before || definition.Type.ToString()!.Contains('!', StringComparison.Ordinal))
            {
                found.Insert(before, new MappedField(prefix + field.Name.Value, definition.Type));
            }
        }
    }
}
