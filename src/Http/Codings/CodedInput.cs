using System.Buffers;

namespace GraphGateway.Http;

/// <summary>
/// The bytes of a coded body, in a window over them: a decoder takes from it, and can look at what comes next and at what was taken last. Never more
/// than a limit of them. Disposing it disposes the body.
/// </summary>
internal sealed class CodedInput(Stream body, long maxBytes) : IDisposable
{
    private const int WindowBytes = 16 * 1024;

    private byte[] window = ArrayPool<byte>.Shared.Rent(WindowBytes);
    private int start;
    private int end;
    private long left = maxBytes;

    /// <summary>What was read of the body and is not taken yet.</summary>
    public ReadOnlyMemory<byte> Next => window.AsMemory(start, end - start);

    /// <summary>True when the body has ended; there may be something in <see cref="Next"/> still.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>So many bytes of <see cref="Next"/> are taken; a negative number gives those back that were taken last and that nothing was read after.</summary>
    public void Take(int count) => start += count;

    /// <summary>Reads until <see cref="Next"/> has so many bytes or the body has ended; true for the former.</summary>
    /// <param name="count">At most half a window.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public ValueTask<bool> HasAsync(int count, CancellationToken cancellationToken) =>
        end - start >= count ? ValueTask.FromResult(true) : FillAsync(count, cancellationToken);

    public void Dispose()
    {
        body.Dispose();
        if (window.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(window);
            window = [];
            (start, end) = (0, 0);
        }
    }

    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellationToken)
    {
        if (start > window.Length - count)
        {
            window.AsSpan(start, end - start).CopyTo(window);
            (start, end) = (0, end - start);
        }

        while (end - start < count && !HasEnded)
        {
            var read = await body.ReadAsync(window.AsMemory(end), cancellationToken);
            HasEnded = read == 0;
            left -= read;
            if (left < 0)
            {
                throw new InvalidDataException("There are more compressed bytes than allowed.");
            }

            end += read;
        }

        return end - start >= count;
    }
}
