namespace GraphGateway.ControlPlane;

/// <summary>
/// How much of what is sent to a server is in memory, over all requests: bodies are read whole before anything else is done for them, so that who sends slowly, or never ends, keeps nobody else's place.
/// Where there is no more room, the body that has been there for longest of the key with most makes place (<see cref="KeyShares"/>).
/// </summary>
/// <param name="mostBytes">Bytes of all bodies together.</param>
/// <param name="mostBodies">How many bodies at the same time.</param>
internal sealed class BodyRoom(long mostBytes = 4L * (RegistryServer.BodyBytes + 1), int mostBodies = 256)
{
    private readonly Lock gate = new();
    private readonly KeyShares bytes = new(mostBytes);
    private readonly KeyShares bodies = new(mostBodies);

    // In the order in which they came.
    private readonly LinkedList<Place> places = [];

    /// <summary>How many bytes are held.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
            {
                return bytes.Total;
            }
        }
    }

    /// <summary>Room for a body of a key, of which nothing is there yet; null where there is none.</summary>
    public Place? TryEnter(string key)
    {
        var left = new List<Place>();
        Place? place = null;
        lock (gate)
        {
            if (TryMake(bodies, key, 1, left))
            {
                place = new Place(this, key);
                bodies.Add(key, 1);
                places.AddLast(place.Node);
            }
        }

        left.ForEach(static gone => gone.Tell());
        return place;
    }

    private bool TryGrow(Place place, long by)
    {
        var left = new List<Place>();
        var hasRoom = false;
        lock (gate)
        {
            // It may have made place for another one.
            if (place.IsIn && TryMake(bytes, place.Key, by, left))
            {
                bytes.Add(place.Key, by);
                place.Held += by;
                hasRoom = true;
            }
        }

        left.ForEach(static gone => gone.Tell());
        return hasRoom;
    }

    private bool TryMake(KeyShares shares, string key, long more, List<Place> left)
    {
        if (!shares.MayHave(key, more))
        {
            return false;
        }

        while (!shares.Has(more))
        {
            if (shares.Richer(key, more) is not { } richer || places.FirstOrDefault(place => place.Key == richer && (shares == bodies || place.Held > 0)) is not { } leaving)
            {
                return false;
            }

            Remove(leaving);
            left.Add(leaving);
        }

        return true;
    }

    private void Remove(Place place)
    {
        if (place.IsIn)
        {
            places.Remove(place.Node);
            bytes.Add(place.Key, -place.Held);
            bodies.Add(place.Key, -1);
        }
    }

    private void Leave(Place place)
    {
        lock (gate)
        {
            Remove(place);
        }
    }

    /// <summary>The body of one request, as far as it has come.</summary>
    internal sealed class Place : IDisposable
    {
        private const int FirstBytes = 16 * 1024;

        private readonly BodyRoom room;
        private readonly CancellationTokenSource taken = new();
        private byte[]? buffer = [];
        private int count;

        internal Place(BodyRoom room, string key)
        {
            (this.room, Key) = (room, key);
            Node = new LinkedListNode<Place>(this);
        }

        /// <summary>What has come.</summary>
        public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, count);

        /// <summary>Ends when it has made place for another one: then it is not wanted any more.</summary>
        public CancellationToken Taken => taken.Token;

        internal string Key { get; }

        internal LinkedListNode<Place> Node { get; }

        internal bool IsIn => Node.List is not null;

        internal long Held { get; set; }

        /// <summary>Reads all of a body; false where there is no more room for it. Throws what the stream throws.</summary>
        public async Task<bool> TryReadAsync(Stream body, CancellationToken cancellation)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, taken.Token);
            try
            {
                while (true)
                {
                    if (count == buffer!.Length && !TryGrow())
                    {
                        return false;
                    }

                    if (await body.ReadAsync(buffer.AsMemory(count), either.Token) is not (> 0 and var read))
                    {
                        return true;
                    }

                    count += read;
                }
            }
            catch (OperationCanceledException) when (taken.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                return false;
            }
        }

        /// <summary>Gives the room back; there are no bytes then.</summary>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref buffer, null) is not null)
            {
                count = 0;
                room.Leave(this);
            }
        }

        internal void Tell() => taken.Cancel();

        // One byte more than a body has at most, so that its end is seen.
        private bool TryGrow()
        {
            var length = Math.Clamp(2L * buffer!.Length, FirstBytes, Math.Max(buffer.Length, RegistryServer.BodyBytes) + 1L);
            if (!room.TryGrow(this, length - buffer.Length))
            {
                return false;
            }

            Array.Resize(ref buffer, (int)length);
            return true;
        }
    }
}
