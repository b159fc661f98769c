using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace GraphGateway.Gateway;

/// <summary>
/// Keeps the replicas' buckets in Redis 5 or later, or what speaks like it: one key a bucket, which goes when the bucket would be full. Both steps are
/// one script, which the server runs as a whole; it tells the server's time, too.
/// </summary>
/// <param name="client">The server.</param>
internal sealed class RedisStore(RedisClient client) : ISharedStore
{
    // A bucket's text is never empty: the empty one stands for none. The time is asked for last, as servers before 7 want it where a script writes.
    private static readonly RedisScript Script = new(
        """
        local found = redis.call('GET', KEYS[1]) or ''
        local swapped = 0
        if ARGV[1] ~= '' and found == ARGV[2] then
          redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
          found = ARGV[1]
          swapped = 1
        end
        local time = redis.call('TIME')
        return {swapped, found, time[1], time[2]}
        """);

    /// <inheritdoc/>
    public string Name => client.Address.Shown;

    /// <inheritdoc/>
    public ValueTask<StoredText> ReadAsync(string key, CancellationToken cancellationToken) => RunAsync(key, [], [], 0, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredText> SwapAsync(string key, byte[]? expected, byte[] text, long life, CancellationToken cancellationToken) =>
        RunAsync(key, expected ?? [], text, Math.Max(life, 1), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => client.DisposeAsync();

    private async ValueTask<StoredText> RunAsync(string key, byte[] expected, byte[] text, long life, CancellationToken cancellationToken) => Read(
        await Script.RunAsync(client, [Encoding.UTF8.GetBytes(key)], [text, expected, Encoding.ASCII.GetBytes(life.ToString(CultureInfo.InvariantCulture))], cancellationToken));

    private static StoredText Read(RespValue reply) =>
        reply.Items is [{ Kind: RespKind.Integer } swapped, { Kind: RespKind.Bulk, Bytes: { } found }, { Bytes: { } seconds }, { Bytes: { } microseconds }]
            ? new StoredText(swapped.Integer == 1, found.Length > 0 ? found : null, (Number(seconds) * 1000) + (Number(microseconds) / 1000))
            : throw new RedisConnectionException("What answers is not a Redis server: a script's reply has not the script's shape.");

    private static long Number(byte[] text) => Utf8Parser.TryParse(text, out long number, out _)
        ? number
        : throw new RedisConnectionException("What answers is not a Redis server: its time is no number.");
}
