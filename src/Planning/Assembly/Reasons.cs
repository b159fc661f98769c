using System.Text;
using GraphGateway.Language;

namespace GraphGateway.Planning;

/// <summary>Says in words why a fetch is there.</summary>
internal static class Reasons
{
    private const int MaxFields = 4;

    public static string Of(StepBuilder step)
    {
        var text = new StringBuilder(step.Source.Name);
        var fields = step.Selection.Entries.Select(entry => entry.Target.Definition.ToString()).Distinct().ToList();
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

        if (step.Kind == FetchKind.Root && !step.Position.IsRoot)
        {
            text.Append("; entered by Query, which stands here");
        }

        if (step.Kind != FetchKind.Root)
        {
            var keys = step.Keys.Select(key => OneLine(key.Lookup.Key)).Distinct();
            text.Append("; entered by ").AppendJoin(" or ", keys);
        }

        foreach (var requirement in step.Requirements.Where(use => !use.Requirement.Selection.Selections.IsEmpty).Select(use => OneLine(use.Requirement.Selection)).Distinct())
        {
            text.Append("; carries ").Append(requirement);
        }

        foreach (var context in step.Requirements.SelectMany(use => use.Requirement.Contexts).Select(argument => $"${argument.Context} {OneLine(argument.Selection)}").Distinct())
        {
            text.Append("; carries ").Append(context);
        }

        return text.ToString();
    }

    private static string OneLine(SelectionSetNode selection) =>
        string.Join(' ', Printer.Print(selection).Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries)[1..^1]);
}
