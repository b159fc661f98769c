using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>Validates executable documents (<see href="https://spec.graphql.org/September2025/#sec-Validation">Spec §5</see>).</summary>
public static class Validator
{
    // The rules are the same on every walk.
    private static RuleListeners? listeners;

    /// <summary>
    /// Checks a document against <see cref="SpecifiedRules"/> in one walk.
    /// The only producer of <see cref="ValidDocument"/>. Messages and locations are graphql-js's; the code is
    /// <c>GRAPHQL_VALIDATION_FAILED</c>. <see cref="OperationLimits"/> are checked on what it gives.
    /// </summary>
    public static ValidationResult Validate(Schema schema, DocumentNode document, ValidationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(document);
        var context = new ValidationContext(schema, document, options ?? ValidationOptions.Default);
        var rules = SpecifiedRules.Create(context);
        new DocumentWalker(context, context.Types, rules, listeners ??= RuleListeners.Of(rules)).Walk(document);

        return context.ErrorCount == 0
            ? new ValidationResult(new ValidDocument(schema, document, context.Fragments.ByName), [])
            : new ValidationResult(null, context.Errors());
    }
}
