using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace GraphGateway.Gateway;

/// <summary>A script in Lua that a Redis server runs as a whole: nothing else happens there meanwhile. Sent by its name, and whole where the server does not know it.</summary>
/// <param name="text">The script, in ASCII.</param>
internal sealed class RedisScript(string text)
{
    private readonly byte[] source = Encoding.ASCII.GetBytes(text);
    private readonly byte[] name = Encoding.ASCII.GetBytes(NameOf(text));

    /// <summary>Runs it; the script's reply.</summary>
    /// <param name="client">The server.</param>
    /// <param name="keys">Its <c>KEYS</c>.</param>
    /// <param name="arguments">Its <c>ARGV</c>.</param>
    /// <param name="cancellationToken">Ends waiting, and the connection with it.</param>
    /// <exception cref="RedisConnectionException">There is no connection, or it broke: nobody knows whether it ran.</exception>
    /// <exception cref="RedisServerException">The server answered with an error.</exception>
    public async Task<RespValue> RunAsync(
        RedisClient client, IReadOnlyCollection<ReadOnlyMemory<byte>> keys, IReadOnlyCollection<ReadOnlyMemory<byte>> arguments, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>[] command = ["EVALSHA"u8.ToArray(), name, Encoding.ASCII.GetBytes(keys.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)), .. keys, .. arguments];
        try
        {
            return await client.SendAsync(command, cancellationToken);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            command[0] = "EVAL"u8.ToArray();
            command[1] = source;
            return await client.SendAsync(command, cancellationToken);
        }
    }

    [SuppressMessage("Security", "CA5350", Justification = "The name under which the server keeps a script that it has run: that it is this hash is Redis' choice.")]
    private static string NameOf(string text) => Convert.ToHexStringLower(SHA1.HashData(Encoding.ASCII.GetBytes(text)));
}
