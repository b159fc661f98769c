using GraphGateway.Http;
using GraphGateway.Language;
using GraphGateway.Validation;

namespace GraphGateway.Gateway;

/// <summary>
/// Asks the budgets for a request that is about to be executed: 1. who pays? 2. may the operation be sent once more? 3. has the consumer's plan what it can
/// cost? What is reserved is settled with the request (<see cref="BudgetCharge"/>).
/// </summary>
internal sealed class BudgetControl(Budgets budgets, GatewayOptions settings, LimitMonitor monitor)
{
    // No consumer has this name: theirs begin with their kind.
    private const string Everybody = "everybody";

    private readonly RateLimitOptions options = settings.RateLimits;
    private readonly ConsumerNames consumers = new(settings.RateLimits.Consumer, settings.Access.TrustedProxies);

    /// <summary>Null when it may run, else its answer. <see cref="RunningRequest.Charge"/> is there where somebody pays.</summary>
    /// <param name="run">The request, with its cost.</param>
    /// <param name="context">Gets the fields that tell the client of its budgets.</param>
    /// <param name="cancellationToken">Cancelled when the client has left.</param>
    public async ValueTask<GraphQLHttpResult?> ReserveAsync(RunningRequest run, HttpContext context, CancellationToken cancellationToken)
    {
        var identity = ClientIdentity.Of(context);
        var plan = options.PlanOf(identity);
        var rate = options.Operations.Count > 0 ? options.Operations.GetValueOrDefault(run.Operation!.Identity.Hash) : null;
        if (plan is null && rate is null)
        {
            return null;
        }

        // 1.
        var consumer = consumers.Of(context, identity);
        var charge = new BudgetCharge(BudgetCharge.UnitsOf(run.Cost!.Estimate));
        run.Charge = charge;
        var fields = context.Response.Headers;
        fields.Remove(RateLimitHeaders.Policy);
        fields.Remove(RateLimitHeaders.Limit);
        GraphQLHttpResult? refusal = null;

        // 2.
        if (rate is not null)
        {
            var request = new BudgetRequest(rate.Budget, rate.IsShared ? Everybody : consumer, 1);
            var decision = await budgets.ReserveAsync(request, cancellationToken);
            charge.HoldRate(decision.Reservation);
            refusal = Conclude(run, request, decision, nameof(options.Operations), context.Response);
        }

        // 3.
        if (refusal is null && plan is not null)
        {
            var request = new BudgetRequest(plan, consumer, charge.Units);
            var decision = await budgets.ReserveAsync(request, cancellationToken);
            charge.Hold(decision.Reservation);
            refusal = Conclude(run, request, decision, nameof(options.Plans), context.Response);
        }

        return refusal;
    }

    // Where only is measured, clients hear nothing: what they would be told to wait for does not stop them.
    private GraphQLHttpResult? Conclude(RunningRequest run, BudgetRequest request, BudgetDecision decision, string section, HttpResponse response)
    {
        if (!decision.IsAdmitted)
        {
            monitor.Count($"{nameof(settings.RateLimits)}:{section}:{request.Budget.Name}", options.Mode);
        }

        if (options.Mode == LimitMode.Measure)
        {
            return null;
        }

        if (options.Headers)
        {
            response.Headers.Append(RateLimitHeaders.Policy, request.Budget.Policy);
            if (RateLimitHeaders.LimitOf(request.Budget, decision) is { } limit)
            {
                response.Headers.Append(RateLimitHeaders.Limit, limit);
            }
        }

        return decision.IsAdmitted ? null : Refuse(run, request, decision, isRate: section == nameof(options.Operations), response);
    }

    private GraphQLHttpResult Refuse(RunningRequest run, BudgetRequest request, BudgetDecision decision, bool isRate, HttpResponse response)
    {
        var cost = settings.Cost.Report ? CostReport.Extensions(plan: null, isVerified: false, run.Cost, actual: null, []) : default;
        switch (decision.Outcome)
        {
            case BudgetOutcome.NeverFits:
                return GraphQLHttpResult.RequestError(cost, new GraphQLError
                {
                    Message = $"The request can cost {TextOf(request.Units)}; the budget \"{request.Budget.Name}\" never has more than {request.Budget.Capacity} at once. Ask for less at a time.",
                    Code = ErrorCode.CostEstimatedTooExpensive,
                });
            case BudgetOutcome.Exhausted:
                var seconds = RateLimitHeaders.RetryAfterOf(decision)!;
                response.Headers.RetryAfter = seconds;
                var window = request.Budget.Windows[decision.Standing.Window].Units;
                var message = isRate
                    ? $"The operation was sent as often as its limit \"{request.Budget.Name}\" allows. It can be sent again in {seconds} s."
                    : $"The request can cost {request.Units}; the budget \"{request.Budget.Name}\" has {decision.Standing.Remaining} of {window} left. It can be sent again in {seconds} s.";
                return GraphQLHttpResult.Refused(StatusCodes.Status429TooManyRequests, cost, new GraphQLError { Message = message, Code = ErrorCode.RateLimited });
            default:
                response.Headers.RetryAfter = $"{StoreCircuit.LongestPause / 1000}";
                return GraphQLHttpResult.Refused(
                    StatusCodes.Status503ServiceUnavailable,
                    new GraphQLError { Message = "Budgets cannot be asked now. Try again.", Code = ErrorCode.RateLimitUnavailable });
        }
    }

    private static string TextOf(long units) => units == long.MaxValue ? "more than can be counted" : $"{units}";
}
