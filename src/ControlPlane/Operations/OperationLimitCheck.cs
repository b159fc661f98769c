using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;

namespace GraphGateway.ControlPlane;

/// <summary>Holds operations against a gateway's limits, in its words. What goes beyond one that is enforced is an error, beyond one that is measured it is told.</summary>
/// <param name="supergraph">The graph.</param>
/// <param name="rules">The limits.</param>
internal sealed class OperationLimitCheck(Supergraph supergraph, OperationRules rules)
{
    private readonly Lazy<CostIndex> planIndex = new(() => new CostIndex(supergraph.FullSchema, CostReading.OneFigure, rules.Cost.DefaultListSize));

    /// <summary>What is read of a document. Where the limit on tokens only measures, the one on bytes still bounds them.</summary>
    public ParserOptions ParserOptions { get; } = new()
    {
        MaxBytes = rules.DocumentBytes, MaxDepth = rules.Nesting, MaxTokens = rules.Tokens.Mode == LimitMode.Enforce ? rules.Tokens.Max : 0,
    };

    /// <summary>Holds a document against the limit that is only measured while it is read.</summary>
    public OperationAssessment CheckText(ValidDocument document, OperationAssessment result)
    {
        var tokens = document.Document.TokenCount;
        return rules.Tokens.Mode == LimitMode.Enforce || tokens <= rules.Tokens.Max ? result : Add(result, LimitMode.Measure, new GraphQLError
        {
            Message = $"The document has {tokens} tokens; at most {rules.Tokens.Max} are allowed (setting {OperationRules.LimitPrefix}{nameof(OperationRules.Tokens)}).",
            Code = ErrorCode.TokenLimitExceeded,
        });
    }

    /// <summary>Holds an operation's shape against the limits.</summary>
    public OperationAssessment CheckShape(ValidOperation operation, OperationAssessment result)
    {
        foreach (var exceeded in rules.Shape.Check(operation, OperationSize.Of(operation)))
        {
            result = Add(result, exceeded.Limit.Mode, exceeded.Error);
        }

        return result;
    }

    /// <summary>Why it may not ask for the schema; null where it does not, or may.</summary>
    public GraphQLError? FindIntrospection(ValidOperation operation, NormalizedOperation normalized) =>
        !rules.Introspection && normalized.SelectionSet.Fields.FirstOrDefault(field => IntrospectionExecutor.IsIntrospection(supergraph.PublicSchema, field.Definition)) is { } field
            ? GraphQLError.At(operation.Document.Document.Source, "Introspection is switched off.", ErrorCode.IntrospectionDisabled, field.Node.Start)
            : null;

    /// <summary>Holds what it can cost against the limits.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="plan">Its plan for one outcome of its conditions.</param>
    /// <param name="cost">What that can cost.</param>
    /// <param name="variables">By these.</param>
    /// <param name="result">Gets what is beyond.</param>
    public OperationAssessment CheckCost(ValidOperation operation, QueryPlan plan, in CostFigures cost, VariableValues variables, OperationAssessment result)
    {
        result = Compare(nameof(CostOptions.MaxFieldCost), "field cost", cost.FieldCost, rules.Cost.MaxFieldCost, operation, result);
        result = Compare(nameof(CostOptions.MaxTypeCost), "type cost", cost.TypeCost, rules.Cost.MaxTypeCost, operation, result);
        if (rules.Cost.MaxPlanCost == CostOptions.NoLimit)
        {
            return result;
        }

        var all = SourceCost.Of(plan, _ => planIndex.Value).Sum(source => source.Cost.Estimate(variables).Sum);
        return Compare(nameof(CostOptions.MaxPlanCost), "plan cost", all, rules.Cost.MaxPlanCost, operation, result);
    }

    private OperationAssessment Compare(string setting, string what, double cost, int max, ValidOperation operation, OperationAssessment result)
    {
        if (cost <= max)
        {
            return result;
        }

        var subject = operation.Definition.Name is { } name ? $"Operation \"{name.Value}\"" : "The operation";
        var message = FormattableString.Invariant($"{subject} has an estimated {what} of {cost}; at most {max} are allowed (setting {OperationRules.SectionName}:Cost:{setting}).");
        return Add(result, rules.Cost.Mode, GraphQLError.At(operation.Document.Document.Source, message, ErrorCode.CostEstimatedTooExpensive, operation.Definition.Start));
    }

    // Of several outcomes of its conditions each may be beyond, by another figure: the first one is told.
    private static OperationAssessment Add(OperationAssessment result, LimitMode mode, GraphQLError error)
    {
        ImmutableArray<GraphQLError> told = mode == LimitMode.Enforce ? result.Errors : result.Measured;
        if (told.Any(other => other.Code == error.Code && SettingOf(other) == SettingOf(error) && other.Locations is [var first, ..] && error.Locations is [var second, ..] && first == second))
        {
            return result;
        }

        return mode == LimitMode.Enforce ? result with { Errors = result.Errors.Add(error) } : result with { Measured = result.Measured.Add(error) };
    }

    private static string SettingOf(GraphQLError error) => error.Message[(error.Message.LastIndexOf('(') + 1)..];
}
