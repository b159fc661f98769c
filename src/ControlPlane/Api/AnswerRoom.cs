using Microsoft.AspNetCore.Http;

namespace GraphGateway.ControlPlane;

/// <summary>
/// How much of what a server answers is in memory, over all requests: an answer is there until its reader has all of it, and who reads slowly could have many. Where there is no more room, the answer that has been
/// on its way for longest to the key with most ends, unsent (<see cref="KeyShares"/>). What several are sent together counts once, and small answers, of which there are never more than connections, do not count.
/// </summary>
/// <param name="mostBytes">Bytes of all answers together; where nothing else is there, any answer has room.</param>
internal sealed class AnswerRoom(long mostBytes)
{
    /// <summary>Answers up to this size do not count.</summary>
    public const int SmallBytes = 32 * 1024;

    private const int PieceBytes = 32 * 1024;

    private readonly Lock gate = new();

    // Each is itself, whatever is in it; with who is sent it, on the account of the first one.
    private readonly Dictionary<byte[], List<Place>> answers = [];
    private readonly KeyShares shares = new(mostBytes);

    // In the order in which they came.
    private readonly LinkedList<Place> places = [];

    /// <summary>How many bytes are held.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
            {
                return shares.Total;
            }
        }
    }

    /// <summary>Room for an answer until it is given back; null where there is none.</summary>
    /// <param name="key">Whose it is.</param>
    /// <param name="answer">The answer.</param>
    public Place? TryEnter(string key, byte[] answer)
    {
        var left = new List<Place>();
        Place? place = null;
        lock (gate)
        {
            if (answer.Length <= SmallBytes || answers.ContainsKey(answer) || TryMake(key, answer.Length, left))
            {
                place = Add(key, answer);
            }
        }

        left.ForEach(static gone => gone.Tell());
        return place;
    }

    /// <summary>Takes the room of an answer whether it is there or not: what was done is never answered as if it were not.</summary>
    /// <param name="key">Whose it is.</param>
    /// <param name="answer">The answer: short, whatever was done (<see cref="AnswerBounds.Short"/>).</param>
    public Place Enter(string key, byte[] answer)
    {
        lock (gate)
        {
            return Add(key, answer);
        }
    }

    /// <summary>Sends an answer in pieces: all of what is written at once is copied, and would lie there for each who reads slowly.</summary>
    /// <param name="context">To whom.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="place">Its room; null where it has none.</param>
    public static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> answer, Place? place)
    {
        using var taken = place?.Taken.UnsafeRegister(static to => ((HttpContext)to!).Abort(), context);
        for (; !answer.IsEmpty; answer = answer[Math.Min(answer.Length, PieceBytes)..])
        {
            await context.Response.Body.WriteAsync(answer[..Math.Min(answer.Length, PieceBytes)], context.RequestAborted);
        }
    }

    private bool TryMake(string key, long more, List<Place> left)
    {
        if (!shares.MayHave(key, more))
        {
            return false;
        }

        while (!shares.Has(more))
        {
            // On another's account it takes no room.
            if (shares.Richer(key, more) is not { } richer || places.FirstOrDefault(place => place.Key == richer && answers[place.Answer][0] == place) is not { } leaving)
            {
                return false;
            }

            Remove(leaving);
            left.Add(leaving);
        }

        return true;
    }

    private Place Add(string key, byte[] answer)
    {
        var place = new Place(this, key, answer);
        if (answer.Length <= SmallBytes)
        {
            return place;
        }

        places.AddLast(place.Node);
        if (answers.TryGetValue(answer, out var readers))
        {
            readers.Add(place);
        }
        else
        {
            answers.Add(answer, [place]);
            shares.Add(key, answer.Length);
        }

        return place;
    }

    private void Remove(Place place)
    {
        if (place.Node.List is null)
        {
            return;
        }

        places.Remove(place.Node);
        var readers = answers[place.Answer];
        if (readers[0] == place)
        {
            shares.Add(place.Key, -place.Answer.Length);
            if (readers.Count > 1)
            {
                shares.Add(readers[1].Key, place.Answer.Length);
            }
        }

        readers.Remove(place);
        if (readers.Count == 0)
        {
            answers.Remove(place.Answer);
        }
    }

    /// <summary>The room of one answer.</summary>
    internal sealed class Place : IDisposable
    {
        private readonly AnswerRoom room;
        private readonly CancellationTokenSource taken = new();

        internal Place(AnswerRoom room, string key, byte[] answer)
        {
            (this.room, Key, Answer) = (room, key, answer);
            Node = new LinkedListNode<Place>(this);
        }

        /// <summary>Ends when it has made place for another one: its reader has all of it no longer.</summary>
        public CancellationToken Taken => taken.Token;

        internal string Key { get; }

        internal byte[] Answer { get; private set; }

        internal LinkedListNode<Place> Node { get; }

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (room.gate)
            {
                room.Remove(this);

                // Who still knows the place keeps nothing of the answer.
                Answer = [];
            }
        }

        internal void Tell() => taken.Cancel();
    }
}
