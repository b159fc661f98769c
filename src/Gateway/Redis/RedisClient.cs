using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace GraphGateway.Gateway;

/// <summary>
/// A small client of a Redis server: any command, over one connection that is opened when it is needed and opened again when it broke. It does not
/// repeat commands and does not wait between attempts: that is for who knows what may be said twice.
/// <para>It stands apart from the budgets, for what else replicas share.</para>
/// </summary>
/// <param name="address">The server.</param>
/// <param name="connectTimeout">The longest time for a connection, signing in included.</param>
/// <param name="clock">Measures it.</param>
/// <param name="checkCertificate">Decides on the server's certificate; null for the system's way.</param>
internal sealed class RedisClient(
    RedisAddress address, TimeSpan connectTimeout, TimeProvider clock, RemoteCertificateValidationCallback? checkCertificate = null) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private Task<RedisConnection>? connecting;
    private bool isDisposed;

    /// <summary>The server.</summary>
    public RedisAddress Address => address;

    /// <summary>Sends a command and waits for its answer.</summary>
    /// <param name="command">Its name and arguments.</param>
    /// <param name="cancellationToken">Ends waiting; a connection on which an answer is missing is not used again.</param>
    /// <exception cref="RedisConnectionException">There is no connection, or it broke: nobody knows whether the command was executed.</exception>
    /// <exception cref="RedisServerException">The server answered with an error.</exception>
    public async Task<RespValue> SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> command, CancellationToken cancellationToken)
    {
        var connection = await ConnectionAsync().WaitAsync(cancellationToken);
        return Checked(await connection.SendAsync(command, cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task<RedisConnection>? last;
        lock (gate)
        {
            isDisposed = true;
            last = connecting;
            connecting = null;
        }

        if (last is not null)
        {
            await last.ContinueWith(
                static task => task.IsCompletedSuccessfully ? task.Result.DisposeAsync().AsTask() : Task.CompletedTask,
                CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();
        }
    }

    private static RespValue Checked(RespValue reply) => reply.Kind == RespKind.Error ? throw new RedisServerException(reply.Text) : reply;

    private Task<RedisConnection> ConnectionAsync()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (connecting is null || connecting.IsFaulted || connecting.IsCanceled || (connecting.IsCompleted && !connecting.Result.IsOpen))
            {
                connecting = Task.Run(ConnectAsync);
            }

            return connecting;
        }
    }

    private async Task<RedisConnection> ConnectAsync()
    {
        using var patience = new CancellationTokenSource(connectTimeout, clock);
        try
        {
            return await SignInAsync(new RedisConnection(await OpenAsync(patience.Token)), patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new RedisConnectionException($"No connection within {connectTimeout.TotalMilliseconds} ms.");
        }
        catch (Exception exception) when (exception is SocketException or System.Security.Authentication.AuthenticationException)
        {
            throw new RedisConnectionException(exception.Message, exception);
        }
    }

    private async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (!address.IsTls)
            {
                return stream;
            }

            var encrypted = new SslStream(stream, leaveInnerStreamOpen: false);
            stream = encrypted;
            await encrypted.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = address.Host, RemoteCertificateValidationCallback = checkCertificate }, cancellationToken);
            return stream;
        }
        catch
        {
            socket.Dispose();
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }

            throw;
        }
    }

    private async Task<RedisConnection> SignInAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            if (address.Password is { } password)
            {
                Checked(await connection.SendAsync(Command(address.User is { } user ? ["AUTH", user, password] : ["AUTH", password]), cancellationToken));
            }

            if (address.Database != 0)
            {
                Checked(await connection.SendAsync(
                    Command(["SELECT", address.Database.ToString(CultureInfo.InvariantCulture)]), cancellationToken));
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static ReadOnlyMemory<byte>[] Command(string[] parts) => [.. parts.Select(part => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(part))];
}
