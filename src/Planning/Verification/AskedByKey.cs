using System.Runtime.InteropServices;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>What a document asks for at one place, by key and by the types of which it does.</summary>
internal sealed class AskedByKey
{
    // Up to so many are gone through one by one.
    private const int Few = 8;

    private readonly VerificationWork work;
    private readonly Dictionary<string, List<AskedField>> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<int, List<AskedField>>> byType = new(StringComparer.Ordinal);

    /// <summary>Of these fields.</summary>
    public AskedByKey(List<AskedField> fields, VerificationWork work)
    {
        this.work = work;
        foreach (var field in fields)
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(byKey, field.Key, out _) ??= []).Add(field);
        }
    }

    /// <summary>Those under a key that are asked of some of these types.</summary>
    public List<AskedField> For(string key, TypeSet types)
    {
        var all = byKey.GetValueOrDefault(key, []);
        if (all.Count <= Few || types.Count > Few)
        {
            work.Add(all.Count);
            return all.FindAll(field => field.Types.Overlaps(types));
        }

        if (!byType.TryGetValue(key, out var some))
        {
            byType.Add(key, some = ByType(all));
        }

        var found = new OrderedDictionary<AskedField, bool>(ReferenceEqualityComparer.Instance);
        foreach (var field in types.Ordinals().ToArray().SelectMany(type => some.GetValueOrDefault(type, [])))
        {
            work.Add();
            found.TryAdd(field, true);
        }

        return [.. found.Keys];
    }

    private Dictionary<int, List<AskedField>> ByType(List<AskedField> fields)
    {
        var found = new Dictionary<int, List<AskedField>>();
        foreach (var field in fields)
        {
            foreach (var type in field.Types.Ordinals())
            {
                work.Add();
                (CollectionsMarshal.GetValueRefOrAddDefault(found, type, out _) ??= []).Add(field);
            }
        }

        return found;
    }
}
