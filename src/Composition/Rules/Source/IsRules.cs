namespace GraphGateway.Composition;

/// <summary>IS_INVALID_SYNTAX, IS_INVALID_FIELD_TYPE, IS_INVALID_USAGE (§4.1.3).</summary>
internal static class IsRules
{
    internal static void IsInvalidUsage(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.AllFields.Where(field => field.Directive("lookup") is null))
        {
            foreach (var (argument, use) in field.IsArguments)
            {
                problems.Error(
                    ProblemCode.IsInvalidUsage,
                    $"The argument \"{argument}\" of {field} has @is, but {field} is no lookup.",
                    "Add @lookup to the field if it finds one entity by its arguments; otherwise remove @is.",
                    use.Place);
            }
        }
    }

    internal static void IsInvalidFieldTypeOrSyntax(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.AllFields)
        {
            foreach (var (argument, use) in field.IsArguments)
            {
                Check(use, $"@is on the argument \"{argument}\" of {field}", ProblemCode.IsInvalidFieldType, ProblemCode.IsInvalidSyntax, problems);
            }
        }
    }

    internal static void Check(MapUse use, string where, ProblemCode notText, ProblemCode notMap, ProblemSink problems)
    {
        if (use.Text is null)
        {
            problems.Error(
                notText,
                $"\"field\" of {where} is not a string.",
                "Write the fields as a string, such as \"id\" or \"{ id: owner.id }\".",
                use.Place);
        }
        else if (use.Map is null)
        {
            problems.Error(
                notMap,
                $"\"{use.Text}\" in {where} is no field selection map: {use.SyntaxError}",
                "Write a path (\"owner.id\"), an object (\"{ id, zip: address.zip }\") or a list (\"parts[id]\"), and close all braces.",
                use.Place);
        }
    }
}
