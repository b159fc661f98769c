using System.Runtime.InteropServices;
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
        foreach (var type in types.Ordinals())
        {
            var rules = graph.ObjectAt(type).BySource[source.Ordinal]?.Fields.GetValueOrDefault(field.Definition.Name) is { } own
                ? NullRules.Of(own.Definition.Type)
                : null;
            Add(parts, type, rules?.NonNullItems(Unfit.Lists(field)) ?? 0, rules?.IsNonNull == true);
        }

        return parts;
    }

    private static void Add(List<(TypeSet Types, int Items, bool IsNonNull)> parts, int type, int items, bool isNonNull)
    {
        foreach (ref var part in CollectionsMarshal.AsSpan(parts))
        {
            if (part.Items == items && part.IsNonNull == isNonNull)
            {
                part.Types = part.Types.With(type);
                return;
            }
        }

        parts.Add((default(TypeSet).With(type), items, isNonNull));
    }
}
