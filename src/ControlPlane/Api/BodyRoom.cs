namespace GraphGateway.ControlPlane;

/// <summary>
/// How much of what is sent to a server is in memory, over all requests: bodies are read whole before anything else is done for them, so that who sends slowly, or never ends, keeps nobody else's place.
/// One key has half of the room at most, so that nobody's takes all of it.
/// </summary>
/// <param name="mostBytes">Bytes of all bodies together.</param>
/// <param name="mostBodies">How many bodies at the same time.</param>
internal sealed class BodyRoom(long mostBytes = 4L * (RegistryServer.BodyBytes + 1), int mostBodies = 256)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Bytes, int Bodies)> keys = new(StringComparer.Ordinal);
    private long bytes;
    private int bodies;

    /// <summary>How many bytes are held.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
            {
                return bytes;
            }
        }
    }

    /// <summary>Room for a body of a key, of which nothing is there yet; null where there is none.</summary>
    public Place? TryEnter(string key)
    {
        lock (gate)
        {
            var own = keys.GetValueOrDefault(key);
            if (bodies >= mostBodies || own.Bodies >= mostBodies / 2)
            {
                return null;
            }

            bodies++;
            keys[key] = (own.Bytes, own.Bodies + 1);
            return new Place(this, key);
        }
    }

    private bool TryGrow(string key, long by)
    {
        lock (gate)
        {
            var own = keys[key];
            if (bytes + by > mostBytes || own.Bytes + by > mostBytes / 2)
            {
                return false;
            }

            bytes += by;
            keys[key] = own with { Bytes = own.Bytes + by };
            return true;
        }
    }

    private void Leave(string key, long held)
    {
        lock (gate)
        {
            bytes -= held;
            bodies--;
            var own = keys[key];
            if (own.Bodies == 1)
            {
                keys.Remove(key);
            }
            else
            {
                keys[key] = (own.Bytes - held, own.Bodies - 1);
            }
        }
    }

    /// <summary>The body of one request, as far as it has come.</summary>
    internal sealed class Place(BodyRoom room, string key) : IDisposable
    {
        private const int FirstBytes = 16 * 1024;

        private byte[]? buffer = [];
        private int count;

        /// <summary>What has come.</summary>
        public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, count);

        /// <summary>Reads all of a body; false where there is no more room for it. Throws what the stream throws.</summary>
        public async Task<bool> TryReadAsync(Stream body, CancellationToken cancellation)
        {
            while (true)
            {
                if (count == buffer!.Length && !TryGrow())
                {
                    return false;
                }

                if (await body.ReadAsync(buffer.AsMemory(count), cancellation) is not (> 0 and var read))
                {
                    return true;
                }

                count += read;
            }
        }

        /// <summary>Gives the room back; there are no bytes then.</summary>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref buffer, null) is { } held)
            {
                count = 0;
                room.Leave(key, held.Length);
            }
        }

        // One byte more than a body has at most, so that its end is seen.
        private bool TryGrow()
        {
            var length = Math.Clamp(2L * buffer!.Length, FirstBytes, Math.Max(buffer.Length, RegistryServer.BodyBytes) + 1L);
            if (!room.TryGrow(key, length - buffer.Length))
            {
                return false;
            }

            Array.Resize(ref buffer, (int)length);
            return true;
        }
    }
}
