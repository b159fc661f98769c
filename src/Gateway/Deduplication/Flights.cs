using System.Diagnostics.CodeAnalysis;

namespace GraphGateway.Gateway;

/// <summary>
/// Work that is on its way, so that who wants the same waits for it. Whoever comes first starts it, and it belongs to all that wait for it:
/// one that leaves takes nothing from the others, the last one that leaves ends it. Nobody joins what began before a mutation ended
/// (<see cref="MutationClock"/>).
/// </summary>
/// <typeparam name="T">What comes of it; each owner disposes its own.</typeparam>
/// <param name="mutations">Tells when a mutation has ended.</param>
/// <param name="share">Makes the same for one more owner; called by one thread at a time.</param>
/// <param name="isForAll">False for what is the first one's alone, such as the end of its time: the others start anew.</param>
/// <param name="joined">Called for each that joins another one.</param>
internal sealed class Flights<T>(MutationClock mutations, Func<T, T> share, Func<T, bool> isForAll, Action joined)
    where T : class, IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<FlightKey, Flight> flights = [];

    /// <summary>
    /// What comes of it. Throws <see cref="OperationCanceledException"/> when <paramref name="patience"/> is over, and what
    /// <paramref name="start"/> throws.
    /// </summary>
    /// <param name="key">What is wanted; its bytes belong to the flights from now on.</param>
    /// <param name="start">Starts the work, with the key's content; called at once, or never. Its token is cancelled when nobody waits any longer.</param>
    /// <param name="patience">Ends the caller's own waiting.</param>
    public async ValueTask<T> JoinAsync(FlightKey key, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<T>> start, CancellationToken patience)
    {
        while (true)
        {
            var flight = Board(key, out var landing, out var isFirst);
            if (isFirst)
            {
                _ = FlyAsync(flight, start);
            }
            else
            {
                joined();
            }

            try
            {
                await landing.WaitAsync(patience);
            }
            catch
            {
                Leave(flight);
                if (!isFirst)
                {
                    key.Release();
                }

                throw;
            }

            if (TryTake(flight, isFirst, out var answer))
            {
                if (!isFirst)
                {
                    key.Release();
                }

                return answer;
            }
        }
    }

    private Flight Board(FlightKey key, out Task landing, out bool isFirst)
    {
        lock (gate)
        {
            var now = mutations.Ended;
            isFirst = !flights.TryGetValue(key, out var flight) || flight.Began != now;
            if (isFirst)
            {
                // An older one flies on for those aboard; its key's bytes go when it has landed.
                flights.Remove(key);
                flight = new Flight(key, now);
                flights.Add(key, flight);
            }
            else
            {
                flight!.Aboard++;
            }

            landing = isFirst ? flight.FirstLanding : flight.FollowersLanding;
            return flight;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Thrown again to each of those who wait.")]
    private async Task FlyAsync(Flight flight, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<T>> start)
    {
        Exception? fault = null;
        try
        {
            flight.Answer = await start(flight.Key.Content, flight.Abandoned.Token);
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        bool isAwaited;
        lock (gate)
        {
            Close(flight);
            flight.HasLanded = true;
            isAwaited = flight.Aboard > 0;
        }

        if (isAwaited)
        {
            flight.Land(fault);
        }
        else
        {
            flight.Answer?.Dispose();
        }

        // The bytes of what was given up half way may still be read by who was sending them: the collector takes those.
        if (fault is null && !flight.Abandoned.IsCancellationRequested)
        {
            flight.Key.Release();
        }

        flight.Abandoned.Dispose();
    }

    private void Leave(Flight flight)
    {
        bool isLast;
        lock (gate)
        {
            isLast = --flight.Aboard == 0;
            if (flight.HasLanded)
            {
                if (isLast)
                {
                    flight.Answer?.Dispose();
                }

                return;
            }

            if (isLast)
            {
                Close(flight);
            }
        }

        if (isLast)
        {
            flight.Abandon();
        }
    }

    // Nobody boards any longer.
    private void Close(Flight flight)
    {
        if (flights.TryGetValue(flight.Key, out var current) && current == flight)
        {
            flights.Remove(flight.Key);
        }
    }

    private bool TryTake(Flight flight, bool isFirst, [NotNullWhen(true)] out T? answer)
    {
        lock (gate)
        {
            var isLast = --flight.Aboard == 0;
            var isMine = isFirst || isForAll(flight.Answer!);
            answer = isMine ? (isLast ? flight.Answer! : share(flight.Answer!)) : null;
            if (!isMine && isLast)
            {
                flight.Answer!.Dispose();
            }

            return isMine;
        }
    }

    /// <summary>Work on its way. What can change belongs to the gate.</summary>
    private sealed class Flight(FlightKey key, long began)
    {
        // The first one goes on where the answer came in, as without sharing; the others each on a thread of their own.
        private readonly TaskCompletionSource first = new();
        private TaskCompletionSource? followers;

        public FlightKey Key { get; } = key;

        /// <summary>How many mutations had ended when it began.</summary>
        public long Began { get; } = began;

        /// <summary>Cancelled when nobody waits any longer.</summary>
        public CancellationTokenSource Abandoned { get; } = new();

        public int Aboard { get; set; } = 1;

        public bool HasLanded { get; set; }

        public T? Answer { get; set; }

        public Task FirstLanding => first.Task;

        public Task FollowersLanding => (followers ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public void Land(Exception? fault)
        {
            foreach (var waiting in followers is null ? [first] : (ReadOnlySpan<TaskCompletionSource>)[followers, first])
            {
                if (fault is null)
                {
                    waiting.SetResult();
                }
                else
                {
                    waiting.SetException(fault);
                }
            }
        }

        public void Abandon()
        {
            try
            {
                Abandoned.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It landed in the meantime.
            }
        }
    }
}
