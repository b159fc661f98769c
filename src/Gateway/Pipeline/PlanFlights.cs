using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace GraphGateway.Gateway;

/// <summary>
/// The plans of an operation by what they were made for, each made once. It is made apart from the requests that wait for it: planning goes
/// on while any of them waits, and ends when the last one has left. What ended so, or failed, is not kept.
/// </summary>
/// <param name="bound">How many are kept at most; then they are made anew.</param>
/// <param name="maxBytes">How many bytes they may take; beyond it, too, they are made anew.</param>
internal sealed class PlanFlights(int bound, long maxBytes = long.MaxValue)
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, Flight> flights = new(StringComparer.Ordinal);

    /// <summary>Those that are there.</summary>
    public IEnumerable<PlanResolution> Plans => flights.Values.Select(flight => flight.Plan).Where(plan => plan.IsCompletedSuccessfully).Select(plan => plan.Result);

    /// <summary>What those are made for.</summary>
    public IEnumerable<string> Keys => flights.Where(flight => flight.Value.Plan.IsCompletedSuccessfully).Select(flight => flight.Key);

    /// <summary>About how many bytes those take.</summary>
    public long Bytes => Plans.Sum(plan => plan.Bytes);

    /// <summary>The plan at once where it is there; null otherwise.</summary>
    public PlanResolution? Find(string key) => flights.TryGetValue(key, out var flight) && flight.Plan.IsCompletedSuccessfully ? flight.Plan.Result : null;

    /// <summary>
    /// The plan; made apart from the caller, on the pool, if nobody makes it yet. Throws <see cref="OperationCanceledException"/> when <paramref name="patience"/>
    /// is over, and what <paramref name="make"/> throws.
    /// </summary>
    /// <param name="key">What it is made for.</param>
    /// <param name="make">Makes it. Its token is cancelled when nobody waits any longer.</param>
    /// <param name="patience">Ends the caller's own waiting.</param>
    public async Task<PlanResolution> GetAsync(string key, Func<CancellationToken, PlanResolution> make, CancellationToken patience)
    {
        var flight = Board(key, make);
        try
        {
            return await flight.Plan.WaitAsync(patience);
        }
        finally
        {
            Leave(key, flight);
        }
    }

    /// <summary>Keeps a plan that was made elsewhere. One that is there stays, and is given back; so does one that others wait for.</summary>
    /// <param name="key">What it was made for.</param>
    /// <param name="plan">The plan.</param>
    public PlanResolution Put(string key, PlanResolution plan)
    {
        lock (gate)
        {
            if (FindFlight(key) is { } flight)
            {
                return flight.Plan.IsCompletedSuccessfully ? flight.Plan.Result : plan;
            }

            Add(key, new Flight(Task.FromResult(plan)));
            return plan;
        }
    }

    // What failed is none. Belongs to the gate, as the next.
    private Flight? FindFlight(string key) => flights.TryGetValue(key, out var flight) && !flight.Plan.IsFaulted && !flight.Plan.IsCanceled ? flight : null;

    private void Add(string key, Flight flight)
    {
        if (flights.Count >= bound || Bytes > maxBytes)
        {
            flights.Clear();
        }

        flights[key] = flight;
    }

    private Flight Board(string key, Func<CancellationToken, PlanResolution> make)
    {
        lock (gate)
        {
            if (FindFlight(key) is not { } flight)
            {
                Add(key, flight = new Flight(make));
            }

            flight.Waiting++;
            return flight;
        }
    }

    private void Leave(string key, Flight flight)
    {
        lock (gate)
        {
            if (--flight.Waiting > 0 || flight.Plan.IsCompletedSuccessfully)
            {
                return;
            }

            // Nobody boards what is given up, and nothing that failed is kept.
            flights.TryRemove(new KeyValuePair<string, Flight>(key, flight));
        }

        flight.Abandon();
    }

    [SuppressMessage("Design", "CA1001", Justification = "Without a timer there is nothing to release, and planning may still look at it.")]
    private sealed class Flight
    {
        private readonly CancellationTokenSource abandoned = new();

        public Flight(Task<PlanResolution> plan) => Plan = plan;

        public Flight(Func<CancellationToken, PlanResolution> make)
        {
            Plan = Task.Run(() => make(abandoned.Token));
            // Who waited has had it, and of what was given up nobody hears.
            _ = Plan.ContinueWith(
                static plan => _ = plan.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        public Task<PlanResolution> Plan { get; }

        /// <summary>How many wait; belongs to the gate.</summary>
        public int Waiting { get; set; }

        public void Abandon() => abandoned.Cancel();
    }
}
