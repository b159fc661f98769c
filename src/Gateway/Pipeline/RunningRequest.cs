using GraphGateway.Operations;

namespace GraphGateway.Gateway;

/// <summary>What a request has come to so far: filled step by step, and disposed when it is answered.</summary>
internal sealed class RunningRequest : IDisposable
{
    private readonly GraphUses? uses;
    private Patience.Waiting? waiting;

    /// <param name="uses">Of the graph that it runs in; null where its connections stay for another reason.</param>
    public RunningRequest(GraphUses? uses = null)
    {
        this.uses = uses;
        uses?.Begin();
    }

    /// <summary>By the clock, when it came.</summary>
    public long Received { get; init; }

    /// <summary>Its operation; null until it is known, and where there is none.</summary>
    public PreparedOperation? Operation { get; set; }

    /// <summary>Its variables' values; null until they are coerced.</summary>
    public VariableValues? Variables { get; set; }

    /// <summary>Its plan; null until it is known.</summary>
    public PlanResolution? Plan { get; set; }

    /// <summary>What it costs; null where nobody wants to know more than that it is not too much.</summary>
    public RequestCost? Cost { get; set; }

    /// <summary>What it has reserved of budgets; null where nobody pays.</summary>
    public BudgetCharge? Charge { get; set; }

    /// <summary>Hears how long what its sources answer may be kept; null where nobody wants to know.</summary>
    public FetchPolicies? Policies { get; set; }

    /// <summary>By the clock, when its time began.</summary>
    public long Start { get; private set; }

    /// <summary>Cancelled when its time is over.</summary>
    public CancellationToken Deadline => waiting?.Token ?? CancellationToken.None;

    /// <summary>Its time begins.</summary>
    /// <param name="patience">Ends with it; disposed with the request.</param>
    /// <param name="now">By the clock.</param>
    public void Begin(Patience.Waiting patience, long now)
    {
        waiting = patience;
        Start = now;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        waiting?.Dispose();
        Charge?.Dispose();
        uses?.End();
    }
}
