namespace GraphGateway.TestKit;

/// <summary>
/// The order in which answers come to whoever waits for several at once: random, by a seed, and the same for the same seed. Some are there at
/// once; the others wait until nothing else can go on, and then one of them, any, is the next. Nothing of it takes time.
/// </summary>
/// <param name="seed">The seed of the order.</param>
public sealed class AnswerOrder(int seed)
{
    private readonly Random random = new(seed);
    private readonly List<TaskCompletionSource> waiting = [];

    // Of so many answers one is there at once: by the seed none, some, or each, which is the order in which they are asked for.
    private readonly int atOnce = new[] { int.MaxValue, 8, 3, 2, 1 }[(uint)seed % 5];

    /// <summary>Each answer is there at once: they come in the order in which they are asked for.</summary>
    public static AnswerOrder AsAsked => new(4);

    /// <summary>The seed of the order.</summary>
    public int Seed { get; } = seed;

    /// <summary>How many answers came before one that was asked for earlier.</summary>
    public int Overtaken { get; private set; }

    /// <summary>Ends when it is the caller's turn; what has been computed before is then told.</summary>
    public Task TurnAsync()
    {
        if (atOnce < int.MaxValue && random.Next(atOnce) == 0)
        {
            Overtaken += waiting.Count > 0 ? 1 : 0;
            return Task.CompletedTask;
        }

        // What waits goes on inside SetResult, so that it has come to its end, or to where it waits again, when the next one is chosen.
        var turn = new TaskCompletionSource();
        waiting.Add(turn);
        return turn.Task;
    }

    /// <summary>Runs what asks for the answers to its end.</summary>
    /// <exception cref="InvalidOperationException">It waits for something that is not in this order.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> run)
    {
        // A context, such as that of a test, would have what follows queued elsewhere.
        var outside = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        Task<T> task;
        try
        {
            task = run();
            while (!task.IsCompleted)
            {
                Next();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outside);
        }

        return await task.ConfigureAwait(false);
    }

    private void Next()
    {
        if (waiting.Count == 0)
        {
            throw new InvalidOperationException("What runs waits for something else than an answer: the order would not be the same again.");
        }

        var index = random.Next(waiting.Count);
        var turn = waiting[index];
        waiting.RemoveAt(index);
        Overtaken += index > 0 ? 1 : 0;
        turn.SetResult();
    }
}
