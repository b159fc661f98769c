using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>Rejects launches that wait for approval, each in one transaction.</summary>
/// <remarks>
/// Where nothing is live, what comes after a launch has in it what that one changes: it is rejected with it, and the next change is made on what came before. Otherwise
/// what somebody has rejected would become live with the next launch of somebody else.
/// </remarks>
internal sealed class LaunchRejections(StoreDatabase database)
{
    private const string Launches = "graphgateway_registry_launches";

    /// <summary>Rejects a launch, and what was made on it.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="number">The launch.</param>
    /// <param name="rejection">Who, when and why.</param>
    /// <param name="forbid">Says why those that were made on it may not be rejected with it; null where they may.</param>
    /// <param name="cancellation">Ends it; then nothing is stored.</param>
    public async Task<Found<RejectAnswer>> RejectAsync(
        string graph, string stage, int number, LaunchRejection rejection, Func<ImmutableArray<Launch>, string?>? forbid, CancellationToken cancellation)
    {
        if (RegistryLimits.FindProblem(rejection) is { } wrong)
        {
            return new Found<RejectAnswer>(null, wrong);
        }

        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RegistryTables.LockAsync(connection, transaction, cancellation);
        (string, object?)[] place = [("graph", graph), ("stage", stage)];
        Task<ImmutableArray<Launch>> FindAsync(string which, params (string, object?)[] values) => StoreDatabase.ReadAsync(
            connection, transaction, $"SELECT {RegistryReader.LaunchColumns} FROM {Launches} WHERE graph = @graph AND stage = @stage AND {which} ORDER BY launch",
            RegistryReader.LaunchOf, cancellation, [.. place, .. values]);

        var target = (await FindAsync("launch = @launch", ("launch", (long)number))).SingleOrDefault();
        if (target is not { Status: LaunchStatus.Awaiting })
        {
            return new Found<RejectAnswer>(null, StageApprovals.NotWaiting(graph, stage, number, target));
        }

        var live = await StoreDatabase.ReadAsync(
            connection, transaction, "SELECT live FROM graphgateway_registry_stages WHERE graph = @graph AND stage = @stage AND live IS NOT NULL", static row => row.GetInt64(0), cancellation, place);
        var later = live.IsEmpty ? await FindAsync("launch > @launch AND status IN ('Awaiting', 'Draft')", ("launch", (long)number)) : [];
        var madeOnIt = MadeOn(number, later);
        if (forbid?.Invoke(madeOnIt) is { } forbidden)
        {
            return new Found<RejectAnswer>(null, forbidden);
        }

        var rejected = ImmutableArray.CreateBuilder<Launch>();
        foreach (var launch in madeOnIt.Insert(0, target))
        {
            var why = launch == target ? rejection : rejection with { Reason = $"It was made on #{number}, which was rejected." };
            await StoreDatabase.ExecuteAsync(
                connection,
                transaction,
                $"UPDATE {Launches} SET status = @status, rejected = @at, rejecter = @by, reason = @reason WHERE graph = @graph AND stage = @stage AND launch = @launch",
                cancellation,
                [
                    .. place, ("launch", (long)launch.Number), ("status", nameof(LaunchStatus.Rejected)), ("at", why.At.ToUnixTimeMilliseconds()), ("by", why.By), ("reason", why.Reason),
                ]);
            rejected.Add(launch with { Status = LaunchStatus.Rejected, Rejection = why with { At = DateTimeOffset.FromUnixTimeMilliseconds(why.At.ToUnixTimeMilliseconds()) } });
        }

        await transaction.CommitAsync(cancellation);
        return new Found<RejectAnswer>(new RejectAnswer(rejected.ToImmutable()), null);
    }

    // What is promoted has the sources of another stage alone, and none of what it was made on.
    private static ImmutableArray<Launch> MadeOn(int number, ImmutableArray<Launch> later)
    {
        var numbers = new HashSet<int> { number };
        return [.. later.Where(launch => launch.Kind != LaunchKind.Promote && launch.Base is { } ground && numbers.Contains(ground) && numbers.Add(launch.Number))];
    }
}
