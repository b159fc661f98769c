using System.Buffers;
using System.Text;
using System.Threading.Channels;

namespace GraphGateway.Execution.Tests;

/// <summary>A transport that holds the requests of one source until the test lets them go, and counts how many it holds.</summary>
/// <param name="script">Answers.</param>
/// <param name="source">The source whose requests are held.</param>
internal sealed class HeldTransport(Script script, string source) : ISubgraphTransport
{
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource> held = [];
    private readonly Channel<bool> arrivals = Channel.CreateUnbounded<bool>();

    /// <summary>Requests of the source that came, held or answered.</summary>
    public int Came { get; private set; }

    /// <summary>The most that were held at the same time.</summary>
    public int MostHeld { get; private set; }

    /// <summary>How many are held now.</summary>
    public int Held
    {
        get
        {
            lock (gate)
            {
                return held.Count;
            }
        }
    }

    /// <summary>Ends when one more has come.</summary>
    public ValueTask<bool> NextAsync() => arrivals.Reader.ReadAsync();

    /// <summary>Lets the one go that came first.</summary>
    public void Release()
    {
        TaskCompletionSource next;
        lock (gate)
        {
            next = held.Dequeue();
        }

        next.SetResult();
    }

    public async ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetString(request.Body.Span);
        if (request.Source.Name == source)
        {
            var turn = new TaskCompletionSource();
            lock (gate)
            {
                held.Enqueue(turn);
                Came++;
                MostHeld = Math.Max(MostHeld, held.Count);
            }

            arrivals.Writer.TryWrite(true);
            await turn.Task.WaitAsync(cancellationToken);
        }

        Answer answer;
        lock (gate)
        {
            answer = script.Next(request.Source.Name, body);
        }

        var pooled = ArrayPool<byte>.Shared.Rent(answer.Body.Length);
        answer.Body.CopyTo(pooled, 0);
        return SubgraphResponse.Received(answer.Status, "application/json", pooled, answer.Body.Length);
    }
}
