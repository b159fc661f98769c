using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GraphGateway.Gateway;

/// <summary>
/// One connection to a Redis server. Commands are sent as they come, without waiting for the answers to earlier ones, and answers come in the
/// order of the commands. Whatever is wrong ends the connection, with all that wait on it: what comes after a fault belongs to nobody.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    /// <summary>Commands that wait for their answer.</summary>
    public const int MaxWaiting = 4096;

    private readonly Stream stream;
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource<RespValue>> waiting = new();
    private ArrayBufferWriter<byte> outgoing = new();
    private ArrayBufferWriter<byte> spare = new();
    private Exception? fault;
    private bool isWriting;

    /// <summary>A connection over a stream that is connected, which it owns from now on.</summary>
    public RedisConnection(Stream stream)
    {
        this.stream = stream;
        _ = ReadAsync();
    }

    /// <summary>Whether commands can still be sent.</summary>
    public bool IsOpen => Volatile.Read(ref fault) is null;

    /// <summary>Sends a command and waits for its answer; an error of the server is an answer, too.</summary>
    /// <param name="command">Its name and arguments.</param>
    /// <param name="cancellationToken">
    /// Ends waiting, and the connection with it: a server that does not answer in time is not believed any longer, and its late answer would be taken
    /// for another one's.
    /// </param>
    /// <exception cref="RedisConnectionException">The connection broke.</exception>
    public async Task<RespValue> SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answer = new TaskCompletionSource<RespValue>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool mustWrite;
        lock (gate)
        {
            if (fault is not null)
            {
                throw new RedisConnectionException(fault.Message, fault);
            }

            if (waiting.Count >= MaxWaiting)
            {
                throw new RedisConnectionException($"More than {MaxWaiting} commands wait for the server.");
            }

            waiting.Enqueue(answer);
            Write(outgoing, command);
            mustWrite = !isWriting;
            isWriting = true;
        }

        if (mustWrite)
        {
            _ = FlushAsync();
        }

        try
        {
            return await answer.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Break(new TimeoutException("The server did not answer in time."));
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Break(new ObjectDisposedException(nameof(RedisConnection), "The connection was closed."));
        return ValueTask.CompletedTask;
    }

    private static void Write(ArrayBufferWriter<byte> output, IReadOnlyList<ReadOnlyMemory<byte>> command)
    {
        WriteLength(output, '*', command.Count);
        foreach (var argument in command)
        {
            WriteLength(output, '$', argument.Length);
            output.Write(argument.Span);
            output.Write("\r\n"u8);
        }
    }

    private static void WriteLength(ArrayBufferWriter<byte> output, char type, int length)
    {
        var target = output.GetSpan(16);
        _ = System.Text.Unicode.Utf8.TryWrite(target, CultureInfo.InvariantCulture, $"{type}{length}\r\n", out var written);
        output.Advance(written);
    }

    // What comes while it writes is written next, in one piece.
    [SuppressMessage("Design", "CA1031", Justification = "Whatever it is, it ends the connection and is told to all who wait.")]
    private async Task FlushAsync()
    {
        try
        {
            while (true)
            {
                ArrayBufferWriter<byte> batch;
                lock (gate)
                {
                    if (outgoing.WrittenCount == 0 || fault is not null)
                    {
                        isWriting = false;
                        return;
                    }

                    batch = outgoing;
                    (outgoing, spare) = (spare, outgoing);
                }

                await stream.WriteAsync(batch.WrittenMemory);
                await stream.FlushAsync();
                batch.ResetWrittenCount();
            }
        }
        catch (Exception exception)
        {
            Break(exception);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever it is, it ends the connection and is told to all who wait.")]
    private async Task ReadAsync()
    {
        var buffer = new byte[4096];
        var filled = 0;
        try
        {
            while (true)
            {
                if (filled == buffer.Length)
                {
                    // A reply of the greatest size, its lines and what came behind it.
                    if (filled >= RespReader.MaxBytes * 2)
                    {
                        throw new RedisConnectionException($"A reply has more than {RespReader.MaxBytes} bytes.");
                    }

                    Array.Resize(ref buffer, buffer.Length * 2);
                }

                var read = await stream.ReadAsync(buffer.AsMemory(filled));
                if (read == 0)
                {
                    throw new RedisConnectionException("The server has closed the connection.");
                }

                filled = Take(buffer, filled + read);
            }
        }
        catch (Exception exception)
        {
            Break(exception);
        }
    }

    // Hands out the replies that are whole; the rest is moved to the front. Returns its length.
    private int Take(byte[] buffer, int filled)
    {
        var taken = 0;
        while (taken < filled)
        {
            var reader = new RespReader(buffer.AsSpan(taken, filled - taken));
            if (reader.Next() is not { } reply)
            {
                break;
            }

            taken += reader.Position;
            TaskCompletionSource<RespValue>? first;
            lock (gate)
            {
                if (!waiting.TryDequeue(out first))
                {
                    throw new RedisConnectionException("The server has answered what nobody asked.");
                }
            }

            first.TrySetResult(reply);
        }

        buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
        return filled - taken;
    }

    private void Break(Exception exception)
    {
        List<TaskCompletionSource<RespValue>> left;
        lock (gate)
        {
            fault ??= exception;
            left = [.. waiting];
            waiting.Clear();
            outgoing.ResetWrittenCount();
        }

        stream.Dispose();
        foreach (var answer in left)
        {
            answer.TrySetException(new RedisConnectionException(fault.Message, fault));
        }
    }
}
