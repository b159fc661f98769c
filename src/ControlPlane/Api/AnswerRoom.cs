using Microsoft.AspNetCore.Http;

namespace GraphGateway.ControlPlane;

/// <summary>
/// How much of what a server answers is in memory, over all requests: an answer is there until its reader has all of it, and who reads slowly could have many. One key has half of the room at most, so that
/// nobody's takes all of it. What several are sent together counts once, and small answers, of which there are never more than connections, do not count.
/// </summary>
/// <param name="mostBytes">Bytes of all answers together; where nothing else is there, any answer has room.</param>
internal sealed class AnswerRoom(long mostBytes)
{
    /// <summary>Answers up to this size do not count.</summary>
    public const int SmallBytes = 32 * 1024;

    private const int PieceBytes = 32 * 1024;

    private readonly Lock gate = new();

    // Each is itself, whatever is in it; with how many read it, and on whose account it is: whoever was first.
    private readonly Dictionary<byte[], (int Readers, string Key)> answers = [];
    private readonly Dictionary<string, long> keys = new(StringComparer.Ordinal);
    private long bytes;

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

    /// <summary>Room for an answer until it is given back; null where there is none.</summary>
    /// <param name="key">Whose it is.</param>
    /// <param name="answer">The answer.</param>
    public Place? TryEnter(string key, byte[] answer)
    {
        lock (gate)
        {
            if (answer.Length > SmallBytes && !answers.ContainsKey(answer) && !HasRoom(key, answer.Length))
            {
                return null;
            }

            return Enter(key, answer);
        }
    }

    /// <summary>Takes the room of an answer whether it is there or not: what was done is never answered as if it were not.</summary>
    /// <param name="key">Whose it is.</param>
    /// <param name="answer">The answer: short, whatever was done (<see cref="AnswerBounds.Short"/>).</param>
    public Place Enter(string key, byte[] answer)
    {
        lock (gate)
        {
            var place = new Place(this, key);
            place.Take(answer);
            return place;
        }
    }

    /// <summary>Sends an answer in pieces: all of what is written at once is copied, and would lie there for each who reads slowly.</summary>
    public static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> answer)
    {
        for (; !answer.IsEmpty; answer = answer[Math.Min(answer.Length, PieceBytes)..])
        {
            await context.Response.Body.WriteAsync(answer[..Math.Min(answer.Length, PieceBytes)], context.RequestAborted);
        }
    }

    private bool HasRoom(string key, long more) =>
        (bytes == 0 || bytes + more <= mostBytes) && (keys.GetValueOrDefault(key) is var own && (own == 0 || own + more <= mostBytes / 2));

    private void Add(string key, long more)
    {
        bytes += more;
        if (keys.GetValueOrDefault(key) + more is > 0 and var own)
        {
            keys[key] = own;
        }
        else
        {
            keys.Remove(key);
        }
    }

    /// <summary>The room of one answer.</summary>
    internal sealed class Place(AnswerRoom room, string key) : IDisposable
    {
        private byte[]? answer;

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (room.gate)
            {
                if (answer is not { } held)
                {
                    return;
                }

                answer = null;
                var (readers, payer) = room.answers[held];
                if (readers > 1)
                {
                    room.answers[held] = (readers - 1, payer);
                    return;
                }

                room.answers.Remove(held);
                room.Add(payer, -held.Length);
            }
        }

        internal void Take(byte[] known)
        {
            if (known.Length <= SmallBytes)
            {
                return;
            }

            answer = known;
            if (room.answers.TryGetValue(known, out var shared))
            {
                room.answers[known] = shared with { Readers = shared.Readers + 1 };
            }
            else
            {
                room.answers.Add(known, (1, key));
                room.Add(key, known.Length);
            }
        }
    }
}
