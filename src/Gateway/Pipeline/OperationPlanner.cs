using System.Collections.Immutable;
using GraphGateway.Execution;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;

namespace GraphGateway.Gateway;

/// <summary>From the bytes of a document to an operation, and from an operation to its plan: what is done once for each document.</summary>
internal sealed class OperationPlanner(
    Supergraph supergraph, GatewayOptions options, PlanExecutor executor, LimitMonitor limits, OverrideLabels labels, Deduplication deduplication,
    PlanVerification verification, AccessControl access, GatewayTelemetry telemetry, OperationCache cache, TimeProvider clock,
    SharedGraph? shared = null, KeptPlans? kept = null)
{
    private readonly ParserOptions parserOptions = options.Limits.ParserOptions;

    private readonly bool refusesGaps = options.UnservableFields == UnservableFields.Refuse
        || (options.UnservableFields == UnservableFields.ByGraph && supergraph.IsChecked);

    private readonly ValidationOptions validationOptions = new() { Suggestions = options.Introspection && !access.HidesNames };

    /// <summary>1. Parse. 2. Refuse by name what this version does not do. 3. Validate. 4. Choose the operation. 5. Hold it against the limits.</summary>
    public OperationResolution Resolve(DocumentKey key) => Resolve(key, null);

    /// <summary>The same for who does something between its parts.</summary>
    /// <param name="key">The document, and the operation that is meant.</param>
    /// <param name="betweenParts">Called between parts of the work, on the thread that does it; null for nobody.</param>
    public OperationResolution Resolve(DocumentKey key, Action? betweenParts)
    {
        // 1.
        var (parsed, exceeded) = Parse(key);
        if (!parsed.IsSuccess)
        {
            return new OperationResolution(null, [parsed.Error], exceeded);
        }

        // 2.
        if (UnsupportedFeatures.Find(parsed.Value, supergraph.PublicSchema) is { } refusal)
        {
            return new OperationResolution(null, [refusal]);
        }

        betweenParts?.Invoke();

        // 3.
        var validated = Validate(parsed.Value);
        if (!validated.IsValid)
        {
            return new OperationResolution(null, validated.Errors);
        }

        betweenParts?.Invoke();

        // 4.
        var (operation, error) = validated.Document.SelectOperation(key.OperationName);
        if (operation is null)
        {
            return new OperationResolution(null, [error!]);
        }

        if (UnsupportedFeatures.Find(operation) is { } unsupported)
        {
            return new OperationResolution(null, [unsupported]);
        }

        // 5.
        var size = OperationSize.Of(operation);
        exceeded = exceeded.AddRange(options.Limits.Operation.Check(operation, size));
        limits.Measured(key, size, parsed.Value.TokenCount, exceeded);
        var refused = exceeded.Where(limit => limit.Limit.Mode == LimitMode.Enforce).Select(limit => limit.Error).ToImmutableArray();
        return new OperationResolution(refused.IsEmpty ? new PreparedOperation(key, operation, this, labels.Of(operation), access.Of(operation)) : null, refused, exceeded);
    }

    private ValidationResult Validate(DocumentNode document)
    {
        using var phase = telemetry.Prepare("validate", "graphql.validate");
        return Validator.Validate(supergraph.PublicSchema, document, validationOptions);
    }

    // Where the limit on tokens only measures, the one on bytes still bounds them.
    private (ParseResult<DocumentNode> Document, ImmutableArray<ExceededLimit> Exceeded) Parse(DocumentKey key)
    {
        using var phase = telemetry.Prepare("parse", "graphql.parse");
        var source = new SourceText(key.Document);
        var parsed = Parser.ParseDocument(source, parserOptions);
        if (parsed.IsSuccess)
        {
            return (parsed, []);
        }

        var error = parsed.Error with { Message = $"{parsed.Error.Message}{SettingOf(parsed.Error)}" };
        if (error.Code != ErrorCode.TokenLimitExceeded)
        {
            return (error, []);
        }

        var limit = options.Limits.Tokens;
        var exceeded = new ExceededLimit(nameof(LimitOptions.Tokens), limit.Max + 1L, IsAtLeast: true, limit, error);
        if (limit.Mode == LimitMode.Enforce)
        {
            return (error, [exceeded]);
        }

        // Only the whole document has its count; one that does not parse has more than the limit.
        parsed = Parser.ParseDocument(source, parserOptions with { MaxTokens = 0 });
        return (parsed, [parsed.IsSuccess ? exceeded with { Count = parsed.Value.TokenCount, IsAtLeast = false } : exceeded]);
    }

    private static string SettingOf(GraphQLError error) => error.Code switch
    {
        ErrorCode.TokenLimitExceeded => $" (Setting {LimitOptions.SettingPrefix}{nameof(LimitOptions.Tokens)}.)",
        ErrorCode.MaxDepthExceeded => $" (Setting {LimitOptions.SettingPrefix}{nameof(LimitOptions.Nesting)}.)",
        _ => "",
    };

    /// <summary>
    /// 1. Normalise. 2. Refuse introspection where it is off. 3. Take out what the client may not see, or refuse it. 4. Plan, or take the plan that
    /// an earlier run has kept. 5. Verify the plan, where that is wanted. 6. Refuse what cannot be answered whole, where that is wanted. 7. Make the plan ready to run.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="conditions">The outcome of its conditions.</param>
    /// <param name="active">The labels that are on.</param>
    /// <param name="outcome">What the client does not meet.</param>
    /// <param name="betweenParts">Called between parts of the work, on the thread that does it; null for nobody.</param>
    /// <param name="abandoned">Ends it: throws <see cref="OperationCanceledException"/> then.</param>
    public PlanResolution Plan(
        PreparedOperation operation, ConditionValues conditions, ActiveLabels active, AccessOutcome outcome, Action? betweenParts, CancellationToken abandoned)
    {
        var start = clock.GetTimestamp();
        var resolution = Make(operation, conditions, active, outcome, betweenParts, abandoned);
        resolution.PlanningTime = clock.GetElapsedTime(start);
        resolution.KeptAs = kept is null || resolution.Plan is null || !outcome.IsFree ? null : KeyOf(operation, conditions, active);
        resolution.Name = shared is null ? null : SharedNames.OfPlan(shared.Name, operation.Key, $"{conditions.Key}\n{active.Key}\n{outcome.Key}");
        cache.Grew(operation.Key, resolution.Bytes);
        return resolution;
    }

    private PlanResolution Make(
        PreparedOperation prepared, ConditionValues conditions, ActiveLabels active, AccessOutcome outcome, Action? betweenParts, CancellationToken abandoned)
    {
        using var phase = telemetry.Prepare("plan", "graphql.plan");
        var operation = prepared.Operation;

        // 1.
        var normalized = Normalizer.Normalize(operation, conditions);
        if (!normalized.IsSuccess)
        {
            return new PlanResolution(null, [normalized.Error!]);
        }

        // 2.
        if (!options.Introspection && FindIntrospection(normalized.Operation) is { } field)
        {
            const string message = "Introspection is switched off.";
            return new PlanResolution(
                null, [GraphQLError.At(operation.Document.Document.Source, message, ErrorCode.IntrospectionDisabled, field.Node.Start)]);
        }

        // 3.
        var (allowed, withheld) = access.Filter(normalized.Operation, outcome);
        if (access.Refuse(operation, withheld) is { IsEmpty: false } refusals)
        {
            return new PlanResolution(null, refusals) { Withheld = withheld };
        }

        betweenParts?.Invoke();

        // 4. and 5.
        var plan = outcome.IsFree ? kept?.Find(KeyOf(prepared, conditions, active), allowed, read => verification.Accepts(read, active)) : null;
        if (plan is null)
        {
            plan = QueryPlanner.Plan(supergraph, allowed, PlannerOptions.Default with { ActiveLabels = active.Labels }, betweenParts, abandoned);
            if (verification.Refuse(plan, active) is { } wrong)
            {
                return new PlanResolution(null, [wrong]);
            }
        }

        betweenParts?.Invoke();

        // 6. and 7.
        var gaps = refusesGaps ? plan.Unservable.Where(field => field.Cause == UnservableCause.NoSource).Concat(plan.OnlyTogether).ToArray() : [];
        return gaps.Length == 0
            ? new PlanResolution(executor.Prepare(plan), [])
            {
                Withheld = withheld,
                SchemaView = access.ViewOf(normalized.Operation, outcome),
                Statistics = options.PlanStatistics ? new PlanStatistics(operation, conditions, active, outcome, plan) : null,
                Flights = operation.Definition.Operation == OperationType.Query ? deduplication.OfPlan() : null,
            }
            : new PlanResolution(null, [.. gaps.Select(gap => GraphQLError.At(
                operation.Document.Document.Source, gap.Reason, ErrorCode.FieldNotServable, gap.Field.Selection!.Node.Start))]);
    }

    private static KeptPlanKey KeyOf(PreparedOperation operation, ConditionValues conditions, ActiveLabels active) => new(operation.Key, conditions.Key, active.Key);

    private NormalizedField? FindIntrospection(NormalizedOperation operation) =>
        operation.SelectionSet.Fields.FirstOrDefault(field => IntrospectionExecutor.IsIntrospection(supergraph.PublicSchema, field.Definition));
}
