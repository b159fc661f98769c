using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// The ways into each type, by the source that they lead into: found once for all that is told of the type, since a type may have as many ways as
/// there are lines, and as many fields that nobody can serve.
/// </summary>
/// <param name="cancellation">Ends finding them.</param>
internal sealed class WaysInto(CancellationToken cancellation)
{
    // So many lookups by the same key are named.
    private const int NamesMax = 10;

    private readonly Dictionary<TypeIndex, Dictionary<int, ImmutableArray<WayInto>>> known = [];

    /// <summary>One way for each key by which the source can be entered, in the order of the type's keys; empty where there is none.</summary>
    internal ImmutableArray<WayInto> Of(TypeIndex type, int source)
    {
        if (type.Keys.IsEmpty)
        {
            return [];
        }

        if (!known.TryGetValue(type, out var ways))
        {
            known.Add(type, ways = Find(type.Type!.Lookups));
        }

        return ways.GetValueOrDefault(source, []);
    }

    private Dictionary<int, ImmutableArray<WayInto>> Find(ImmutableArray<Lookup> lookups)
    {
        var found = new Dictionary<int, ImmutableArray<WayInto>.Builder>();
        foreach (var same in lookups.GroupBy(KeyOf))
        {
            var key = same.First().Key;
            foreach (var own in same.GroupBy(lookup => lookup.Source.Ordinal))
            {
                if (!found.TryGetValue(own.Key, out var ways))
                {
                    found.Add(own.Key, ways = ImmutableArray.CreateBuilder<WayInto>());
                }

                ways.Add(new WayInto(key, NameOf([.. own.Where(lookup => lookup.Kind == LookupKind.Field).Select(PathOf).Distinct()])));
            }
        }

        return found.ToDictionary(entry => entry.Key, entry => entry.Value.ToImmutable());
    }

    private string KeyOf(Lookup lookup)
    {
        cancellation.ThrowIfCancellationRequested();
        return Syntax.Fields(lookup.Key);
    }

    private string PathOf(Lookup lookup)
    {
        cancellation.ThrowIfCancellationRequested();
        return string.Join('.', lookup.Path.Add(lookup.FieldName));
    }

    private static string NameOf(string[] lookups) => lookups.Length switch
    {
        0 => "its @key",
        <= NamesMax => $"the lookup {string.Join(" or ", lookups)}",
        _ => $"the lookup {string.Join(" or ", lookups.Take(NamesMax - 1))} or one of {lookups.Length - NamesMax + 1} others",
    };
}

/// <summary>A way into a type.</summary>
/// <param name="Key">What has to be known for it.</param>
/// <param name="Name">What messages call it: <c>the lookup productById</c>.</param>
internal sealed record WayInto(SelectionSetNode Key, string Name);
