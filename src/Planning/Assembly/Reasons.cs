using System.Text;

namespace GraphGateway.Planning;

/// <summary>Says in words why a fetch is there.</summary>
internal static class Reasons
{
    private const int MaxFields = 4;

    /// <param name="step">The fetch.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="text">Used by nobody else meanwhile.</param>
    public static string Of(StepBuilder step, PlanningGraph graph, StringBuilder text)
    {
        if (step.Source.IsGateway)
        {
            return "the gateway reads the type of each object from its id";
        }

        text.Clear().Append(step.Source.Name);
        var fields = FieldsOf(step, graph);
        AppendFields(text, fields);

        if (step.TellsRuntimeType)
        {
            text.Append(fields.Count > 0 ? " and" : "").Append($" tells which {step.Position.Shape.Type.Name} each object is");
        }

        if (!step.Decides.IsEmpty)
        {
            text.Append(fields.Count > 0 ? " and" : "").Append(" tells whether the ").Append(TemplateText.Names(step.Decides, graph.Schema)).Append(" is there");
        }

        if (step.Kind == FetchKind.Root && !step.Position.IsRoot)
        {
            text.Append("; entered by Query, which stands here");
        }

        if (step.Kind != FetchKind.Root)
        {
            text.Append("; entered by ");
            AppendKeys(text, step.Keys, graph);
            foreach (var others in step.OtherKeys)
            {
                text.Append(", or where that is null by ");
                AppendKeys(text, others, graph);
            }

            for (var i = 0; i < step.InsteadOf.Count; i++)
            {
                text.Append(i == 0 ? " where there is no " : " and no ");
                AppendKeys(text, [.. step.InsteadOf[i].Keys, .. step.InsteadOf[i].OtherKeys.SelectMany(static others => others)], graph);
            }
        }

        AppendCarried(text, step);
        return text.ToString();
    }

    // Each by a type that the step is for: a hidden field may be of several, and is called by the first that needed it.
    private static List<(string? Type, string Name)> FieldsOf(StepBuilder step, PlanningGraph graph)
    {
        // PERF: among a few looking is as fast as knowing.
        const int Few = 16;
        var entries = step.Selection.Entries;
        if (entries.Count > Few)
        {
            return [.. entries.Select(entry => NameOf(entry, graph)).Distinct()];
        }

        var fields = new List<(string? Type, string Name)>(entries.Count);
        foreach (var entry in entries)
        {
            var name = NameOf(entry, graph);
            if (!fields.Contains(name))
            {
                fields.Add(name);
            }
        }

        return fields;
    }

    private static (string? Type, string Name) NameOf(SelectionEntry entry, PlanningGraph graph)
    {
        var definition = entry.Target.Definition;
        return definition.DeclaringType is not { } declaring ? (null, definition.Name)
            : entry.Types.IsEmpty || graph.PossibleTypes(declaring.Name).Overlaps(entry.Types) ? (declaring.Name, definition.Name)
            : (graph.Schema.ObjectTypes[entry.Types.Ordinals().First()].Name, definition.Name);
    }

    private static void AppendFields(StringBuilder text, List<(string? Type, string Name)> fields)
    {
        for (var i = 0; i < fields.Count && i < MaxFields; i++)
        {
            text.Append(i == 0 ? " serves " : ", ");
            if (fields[i].Type is { } type)
            {
                text.Append(type).Append('.');
            }

            text.Append(fields[i].Name);
        }

        if (fields.Count > MaxFields)
        {
            text.Append($" and {fields.Count - MaxFields} more");
        }
    }

    private static void AppendCarried(StringBuilder text, StepBuilder step)
    {
        if (step.Requirements.Count == 0)
        {
            return;
        }

        foreach (var requirement in step.Requirements.Where(use => !use.Requirement.Selection.Selections.IsEmpty).Select(use => use.Requirement.OneLine).Distinct())
        {
            text.Append("; carries ").Append(requirement);
        }

        foreach (var context in step.Requirements.SelectMany(use => use.Requirement.Contexts).Select(argument => $"${argument.Context} {FieldNeeds.InOneLine(argument.Selection)}").Distinct())
        {
            text.Append("; carries ").Append(context);
        }
    }

    private static void AppendKeys(StringBuilder text, List<KeyUse> keys, PlanningGraph graph)
    {
        if (keys is [var only])
        {
            text.Append(graph.KeyOf(only.Lookup));
            return;
        }

        text.AppendJoin(" or ", keys.Select(key => graph.KeyOf(key.Lookup)).Distinct());
    }
}
