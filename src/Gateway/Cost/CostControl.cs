using System.Collections.Immutable;
using GraphGateway.ControlPlane;
using GraphGateway.Execution;
using GraphGateway.Http;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;

namespace GraphGateway.Gateway;

/// <summary>
/// Holds what a request can cost against the limits before anything runs, and counts afterwards what its answer came to. Nothing is computed where
/// nobody wants to know it: no limit is enforced, nobody pays, no client asks, nobody listens.
/// </summary>
internal sealed class CostControl
{
    private readonly GatewayOptions options;
    private readonly LimitMonitor monitor;
    private readonly CostTelemetry telemetry;
    private readonly CostIndex index;
    private readonly Lazy<CostIndex[]> sourceIndices;
    private readonly SourceLimit[] sourceLimits;
    private readonly bool isEnforced;
    private readonly bool limitsSources;
    private readonly bool isCharged;

    public CostControl(Supergraph supergraph, GatewayOptions options, LimitMonitor monitor, GatewayTelemetry telemetry)
    {
        this.options = options;
        this.monitor = monitor;
        this.telemetry = new CostTelemetry(telemetry);
        isCharged = options.RateLimits.IsOn;
        index = new CostIndex(supergraph.PublicSchema, CostReading.TwoFigures, options.Cost.DefaultListSize);
        sourceLimits = [.. supergraph.Sources.Select(source => SourceLimit.Of(source.Name, options))];
        sourceIndices = new Lazy<CostIndex[]>(() =>
            [.. sourceLimits.Select(limit => new CostIndex(supergraph.FullSchema, CostReading.OneFigure, limit.DefaultListSize))]);
        limitsSources = options.Cost.MaxPlanCost != CostOptions.NoLimit || sourceLimits.Any(limit => limit.Max != CostOptions.NoLimit);
        isEnforced = options.Cost.Mode == LimitMode.Enforce
            || sourceLimits.Any(limit => limit.Mode == LimitMode.Enforce && limit.Max != CostOptions.NoLimit);
    }

    private bool CountsAnswers => isCharged || telemetry.HearsOperations;

    // Whatever a client asks.
    private bool IsWanted => isEnforced || CountsAnswers || telemetry.HearsSources || monitor.Hears;

    /// <summary>Finds out what the requests of a plan cost, before one comes; nothing where nobody wants to know it.</summary>
    public void Prepare(PlanResolution plan)
    {
        if (plan.Plan is { } made && IsWanted)
        {
            plan.Costs ??= Compile(made.Plan);
            if (CountsAnswers)
            {
                made.MakeCharges(index);
            }
        }
    }

    /// <summary>
    /// 1. What does the client want to know? 2. What can its request cost? 3. Is that too much? Null when it may run;
    /// <see cref="RunningRequest.Cost"/> is there where somebody wants to hear more of it.
    /// </summary>
    public GraphQLHttpResult? Reserve(RunningRequest run, IHeaderDictionary headers)
    {
        // 1.
        var (wish, refusal) = CostHeader.Read(headers, options.Cost.Report);
        if (refusal is not null || (wish == CostWish.None && !IsWanted))
        {
            return refusal;
        }

        // 2.
        var costs = run.Plan!.Costs ??= Compile(run.Plan.Plan!.Plan);
        var estimate = costs.Operation.Estimate(run.Variables!);
        if (wish != CostWish.None || CountsAnswers)
        {
            run.Cost = new RequestCost
            {
                Estimate = estimate,
                Sources = wish != CostWish.None && options.QueryPlan ? SourcesOf(costs, run.Variables!) : null,
                IsReported = wish != CostWish.None,
                CountsAnswer = wish == CostWish.Report || CountsAnswers,
            };
        }

        if (wish == CostWish.Validate)
        {
            return GraphQLHttpResult.Executed(new CostBody(run.Cost!));
        }

        // 3.
        telemetry.Tell("estimated", estimate);
        return Refuse(run, costs, estimate);
    }

    /// <summary>What the answer came to; null where nobody wants to know it.</summary>
    public CostFigures? Count(RunningRequest run, ExecutionResult result)
    {
        if (run.Cost is not { CountsAnswer: true })
        {
            return null;
        }

        var actual = result.CountCost(index, run.Variables!);
        telemetry.Tell("actual", actual);
        return actual;
    }

    /// <summary>
    /// What the answer is paid by: what sources have given, also where an error beside it made that null, so that a field which fails is no way to ask them for
    /// nothing. Null where nobody knows.
    /// </summary>
    public CostFigures? CountSpent(RunningRequest run, ExecutionResult result, CostFigures? actual) =>
        !isCharged || result.ErrorCount == 0 ? actual : result.CountSpent(index, run.Variables!);

    private PlanCosts Compile(QueryPlan plan) =>
        new(OperationCost.Of(plan.Operation, index), SourceCost.Of(plan, source => sourceIndices.Value[source.Ordinal]));

    private static ImmutableArray<(string, double)> SourcesOf(PlanCosts costs, VariableValues variables) =>
        [.. costs.Sources.Select(source => (source.Source.Name, source.Cost.Estimate(variables).Sum))];

    private GraphQLHttpResult? Refuse(RunningRequest run, PlanCosts costs, in CostFigures estimate)
    {
        ImmutableArray<GraphQLError>.Builder? errors = null;
        var cost = options.Cost;
        if (estimate.FieldCost > cost.MaxFieldCost)
        {
            Exceed(nameof(cost.MaxFieldCost), "field cost", estimate.FieldCost, cost.MaxFieldCost, ref errors, run);
        }

        if (estimate.TypeCost > cost.MaxTypeCost)
        {
            Exceed(nameof(cost.MaxTypeCost), "type cost", estimate.TypeCost, cost.MaxTypeCost, ref errors, run);
        }

        if (limitsSources || telemetry.HearsSources)
        {
            CheckSources(run, costs, ref errors);
        }

        if (cost.Mode == LimitMode.Enforce && costs.Operation.FindUnsliced(run.Variables!) is { } list)
        {
            (errors ??= ImmutableArray.CreateBuilder<GraphQLError>()).Add(ErrorOf(
                run,
                $"{list.Field} needs exactly one of {string.Join(", ", list.SlicingArguments)}, and {list.CountGiven(run.Variables!)} are given.",
                ErrorCode.BadUserInput));
        }

        return errors is null ? null : GraphQLHttpResult.RequestError(errors.ToImmutable());
    }

    private void CheckSources(RunningRequest run, PlanCosts costs, ref ImmutableArray<GraphQLError>.Builder? errors)
    {
        var all = 0d;
        foreach (var source in costs.Sources)
        {
            var figure = source.Cost.Estimate(run.Variables!).Sum;
            telemetry.Tell(source.Source.Name, figure);
            all += figure;
            var limit = sourceLimits[source.Source.Ordinal];
            if (limit.Max != CostOptions.NoLimit && figure > limit.Max)
            {
                monitor.Count(limit.Setting, limit.Mode);
                if (limit.Mode == LimitMode.Enforce)
                {
                    // No name: clients need not know which sources there are.
                    (errors ??= ImmutableArray.CreateBuilder<GraphQLError>()).Add(ErrorOf(
                        run,
                        $"would ask a source for an estimated cost of {figure}; at most {limit.Max} are allowed.",
                        ErrorCode.SubgraphCostEstimatedTooExpensive));
                }
            }
        }

        if (options.Cost.MaxPlanCost != CostOptions.NoLimit && all > options.Cost.MaxPlanCost)
        {
            Exceed(nameof(CostOptions.MaxPlanCost), "plan cost", all, options.Cost.MaxPlanCost, ref errors, run);
        }
    }

    private void Exceed(string setting, string what, double cost, int max, ref ImmutableArray<GraphQLError>.Builder? errors, RunningRequest run)
    {
        var name = $"{nameof(GatewayOptions.Cost)}:{setting}";
        monitor.Count(name, options.Cost.Mode);
        if (options.Cost.Mode == LimitMode.Enforce)
        {
            (errors ??= ImmutableArray.CreateBuilder<GraphQLError>()).Add(ErrorOf(
                run,
                $"has an estimated {what} of {cost}; at most {max} are allowed (setting {GatewayOptionsReader.SectionName}:{name}).",
                ErrorCode.CostEstimatedTooExpensive));
        }
    }

    private static GraphQLError ErrorOf(RunningRequest run, FormattableString says, ErrorCode code)
    {
        var operation = run.Operation!.Operation;
        var text = FormattableString.Invariant(says);
        var subject = operation.Definition.Name is { } name ? $"Operation \"{name.Value}\"" : "The operation";
        return GraphQLError.At(
            operation.Document.Document.Source, code == ErrorCode.BadUserInput ? text : $"{subject} {text}", code, operation.Definition.Start);
    }

    private sealed record SourceLimit(string Setting, int Max, LimitMode Mode, int DefaultListSize)
    {
        public static SourceLimit Of(string source, GatewayOptions options)
        {
            var cost = options.Subgraphs.For(source).Cost;
            return new SourceLimit(
                $"{nameof(GatewayOptions.Subgraphs)}:{source}:{nameof(SubgraphOptions.Cost)}:{nameof(cost.Max)}",
                cost.Max,
                cost.Mode ?? options.Cost.Mode,
                cost.DefaultListSize ?? options.Cost.DefaultListSize);
        }
    }
}
