using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using GraphGateway.Http;
using GraphGateway.Operations;

namespace GraphGateway.Gateway;

/// <summary>
/// Makes an answer anew while the old one is still given (<see href="https://www.rfc-editor.org/rfc/rfc5861#section-3">RFC 5861, 3</see>), as the client that
/// asked first after its time: with that one's headers and identity, of which it has a copy, since that client has its answer and may be gone. Nobody pays for it.
/// </summary>
/// <param name="time">How long it may take.</param>
/// <param name="keeper">Keeps it.</param>
/// <param name="telemetry">Hears of it.</param>
/// <param name="draining">Says when the gateway waits no longer.</param>
/// <param name="clock">Measures its time.</param>
/// <param name="logger">Hears of faults.</param>
internal sealed class AnswerRefresh(TimeSpan time, AnswerKeeper keeper, CacheTelemetry telemetry, Draining draining, TimeProvider clock, ILogger logger)
{
    private static readonly JsonDocumentOptions AlreadyLimited = new() { MaxDepth = int.MaxValue };

    private readonly Patience patience = new(time, clock);

    /// <summary>Begins, and returns at once.</summary>
    /// <param name="request">The client's request: all that is needed of it is copied.</param>
    /// <param name="execute">Executes it.</param>
    /// <param name="old">The answer that is still given.</param>
    /// <param name="key">Its key, which stays.</param>
    /// <param name="policies">Hears what sources say.</param>
    public void Begin(in AnswerRequest request, Execute execute, KeptAnswer old, FlightKey key, FetchPolicies policies)
    {
        var context = new DefaultHttpContext();
        foreach (var (name, values) in request.Context.Request.Headers)
        {
            context.Request.Headers[name] = values;
        }

        context.Features.Set(ClientIdentity.Of(request.Context));
        var run = new RunningRequest { Operation = request.Run.Operation, Plan = request.Run.Plan, Cost = request.Run.Cost, Policies = policies };
        var variables = request.Variables.IsEmpty ? null : JsonDocument.Parse(request.Variables.ToArray(), AlreadyLimited);
        _ = Task.Run(() => RunAsync(run, variables, context, execute, old, key));
    }

    [SuppressMessage("Design", "CA1031", Justification = "Nobody waits for it: the log has what went wrong, and the next client begins again.")]
    private async Task RunAsync(RunningRequest run, JsonDocument? variables, HttpContext context, Execute execute, KeptAnswer old, FlightKey key)
    {
        using var owned = variables;
        using var running = run;
        try
        {
            run.Begin(patience.Begin(draining.Overdue, CancellationToken.None), clock.GetTimestamp());
            run.Variables = VariableCoercion.Coerce(run.Operation!.Operation, variables?.RootElement ?? default).Values!;
            using var body = await execute(run, context, CancellationToken.None);
            var made = keeper.Take(run, body, key, ClientIdentity.Of(context), old);
            if (made.Why != MadeAnswer.Errors && (!made.IsKept || made.Answer!.Client != old.Client))
            {
                // The sources have changed their minds: what they said before holds no longer. Where one client's own came in the place of what was for all, that is gone from this store already, and goes from the shared one.
                keeper.Forget(run, key, ClientIdentity.Of(context), old);
            }

            telemetry.CountRefresh(made.Why);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "An answer could not be made anew");
            telemetry.CountRefresh(MadeAnswer.Errors);
        }
        finally
        {
            old.RefreshEnded();
        }
    }
}
