namespace GraphGateway.Planning;

/// <summary>
/// How much the verifier has looked at: fills of slots, who brought objects, keys, steps, what is asked and read under one name. It is to grow as the plan does, and not as
/// the plan's square.
/// </summary>
internal sealed class VerificationWork
{
    /// <summary>How many of them, each as often as it was looked at.</summary>
    public long Count { get; private set; }

    /// <summary>Counts one.</summary>
    public void Add() => Count++;

    /// <summary>Counts several.</summary>
    public void Add(int count) => Count += count;
}
