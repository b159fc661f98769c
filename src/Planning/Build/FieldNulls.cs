using System.Runtime.InteropServices;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>What nulls a source takes in the value of a field that is carried to it: its own types can say another thing for each type of the object.</summary>
internal sealed class FieldNulls(PlanningGraph graph)
{
    /// <summary>The types in parts of which the source takes the same nulls, in the order of their first types.</summary>
    /// <param name="field">The slot that the value comes from.</param>
    /// <param name="types">The types of the objects.</param>
    /// <param name="source">Who is given the value.</param>
    /// <returns>With each part: see <see cref="LeafTemplate.NonNullItems"/> and <see cref="TemplateEntry.IsNonNull"/>.</returns>
    public List<(TypeSet Types, int Items, bool IsNonNull)> Of(ResultField field, TypeSet types, SourceSchema source)
    {
        var parts = new List<(TypeSet Types, int Items, bool IsNonNull)>(1);
        // PERF: mostly there is one part.
        var first = default(TypeSetBuilder);
        var lists = Unfit.Lists(field);
        foreach (var type in types.Ordinals())
        {
            var own = graph.ObjectAt(type).BySource[source.Ordinal]?.Fields.GetValueOrDefault(field.Definition.Name)?.Definition.Type;
            var items = own is null || lists == 0 ? 0 : NullRules.Of(own).NonNullItems(lists);
            var isNonNull = own is NonNullTypeNode;
            if (parts.Count == 0 || (parts[0].Items == items && parts[0].IsNonNull == isNonNull))
            {
                first.Add(type);
            }

            Add(parts, type, items, isNonNull);
        }

        if (parts.Count > 0)
        {
            CollectionsMarshal.AsSpan(parts)[0].Types = first.Take();
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
