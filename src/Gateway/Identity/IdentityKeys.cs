using System.Collections.Immutable;
using System.Text;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>
/// The keys by which the gateway signs, as their files have them: looked at every <see cref="Interval"/>, so that keys are rotated while it runs. Files that
/// cannot be read, or are only half written, change nothing; the log tells. A key that was there before stays the same object.
/// </summary>
/// <param name="options">The keys at the start, and their files.</param>
/// <param name="clock">Measures the pauses.</param>
/// <param name="logger">Hears of changes, and of files that are wrong.</param>
internal sealed class IdentityKeys(IdentityOptions options, TimeProvider clock, ILogger<IdentityKeys> logger) : BackgroundService
{
    /// <summary>How soon a change of a file is seen.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly LogPauses pauses = new(1, clock);
    private volatile Held held = new(options.Keys);
    private PeriodicTimer? timer;

    /// <summary>The key that signs; null where there is none.</summary>
    public EllipticKey? Signing => held.Keys is [{ IsPrivate: true } first, ..] ? first : null;

    /// <summary>All keys' public parts as JSON (<see href="https://www.rfc-editor.org/rfc/rfc7517#section-5">RFC 7517, section 5</see>).</summary>
    public ReadOnlyMemory<byte> PublicJson => held.PublicJson;

    /// <summary>Takes over what the files have now.</summary>
    public void Follow()
    {
        var problems = new List<string>();
        var read = IdentityKeyFiles.Read(options.KeyFiles, problems);
        if (problems.Count > 0)
        {
            if (pauses.MayLog(0, out var leftOut))
            {
                logger.LogWarning(
                    "Gateway:Identity:KeyFiles: {Problems} The keys stay as they were. ({LeftOut} more like it since the last line)", string.Join(' ', problems), leftOut);
            }

            return;
        }

        var before = held.Keys;
        if (!read.Select(Name).SequenceEqual(before.Select(Name)))
        {
            held = new Held([.. read.Select(key => before.FirstOrDefault(known => Name(known) == Name(key)) ?? key)]);
            logger.LogInformation("The keys of Gateway:Identity have changed: {Key} signs, {Count} are published", read[0].Id, read.Length);
        }
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // The pauses count from the start on, and not from when a thread comes to it.
        timer = options.KeyFiles.IsEmpty ? null : new PeriodicTimer(Interval, clock);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        timer?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (timer is not null && await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Follow();
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "The files of Gateway:Identity:KeyFiles could not be looked at. The keys stay as they were");
            }
        }
    }

    private static (string Id, bool IsPrivate) Name(EllipticKey key) => (key.Id, key.IsPrivate);

    private sealed class Held(ImmutableArray<EllipticKey> keys)
    {
        public ImmutableArray<EllipticKey> Keys { get; } = keys;

        public ReadOnlyMemory<byte> PublicJson { get; } = Encoding.UTF8.GetBytes($$"""{"keys":[{{string.Join(',', keys.Select(key => key.PublicJson))}}]}""");
    }
}
