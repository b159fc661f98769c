using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace GraphGateway.Gateway;

/// <summary>
/// What a replica tells a shared bucket, and what it wants. All amounts of a lease are totals since it began, so that the same request said
/// twice, or an answer that was lost, changes nothing.
/// </summary>
/// <param name="Lease">The lease: a replica's name and a number that it uses once.</param>
/// <param name="Reported">What was spent as of the last answer; the rest is charged where the lease is not known any longer.</param>
/// <param name="Spent">What was spent in this lease so far.</param>
/// <param name="Minimum">The fewest units that are of use; 0 asks for none, and only tells.</param>
/// <param name="Want">The most that are wanted; at least the minimum.</param>
/// <param name="IsLast">Ends the lease: what it did not spend goes back.</param>
internal readonly record struct LeaseRequest(string Lease, long Reported, long Spent, long Minimum, long Want, bool IsLast);

/// <summary>What a shared bucket answers.</summary>
/// <param name="Granted">What the lease was granted in all; grants whose answer was lost are in it.</param>
/// <param name="IsRefused">Whether the minimum was not there.</param>
/// <param name="Levels">The levels after it, by the store's clock.</param>
internal readonly record struct LeaseAnswer(long Granted, bool IsRefused, BucketLevels Levels);

/// <summary>
/// One consumer's bucket as all replicas share it: the windows' levels, and who has leased how much of them. A lease is taken out of the windows
/// when it is granted; what a replica does not spend comes back when it ends the lease or, if the replica has died, when the lease expires.
/// So the replicas together admit no more than the windows gave, and what expired leases had spent untold.
/// <para>The store keeps it as text: <c>at;units.fraction,...;lease:granted:spent:expires,...</c>, times in milliseconds of the store's own clock.</para>
/// </summary>
internal sealed class SharedBucket
{
    /// <summary>A clock that is set back by no more is waited for; beyond that it is believed, or the bucket would stand still for as long.</summary>
    public const long ToleratedStep = 10_000;

    // Beyond what a lease ever counts (LeaseLedger.MaxTotal, and what it has not spent yet), and far from overflowing.
    private const long MaxTotal = LeaseLedger.MaxTotal * 2;

    private readonly Budget budget;
    private readonly List<Lease> leases;
    private BucketLevels levels;

    /// <summary>A new bucket: full, without leases.</summary>
    public SharedBucket(Budget budget, long now)
        : this(budget, new BucketLevels(budget, now), [])
    {
    }

    private SharedBucket(Budget budget, BucketLevels levels, List<Lease> leases)
    {
        this.budget = budget;
        this.levels = levels;
        this.leases = leases;
    }

    /// <summary>What is granted and not told as spent, over all leases.</summary>
    public long Outstanding => leases.Sum(lease => lease.Granted - lease.Spent);

    /// <summary>1. expire what is over, 2. charge what was spent, 3. grant or take back.</summary>
    /// <param name="request">The replica's words.</param>
    /// <param name="now">The store's clock, in milliseconds.</param>
    /// <param name="duration">How long the lease holds from now on, in milliseconds.</param>
    public LeaseAnswer Exchange(LeaseRequest request, long now, long duration)
    {
        Advance(now, duration);

        var place = leases.FindIndex(lease => lease.Id == request.Lease);
        var own = place >= 0 ? leases[place] : new Lease(request.Lease, request.Reported, request.Reported, 0);
        var spent = Math.Max(request.Spent, own.Spent);
        var uncovered = Math.Max(spent - own.Granted, 0);
        levels.Take(uncovered);
        own = own with { Granted = own.Granted + uncovered, Spent = spent, Expires = levels.At + duration };

        var grant = request.IsLast ? 0 : Grant(request);
        levels.Take(grant);
        own = own with { Granted = own.Granted + grant };
        if (request.IsLast)
        {
            levels.Return(own.Granted - own.Spent);
        }

        Keep(place, request.IsLast ? null : own);
        return new LeaseAnswer(own.Granted, grant < request.Minimum, levels);
    }

    /// <summary>How long the store must keep the bucket at least: afterwards it differs in nothing from a new one.</summary>
    public long LifeAfter(long now) => Math.Max(levels.WaitUntilFull(), leases.Select(lease => lease.Expires - now).DefaultIfEmpty().Max());

    /// <summary>The text that a store keeps.</summary>
    public byte[] Write()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{levels.At};");
        foreach (var level in levels.Levels)
        {
            text.Append(CultureInfo.InvariantCulture, $"{level.Units}.{level.Fraction},");
        }

        text[^1] = ';';
        foreach (var lease in leases)
        {
            text.Append(CultureInfo.InvariantCulture, $"{lease.Id}:{lease.Granted}:{lease.Spent}:{lease.Expires},");
        }

        return Encoding.UTF8.GetBytes(text.ToString().TrimEnd(','));
    }

    /// <summary>Reads what <see cref="Write"/> has written; false for anything else.</summary>
    /// <param name="text">What the store has.</param>
    /// <param name="budget">Its windows are those of the bucket that was written.</param>
    /// <param name="bucket">The bucket.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, Budget budget, [NotNullWhen(true)] out SharedBucket? bucket)
    {
        bucket = null;
        var parts = Encoding.UTF8.GetString(text).Split(';');
        if (parts.Length != 3 || !TryNumber(parts[0], 0, long.MaxValue / 2, out var at))
        {
            return false;
        }

        var levels = parts[1].Split(',');
        var leases = parts[2].Length == 0 ? [] : parts[2].Split(',');
        if (levels.Length != budget.Windows.Length)
        {
            return false;
        }

        var readLevels = new WindowLevel[levels.Length];
        for (var i = 0; i < levels.Length; i++)
        {
            if (!TryReadLevel(levels[i].Split('.'), budget.Windows[i], out readLevels[i]))
            {
                return false;
            }
        }

        var readLeases = new List<Lease>(leases.Length);
        foreach (var lease in leases)
        {
            if (!TryReadLease(lease.Split(':'), out var read))
            {
                return false;
            }

            readLeases.Add(read);
        }

        bucket = new SharedBucket(budget, new BucketLevels(budget, readLevels, at), readLeases);
        return true;
    }

    private static bool TryReadLevel(string[] parts, BudgetWindow window, out WindowLevel level)
    {
        level = default;
        if (parts.Length != 2
            || !TryNumber(parts[0], -WindowLevel.MaxDebt, window.Units, out var units)
            || !TryNumber(parts[1], 0, window.Milliseconds - 1, out var fraction))
        {
            return false;
        }

        level = new WindowLevel(units, fraction);
        return true;
    }

    private static bool TryReadLease(string[] parts, [NotNullWhen(true)] out Lease? lease)
    {
        lease = null;
        if (parts.Length != 4
            || !TryNumber(parts[1], 0, MaxTotal, out var granted)
            || !TryNumber(parts[2], 0, granted, out var spent)
            || !TryNumber(parts[3], 0, long.MaxValue / 2, out var expires))
        {
            return false;
        }

        lease = new Lease(parts[0], granted, spent, expires);
        return true;
    }

    private static bool TryNumber(string text, long min, long max, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && number >= min && number <= max;

    // The emptier the windows, the smaller the leases: what replicas still have when others find nothing is little.
    private long Grant(LeaseRequest request)
    {
        var available = levels.Available;
        return request.Minimum > 0 && available >= request.Minimum ? Math.Clamp(available / 4, request.Minimum, request.Want) : 0;
    }

    private void Advance(long now, long duration)
    {
        if (now < levels.At - ToleratedStep)
        {
            levels = new BucketLevels(budget, levels.Levels.ToArray(), now);
            for (var i = 0; i < leases.Count; i++)
            {
                leases[i] = leases[i] with { Expires = Math.Min(leases[i].Expires, now + duration) };
            }
        }

        levels.Advance(now);
        foreach (var lease in leases.Where(lease => lease.Expires <= levels.At))
        {
            levels.Return(lease.Granted - lease.Spent);
        }

        leases.RemoveAll(lease => lease.Expires <= levels.At);
    }

    private void Keep(int place, Lease? lease)
    {
        if (place >= 0)
        {
            leases.RemoveAt(place);
        }

        if (lease is not null)
        {
            leases.Add(lease);
        }
    }

    /// <summary>A replica's lease; its amounts are totals since it began.</summary>
    private sealed record Lease(string Id, long Granted, long Spent, long Expires);
}
