namespace GraphGateway.Composition;

/// <summary>REQUIRE_INVALID_SYNTAX, REQUIRE_INVALID_FIELD_TYPE (§4.1.8).</summary>
internal static class RequireRules
{
    internal static void RequireInvalidFieldTypeOrSyntax(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.AllFields)
        {
            foreach (var (argument, use) in field.RequiredArguments)
            {
                IsRules.Check(
                    use,
                    $"@require on the argument \"{argument}\" of {field}",
                    ProblemCode.RequireInvalidFieldType,
                    ProblemCode.RequireInvalidSyntax,
                    problems);
            }
        }
    }
}
