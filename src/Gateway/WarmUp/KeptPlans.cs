using System.Collections.Immutable;
using System.Text;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Gateway;

/// <summary>
/// What a plan was made for, for a client that may see all. With the graph's identity (<see cref="PlanStorage.IdentityOf(Supergraph)"/>) it is all that a plan depends on.
/// </summary>
/// <param name="Document">The document and the operation in it.</param>
/// <param name="Conditions">The outcome of its conditions.</param>
/// <param name="Labels">The labels that are on.</param>
internal sealed record KeptPlanKey(DocumentKey Document, string Conditions, string Labels)
{
    /// <summary>All of it; two that differ have other bytes.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Document.Document.Length);
        writer.Write(Document.Document);
        writer.Write(Document.OperationName is not null);
        writer.Write(Document.OperationName ?? "");
        writer.Write(Conditions);
        writer.Write(Labels);
        writer.Write(PlannerOptions.Default.AttemptsMax);
        writer.Flush();
        return bytes.ToArray();
    }
}

/// <summary>How many plans of a warm-up came from where.</summary>
/// <param name="Read">From the folder.</param>
/// <param name="Made">They were planned: they are not there.</param>
/// <param name="Refused">They were planned because what is there is wrong.</param>
internal readonly record struct KeptPlanCounts(int Read, int Made, int Refused);

/// <summary>
/// The plans of one graph that an earlier run has left in the folder. They are there while the graph warms up, and only as bytes: each is read when somebody wants it. Nothing that is
/// wrong with them keeps an operation from being planned.
/// </summary>
internal sealed class KeptPlans(PlanFolder folder, Supergraph supergraph, ILogger<KeptPlans> logger)
{
    private readonly Lazy<byte[]> identity = new(() => PlanStorage.IdentityOf(supergraph));
    private volatile Dictionary<byte[], ReadOnlyMemory<byte>>? plans;
    private ImmutableArray<long> written = [];
    private int read;
    private int made;
    private int refused;

    /// <summary>Reads the graph's file, where there is one; from now on its plans are found.</summary>
    public void Open()
    {
        plans = new Dictionary<byte[], ReadOnlyMemory<byte>>();
        try
        {
            if (folder.Read(identity.Value) is { } bytes)
            {
                plans = PlanFile.Read(bytes, identity.Value);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            logger.LogWarning("Gateway:WarmUp:Plans: {File} is not used, and its operations are planned: {Reason}", folder.FileOf(identity.Value), exception.Message);
        }
    }

    /// <summary>Forgets what was read.</summary>
    /// <returns>What became of it.</returns>
    public KeptPlanCounts Close()
    {
        plans = null;
        return new KeptPlanCounts(Interlocked.Exchange(ref read, 0), Interlocked.Exchange(ref made, 0), Interlocked.Exchange(ref refused, 0));
    }

    /// <summary>A plan that was kept; null where there is none, or it cannot be used.</summary>
    /// <param name="key">What it was made for.</param>
    /// <param name="operation">The operation, of which nothing is withheld.</param>
    /// <param name="isRight">Has the last word, where plans are verified.</param>
    public QueryPlan? Find(KeptPlanKey key, NormalizedOperation operation, Func<QueryPlan, bool> isRight)
    {
        if (plans is not { } kept)
        {
            return null;
        }

        if (!kept.TryGetValue(key.ToBytes(), out var bytes))
        {
            Interlocked.Increment(ref made);
            return null;
        }

        var plan = PlanStorage.Read(bytes, supergraph, operation, out var problem);
        if (plan is not null && isRight(plan))
        {
            Interlocked.Increment(ref read);
            return plan;
        }

        if (Interlocked.Increment(ref refused) == 1)
        {
            logger.LogWarning(
                "Gateway:WarmUp:Plans: a plan in {File} is not used, and its operation is planned; others like it have no line: {Reason}",
                folder.FileOf(identity.Value), problem ?? "it did not pass its verification.");
        }

        return null;
    }

    /// <summary>Writes plans to the graph's file, where they are others than the last time. One at a time.</summary>
    /// <param name="resolutions">The plans, the most wanted first; those of clients that may not see all are left out.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(IEnumerable<PlanResolution> resolutions)
    {
        ImmutableArray<PlanResolution> worth = [.. resolutions.Where(static plan => plan is { Plan: not null, KeptAs: not null })];
        ImmutableArray<long> numbers = [.. worth.Select(static plan => plan.Number)];
        if (worth.IsEmpty || numbers.SequenceEqual(written))
        {
            return;
        }

        folder.Write(identity.Value, PlanFile.Write(identity.Value, Stored(worth)));
        written = numbers;
    }

    // As the file asks for them: what has no room in it is not written.
    private static IEnumerable<(byte[] Key, byte[] Plan)> Stored(ImmutableArray<PlanResolution> resolutions)
    {
        foreach (var resolution in resolutions)
        {
            if (PlanStorage.Write(resolution.Plan!.Plan) is { } bytes)
            {
                yield return (resolution.KeptAs!.ToBytes(), bytes);
            }
        }
    }
}
