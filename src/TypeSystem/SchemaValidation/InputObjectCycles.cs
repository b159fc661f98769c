namespace GraphGateway.TypeSystem;

/// <summary>
/// An input object does not contain itself through non-null fields, because no value could be written for it
/// (<see href="https://spec.graphql.org/September2025/#sec-Input-Objects.Circular-References">Spec §3.10</see>). Each cycle is reported once.
/// </summary>
internal sealed class InputObjectCycles(SchemaRuleContext context)
{
    private readonly HashSet<InputObjectType> visited = [];

    /// <summary>Looks for cycles from a type; those found from an earlier one are not reported again.</summary>
    internal void Check(NamedType type)
    {
        if (type is InputObjectType input && visited.Add(input))
        {
            Search(input);
        }
    }

    // Depth-first with a stack of its own: a chain of inputs may be as long as the schema.
    private void Search(InputObjectType root)
    {
        var indexOnPath = new Dictionary<InputObjectType, int> { [root] = 0 };
        var path = new List<InputValueDefinition>();
        var open = new Stack<(InputObjectType Type, int NextField)>([(root, 0)]);
        while (open.TryPop(out var frame))
        {
            if (frame.NextField == frame.Type.Fields.Length)
            {
                indexOnPath.Remove(frame.Type);
                if (path.Count > 0)
                {
                    path.RemoveAt(path.Count - 1);
                }

                continue;
            }

            open.Push(frame with { NextField = frame.NextField + 1 });
            var field = frame.Type.Fields[frame.NextField];
            if (field.Type is not NonNullType { OfType: InputObjectType target })
            {
                continue;
            }

            if (indexOnPath.TryGetValue(target, out var start))
            {
                Report(target, [.. path.Skip(start), field]);
            }
            else if (visited.Add(target))
            {
                path.Add(field);
                indexOnPath[target] = path.Count;
                open.Push((target, 0));
            }
        }
    }

    private void Report(InputObjectType type, List<InputValueDefinition> cycle)
    {
        var names = string.Join('.', cycle.Select(static field => field.Name));
        context.Report(
            $"Cannot reference Input Object \"{type}\" within itself through a series of non-null fields: \"{names}\".",
            [.. cycle.Where(static field => field.Origin is not null).Select(static field => Places.Of(field.Origin!.Value))]);
    }
}
