namespace GraphGateway.Http;

/// <summary>
/// Holds back the log: of each kind one line in <see cref="Length"/>, with the number of those that were left out. Whatever clients and
/// sources do, lines are few.
/// </summary>
/// <param name="kinds">How many kinds there are.</param>
/// <param name="clock">Measures the pauses.</param>
public sealed class LogPauses(int kinds, TimeProvider clock)
{
    /// <summary>The pause between two lines of a kind.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly State[] states = new State[kinds];

    /// <summary>Whether a line of the kind may be written now.</summary>
    /// <param name="kind">The kind, from 0.</param>
    /// <param name="leftOut">How many lines of the kind were left out since the last one.</param>
    public bool MayLog(int kind, out int leftOut)
    {
        lock (gate)
        {
            ref var state = ref states[kind];
            if (state.LoggedAt is { } last && clock.GetElapsedTime(last) < Length)
            {
                leftOut = 0;
                state.LeftOut++;
                return false;
            }

            leftOut = state.LeftOut;
            state = new State { LoggedAt = clock.GetTimestamp() };
            return true;
        }
    }

    private struct State
    {
        public long? LoggedAt;
        public int LeftOut;
    }
}
