namespace GraphGateway.Validation;

/// <summary>
/// PERF: which rules of a list listen at which kind of node, by their index in the list. A rule is about a few kinds of node; asking all rules
/// at every node was half of the time of a validation.
/// </summary>
internal sealed class RuleListeners
{
    private RuleListeners(ValidationRule[] rules)
    {
        int[] Of(string method) => [.. Enumerable.Range(0, rules.Length).Where(i => Overrides(rules[i], method))];

        EnterOperation = Of(nameof(ValidationRule.EnterOperation));
        LeaveOperation = Of(nameof(ValidationRule.LeaveOperation));
        EnterFragment = Of(nameof(ValidationRule.EnterFragment));
        EnterVariableDefinition = Of(nameof(ValidationRule.EnterVariableDefinition));
        EnterSelectionSet = Of(nameof(ValidationRule.EnterSelectionSet));
        EnterField = Of(nameof(ValidationRule.EnterField));
        LeaveField = Of(nameof(ValidationRule.LeaveField));
        EnterFragmentSpread = Of(nameof(ValidationRule.EnterFragmentSpread));
        EnterInlineFragment = Of(nameof(ValidationRule.EnterInlineFragment));
        EnterArgument = Of(nameof(ValidationRule.EnterArgument));
        EnterDirective = Of(nameof(ValidationRule.EnterDirective));
        LeaveDirective = Of(nameof(ValidationRule.LeaveDirective));
        EnterNamedType = Of(nameof(ValidationRule.EnterNamedType));
        EnterVariable = Of(nameof(ValidationRule.EnterVariable));
        EnterLeafValue = Of(nameof(ValidationRule.EnterLeafValue));
        EnterListValue = Of(nameof(ValidationRule.EnterListValue));
        LeaveListValue = Of(nameof(ValidationRule.LeaveListValue));
        EnterObjectValue = Of(nameof(ValidationRule.EnterObjectValue));
        LeaveObjectValue = Of(nameof(ValidationRule.LeaveObjectValue));
        EnterObjectField = Of(nameof(ValidationRule.EnterObjectField));
    }

    public int[] EnterOperation { get; }

    public int[] LeaveOperation { get; }

    public int[] EnterFragment { get; }

    public int[] EnterVariableDefinition { get; }

    public int[] EnterSelectionSet { get; }

    public int[] EnterField { get; }

    public int[] LeaveField { get; }

    public int[] EnterFragmentSpread { get; }

    public int[] EnterInlineFragment { get; }

    public int[] EnterArgument { get; }

    public int[] EnterDirective { get; }

    public int[] LeaveDirective { get; }

    public int[] EnterNamedType { get; }

    public int[] EnterVariable { get; }

    public int[] EnterLeafValue { get; }

    public int[] EnterListValue { get; }

    public int[] LeaveListValue { get; }

    public int[] EnterObjectValue { get; }

    public int[] LeaveObjectValue { get; }

    public int[] EnterObjectField { get; }

    /// <summary>Finds out by reflection: keep what it gives for all lists of the same rules in the same order.</summary>
    public static RuleListeners Of(ValidationRule[] rules) => new(rules);

    private static bool Overrides(ValidationRule rule, string method) =>
        rule.GetType().GetMethod(method)!.DeclaringType != typeof(ValidationRule);
}
