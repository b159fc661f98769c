using System.Text;

namespace GraphGateway.Planning;

/// <summary>Says in words why a fetch is there.</summary>
internal static class Reasons
{
    private const int MaxFields = 4;

    public static string Of(StepBuilder step, PlanningGraph graph)
    {
        if (step.Source.IsGateway)
        {
            return "the gateway reads the type of each object from its id";
        }

        var text = new StringBuilder(step.Source.Name);
        var fields = step.Selection.Entries.Select(entry => entry.Target.Definition).Distinct().ToList();
        if (fields.Count > 0)
        {
            text.Append(" serves ").AppendJoin(", ", fields.Take(MaxFields));
            if (fields.Count > MaxFields)
            {
                text.Append($" and {fields.Count - MaxFields} more");
            }
        }

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
        }

        foreach (var requirement in step.Requirements.Where(use => !use.Requirement.Selection.Selections.IsEmpty).Select(use => use.Requirement.OneLine).Distinct())
        {
            text.Append("; carries ").Append(requirement);
        }

        foreach (var context in step.Requirements.SelectMany(use => use.Requirement.Contexts).Select(argument => $"${argument.Context} {FieldNeeds.InOneLine(argument.Selection)}").Distinct())
        {
            text.Append("; carries ").Append(context);
        }

        return text.ToString();
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
