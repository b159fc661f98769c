namespace GraphGateway.Validation;

/// <summary>
/// The rules of <see href="https://spec.graphql.org/September2025/#sec-Validation">Spec §5</see>, in the order of graphql-js's
/// <c>specifiedRules</c>, which is the order in which a node's errors are reported. The last two are not among those: one is no rule of the spec, the other
/// no rule of graphql-js.
/// </summary>
internal static class SpecifiedRules
{
    /// <summary>New instances for one walk: rules remember what they have seen.</summary>
    public static ValidationRule[] Create(ValidationContext context) =>
    [
        new ExecutableDefinitionsRule(context),
        new UniqueOperationNamesRule(context),
        new LoneAnonymousOperationRule(context),
        new SingleFieldSubscriptionsRule(context),
        new KnownTypeNamesRule(context),
        new FragmentsOnCompositeTypesRule(context),
        new VariablesAreInputTypesRule(context),
        new ScalarLeafsRule(context),
        new FieldsOnCorrectTypeRule(context),
        new UniqueFragmentNamesRule(context),
        new KnownFragmentNamesRule(context),
        new NoUnusedFragmentsRule(context),
        new PossibleFragmentSpreadsRule(context),
        new NoFragmentCyclesRule(context),
        new UniqueVariableNamesRule(context),
        new NoUndefinedVariablesRule(context),
        new NoUnusedVariablesRule(context),
        new KnownDirectivesRule(context),
        new UniqueDirectivesPerLocationRule(context),
        new KnownArgumentNamesRule(context),
        new UniqueArgumentNamesRule(context),
        new ValuesOfCorrectTypeRule(context),
        new ProvidedRequiredArgumentsRule(context),
        new VariablesInAllowedPositionRule(context),
        new OverlappingFieldsCanBeMergedRule(context),
        new UniqueInputFieldNamesRule(context),
        new MaxIntrospectionDepthRule(context),
        new OperationTypeExistenceRule(context),
    ];
}
