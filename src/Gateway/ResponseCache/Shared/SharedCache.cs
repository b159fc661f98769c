using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>
/// What replicas share of what they keep, in Redis: behind the memory of each, which it never stands in for. It is asked for what memory lacks, for no longer than a time-out; while it does
/// not answer, each replica goes on by itself. Time there is the store's, so that no replica's clock makes anything last longer.
/// <para>
/// What is to be forgotten is a list in the store (<see cref="SharedScripts"/>): each replica carries out what is new in it before it takes anything else out of the store, and each second. What is found is
/// held against what was to be forgotten after its sources were asked, so that nothing has to be searched for.
/// </para>
/// </summary>
internal sealed class SharedCache : IAsyncDisposable
{
    // Values of one reply, and bytes of all: well below what is read of a reply (RespReader).
    private const int MostNames = 500;
    private const int MostBytes = 768 * 1024;

    // What each reply begins with: the epoch, the number of the last invalidation, the store's time.
    private const int ReplyHead = 3;

    private readonly RedisClient client;
    private readonly SharedCacheOptions options;
    private readonly MillisecondClock clock;
    private readonly StoreCircuit circuit;
    private readonly Invalidations invalidations;
    private readonly ReadOnlyMemory<byte> meta;
    private readonly SemaphoreSlim following = new(1, 1);
    private readonly UntoldInvalidations untold = new();
    private volatile SharedLog? log;
    private long storeAhead;

    public SharedCache(SharedCacheOptions options, Invalidations invalidations, GatewayTelemetry telemetry, TimeProvider time, Random random, ILogger<SharedCache> logger)
    {
        (this.options, this.invalidations) = (options, invalidations);
        client = new RedisClient(RedisAddress.TryParse(options.Address, out var address, out var problem) ? address : throw new ArgumentException(problem, nameof(options)), options.Timeout, time);
        clock = new MillisecondClock(time);
        circuit = new StoreCircuit(clock, random);
        Telemetry = new SharedTelemetry(telemetry.Meter, time, circuit, () => untold.Count, logger);
        meta = Encoding.UTF8.GetBytes($"{options.Prefix}:cache");
        Writer = new SharedWriter(this);
    }

    /// <summary>Hears what becomes of it.</summary>
    public SharedTelemetry Telemetry { get; }

    /// <summary>Writes what is kept, in its own time.</summary>
    public SharedWriter Writer { get; }

    /// <summary>Before all names.</summary>
    public string Prefix => options.Prefix;

    /// <summary>What is known of the store now: whoever asks sources notes it first. Null as long as it was never reached.</summary>
    public SharedPoint? Point => log?.Point;

    /// <summary>What is there under the names, as far as it comes in time: a record, or null, for each. Those that were to be forgotten the caller finds out (<see cref="IsForgotten"/>).</summary>
    /// <param name="names">The names.</param>
    /// <param name="cancellationToken">Cancelled when the client leaves; the store's answer is awaited all the same, but not by a request.</param>
    public async Task<SharedRecord?[]> FindAsync(IReadOnlyList<byte[]> names, CancellationToken cancellationToken)
    {
        var found = new SharedRecord?[names.Count];
        var (start, begun) = (0, clock.Time.GetTimestamp());
        while (start < names.Count)
        {
            var part = names.Skip(start).Take(MostNames).Select(static name => (ReadOnlyMemory<byte>)name).ToArray();
            var left = options.Timeout - clock.Time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero || await FindInTimeAsync(part, left, cancellationToken) is not { } some)
            {
                Telemetry.Looked("failed", names.Count - start);
                break;
            }

            some.CopyTo(found, start);
            start += some.Length;
        }

        return found;
    }

    /// <summary>Whether what was found was to be forgotten.</summary>
    public bool IsForgotten(SharedRecord record, KeptLabels labels)
    {
        var isForgotten = log?.HasMatchSince(record.Epoch, record.Since, labels) != false;
        Telemetry.Looked(isForgotten ? "forgotten" : "hit", 1);
        return isForgotten;
    }

    /// <summary>How long what was found may be given, by the gateway's clock.</summary>
    public CachePolicy PolicyOf(SharedRecord record)
    {
        var (steady, now) = (clock.Time.GetTimestamp(), StoreNow);

        // A store's clock that was set back a little makes nothing last longer than it was to last when it was written.
        var least = Math.Max(now, record.MadeAt);
        return new CachePolicy(CacheObstacle.None, steady + TicksOf(record.FreshUntil - least), steady + TicksOf(record.StaleUntil - least), record.IsPrivate);
    }

    /// <summary>Has something written that is kept here.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="point">What was known of the store when its sources were asked; null where it was not reached yet.</param>
    /// <param name="policy">How long it may be given.</param>
    /// <param name="cost">What an answer came to.</param>
    /// <param name="tags">What its sources want it to be forgotten by.</param>
    /// <param name="body">Its JSON.</param>
    public void Keep(byte[] name, SharedPoint? point, in CachePolicy policy, Operations.CostFigures? cost, ImmutableArray<(string Source, string Tag)> tags, byte[] body)
    {
        if (point is null)
        {
            return;
        }

        var (steady, now) = (clock.Time.GetTimestamp(), StoreNow);
        Writer.Add(name, new SharedRecord(
            point.Epoch, point.Number, now, now + MillisecondsOf(policy.FreshUntil - steady), now + MillisecondsOf(policy.StaleUntil - steady), policy.IsPrivate, cost, tags, body));
    }

    /// <summary>Has something taken out: its source has changed its mind.</summary>
    public void Remove(byte[] name) => Writer.Add(name, record: null);

    /// <summary>
    /// Forgets, here and in all replicas: how many there were here. Null where the store does not answer, or refuses: nothing was forgotten here, either, and the store is told before it is asked for
    /// anything again.
    /// </summary>
    /// <param name="all">What is to be forgotten.</param>
    /// <param name="refused">Hears why, where the store refuses.</param>
    public async Task<int?> ForgetAsync(IReadOnlyCollection<Invalidation> all, Action<string>? refused = null)
    {
        await following.WaitAsync();
        try
        {
            return await ForgetInTurnAsync(all, refused);
        }
        finally
        {
            following.Release();
        }
    }

    /// <summary>Tells the store what it has not heard of what is to be forgotten; false where it does not answer.</summary>
    public async Task<bool> TellAsync()
    {
        if (untold.Count == 0)
        {
            return true;
        }

        await following.WaitAsync();
        try
        {
            return untold.Count == 0 || await ForgetInTurnAsync([]) is not null;
        }
        finally
        {
            following.Release();
        }
    }

    /// <summary>Carries out what is new; false where the store does not answer.</summary>
    public async Task<bool> FollowAsync() => await TellAsync() && await RunAsync(SharedScripts.Find, [], [Number(0)], options.Timeout) is { } reply && await FollowAsync(reply);

    /// <summary>The store is not asked any more: tells it, and if that cannot be the log, what it has not heard.</summary>
    public async Task EndAsync()
    {
        if (!await TellAsync())
        {
            Telemetry.Untold(client.Address.Shown, untold.Count);
        }
    }

    /// <summary>Writes; how many were written, null where the store does not answer.</summary>
    /// <param name="epoch">In which all were made.</param>
    /// <param name="batch">The names and records; no record takes out what is there.</param>
    public async Task<int?> WriteAsync(string epoch, IReadOnlyCollection<(byte[] Name, SharedRecord? Record)> batch)
    {
        var arguments = new List<ReadOnlyMemory<byte>> { Encoding.UTF8.GetBytes(epoch) };
        foreach (var (name, record) in batch)
        {
            arguments.Add(Number(record?.StaleUntil ?? 0));
            arguments.Add(record?.Write(name) ?? []);
        }

        return await RunAsync(SharedScripts.Keep, [.. batch.Select(static item => (ReadOnlyMemory<byte>)item.Name)], arguments, SharedCacheService.Pause) is { Items: [_, _, _, { Kind: RespKind.Integer } kept] }
            ? (int)kept.Integer : null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        following.Dispose();
    }

    private long StoreNow => clock.Now + Interlocked.Read(ref storeAhead);

    // Whatever has to be done first: no request waits for longer. What a store that is down has not heard those tell it who follow it.
    private async Task<SharedRecord?[]?> FindInTimeAsync(ReadOnlyMemory<byte>[] names, TimeSpan time, CancellationToken cancellationToken)
    {
        if (untold.Count > 0 && !circuit.IsUp)
        {
            return null;
        }

        try
        {
            return await FindAsync(names).WaitAsync(time, clock.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private async Task<SharedRecord?[]?> FindAsync(ReadOnlyMemory<byte>[] names)
    {
        if (!await TellAsync() || await RunAsync(SharedScripts.Find, names, [Number(MostBytes)], options.Timeout) is not { } reply || reply.Items.Length <= ReplyHead || reply.Items.Length > names.Length + ReplyHead || !await FollowAsync(reply))
        {
            return null;
        }

        // As many as had room in the reply.
        var found = new SharedRecord?[reply.Items.Length - ReplyHead];
        var (missing, unreadable) = (0, 0);
        for (var i = 0; i < found.Length; i++)
        {
            if (reply.Items[i + ReplyHead].Bytes is not { } bytes)
            {
                missing++;
            }
            else if (SharedRecord.Read(names[i].Span, bytes) is not { } record)
            {
                unreadable++;
            }
            else if (record.Epoch != reply.Epoch || record.StaleUntil <= reply.Now || record.MadeAt > reply.Now + SharedScripts.ToleratedStep)
            {
                missing++;
            }
            else
            {
                found[i] = record;
            }
        }

        Telemetry.Looked("miss", missing);
        Telemetry.Looked("unreadable", unreadable);
        return found;
    }

    // PERF: mostly there is nothing new, and nobody waits for anybody.
    private async Task<bool> FollowAsync(Reply reply)
    {
        if (log?.Point is { } point && point.Epoch == reply.Epoch && point.Number >= reply.Number)
        {
            return true;
        }

        await following.WaitAsync();
        try
        {
            return await CatchUpAsync(reply, long.MaxValue) is not null;
        }
        finally
        {
            following.Release();
        }
    }

    // What the store has not heard comes first. Only one at a time comes here.
    private async Task<int?> ForgetInTurnAsync(IReadOnlyCollection<Invalidation> all, Action<string>? refused = null)
    {
        var arguments = untold.All.Concat(all).Select(static invalidation => (ReadOnlyMemory<byte>)SharedLog.Write(invalidation)).ToArray();
        if (await RunAsync(SharedScripts.Forget, [], arguments, SharedCacheService.Pause, refused) is { } reply && await CatchUpAsync(reply, reply.Number - all.Count) is { } count)
        {
            untold.Clear();
            return count;
        }

        // Whoever looks into the store from now on tells it first; whoever does already is given nothing that this gateway is about to forget.
        untold.Add(all);
        return null;
    }

    // How many were forgotten by those after a number. Only one at a time comes here.
    private async Task<int?> CatchUpAsync(Reply reply, long countedAfter)
    {
        var count = 0;
        while (true)
        {
            var current = BeginAt(reply);
            var point = current.Point;
            if (point.Number >= reply.Number)
            {
                return count;
            }

            if (await RunAsync(SharedScripts.Read, [], [Number(point.Number + 1), Number(MostBytes)], SharedCacheService.Pause) is not { } next)
            {
                return null;
            }

            reply = next;
            if (next.Epoch != point.Epoch || next.Items.Length == 3)
            {
                continue;
            }

            foreach (var item in next.Items.Skip(3))
            {
                var invalidation = SharedLog.Read(item.Bytes);
                var some = invalidations.Apply(invalidation);
                count += current.Point.Number >= countedAfter ? some : 0;
                current.Add(invalidation);
            }
        }
    }

    // Where nothing is known of what was to be forgotten meanwhile, everything is: the store was not reached yet, another epoch has begun, or the store does not remember that far.
    private SharedLog BeginAt(Reply reply)
    {
        var current = log;
        var oldest = Math.Max(reply.Number - SharedScripts.Remembered, 0);
        if (current is not null && current.Point.Epoch == reply.Epoch && current.Point.Number >= oldest)
        {
            return current;
        }

        if (invalidations.Apply(new Invalidation()) > 0 || current is not null)
        {
            Telemetry.BeganAnew(
                client.Address.Shown,
                current is null ? "nobody knows what was to be forgotten before it was reached" : current.Point.Epoch == reply.Epoch ? "more was to be forgotten than it remembers" : "everything was lost, it was started anew, or its clock was set back,");
        }

        return log = new SharedLog(reply.Epoch, oldest);
    }

    private async Task<Reply?> RunAsync(RedisScript script, IReadOnlyCollection<ReadOnlyMemory<byte>> names, IReadOnlyCollection<ReadOnlyMemory<byte>> arguments, TimeSpan time, Action<string>? refused = null)
    {
        if (!circuit.TryEnter(out var isProbe))
        {
            return null;
        }

        try
        {
            // Not the client's: who leaves would end the connection of all.
            using var patience = new CancellationTokenSource(time, clock.Time);
            var reply = Reply.Of(await script.RunAsync(client, [meta, .. names], [NewEpoch(), .. arguments], patience.Token));
            Interlocked.Exchange(ref storeAhead, reply.Now - clock.Now);
            if (circuit.Succeeded())
            {
                Telemetry.IsBack(client.Address.Shown);
            }

            return reply;
        }
        catch (RedisServerException exception)
        {
            // It answers: others may be answered better.
            circuit.Succeeded();
            Telemetry.Refused(client.Address.Shown, exception.Message);
            refused?.Invoke(exception.Message);
        }
        catch (Exception exception) when (exception is RedisConnectionException or OperationCanceledException or ObjectDisposedException)
        {
            circuit.Failed(isProbe);
            Telemetry.Failed(client.Address.Shown, exception is OperationCanceledException ? $"no answer within {time.TotalMilliseconds} ms" : exception.Message);
        }

        return null;
    }

    private static ReadOnlyMemory<byte> NewEpoch() => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));

    private static ReadOnlyMemory<byte> Number(long number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    private long TicksOf(long milliseconds) => (long)((Int128)milliseconds * clock.Time.TimestampFrequency / 1000);

    private long MillisecondsOf(long ticks) => (long)((Int128)ticks * 1000 / clock.Time.TimestampFrequency);

    /// <summary>What all scripts answer.</summary>
    private sealed record Reply(string Epoch, long Number, long Now, RespValue[] Items)
    {
        public static Reply Of(RespValue value) =>
            value.Items is [{ Kind: RespKind.Bulk } epoch, { Kind: RespKind.Integer } number, { Kind: RespKind.Integer } now, ..] items
                ? new Reply(epoch.Text, number.Integer, now.Integer, items)
                : throw new RedisConnectionException("What answers is not a Redis server: a script's reply has not the script's shape.");
    }
}
