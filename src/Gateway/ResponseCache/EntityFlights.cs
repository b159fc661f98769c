namespace GraphGateway.Gateway;

/// <summary>
/// Entities that somebody is fetching, so that who wants only such ones waits for them. Who has to ask for others anyway asks for all, and
/// nobody waits while others wait for him: so no two wait for each other. Nobody waits for what began before a mutation ended.
/// </summary>
/// <param name="mutations">Tells when a mutation has ended.</param>
internal sealed class EntityFlights(MutationClock mutations)
{
    private readonly Lock gate = new();
    private readonly Dictionary<FlightKey, Flight> flights = [];

    /// <summary>Whether somebody is fetching it.</summary>
    public bool Has(in FlightKey key)
    {
        lock (gate)
        {
            return flights.TryGetValue(key, out var flight) && flight.Began == mutations.Ended;
        }
    }

    /// <summary>
    /// Takes over those that nobody is fetching. Where all are being fetched, and the caller may wait, what ends when they have come; else null.
    /// </summary>
    /// <param name="keys">The entities; the bytes stay until <see cref="End"/>.</param>
    /// <param name="mayWait">False where the caller has waited already.</param>
    /// <param name="flight">The caller's.</param>
    public Task? ClaimOrWait(IReadOnlyList<FlightKey> keys, bool mayWait, out Flight flight)
    {
        flight = new Flight(mutations.Ended);
        lock (gate)
        {
            if (mayWait)
            {
                var waits = new HashSet<Task>();
                foreach (var key in keys)
                {
                    if (!flights.TryGetValue(key, out var other) || other.Began != flight.Began)
                    {
                        waits.Clear();
                        break;
                    }

                    waits.Add(other.Ended.Task);
                }

                if (waits.Count > 0)
                {
                    return Task.WhenAll(waits);
                }
            }

            foreach (var key in keys)
            {
                if (!flights.TryGetValue(key, out var other) || other.Began != flight.Began)
                {
                    // An older one lets go of its key's bytes: they must not stay in the table.
                    flights.Remove(key);
                    flights.Add(key, flight);
                    flight.Keys.Add(key);
                }
            }
        }

        return null;
    }

    /// <summary>What was taken over has come, or comes no more.</summary>
    public void End(Flight flight)
    {
        lock (gate)
        {
            foreach (var key in flight.Keys)
            {
                if (flights.TryGetValue(key, out var current) && current == flight)
                {
                    flights.Remove(key);
                }
            }

            // It may be ended once more, when others have their bytes.
            flight.Keys.Clear();
        }

        flight.Ended.TrySetResult();
    }

    /// <summary>What one request is fetching of one source.</summary>
    /// <param name="began">How many mutations had ended when it began.</param>
    internal sealed class Flight(long began)
    {
        /// <summary>How many mutations had ended when it began.</summary>
        public long Began { get; } = began;

        /// <summary>The entities.</summary>
        public List<FlightKey> Keys { get; } = [];

        /// <summary>Ends when they have come, or come no more.</summary>
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
