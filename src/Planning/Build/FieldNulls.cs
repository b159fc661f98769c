using System.Runtime.InteropServices;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>What nulls a source takes in the value of a field that is carried to it: its own types can say another thing for each type of the object.</summary>
internal sealed class FieldNulls(PlanningGraph graph)
{
    // What is found for few types is found as fast as it is looked up.
    private const int Few = 8;

    // PERF: below hundreds of fragments the same key of as many types is carried at as many positions. So many are kept.
    private const int KeptMax = 1_000;
    private readonly Dictionary<(SourceSchema Source, string Field, int Lists, TypeSet Types), List<(TypeSet Types, int Items, bool IsNonNull)>> known = [];

    /// <summary>The types in parts of which the source takes the same nulls, in the order of their first types.</summary>
    /// <param name="field">The slot that the value comes from.</param>
    /// <param name="types">The types of the objects.</param>
    /// <param name="source">Who is given the value.</param>
    /// <returns>Nobody changes it. With each part: see <see cref="LeafTemplate.NonNullItems"/> and <see cref="TemplateEntry.IsNonNull"/>.</returns>
    public List<(TypeSet Types, int Items, bool IsNonNull)> Of(ResultField field, TypeSet types, SourceSchema source)
    {
        var (name, lists) = (field.Definition.Name, Unfit.Lists(field));
        if (types.Count <= Few)
        {
            return Find(name, lists, types, source);
        }

        if (!known.TryGetValue((source, name, lists, types), out var parts))
        {
            if (known.Count == KeptMax)
            {
                known.Clear();
            }

            known.Add((source, name, lists, types), parts = Find(name, lists, types, source));
        }

        return parts;
    }

    private List<(TypeSet Types, int Items, bool IsNonNull)> Find(string name, int lists, TypeSet types, SourceSchema source)
    {
        var parts = new List<(TypeSet Types, int Items, bool IsNonNull)>(1);
        // PERF: mostly there is one part.
        var first = default(TypeSetBuilder);
        // What stands for objects that no source defines says nothing: it goes with the others.
        var untold = default(TypeSetBuilder);
        foreach (var type in types.Ordinals())
        {
            var at = graph.ObjectAt(type);
            var own = at.BySource[source.Ordinal]?.Fields.GetValueOrDefault(name)?.Definition.Type;
            if (own is null && UntoldTypes.IsOne(at.Type))
            {
                untold.Add(type);
                continue;
            }

            var items = own is null || lists == 0 ? 0 : NullRules.Of(own).NonNullItems(lists);
            var isNonNull = own is NonNullTypeNode;
            if (parts.Count == 0 || (parts[0].Items == items && parts[0].IsNonNull == isNonNull))
            {
                first.Add(type);
            }

            Add(parts, type, items, isNonNull);
        }

        var others = untold.Take();
        if (parts.Count > 0)
        {
            first.Add(others);
            CollectionsMarshal.AsSpan(parts)[0].Types = first.Take();
        }
        else if (!others.IsEmpty)
        {
            parts.Add((others, 0, false));
        }

        return parts;
    }

    private static void Add(List<(TypeSet Types, int Items, bool IsNonNull)> parts, int type, int items, bool isNonNull)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            ref var part = ref CollectionsMarshal.AsSpan(parts)[i];
            if (part.Items == items && part.IsNonNull == isNonNull)
            {
                part.Types = i == 0 ? part.Types : part.Types.With(type);
                return;
            }
        }

        parts.Add((parts.Count == 0 ? default : default(TypeSet).With(type), items, isNonNull));
    }
}
