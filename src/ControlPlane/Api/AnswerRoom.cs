using Microsoft.AspNetCore.Http;

namespace GraphGateway.ControlPlane;

/// <summary>
/// How much of what a server answers is in memory, over all requests: an answer is there until its reader has all of it, and who reads slowly could have many. Where there is no more room, the answer of which nobody
/// has taken anything for longest ends, unsent: of any other key for one that is sent nothing else, so that however many keys read slowly, one supergraph always has room, and keeps it as long as it is read; else of
/// a key that has several, and more than both would have then. What several are sent together counts once, and small answers, of which there are never more than connections, do not count.
/// </summary>
/// <param name="mostBytes">Bytes of all answers together; where nothing else is there, any answer has room.</param>
internal sealed class AnswerRoom(long mostBytes)
{
    /// <summary>Answers up to this size do not count.</summary>
    public const int SmallBytes = 32 * 1024;

    private const int PieceBytes = 32 * 1024;

    private readonly Lock gate = new();

    // Each is itself, whatever is in it.
    private readonly Dictionary<byte[], Sent> answers = [];
    private readonly KeyShares shares = new(mostBytes);

    // In the order in which something was taken of them: of the first one nobody has for longest.
    private readonly LinkedList<Sent> taken = [];
    private bool isUsed;

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

    /// <summary>Whether there would be room for an answer: one that has none need not be read.</summary>
    /// <param name="key">Whose it is.</param>
    /// <param name="bytes">How large it is.</param>
    public bool HasRoomFor(string key, long bytes)
    {
        lock (gate)
        {
            return bytes <= SmallBytes || FindLeaving(key, bytes) is not null;
        }
    }

    /// <summary>True when large answers were made since the last time that somebody asked, or are on their way.</summary>
    public bool TakeUse()
    {
        lock (gate)
        {
            var was = isUsed || answers.Count > 0;
            isUsed = false;
            return was;
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
            if ((answer.Length <= SmallBytes || answers.ContainsKey(answer) ? [] : FindLeaving(key, answer.Length)) is { } leaving)
            {
                left.AddRange(leaving.SelectMany(static sent => sent.Readers));
                left.ForEach(Remove);
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
            place?.Advance();
        }
    }

    // Those that make place; null where there is no room. None ends where that is not enough.
    private List<Sent>? FindLeaving(string key, long more)
    {
        if (!shares.MayHave(key, more))
        {
            return null;
        }

        if (shares.Has(more))
        {
            return [];
        }

        var (own, missing, leaving, freed) = (shares.Of(key), shares.Total + more - mostBytes, new List<Sent>(), new Dictionary<string, long>(StringComparer.Ordinal));
        foreach (var sent in taken)
        {
            var others = shares.Of(sent.Key) - freed.GetValueOrDefault(sent.Key);
            if (missing > 0 && sent.Key != key && (own == 0 || (others > own + more && others > sent.Answer.Length)))
            {
                leaving.Add(sent);
                freed[sent.Key] = freed.GetValueOrDefault(sent.Key) + sent.Answer.Length;
                missing -= sent.Answer.Length;
            }
        }

        return missing > 0 && leaving.Count < answers.Count ? null : leaving;
    }

    private Place Add(string key, byte[] answer)
    {
        var place = new Place(this, key, answer);
        if (answer.Length <= SmallBytes)
        {
            return place;
        }

        isUsed = true;
        if (!answers.TryGetValue(answer, out var sent))
        {
            answers.Add(answer, sent = new Sent(answer));
            taken.AddLast(sent.Node);
            shares.Add(key, answer.Length);
        }

        sent.Readers.Add(place);
        Advance(place);
        return place;
    }

    private void Advance(Place place)
    {
        if (Find(place) is { } sent)
        {
            taken.Remove(sent.Node);
            taken.AddLast(sent.Node);
        }
    }

    private void Remove(Place place)
    {
        if (Find(place) is not { } sent)
        {
            return;
        }

        var payer = sent.Key;
        sent.Readers.Remove(place);
        if (sent.Readers.Count == 0)
        {
            answers.Remove(sent.Answer);
            taken.Remove(sent.Node);
            shares.Add(payer, -sent.Answer.Length);
        }
        else if (sent.Key != payer)
        {
            shares.Add(payer, -sent.Answer.Length);
            shares.Add(sent.Key, sent.Answer.Length);
        }
    }

    // Null where it takes no room, or no longer.
    private Sent? Find(Place place) => answers.GetValueOrDefault(place.Answer) is { } sent && sent.Readers.Contains(place) ? sent : null;

    // An answer on its way, to at least one.
    private sealed class Sent
    {
        internal Sent(byte[] answer)
        {
            Answer = answer;
            Node = new LinkedListNode<Sent>(this);
        }

        internal byte[] Answer { get; }

        internal List<Place> Readers { get; } = [];

        /// <summary>On whose account it is.</summary>
        internal string Key => Readers[0].Key;

        internal LinkedListNode<Sent> Node { get; }
    }

    /// <summary>The room of one answer.</summary>
    internal sealed class Place : IDisposable
    {
        private readonly AnswerRoom room;
        private readonly CancellationTokenSource taken = new();

        internal Place(AnswerRoom room, string key, byte[] answer) => (this.room, Key, Answer) = (room, key, answer);

        /// <summary>Ends when it has made place for another one: its reader has all of it no longer.</summary>
        public CancellationToken Taken => taken.Token;

        internal string Key { get; }

        internal byte[] Answer { get; private set; }

        /// <summary>Its reader has taken something of it.</summary>
        public void Advance()
        {
            lock (room.gate)
            {
                room.Advance(this);
            }
        }

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
